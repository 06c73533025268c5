/* SPDX-License-Identifier: Apache-2.0 */
/* Variables as a list that only grows at its front: what was in force at a line
 * is a tail of it, shared by the stages built on that one. Looking up asks the
 * tree of the newest, which has the value in force of every name (var_tree.h).
 *
 *	ARG V=1			globals: V=1
 *	FROM a			vars: -
 *	ARG V			vars: V=1 (global)
 *	ENV W=$V		vars: W=1, V=1
 *	FROM a AS b		vars: -		nothing of the other stage
 *
 * Each node is made once and shared by all stages that stand on it, so a
 * hundred stages on one base cost no copy. */
#include "dockerfile/scope.h"

#include "base/chars.h"

static bool is_one_of(struct str name, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eqz(name, list[i]))
			return true;
	return false;
}

bool dockerfile_is_proxy(struct str name)
{
	static const char *const names[] = {
		"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy",
		"FTP_PROXY",  "ftp_proxy",  "NO_PROXY",	   "no_proxy",
		"ALL_PROXY",  "all_proxy",
	};
	return is_one_of(name, names, ARRAY_LEN(names));
}

bool dockerfile_is_platform(struct str name)
{
	static const char *const names[] = {
		"BUILDPLATFORM", "BUILDOS",	    "BUILDOSVERSION",
		"BUILDARCH",	 "BUILDVARIANT",    "TARGETPLATFORM",
		"TARGETOS",	 "TARGETOSVERSION", "TARGETARCH",
		"TARGETVARIANT", "TARGETSTAGE",
	};
	return is_one_of(name, names, ARRAY_LEN(names));
}

void dockerfile_scope_init(struct df_scope *s, const struct dockerfile *df,
			   const struct df_arg *args, size_t n_args,
			   struct arena *a)
{
	*s = (struct df_scope){
		.a = a, .escape = df->escape, .args = args, .n_args = n_args
	};
}

const struct df_var *dockerfile_scope_find(const struct df_var *vars,
					   struct str name)
{
	return vars ? dockerfile_var_get(vars->tree, name) : NULL;
}

struct lookup {
	const struct df_scope *s;
	const struct df_var *vars;
	struct str word; /* that is expanded */
	bool unknown;
};

static const struct df_arg *given(const struct df_scope *s, struct str name)
{
	for (size_t i = 0; i < s->n_args; i++)
		if (str_eq(s->args[i].name, name))
			return &s->args[i];
	return NULL;
}

static bool get(void *self, struct str name, struct str *value)
{
	struct lookup *l = self;
	const struct df_var *v = dockerfile_scope_find(l->vars, name);
	if (v) {
		l->unknown |= !v->known;
		*value = v->value;
		return v->set;
	}
	/* Platform arguments are there in the global scope only. */
	if (l->s->in_stage || !dockerfile_is_platform(name))
		return false;
	const struct df_arg *a = given(l->s, name);
	l->unknown |= !a;
	*value = a ? a->value : STR("");
	return true;
}

/* ${x:-y} has a value whether or not x has one. */
static bool has_default(struct str word, size_t behind)
{
	struct str rest = str_from(word, MIN(behind, word.n));
	return str_starts(rest, STR("-")) || str_starts(rest, STR(":-")) ||
	       str_starts(rest, STR("+")) || str_starts(rest, STR(":+"));
}

/* In a stage, `ARG x` without a value waits for --build-arg, and a name that no
 * line sets may be one of the base image's: ENV PATH=/opt/bin:$PATH is not
 * "/opt/bin:". Both are unknown and not empty. */
static void seen(void *self, struct str name, struct span at, bool set)
{
	struct lookup *l = self;
	(void)name;
	if (!set && l->s->in_stage && !has_default(l->word, span_end(at)))
		l->unknown = true;
}

/* 1 when what came out is certain; 0 when a variable in it is known at build
 * time only, or the word is one that BuildKit refuses. Callers must not draw
 * conclusions from the latter's text. */
int dockerfile_scope_expand(const struct df_scope *s, const struct df_var *vars,
			    struct str word, struct buf *out, struct err *err)
{
	struct lookup l = { s, vars, word, false };
	struct expand x = {
		.escape = s->escape, .get = get, .seen = seen, .self = &l
	};
	size_t before = out->n;
	if (dockerfile_expand_text(&x, word, out, err) < 0) {
		out->n = before;
		if (err->code == ERR_NOMEM)
			return -1;
		/* A value past EXPAND_MAX is one that nobody knows: ten lines of
		 * ENV A=$A$A make it, and the rest of the file is still to be
		 * read. */
		err_clear(err);
		return 0;
	}
	return !l.unknown;
}

