/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a Dockerfile: the leaves tile it, every span lies in it, edges
 * lead to earlier stages or are a problem, commands of RUN stand in it. */
#include <stdlib.h>

#include "dockerfile/graph.h"
#include "dockerfile/run.h"
#include "fuzz.h"

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void must_lie(const struct dockerfile *df, struct span at)
{
	must(at.at <= df->text.n && at.n <= df->text.n - at.at);
	struct text_pos p = dockerfile_position(df, at.at);
	must(p.line >= 1 && p.line <= df->n_lines && p.column >= 1);
}

static void push(void *self, const struct diag *d)
{
	size_t *n = self;
	must(d->message[0] && d->at.at <= *n && d->at.n <= *n - d->at.at);
}

static void check_instr(const struct dockerfile *df, const struct df_instr *in)
{
	must_lie(df, in->at);
	must_lie(df, in->head);
	must_lie(df, in->keyword.at);
	must_lie(df, in->rest.at);
	for (size_t i = 0; i < in->n_flags; i++) {
		must_lie(df, in->flags[i].at);
		must_lie(df, in->flags[i].name);
		must_lie(df, in->flags[i].value);
		must_lie(df, dockerfile_flag_span(&in->flags[i], 0,
						  in->flags[i].text.n));
	}
	for (size_t i = 0; i < in->n_words; i++)
		must_lie(df, in->words[i].at);
	for (size_t i = 0; i < in->n_pairs; i++) {
		must_lie(df, in->pairs[i].key.at);
		must_lie(df, in->pairs[i].value.at);
	}
	for (size_t i = 0; i < in->n_heredocs; i++) {
		must_lie(df, in->heredocs[i].word);
		must_lie(df, in->heredocs[i].body);
		must_lie(df, in->heredocs[i].end);
	}
	if (in->inner)
		check_instr(df, in->inner);
}

static void check_stages(const struct dockerfile *df, struct arena *a)
{
	struct err err = { 0 };
	struct df_graph g;
	must(dockerfile_graph_read(df, NULL, 0, a, &g, &err) == 0 ||
	     err.code == ERR_LIMIT);
	for (uint32_t i = 0; i < g.n && !err.code; i++)
		for (size_t k = 0; k < g.stages[i].n_edges; k++) {
			const struct df_edge *e = &g.stages[i].edges[k];
			must_lie(df, e->at);
			must(e->problem || e->to == DF_NO_STAGE || e->to < i);
		}
}

static void check_run(const struct dockerfile *df, const struct df_instr *in,
		      struct arena *a)
{
	struct err err = { 0 };
	struct df_run run;
	in = in->inner ? in->inner : in;
	if (in->kind != DF_RUN)
		return;
	must(dockerfile_run_read(df, in, NULL, a, &run, &err) == 0);
	for (size_t i = 0; i < run.sh.n_commands; i++)
		must_lie(df, dockerfile_run_span(&run, run.sh.commands[i]->at));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct dockerfile df;
	struct err err = { 0 };
	struct diag_sink sink = { push, &size };
	uint32_t at = 0;
	must(dockerfile_parse((struct str){ (const char *)data, size }, &sink,
			      &df, &err) == 0);
	for (size_t i = 0; i < df.n_leaves; i++) {
		must(df.leaves[i].at.at == at && df.leaves[i].at.n > 0);
		at += df.leaves[i].at.n;
	}
	must(at == size);
	scoped(arena_done) struct arena a = { 0 };
	for (size_t i = 0; i < df.n_instrs; i++) {
		check_instr(&df, df.instrs[i]);
		check_run(&df, df.instrs[i], &a);
	}
	check_stages(&df, &a);
	dockerfile_done(&df);
	return 0;
}
