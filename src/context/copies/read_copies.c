/* SPDX-License-Identifier: Apache-2.0 */
#include "context/copies/read_copies.h"

#include "context/copies/constant_value.h"
#include "dockerfile/access.h"
#include "ignore/glob.h"
#include "dockerfile/mount.h"

/* Goes through the stages in order and keeps the variables in force
 * (scope.vars), since a source is expanded where it stands. One COPY becomes
 * one context_copy with its sources:
 *
 *   ARG DIR=src
 *   COPY $DIR/a.c b.c /w/   line 2, sources "src/a.c" (known, no guard, as
 *                           nothing stands in front of $DIR) and "b.c"
 *   COPY conf/$ENV /w/      ENV is not set: source "conf", not known
 */
struct collector {
	const struct dockerfile *df;
	struct df_scope scope;
	struct arena *a;
	struct context_copies *out;
	uint32_t stage;
	bool onbuild;
	struct err *err;
};

/* The slash in front makes Go's path.Clean, which ignore_clean follows, drop
 * ".." at the root; then it is taken off. The arena has room for the path and
 * for its cleaned copy, neither of which is longer than path.n + 2. */
int context_clean_path(struct str path, struct arena *a, struct str *out,
		       struct err *err)
{
	char *room = arena_bytes(a, 2 * path.n + 4, err);
	if (!room)
		return -1;
	room[0] = '/';
	if (path.n)
		memcpy(room + 1, path.p, path.n);
	*out = str_from(ignore_clean((struct str){ room, path.n + 1 },
				     room + path.n + 2),
			1);
	return 0;
}

/* Starts like a URL or a git address. "github.com/user/x.git" without a scheme
 * is a path to BuildKit, too. */
static bool is_remote(struct str s)
{
	static const char *const starts[] = { "http://", "https://", "git://",
					      "ssh://", "git@" };
	for (size_t i = 0; i < ARRAY_LEN(starts); i++)
		if (str_starts(s, str_of(starts[i])))
			return true;
	return false;
}

/* The directory in front of the first variable: "conf/app-$ENV/x" gives
 * "conf/". It ends before a quote or an escape as well: behind them the text is
 * not what the builder sees. */
static struct str fixed_directory(struct str word)
{
	size_t n = str_find(word, '$');
	for (size_t i = 0; i < n; i++)
		if (word.p[i] == '"' || word.p[i] == '\'' ||
		    word.p[i] == '\\' || word.p[i] == '`')
			n = i;
	while (n && word.p[n - 1] != '/')
		n--;
	return (struct str){ word.p, n };
}

/* COPY --parents a/./b/x.c copies b/x.c, not a/b/x.c: "/./" is the pivot, the
 * directory in front of it is the source, the rest a pattern below it. */
static int split_at_pivot(struct collector *c, struct str path,
			  struct context_source *s)
{
	const char *at = memmem(path.p, path.n, "/./", 3);
	struct str head = { path.p, at ? (size_t)(at - path.p) : 0 };
	struct str tail = at ? str_from(path, head.n + 3) : path;
	if (context_clean_path(head, c->a, &s->path, c->err) < 0)
		return -1;
	return context_clean_path(tail, c->a, &s->include, c->err);
}

/* Adds one word of a COPY, or of a mount's source. A URL comes from elsewhere
 * and is none of the context's; a mount's source is never one. */
static int add_source(struct collector *c, struct context_copy *u,
		      struct str word, bool parents)
{
	scoped(buf_done) struct buf b = BUF_INIT(EXPAND_MAX);
	struct context_source *s = &u->sources[u->n];
	struct str path;
	int known = dockerfile_scope_expand(&c->scope, c->scope.vars, word, &b,
					    c->err);
	if (known > 0)
		known = context_value_is_constant(&c->scope, c->scope.vars,
						  word, c->err);
	if (known < 0 || arena_str(c->a, buf_str(&b), &path, c->err) < 0)
		return -1;
	if (u->kind != CONTEXT_MOUNT && is_remote(known ? path : word))
		return 0;
	*s = (struct context_source){ .written = word, .known = known };
	u->n++;
	struct str fixed = fixed_directory(word);
	if (!known) /* anything in there may be copied: nothing goes */
		return context_clean_path(fixed, c->a, &s->path, c->err);
	if (fixed.n && str_find(word, '$') < word.n &&
	    context_clean_path(fixed, c->a, &s->guard, c->err) < 0)
		return -1;
	if (parents)
		return split_at_pivot(c, path, s);
	return context_clean_path(path, c->a, &s->path, c->err);
}

