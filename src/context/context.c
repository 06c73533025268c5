/* SPDX-License-Identifier: Apache-2.0 */
#include "context/context.h"

#include <stdio.h>
#include <stdlib.h>

#include "context/commands/collect_commands.h"

/* With more than BROAD_STAGES_MAX stages that copy the whole context, each
 * with the commands around it, analysis stops, and nothing counts as
 * regenerated. */
enum { COMMANDS_MAX = 64 << 20, BROAD_STAGES_MAX = 64 };

/* What is computed once, and where it is used:
 *
 *   rows      by entry, why it has no business here     reasons, advice
 *   verdicts  by entry, what the ignore file decides    sent, excluded
 *   view      what is left, with the marks of COPYs     unused, advice
 *
 * All three are arrays beside tree.entries: one index, no pointers. */
void context_done(struct context *c)
{
	context_waste_table_done(&c->waste);
	context_tree_done(&c->tree);
	ignore_done(&c->ig);
	context_view_done(&c->view);
	dockerfile_done(&c->df);
	for (size_t i = 0; i < c->n_others; i++)
		dockerfile_done(&c->others[i]);
	free(c->others);
	free(c->rows);
	free(c->verdicts);
	free(c->by_pattern);
	buf_done(&c->commands);
	arena_done(&c->arena);
	*c = (struct context){ 0 };
}

int context_read(int rootfd, unsigned threads, const struct limits *lim,
		 struct context *c, struct err *err)
{
	*c = (struct context){ .rootfd = rootfd };
	c->commands.max = COMMANDS_MAX;
	if (context_waste_table_init(&c->waste, err) < 0 ||
	    context_walk(rootfd, threads, lim, &c->tree, err) < 0)
		return -1;
	c->rows = calloc(c->tree.n, sizeof *c->rows);
	c->verdicts = calloc(c->tree.n, sizeof *c->verdicts);
	if (!c->rows || !c->verdicts)
		return err_nomem(err, c->tree.n * sizeof *c->verdicts);
	context_find_reasons(&c->waste, &c->tree, c->rows);
	return 0;
}

/* Directories are not counted: an empty one costs nothing to send. A socket is
 * never sent, whatever the ignore file says. */
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
		context_add(
			&c->reasons[context_reason_of(&c->waste, c->rows[i])],
			t, c->verdicts, i);
	}
}

/* Whoever calls has chosen the file: NAME.dockerignore goes before
 * .dockerignore. */
int context_read_ignore(struct context *c, struct str text, struct err *err)
{
	c->ignore_text = text;
	if (ignore_parse(text, &c->ig, err) < 0)
		return -1;
	c->by_pattern = calloc(c->ig.n + 1, sizeof *c->by_pattern);
	if (!c->by_pattern)
		return err_nomem(err, c->ig.n * sizeof *c->by_pattern);
	if (context_apply_ignore(&c->tree, CONTEXT_ROOT, &c->ig, c->verdicts,
				 err) < 0 ||
	    context_view_init(&c->view, &c->tree, c->verdicts, c->rootfd, err) <
		    0)
		return -1;
	count(c);
	return 0;
}

/* The error that the parser finds first, which need not be the first in the
 * file. */
struct first_error {
	bool any;
	struct span at;
	char message[256];
};

/* The parser goes on behind an error, so what is copied is read as far as it
 * can be; the advice is what an error forbids. */
static void note_error(void *self, const struct diag *d)
{
	struct first_error *f = self;
	if (f->any || d->severity != SEV_ERROR)
		return;
	f->any = true;
	f->at = d->at;
	snprintf(f->message, sizeof f->message, "%s", d->message);
}

/* The Dockerfile's own copies come first (n_own), then those of other Dockerfiles.
 * Stages are numbered within their Dockerfile, so the stage number of another
 * file's copy is no index into c->needs. */
static int append_copies(struct context *c, const struct context_copies *more,
			 struct err *err)
{
	struct context_copies *u = &c->copies;
	size_t n = u->n + more->n;
	struct context_copy *v = arena_array(&c->arena, n, sizeof *v, err);
	if (!v)
		return -1;
	if (u->n)
		memcpy(v, u->v, u->n * sizeof *v);
	if (more->n)
		memcpy(v + u->n, more->v, more->n * sizeof *v);
	*u = (struct context_copies){ .v = v, .n = n, .cap = n };
	return 0;
}

