/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/access.h"
#include "base/chars.h"
#include "lint/facts/bases.h"
#include "lint/facts/image_path.h"
#include "lint/rule.h"

/* What the stages of the file are built on and what uses them, to be asked for
 * each. */
struct look {
	const struct lint_file *f;
	struct str_index images; /* of stages: the repository, or empty */
	const struct df_edge **first_use; /* a stage each, by its name */
};

static int read_images(struct look *l, struct err *err)
{
	const struct df_graph *g = l->f->graph;
	struct str *names = arena_array(l->f->arena, g->n, sizeof *names, err);
	if (!names)
		return -1;
	for (uint32_t i = 0; i < g->n; i++)
		if (g->stages[i].base == DF_NO_STAGE &&
		    g->stages[i].image_known)
			names[i] = lint_image_of(g->stages[i].image).repo;
	return str_index_make(&l->images, names, g->n, l->f->arena, err);
}

/* The first FROM, COPY or mount that means each stage. */
static int read_uses(struct look *l, struct err *err)
{
	const struct df_graph *g = l->f->graph;
	l->first_use = arena_array(l->f->arena, g->n, sizeof(void *), err);
	if (!l->first_use)
		return -1;
	for (uint32_t i = 0; i < g->n; i++)
		for (size_t k = 0; k < g->stages[i].n_edges; k++) {
			const struct df_edge *e = &g->stages[i].edges[k];
			if (e->to != DF_NO_STAGE && !l->first_use[e->to] &&
			    str_eq_nocase(e->name, g->stages[e->to].name))
				l->first_use[e->to] = e;
		}
	return 0;
}

/* Public images of that name are known, or the file uses one. */
static bool is_image(const struct look *l, struct str name)
{
	const uint32_t *ids;
	return lint_base_known(name) ||
	       str_index_find(&l->images, name, &ids) > 0;
}

/* FROM redis:7 AS redis, with nothing added: the name means that image, in the
 * version that this line pins. */
static bool is_alias(const struct lint_file *f, const struct df_stage *s)
{
	return s->image_known &&
	       str_eq(lint_place_base(lint_image_of(s->image).repo), s->name) &&
	       !lint_stage_stores(f, s);
}

static int look_at(const struct look *l, const struct df_stage *s,
		   struct lint_out *out, struct err *err)
{
	const struct df_edge *e = l->first_use[s->index];
	const struct df_word *name =
		s->from ? dockerfile_from_name(s->from) : NULL;
	if (!e || !name || s->name.n == 0 || !is_image(l, s->name) ||
	    is_alias(l->f, s))
		return 0;
	return lint_find(out, name->at, err,
			 "stage %.*s hides the image of that name, so line "
			 "%u takes the stage; rename it if the image was "
			 "meant",
			 STR_ARG(s->name),
			 dockerfile_position(l->f->df, e->at.at).line);
}

static int check(const struct lint_file *f, struct lint_out *out,
		 struct err *err)
{
	struct look l = { .f = f };
	if (read_images(&l, err) < 0 || read_uses(&l, err) < 0)
		return -1;
	for (uint32_t i = 0; i < f->graph->n; i++)
		if (look_at(&l, &f->graph->stages[i], out, err) < 0)
			return -1;
	return 0;
}

const struct lint_rule rule_stage_named_like_image = {
	.id = "PARE5004",
	.severity = SEV_INFO,
	.summary = "stage named like an image",
	.check_file = check,
};
