/* SPDX-License-Identifier: Apache-2.0 */
/* Sources and destinations of COPY and ADD. */
#include "dockerfile/access.h"
#include "lint/facts/copies.h"
#include "lint/facts/image_path.h"
#include "lint/internal.h"

/* The stage that --from names. */
static uint32_t stage_of(const struct lint_file *f, const struct df_instr *in)
{
	uint32_t i = dockerfile_flag(in, "from")
			     ? dockerfile_graph_stage_of(f->graph, in->index)
			     : DF_NO_STAGE;
	if (i == DF_NO_STAGE)
		return DF_NO_STAGE;
	const struct df_stage *s = &f->graph->stages[i];
	for (size_t k = 0; k < s->n_edges; k++)
		if (s->edges[k].in == in && s->edges[k].kind == DF_EDGE_COPY &&
		    s->edges[k].problem == DF_EDGE_OK)
			return s->edges[k].to;
	return DF_NO_STAGE;
}

static int read_source(const struct lint_file *f, const struct df_instr *in,
		       const struct df_word *word, struct lint_source *s,
		       struct err *err)
{
	s->word = word;
	s->heredoc = dockerfile_copy_heredoc(in, word);
	if (s->heredoc)
		s->text = s->heredoc->name;
	else if (lint_place_text(f, in, word->text, &s->text, err) < 0)
		return -1;
	s->is_url = lint_place_is_url(s->text);
	s->name = s->is_url ? lint_place_of_url(s->text)
			    : lint_place_base(s->text);
	return lint_place_join(f, STR("/"), s->text, &s->place, err);
}

/* A trailing slash says directory, and so do . and .., which are ones
 * (Dockerfile reference, COPY, "Destination"). */
static bool says_directory(struct str dest)
{
	return str_ends(dest, STR("/")) || str_eqz(dest, ".") ||
	       str_ends(dest, STR("/.")) || str_eqz(dest, "..");
}

static int read_copy(const struct lint_file *f, const struct df_instr *in,
		     struct lint_copy **out, struct err *err)
{
	size_t n;
	struct str dest;
	const struct df_word *from = dockerfile_copy_sources(in, &n);
	if (!from)
		return 0;
	struct lint_copy *c = arena_alloc(f->arena, sizeof *c, err);
	if (!c)
		return -1;
	c->sources = arena_array(f->arena, n, sizeof *c->sources, err);
	if (!c->sources ||
	    lint_place_text(f, in, dockerfile_copy_dest(in)->text, &dest, err) <
		    0 ||
	    lint_place_join(f, f->workdirs[in->index], dest, &c->dest, err) < 0)
		return -1;
	c->in = in;
	c->stage = stage_of(f, in);
	c->into_directory = n > 1 || says_directory(dest);
	for (; c->n_sources < n; c->n_sources++)
		if (read_source(f, in, &from[c->n_sources],
				&c->sources[c->n_sources], err) < 0)
			return -1;
	*out = c;
	return 0;
}

int lint_read_copies(struct lint_file *f, struct err *err)
{
	size_t n = f->df->n_instrs;
	struct lint_copy **copies =
		arena_array(f->arena, n, sizeof *copies, err);
	if (!copies)
		return -1;
	for (size_t i = 0; i < n; i++) {
		const struct df_instr *in = f->df->instrs[i];
		/* An ONBUILD has the index, and the copy of what it holds. */
		in = in->inner ? in->inner : in;
		if ((in->kind & (DF_COPY | DF_ADD)) &&
		    read_copy(f, in, &copies[i], err) < 0)
			return -1;
	}
	f->copies = (const struct lint_copy *const *)copies;
	return 0;
}