/* Keeps what is run around a stage that copies the whole context. The ceiling
 * COMMANDS_MAX stands against a Dockerfile whose thousand stages are each built
 * on the one before: every one of them would have the text of all. */
static int add_broad_stage(struct context *c, const struct dockerfile *df,
			   const struct df_graph *g, uint32_t stage,
			   struct err *err)
{
	scoped(buf_done) struct buf commands = BUF_INIT(COMMANDS_MAX);
	scoped(buf_done) struct buf copied_from = BUF_INIT(COMMANDS_MAX);
	if (c->n_broad_stages == BROAD_STAGES_MAX) {
		/* In a stage without commands nothing is regenerated, and
		 * what is not in all of them is not safe: one empty one is
		 * enough. */
		c->broad_stages[0] = (struct context_broad_stage){ 0 };
		return 0;
	}
	if (c->n_broad_stages == c->cap_broad_stages) {
		size_t cap = c->cap_broad_stages ? 2 * c->cap_broad_stages : 4;
		struct context_broad_stage *v =
			arena_array(&c->arena, cap, sizeof *v, err);
		if (!v)
			return -1;
		if (c->n_broad_stages)
			memcpy(v, c->broad_stages,
			       c->n_broad_stages * sizeof *v);
		c->broad_stages = v;
		c->cap_broad_stages = cap;
	}
	struct context_broad_stage *s = &c->broad_stages[c->n_broad_stages++];
	*s = (struct context_broad_stage){ 0 };
	if (context_add_stage_commands(df, g, stage, &commands, &copied_from,
				       err) < 0 ||
	    arena_str(&c->arena, buf_str(&commands), &s->commands, err) < 0)
		return -1;
	return arena_str(&c->arena, buf_str(&copied_from), &s->copied_from,
			 err);
}

/* Commands of the Dockerfile, and apart those around each stage that copies the
 * whole context. Copies of one stage are neighbours, so `last` is enough to
 * take each stage once. */
static int add_commands(struct context *c, const struct dockerfile *df,
			const struct df_graph *g,
			const struct context_copies *copies, struct err *err)
{
	uint32_t last = DF_NO_STAGE;
	for (size_t i = 0; i < copies->n; i++) {
		const struct context_copy *u = &copies->v[i];
		for (size_t k = 0; k < u->n && u->stage != last; k++) {
			if (!context_copies_all(&u->sources[k]))
				continue;
			last = u->stage;
			if (add_broad_stage(c, df, g, last, err) < 0)
				return -1;
		}
	}
	return context_add_commands(df, &c->commands, err);
}

/* A file with errors is read all the same: what it copies is shown, but nothing
 * is proposed, since a COPY in a broken line could be the one that needs a
 * file. */
int context_read_dockerfile(struct context *c, struct str text,
			    struct str target, const struct df_arg *args,
			    size_t n_args, struct err *err)
{
	struct first_error first = { 0 };
	struct diag_sink sink = { note_error, &first };
	struct context_copies copies;
	if (dockerfile_parse(text, &sink, &c->df, err) < 0 ||
	    dockerfile_graph_read(&c->df, args, n_args, &c->arena, &c->graph,
				  err) < 0)
		return -1;
	c->has_dockerfile = true;
	if (first.any) {
		struct text_pos pos = dockerfile_position(&c->df, first.at.at);
		c->problem.line = pos.line;
		c->problem.column = pos.column;
		memcpy(c->problem.message, first.message, sizeof first.message);
	}
	c->needs = arena_array(&c->arena, c->graph.n, sizeof *c->needs, err);
	if (!c->needs)
		return -1;
	uint32_t stage = dockerfile_graph_target(&c->graph, target);
	if (stage == DF_NO_STAGE)
		return err_set(
			err, ERR_NOT_FOUND, "there is no stage \"%s\"%s",
			str_quoted(target).text,
			dockerfile_graph_hint(&c->graph, c->graph.n, target)
				.text);
	dockerfile_graph_reach(&c->graph, stage, c->needs, NULL);
	if (context_read_copies(&c->df, &c->graph, args, n_args, &c->arena,
				&copies, err) < 0 ||
	    append_copies(c, &copies, err) < 0)
		return -1;
	c->n_own = copies.n;
	return add_commands(c, &c->df, &c->graph, &copies, err);
}

/* Its syntax errors are not told: it is not the Dockerfile that was asked for.
 * It has no arguments either, as --build-arg is for that one. */