int dockerfile_scope_push(struct df_scope *s, struct df_var **list,
			  struct df_var v, struct err *err)
{
	struct df_var *n = arena_alloc(s->a, sizeof *n, err);
	if (!n)
		return -1;
	*n = v;
	n->older = *list;
	n->tree =
		dockerfile_var_put(*list ? (*list)->tree : NULL, n, s->a, err);
	if (!n->tree)
		return -1;
	*list = n;
	return 0;
}

/* All values of a file together: thousands of lines of ENV V=$A$A, each just
 * below EXPAND_MAX, would take gigabytes. What comes behind is unknown. */
enum { SCOPE_KEPT_MAX = 16 << 20 };

/* The pair's value with the variables before its line. */
static int expanded(struct df_scope *s, const struct df_var *vars,
		    struct str word, struct df_var *v, struct err *err)
{
	scoped(buf_done) struct buf b = BUF_INIT(EXPAND_MAX);
	int known = dockerfile_scope_expand(s, vars, word, &b, err);
	if (known < 0)
		return -1;
	v->set = true;
	v->value = STR("");
	if (b.n > SCOPE_KEPT_MAX - s->kept)
		return 0;
	s->kept += b.n;
	v->known = known;
	return arena_str(s->a, buf_str(&b), &v->value, err);
}

/* Who goes before whom: --build-arg, then the ARG's own default, then the
 * global ARG of the name, then the platform (Dockerfile reference, "Scope"). */
static int arg_value(struct df_scope *s, const struct df_var *vars,
		     const struct df_pair *p, struct df_var *v, bool global,
		     struct err *err)
{
	const struct df_arg *a = given(s, v->name);
	const struct df_var *g = dockerfile_scope_find(s->globals, v->name);
	v->known = true;
	if (a) {
		v->set = true;
		v->value = a->value;
		return 0;
	}
	if (p->has_value)
		return expanded(s, vars, p->value.text, v, err);
	if (!global && g) {
		v->set = g->set;
		v->known = g->known;
		v->value = g->value;
		v->origin = DF_VAR_GLOBAL;
	} else if (!global && dockerfile_is_platform(v->name)) {
		v->set = true;
		v->known = false;
		v->origin = DF_VAR_PLATFORM;
	}
	return 0;
}

/* Every ARG of a line sees those before it. One without a value leaves what
 * was there. */
static int add_args(struct df_scope *s, struct df_var **list,
		    const struct df_instr *in, bool global, struct err *err)
{
	for (size_t i = 0; i < in->n_pairs; i++) {
		struct df_var v = { .name = in->pairs[i].key.text,
				    .value = STR(""),
				    .origin = DF_VAR_ARG,
				    .from = in };
		if (arg_value(s, *list, &in->pairs[i], &v, global, err) < 0)
			return -1;
		if (!v.set && dockerfile_scope_find(*list, v.name))
			continue;
		if (dockerfile_scope_push(s, list, v, err) < 0)
			return -1;
	}
	return 0;
}

int dockerfile_scope_global(struct df_scope *s, const struct df_instr *arg,
			    struct err *err)
{
	return arg->kind == DF_ARG ? add_args(s, &s->globals, arg, true, err)
				   : 0;
}

/* Every pair of an ENV sees the variables before the whole line.
 *
 * "ENV a=2 b=$a" with a=1 before: b is 1. */
int dockerfile_scope_apply(struct df_scope *s, const struct df_instr *in,
			   struct err *err)
{
	const struct df_var *before = s->vars;
	if (in->kind == DF_ARG)
		return add_args(s, &s->vars, in, false, err);
	for (size_t i = 0; in->kind == DF_ENV && i < in->n_pairs; i++) {
		const struct df_pair *p = &in->pairs[i];
		struct df_var key = { 0 },
			      v = { .origin = DF_VAR_ENV, .from = in };
		if (expanded(s, before, p->key.text, &key, err) < 0 ||
		    expanded(s, before, p->value.text, &v, err) < 0)
			return -1;
		v.name = key.value;
		if (dockerfile_scope_push(s, &s->vars, v, err) < 0)
			return -1;
	}
	return 0;
}
