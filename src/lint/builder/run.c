/* SPDX-License-Identifier: Apache-2.0 */
/* RUN --mount: what is right as an option and wrong where it stands. */
#include "base/chars.h"
#include "dockerfile/access.h"
#include "dockerfile/mount.h"
#include "lint/builder/builder.h"
#include "lint/facts/words.h"

/* WORKDIR /, or /. and the like: 1; another one: 0; a variable or a relative
 * path: -1. */
static int is_root(const struct df_instr *workdir)
{
	struct str dir = workdir->n_words ? workdir->words[0].text : STR("");
	if (dir.n == 0 || dir.p[0] != '/' || str_find(dir, '$') < dir.n)
		return -1;
	for (size_t i = 0; i < dir.n; i++)
		if (dir.p[i] != '/' && dir.p[i] != '.')
			return 0;
	return 1;
}

/* Whether a mount without a target, which is one of the working directory,
 * would be one of the root: 1; 0: it is not; -1: what the base image says is
 * not known. */
static int is_at_root(const struct refusal *r)
{
	const struct df_graph *g = r->f->graph;
	const struct lint_base *base = r->f->bases[r->stage];
	uint32_t s = r->stage, end = r->in->index;
	for (; s != DF_NO_STAGE; s = g->stages[s].base) {
		for (uint32_t i = MIN(end, g->stages[s].end);
		     i-- > g->stages[s].first;)
			if (r->f->df->instrs[i]->kind == DF_WORKDIR)
				return is_root(r->f->df->instrs[i]);
		end = UINT32_MAX;
		if (g->stages[s].is_scratch)
			return 1;
	}
	return base && !base->workdir_set && !base->given ? 1 : -1;
}

static int refuse_target(struct refusal *r, const struct df_mount *m)
{
	struct str t = m->target;
	bool in_image = m->type == DF_MOUNT_BIND || m->type == DF_MOUNT_CACHE ||
			m->type == DF_MOUNT_TMPFS;
	if (!in_image)
		return 0;
	bool here = (t.n == 0 || lint_word_in(t, ". ./ .. ../")) &&
		    is_at_root(r) > 0;
	if (t.n == 0 && here)
		return lint_refuse(
			r, m->flag->at,
			"this mount has no target, and the builder "
			"refuses one over the whole file system; add "
			"target=/PATH");
	if (!str_eqz(t, "/") && !here)
		return 0;
	return lint_refuse(
		r, m->target_at,
		"target=%s is the whole file system, which the builder "
		"refuses to cover; mount a directory below it",
		str_quoted(t).text);
}

/* KEY=VALUE with the variables of VALUE expanded. 1; 0: it is not known, or
 * was told of. */
static int add_field(struct refusal *r, const struct df_mount_field *f,
		     struct buf *out)
{
	struct value v = { .text = f->value, .known = true };
	if (f->has_value && str_find(f->value, '$') < f->value.n) {
		int read = lint_refusal_value(
			r, f->value, (struct origin){ .at = f->value_at.at },
			&v);
		if (read <= 0)
			return read;
	}
	if (!v.known || str_find(v.text, ',') < v.text.n ||
	    str_find(v.text, '"') < v.text.n)
		return 0;
	if (buf_addf(out, r->err, "%s%.*s%s%.*s", out->n ? "," : "",
		     STR_ARG(f->key), f->has_value ? "=" : "",
		     STR_ARG(v.text)) < 0)
		return -1;
	return 1;
}

/* Variables were believed when the file was read; with their values the mount
 * is read again. */
static int look_fields(struct refusal *r, const struct df_mount *m)
{
	scoped(buf_done) struct buf b = BUF_INIT(1 << 20);
	struct df_flag flag = *m->flag;
	struct df_mount again;
	struct span at;
	const char *why;
	bool variable = false, known = true;
	for (size_t i = 0; i < m->n_fields; i++) {
		int read = add_field(r, &m->fields[i], &b);
		if (read < 0)
			return -1;
		known &= read > 0;
		variable |= str_find(m->fields[i].value, '$') <
			    m->fields[i].value.n;
	}
	if (!variable || !known)
		return 0;
	uint32_t *file =
		arena_array(r->f->arena, b.n + 1, sizeof *file, r->err);
	if (!file ||
	    arena_str(r->f->arena, buf_str(&b), &flag.text, r->err) < 0)
		return -1;
	flag.file = file;
	int read = dockerfile_mount_read(&flag, r->f->arena, &again, &at, &why,
					 r->err);
	if (read < 0)
		return -1;
	return read ? 0
		    : lint_refuse(r, m->flag->value, "--mount=%s: %s",
				  str_quoted(flag.text).text, why);
}

static int refuse_mount(struct refusal *r, const struct df_mount *m)
{
	if (look_fields(r, m) < 0)
		return -1;
	if (m->from.n == 0)
		r->n_states++;
	else if (lint_refuse_stage(r, m->from, m->from_at, false) < 0)
		return -1;
	if (m->type == DF_MOUNT_SSH && m->source.n)
		return lint_refuse(
			r, m->flag->value,
			"an ssh mount takes no source; name the agent "
			"with id=%s",
			str_quoted(m->source).text);
	return refuse_target(r, m);
}

int lint_refuse_run(struct refusal *r)
{
	for (size_t i = 0; i < r->in->n_flags; i++) {
		struct df_mount m;
		struct span at;
		const char *why;
		if (!str_eqz(r->in->flags[i].key, "mount"))
			continue;
		int read = dockerfile_mount_read(&r->in->flags[i], r->f->arena,
						 &m, &at, &why, r->err);
		if (read < 0 || (read > 0 && refuse_mount(r, &m) < 0))
			return -1;
		if (read == 0 &&
		    lint_refuse(r, at, "--mount: %s", why) < 0) /* of ONBUILD */
			return -1;
	}
	return 0;
}
