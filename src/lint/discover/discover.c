/* SPDX-License-Identifier: Apache-2.0 */
/* From names on the command line to files with what is known of their build. A
 * Dockerfile that several services of a Compose file build with other targets
 * is looked at once, without a target: findings would otherwise come twice, or
 * hang on the order of services. */
#include "lint/discover/discover.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "base/chars.h"
#include "lint/discover/compose.h"
#include "lint/discover/internal.h"

static struct lint_target *find(struct discovery *d, size_t from,
				struct str path)
{
	for (size_t i = from; i < d->out->n; i++)
		if (str_eq(d->out->v[i].key, path))
			return &d->out->v[i];
	return NULL;
}

/* --- compose -------------------------------------------------------------- */

static bool same_args(const struct lint_target *t,
		      const struct compose_build *b)
{
	if (t->n_args != b->n_args)
		return false;
	for (size_t i = 0; i < b->n_args; i++)
		if (!str_eq(t->args[i].name, b->args[i].name) ||
		    !str_eq(t->args[i].value, b->args[i].value))
			return false;
	return true;
}

/* A name that any service gives is no image that the file names by mistake. */
static int add_contexts(struct discovery *d, struct lint_target *t,
			const struct compose_build *b)
{
	size_t n = t->n_contexts + b->n_contexts;
	struct df_arg *v = arena_array(d->a, n, sizeof *v, d->err);
	if (!v)
		return -1;
	for (size_t i = 0; i < t->n_contexts; i++)
		v[i] = t->contexts[i];
	for (size_t i = 0; i < b->n_contexts; i++)
		v[t->n_contexts + i] = b->contexts[i];
	t->contexts = v;
	t->n_contexts = n;
	return 0;
}

/* Two services may build one file: what they do not agree on is not known. */
static void agree(struct lint_target *t, const struct compose_build *b,
		  const char *context)
{
	if (!t->context) {
		t->context = context;
		t->target = b->target;
		t->args = b->args;
		t->n_args = b->n_args;
		return;
	}
	if (!str_eq(t->target, b->target))
		t->target = (struct str){ 0 };
	if (!same_args(t, b))
		t->n_args = 0;
}

static int add_inline(struct discovery *d, struct str compose,
		      const struct compose_build *b, const char *context)
{
	scoped(buf_done) struct buf path = BUF_INIT(PATH_MAX_BYTES);
	if (buf_addf(&path, d->err, "%.*s#%.*s", STR_ARG(compose),
		     STR_ARG(b->service)) < 0)
		return -1;
	struct lint_target *t = lint_discover_add(d, buf_str(&path));
	if (!t)
		return -1;
	t->is_inline = true;
	t->text = b->text;
	agree(t, b, context);
	return add_contexts(d, t, b);
}

/* A Compose file that was found may belong to a checkout that lacks a
 * directory; one that was named is a promise, so a missing file is an error. */
static int add_build(struct discovery *d, struct str compose,
		     const struct compose_build *b)
{
	struct str context, path;
	if (lint_discover_join(d, lint_discover_dir(compose), b->context,
			       &context) < 0)
		return -1;
	if (b->is_inline)
		return add_inline(d, compose, b, context.p);
	if (lint_discover_join(d, context, b->dockerfile, &path) < 0)
		return -1;
	struct lint_target *t = find(d, d->from, path);
	struct stat st;
	if (!t) {
		if (stat(path.p, &st) < 0 && !d->named)
			return 0;
		t = lint_discover_add(d, path);
	}
	if (!t)
		return -1;
	agree(t, b, context.p);
	return add_contexts(d, t, b);
}

/* One that was found may be something else of this name: then the others are
 * looked at all the same. */
