/* SPDX-License-Identifier: Apache-2.0 */
#include "context/context.h"

#include <stdio.h>
#include <stdlib.h>

#include "context/commands/commands.h"

/* Past so many stages that take all, nothing counts as made anew. */
enum { WORDS_MAX = 64 << 20, SCENES_MAX = 64 };

void context_done(struct context *c)
{
	context_tree_done(&c->tree);
	ignore_done(&c->ig);
	context_view_done(&c->view);
	df_done(&c->df);
	for (size_t i = 0; i < c->n_others; i++)
		df_done(&c->others[i]);
	free(c->others);
	free(c->rows);
	free(c->verdicts);
	free(c->by_pattern);
	buf_done(&c->words);
	arena_done(&c->arena);
	*c = (struct context){ 0 };
}

int context_read(int rootfd, unsigned threads, const struct limits *lim,
		 struct context *c, struct err *err)
{
	*c = (struct context){ .rootfd = rootfd };
	c->words.max = WORDS_MAX;
	if (context_walk(rootfd, threads, lim, &c->tree, err) < 0)
		return -1;
	c->rows = calloc(c->tree.n, sizeof *c->rows);
	c->verdicts = calloc(c->tree.n, sizeof *c->verdicts);
	if (!c->rows || !c->verdicts)
		return err_nomem(err, c->tree.n * sizeof *c->verdicts);
	context_reason_rows(&c->tree, c->rows);
	return 0;
}

static void count(struct context *c)
{
	const struct context_tree *t = &c->tree;
	for (uint32_t i = 1; i < t->n; i++) {
		const struct context_verdict *v = &c->verdicts[i];
		c->n_sockets += t->entries[i].type == CONTEXT_SOCKET;
		if (t->entries[i].type == CONTEXT_DIR ||
		    t->entries[i].type == CONTEXT_SOCKET)
			continue;
		if (v->excluded) {
			context_add(&c->excluded, t, c->verdicts, i);
			context_add(&c->by_pattern[v->pattern], t, c->verdicts,
				    i);
			continue;
		}
		context_add(&c->sent, t, c->verdicts, i);
		context_add(&c->reasons[context_reason_of(c->rows[i])], t,
			    c->verdicts, i);
	}
}

int context_rules(struct context *c, struct str text, struct err *err)
{
	c->ignore_text = text;
	if (ignore_parse(text, &c->ig, err) < 0)
		return -1;
	c->by_pattern = calloc(c->ig.n + 1, sizeof *c->by_pattern);
	if (!c->by_pattern)
		return err_nomem(err, c->ig.n * sizeof *c->by_pattern);
	if (context_judge(&c->tree, CONTEXT_ROOT, &c->ig, c->verdicts, err) <
		    0 ||
	    context_view_init(&c->view, &c->tree, c->verdicts, c->rootfd, err) <
		    0)
		return -1;
	count(c);
	return 0;
}

/* The first error found, which need not be the first of the file. */
struct first_error {
	bool any;
	struct span at;
	char message[256];
};

static void note_error(void *self, const struct diag *d)
{
	struct first_error *f = self;
	if (f->any || d->severity != SEV_ERROR)
		return;
	f->any = true;
	f->at = d->at;
	snprintf(f->message, sizeof f->message, "%s", d->message);
}

static int append_uses(struct context *c, const struct context_uses *more,
		       struct err *err)
{
	struct context_uses *u = &c->uses;
	size_t n = u->n + more->n;
	struct context_use *v = arena_array(&c->arena, n, sizeof *v, err);
	if (!v)
		return -1;
	if (u->n)
		memcpy(v, u->v, u->n * sizeof *v);
	if (more->n)
		memcpy(v + u->n, more->v, more->n * sizeof *v);
	*u = (struct context_uses){ .v = v, .n = n, .cap = n };
	return 0;
}

static int add_scene(struct context *c, const struct dockerfile *df,
		     const struct df_graph *g, uint32_t stage, struct err *err)
{
	scoped(buf_done) struct buf words = BUF_INIT(WORDS_MAX);
	scoped(buf_done) struct buf brought = BUF_INIT(WORDS_MAX);
	if (c->n_scenes == SCENES_MAX) {
		c->scenes[0] = (struct context_scene){ 0 };
		return 0;
	}
	if (c->n_scenes == c->cap_scenes) {
		size_t cap = c->cap_scenes ? 2 * c->cap_scenes : 4;
		struct context_scene *v =
			arena_array(&c->arena, cap, sizeof *v, err);
		if (!v)
			return -1;
		if (c->n_scenes)
			memcpy(v, c->scenes, c->n_scenes * sizeof *v);
		c->scenes = v;
		c->cap_scenes = cap;
	}
	struct context_scene *s = &c->scenes[c->n_scenes++];
	*s = (struct context_scene){ 0 };
	if (words_around(df, g, stage, &words, &brought, err) < 0 ||
	    arena_str(&c->arena, buf_str(&words), &s->words, err) < 0)
		return -1;
	return arena_str(&c->arena, buf_str(&brought), &s->brought, err);
}

/* Commands, and around each stage that takes the whole context; its uses are
 * neighbours. */
static int add_words(struct context *c, const struct dockerfile *df,
		     const struct df_graph *g, const struct context_uses *uses,
		     struct err *err)
{
	uint32_t last = DF_NO_STAGE;
	for (size_t i = 0; i < uses->n; i++) {
		const struct context_use *u = &uses->v[i];
		for (size_t k = 0; k < u->n && u->stage != last; k++) {
			if (!context_takes_all(&u->sources[k]))
				continue;
			last = u->stage;
			if (add_scene(c, df, g, last, err) < 0)
				return -1;
		}
	}
	return words_collect(df, &c->words, err);
}

