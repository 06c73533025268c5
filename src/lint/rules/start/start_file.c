/* SPDX-License-Identifier: Apache-2.0 */
/* The file that ENTRYPOINT or CMD starts, and where the context has it.
 *
 * The program is a place of the image, as words and WORKDIR tell it. The last
 * COPY that puts something there decides: a file by its own name or a new one,
 * a here-document, or a directory that holds it. With WORKDIR /srv
 *
 *	COPY docker /srv/
 *	ENTRYPOINT ["tini", "--", "./bin/start.sh"]
 *
 * starts docker/bin/start.sh of the context. */
#include "base/chars.h"
#include "dockerfile/access.h"
#include "lint/facts/copies.h"
#include "lint/facts/image_path.h"
#include "lint/facts/users.h"
#include "lint/facts/words.h"
#include "lint/rules/copy/context_source.h"
#include "lint/rules/start/entrypoint.h"

enum { SCRIPT_MAX = 256 << 10 };

/* What is started, behind inits and shells; *direct: the kernel itself has to
 * run it, no shell reads it. Empty: nobody knows. */
static struct str program(const struct df_instr *in, bool *direct)
{
	size_t n = 0;
	const struct df_word *w = in ? dockerfile_command(in, &n) : NULL;
	*direct = true;
	if (!w || n == 0)
		return (struct str){ 0 };
	if (in->form != DF_FORM_JSON) {
		/* A shell runs a script without #! by itself. */
		*direct = false;
		struct str text = str_trim(w[0].text, &(size_t){ 0 });
		if (str_starts(text, STR("exec ")))
			text = str_from(text, 5);
		size_t end = 0;
		while (end < text.n && !is_blank(text.p[end]))
			end++;
		return (struct str){ text.p, end };
	}
	for (size_t i = 0; i < n; i++) {
		struct str base = lint_place_base(w[i].text);
		if (lint_word_in(base, "sh bash ash dash"))
			*direct = false;
		else if (str_eqz(base, "-g") && i)
			continue;
		else if (!lint_is_init_name(base) && !str_eqz(base, "--"))
			return base.n && base.p[0] == '-' ? (struct str){ 0 }
							  : w[i].text;
	}
	return (struct str){ 0 };
}

/* A file of the context. */
static int from_context(const struct lint_file *f, struct str path,
			struct start_script *out, struct err *err)
{
	struct sent sent;
	int has = lint_context_source_look(f, path, &sent, err);
	if (has <= 0 || sent.is_dir || lint_place_has_glob(path))
		return has < 0 ? -1 : 0;
	out->mode = sent.mode;
	return lint_context_source_read(f, path, SCRIPT_MAX, &out->text, err);
}

/* The source puts a file at the place: 1 with its text. */
static int from_source(const struct lint_file *f, const struct lint_copy *c,
		       const struct lint_source *s, struct str place,
		       struct start_script *out, struct err *err)
{
	struct str below;
	if (lint_place_join(f, c->dest, s->name, &below, err) < 0)
		return -1;
	/* A name without a slash is looked for in PATH: whatever directory
	 * holds a file of that name is taken for one of it. */
	bool in_path = str_find(out->name, '/') == out->name.n;
	bool at = str_eq(place, below) ||
		  (str_eq(place, c->dest) && !c->into_directory) ||
		  (in_path && (str_eq(out->name, s->name) ||
			       (!c->into_directory &&
				str_eq(out->name, lint_place_base(c->dest)))));
	out->at = s->word->at;
	if (s->heredoc) {
		out->text = span_str(f->df->text, s->heredoc->body);
		out->mode = 0644; /* BuildKit's, without --chmod */
		return at;
	}
	if (s->is_url || dockerfile_flag(c->in, "from"))
		return 0;
	int r = at ? from_context(f, s->text, out, err) : 0;
	if (r || str_eq(place, c->dest) || !lint_place_within(place, c->dest))
		return r;
	scoped(buf_done) struct buf b = BUF_INIT(64 << 10);
	struct str rest = str_from(place, c->dest.n);
	if (buf_str_add(&b, s->text, err) < 0 || buf_byte(&b, '/', err) < 0 ||
	    buf_str_add(&b, rest, err) < 0)
		return -1;
	struct str path;
	if (arena_str(f->arena, buf_str(&b), &path, err) < 0)
		return -1;
	return from_context(f, path, out, err);
}

static int from_copies(const struct lint_file *f, struct str place,
		       struct start_script *out, struct err *err)
{
	for (size_t i = f->df->n_instrs; i-- > 0;) {
		const struct df_instr *in = f->df->instrs[i];
		const struct lint_copy *c = lint_copy_of(f, in);
		if (!c || in->bad || !lint_ships(f, in))
			continue;
		out->in = in;
		for (size_t k = 0; k < c->n_sources; k++) {
			int r = from_source(f, c, &c->sources[k], place, out,
					    err);
			if (r)
				return r;
		}
	}
	return 0;
}

int lint_start_file(const struct lint_file *f, enum df_kind kind,
		    struct start_script *out, struct err *err)
{
	struct str place;
	*out = (struct start_script){ 0 };
	const struct df_instr *start = lint_last_instr(f, f->target, kind);
	out->name = program(start, &out->direct);
	if (!out->name.n)
		return 0;
	if (lint_place_of(f, start, f->workdirs[start->index], out->name,
			  &place, err) < 0)
		return -1;
	out->start = start;
	out->place = place;
	return from_copies(f, place, out, err);
}