static int compose_fail(struct discovery *d, struct str path, struct err *why)
{
	struct lint_targets *out = d->out;
	if (why->code == ERR_NOMEM) {
		*d->err = *why;
		return -1;
	}
	if (why->code != ERR_NOT_FOUND && why->code != ERR_IO)
		err_ctx(why, "%.*s", STR_ARG(path));
	if (d->named) {
		struct lint_target *t = lint_discover_add(d, path);
		return t ? lint_discover_fail(d, t, why) : -1;
	}
	if (arena_grow(d->a, &out->notes, out->n_notes, &out->cap_notes,
		       sizeof *out->notes, d->err) < 0)
		return -1;
	out->notes[out->n_notes++] = *why;
	return 0;
}

int lint_discover_compose(struct discovery *d, struct str path)
{
	scoped(buf_done) struct buf text = BUF_INIT(COMPOSE_SIZE_MAX);
	struct err why = { 0 };
	struct compose_build *v = NULL;
	size_t n = 0;
	int r = lint_discover_read(path.p, &text, &why);
	if (r >= 0)
		r = lint_compose_builds(buf_str(&text), d->a, &v, &n, &why);
	if (r < 0)
		return compose_fail(d, path, &why);
	for (size_t i = 0; i < n; i++)
		if (add_build(d, path, &v[i]) < 0)
			return -1;
	return 0;
}

/* --- names ---------------------------------------------------------------- */

static int by_path(const void *a, const void *b)
{
	const struct lint_target *x = a, *y = b;
	return str_cmp(x->path, y->path);
}

/* Nobody names a directory to have nothing looked at: a typo, or a pattern that
 * excludes all, must not look like a clean run. */
static int add_empty(struct discovery *d, const char *name)
{
	struct lint_targets *out = d->out;
	if (arena_grow(d->a, &out->empty, out->n_empty, &out->cap_empty,
		       sizeof *out->empty, d->err) < 0)
		return -1;
	out->empty[out->n_empty++] = str_of(name);
	return 0;
}

static int add_directory(struct discovery *d, const char *name,
			 const struct discover_options *opt)
{
	size_t from = d->from = d->out->n;
	if (lint_discover_walk(d, name, opt) < 0)
		return -1;
	/* Builds come behind the files, whose entries they then share. */
	for (size_t i = 0; i < d->n_compose; i++)
		if (lint_discover_compose(d, d->compose[i]) < 0)
			return -1;
	d->n_compose = 0;
	if (d->out->n == from)
		return add_empty(d, name);
	qsort(d->out->v + from, d->out->n - from, sizeof *d->out->v, by_path);
	return 0;
}

static bool looks_like_compose(const char *name)
{
	struct str rest = str_of(name), head, tail;
	while (str_cut(rest, '/', &head, &tail))
		rest = tail;
	return lint_compose_is_name(rest) ||
	       (strstr(rest.p, "compose") &&
		(str_ends(rest, STR(".yml")) || str_ends(rest, STR(".yaml"))));
}

static int add_name(struct discovery *d, const char *name,
		    const struct discover_options *opt)
{
	struct stat st;
	bool is_stdin = strcmp(name, "-") == 0;
	struct err why = { 0 };
	if (!is_stdin && stat(name, &st) < 0)
		err_sys(&why, "%s", name);
	else if (!is_stdin && S_ISDIR(st.st_mode))
		return add_directory(d, name, opt);
	else if (!is_stdin && looks_like_compose(name)) {
		d->from = d->out->n;
		d->named = true;
		int r = lint_discover_compose(d, str_of(name));
		d->named = false;
		return r;
	}
	if (is_stdin && opt && opt->stdin_name)
		name = opt->stdin_name;
	struct lint_target *t = lint_discover_add(d, str_of(name));
	if (!t)
		return -1;
	t->named = true;
	t->is_stdin = is_stdin;
	return why.code ? lint_discover_fail(d, t, &why) : 0;
}

int lint_discover(const char *const *names, size_t n,
		  const struct discover_options *opt, struct arena *a,
		  struct lint_targets *out, struct err *err)
{
	struct discovery d = { .out = out, .a = a, .err = err };
	*out = (struct lint_targets){ 0 };
	for (size_t i = 0; i < n; i++)
		if (add_name(&d, names[i], opt) < 0)
			return -1;
	return 0;
}