int context_build(struct context *c, struct str text, struct str target,
		  const struct df_arg *args, size_t n_args, struct err *err)
{
	struct first_error first = { 0 };
	struct diag_sink sink = { note_error, &first };
	struct context_uses uses;
	if (df_parse(text, &sink, &c->df, err) < 0 ||
	    df_graph_read(&c->df, args, n_args, &c->arena, &c->graph, err) < 0)
		return -1;
	c->has_dockerfile = true;
	if (first.any) {
		struct df_pos pos = df_position(&c->df, first.at.at);
		c->problem.line = pos.line;
		c->problem.column = pos.column;
		memcpy(c->problem.message, first.message, sizeof first.message);
	}
	c->needs = arena_array(&c->arena, c->graph.n, sizeof *c->needs, err);
	if (!c->needs)
		return -1;
	uint32_t stage = df_graph_target(&c->graph, target);
	if (stage == DF_NO_STAGE)
		return err_set(
			err, ERR_NOT_FOUND, "there is no stage \"%s\"%s",
			str_quoted(target).text,
			df_graph_hint(&c->graph, c->graph.n, target).text);
	df_graph_reach(&c->graph, stage, c->needs, NULL);
	if (context_read_uses(&c->df, &c->graph, args, n_args, &c->arena, &uses,
			      err) < 0 ||
	    append_uses(c, &uses, err) < 0)
		return -1;
	c->n_own = uses.n;
	return add_words(c, &c->df, &c->graph, &uses, err);
}

int context_also(struct context *c, struct str text, struct err *err)
{
	struct diag_sink sink = { 0 };
	struct df_graph graph;
	struct context_uses uses;
	if (c->n_others == c->cap_others) {
		size_t cap = c->cap_others ? 2 * c->cap_others : 8;
		struct dockerfile *v = reallocarray(c->others, cap, sizeof *v);
		if (!v)
			return err_nomem(err, cap * sizeof *v);
		c->others = v;
		c->cap_others = cap;
	}
	struct dockerfile *df = &c->others[c->n_others];
	if (df_parse(text, &sink, df, err) < 0)
		return -1;
	c->n_others++;
	if (df_graph_read(df, NULL, 0, &c->arena, &graph, err) < 0 ||
	    context_read_uses(df, &graph, NULL, 0, &c->arena, &uses, err) < 0 ||
	    append_uses(c, &uses, err) < 0)
		return -1;
	return add_words(c, df, &graph, &uses, err);
}

static int take_all(struct context *c, struct err *err)
{
	c->takings = arena_array(&c->arena, c->uses.n, sizeof *c->takings, err);
	if (!c->takings)
		return -1;
	for (size_t i = 0; i < c->uses.n; i++) {
		struct context_taking *k = &c->takings[i];
		k->use = c->uses.v[i];
		k->needed = i < c->n_own && c->needs[k->use.stage];
		if (context_take(&c->view, &k->use, k->needed, &c->arena,
				 &k->taken, err) < 0)
			return -1;
	}
	for (uint32_t i = 1; i < c->tree.n; i++)
		if (context_is_sent(&c->tree, c->verdicts, i) &&
		    !(c->view.marks[i] & MARK_TAKEN))
			context_add(&c->unused, &c->tree, c->verdicts, i);
	return 0;
}

int context_conclude(struct context *c, const char *new_file, struct err *err)
{
	struct context_question q = {
		.w = &c->view,
		.rows = c->rows,
		.ig = &c->ig,
		.text = c->ignore_text,
		.uses = &c->uses,
		.n_uses = c->uses.n,
		.words = buf_str(&c->words),
		.scenes = c->scenes,
		.n_scenes = c->n_scenes,
		.all_taken = !c->has_dockerfile,
		.new_file = new_file,
	};
	if (take_all(c, err) < 0)
		return -1;
	if (c->problem.line) /* who knows what it takes */
		return 0;
	return context_advise(&q, &c->arena, &c->advice, err);
}

static bool has_own_rules(const struct context *c, uint32_t i)
{
	char name[300];
	struct str s = context_name(&c->tree, i);
	int n = snprintf(name, sizeof name, "%.*s.dockerignore", STR_ARG(s));
	struct str own = { name, (size_t)n };
	return context_child(&c->tree, c->tree.entries[i].parent, own) !=
	       CONTEXT_NONE;
}

uint32_t context_next_dockerfile(const struct context *c, uint32_t from)
{
	static const char *const names[] = {
		"Dockerfile",	"Dockerfile.*",	 "*.Dockerfile",
		"*.dockerfile", "Containerfile", "Containerfile.*",
	};
	for (uint32_t i = from + 1; i < c->tree.n; i++) {
		uint16_t row = c->rows[i];
		if (c->tree.entries[i].type != CONTEXT_FILE ||
		    row == REASON_ROW_NONE ||
		    context_reasons[row].reason != REASON_DOCKER)
			continue;
		for (size_t k = 0; k < ARRAY_LEN(names); k++) {
			struct reason_row r = { .name = names[k] };
			struct str name = context_name(&c->tree, i);
			if (reason_row_matches(&r, name) &&
			    !str_ends(name, STR(".dockerignore")) &&
			    !str_ends(name, STR(".containerignore")) &&
			    !has_own_rules(c, i))
				return i;
		}
	}
	return CONTEXT_NONE;
}