/* Keeps it, unless nothing of it comes from the context: COPY <<EOF /x. */
static int add_copy(struct collector *c, const struct context_copy *u)
{
	struct context_copies *o = c->out;
	if (u->n == 0)
		return 0;
	if (o->n == o->cap) {
		size_t cap = o->cap ? 2 * o->cap : 16;
		struct context_copy *v =
			arena_array(c->a, cap, sizeof *v, c->err);
		if (!v)
			return -1;
		if (o->n)
			memcpy(v, o->v, o->n * sizeof *v);
		o->v = v;
		o->cap = cap;
	}
	o->v[o->n++] = *u;
	return 0;
}

static struct context_copy new_copy(const struct collector *c,
				    const struct df_instr *in)
{
	return (struct context_copy){
		.in = in,
		.line = dockerfile_position(c->df, in->at.at).line,
		.stage = c->stage,
		.onbuild = c->onbuild,
	};
}

static int read_excludes(struct collector *c, const struct df_instr *in,
			 struct context_copy *u)
{
	struct str *v = arena_array(c->a, in->n_flags, sizeof *v, c->err);
	if (!v)
		return -1;
	for (size_t i = 0; i < in->n_flags; i++)
		if (str_eqz(in->flags[i].key, "exclude"))
			v[u->n_excludes++] = in->flags[i].text;
	u->excludes = v;
	return 0;
}

/* --from is another stage or an image. An empty one (--from=) is none, as for
 * BuildKit. */
static int read_copy(struct collector *c, const struct df_instr *in)
{
	size_t n;
	const struct df_word *w = dockerfile_copy_sources(in, &n);
	const struct df_flag *from = dockerfile_flag(in, "from");
	struct context_copy u = new_copy(c, in);
	u.kind = in->kind == DF_ADD ? CONTEXT_ADD : CONTEXT_COPY;
	if (from && from->text.n)
		return 0;
	u.sources = arena_array(c->a, n, sizeof *u.sources, c->err);
	if (!u.sources || read_excludes(c, in, &u) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (!dockerfile_copy_heredoc(in, &w[i]) &&
		    add_source(c, &u, w[i].text,
			       dockerfile_flag_on(in, "parents")) < 0)
			return -1;
	return add_copy(c, &u);
}

/* A mount whose type is a variable is taken for a bind mount, which reads the
 * context; the other types do not. */
static int read_mounts(struct collector *c, const struct df_instr *in)
{
	struct context_copy u = new_copy(c, in);
	u.kind = CONTEXT_MOUNT;
	u.sources = arena_array(c->a, in->n_flags, sizeof *u.sources, c->err);
	if (!u.sources)
		return -1;
	for (size_t i = 0; i < in->n_flags; i++) {
		struct df_mount m;
		struct span at;
		const char *why;
		if (!str_eqz(in->flags[i].key, "mount"))
			continue;
		int r = dockerfile_mount_read(&in->flags[i], c->a, &m, &at,
					      &why, c->err);
		if (r < 0)
			return -1;
		if (r == 0 || m.from.n ||
		    (m.type != DF_MOUNT_BIND && m.type != DF_MOUNT_VARIABLE))
			continue;
		if (add_source(c, &u, m.source, false) < 0)
			return -1;
	}
	return add_copy(c, &u);
}

static int read_instr(struct collector *c, const struct df_instr *in)
{
	if ((in->kind & (DF_COPY | DF_ADD)) && read_copy(c, in) < 0)
		return -1;
	if (in->kind == DF_RUN && read_mounts(c, in) < 0)
		return -1;
	return dockerfile_scope_apply(&c->scope, in, c->err);
}

/* A stage that is built on another starts with the variables that the other
 * ended with. Bases stand before what is built on them, and their variables are
 * in the graph, so each stage is read once. */
int context_read_copies(const struct dockerfile *df, const struct df_graph *g,
			const struct df_arg *args, size_t n_args,
			struct arena *a, struct context_copies *out,
			struct err *err)
{
	struct collector c = { .df = df, .a = a, .out = out, .err = err };
	*out = (struct context_copies){ 0 };
	dockerfile_scope_init(&c.scope, df, args, n_args, a);
	c.scope.globals = g->globals;
	c.scope.in_stage = true;
	for (c.stage = 0; c.stage < g->n; c.stage++) {
		const struct df_stage *s = &g->stages[c.stage];
		const struct df_stage *base =
			s->base != DF_NO_STAGE ? &g->stages[s->base] : NULL;
		c.scope.vars = base ? base->vars : NULL;
		/* ONBUILD of the base stage runs first, behind FROM. */
		c.onbuild = true;
		for (uint32_t i = base ? base->first : 0; base && i < base->end;
		     i++)
			if (df->instrs[i]->inner &&
			    read_instr(&c, df->instrs[i]->inner) < 0)
				return -1;
		c.onbuild = false;
		for (uint32_t i = s->first; i < s->end; i++)
			if (read_instr(&c, df->instrs[i]) < 0)
				return -1;
	}
	return 0;
}