int context_read_other(struct context *c, struct str text, struct err *err)
{
	struct diag_sink sink = { 0 };
	struct df_graph graph;
	struct context_copies copies;
	if (c->n_others == c->cap_others) {
		size_t cap = c->cap_others ? 2 * c->cap_others : 8;
		struct dockerfile *v = reallocarray(c->others, cap, sizeof *v);
		if (!v)
			return err_nomem(err, cap * sizeof *v);
		c->others = v;
		c->cap_others = cap;
	}
	struct dockerfile *df = &c->others[c->n_others];
	if (dockerfile_parse(text, &sink, df, err) < 0)
		return -1;
	c->n_others++;
	if (dockerfile_graph_read(df, NULL, 0, &c->arena, &graph, err) < 0 ||
	    context_read_copies(df, &graph, NULL, 0, &c->arena, &copies, err) <
		    0 ||
	    append_copies(c, &copies, err) < 0)
		return -1;
	return add_commands(c, df, &graph, &copies, err);
}

/* Of other Dockerfiles nothing is needed: their copies only protect what they
 * name from the advice. */
static int mark_all_copied(struct context *c, struct err *err)
{
	c->copy_results = arena_array(&c->arena, c->copies.n,
				      sizeof *c->copy_results, err);
	if (!c->copy_results)
		return -1;
	for (size_t i = 0; i < c->copies.n; i++) {
		struct context_copy_result *k = &c->copy_results[i];
		k->copy = c->copies.v[i];
		k->needed = i < c->n_own && c->needs[k->copy.stage];
		if (context_mark_copied(&c->view, &k->copy, k->needed,
					&c->arena, &k->copied, err) < 0)
			return -1;
	}
	for (uint32_t i = 1; i < c->tree.n; i++)
		if (context_is_sent(&c->tree, c->verdicts, i) &&
		    !(c->view.marks[i] & MARK_NEEDED))
			context_add(&c->unused, &c->tree, c->verdicts, i);
	return 0;
}

int context_conclude(struct context *c, const char *new_file, struct err *err)
{
	struct context_advice_input q = {
		.w = &c->view,
		.waste = &c->waste,
		.rows = c->rows,
		.ig = &c->ig,
		.text = c->ignore_text,
		.copies = &c->copies,
		.n_copies = c->copies.n,
		.commands = buf_str(&c->commands),
		.broad_stages = c->broad_stages,
		.n_broad_stages = c->n_broad_stages,
		.copies_all = !c->has_dockerfile,
		.new_file = new_file,
	};
	if (mark_all_copied(c, err) < 0)
		return -1;
	if (c->problem.line) /* what it copies is not known: no advice */
		return 0;
	return context_advise(&q, &c->arena, &c->advice, err);
}

/* NAME.dockerignore beside a Dockerfile is used for it instead of the context's
 * .dockerignore, so what it copies is none of this ignore file's concern. */
static bool has_own_ignore_file(const struct context *c, uint32_t i)
{
	char name[300];
	struct str s = context_name(&c->tree, i);
	int n = snprintf(name, sizeof name, "%.*s.dockerignore", STR_ARG(s));
	struct str own = { name, (size_t)n };
	return context_child(&c->tree, c->tree.entries[i].parent, own) !=
	       CONTEXT_NONE;
}

/* Most entries have another reason than "docker" or none, and are passed over
 * without a look at their names. Those in node_modules have that reason, so a
 * package's Dockerfile is not taken for one of the project. */
uint32_t context_next_dockerfile(const struct context *c, uint32_t from)
{
	static const char *const names[] = {
		"Dockerfile",	"Dockerfile.*",	 "*.Dockerfile",
		"*.dockerfile", "Containerfile", "Containerfile.*",
	};
	for (uint32_t i = from + 1; i < c->tree.n; i++) {
		if (c->tree.entries[i].type != CONTEXT_FILE ||
		    context_reason_of(&c->waste, c->rows[i]) != REASON_DOCKER)
			continue;
		for (size_t k = 0; k < ARRAY_LEN(names); k++) {
			struct str name = context_name(&c->tree, i);
			if (context_name_matches(names[k], name) &&
			    !str_ends(name, STR(".dockerignore")) &&
			    !str_ends(name, STR(".containerignore")) &&
			    !has_own_ignore_file(c, i))
				return i;
		}
	}
	return CONTEXT_NONE;
}
