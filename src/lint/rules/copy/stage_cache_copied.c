/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/access.h"
#include "lint/rule.h"
#include "lint/rules/cache/cache.h"
#include "lint/facts/image_path.h"

/* The stage that --from names. */
static uint32_t source_stage(const struct lint_file *f,
			     const struct df_instr *in)
{
	uint32_t i = df_graph_stage_of(f->graph, in->index);
	if (i == DF_NO_STAGE)
		return DF_NO_STAGE;
	const struct df_stage *s = &f->graph->stages[i];
	for (size_t k = 0; k < s->n_edges; k++)
		if (s->edges[k].in == in && s->edges[k].kind == DF_EDGE_COPY &&
		    s->edges[k].problem == DF_EDGE_OK)
			return s->edges[k].to;
	return DF_NO_STAGE;
}

/* A RUN of the stage, or of those below it, leaves a cache in the place. */
static int left_in(const struct lint_file *f, uint32_t stage, struct str place,
		   const struct catalog_cache **kind,
		   const struct lint_run **run, struct err *err)
{
	for (size_t i = 0; i < f->n_runs; i++) {
		uint32_t s = stage;
		while (s != DF_NO_STAGE && s != f->runs[i].stage)
			s = f->graph->stages[s].base;
		struct catalog_at at = { 0 };
		const struct catalog_cache *k;
		while (s != DF_NO_STAGE && (k = catalog_next_cache(&at))) {
			struct lint_command by;
			struct str dir = cache_dir(k);
			if (k->shown || !place_within(dir, place))
				continue;
			int r = cache_left(f, k, &f->runs[i], &by, err);
			if (r < 0)
				return -1;
			*kind = k;
			*run = &f->runs[i];
			if (r)
				return 1;
		}
	}
	return 0;
}

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	size_t n;
	const struct df_word *w = df_copy_sources(in, &n);
	uint32_t stage =
		df_flag(in, "from") ? source_stage(f, in) : DF_NO_STAGE;
	if (stage == DF_NO_STAGE || !lint_ships(f, in))
		return 0;
	for (size_t i = 0; i < n; i++) {
		struct str place;
		const struct catalog_cache *kind;
		const struct lint_run *run;
		if (place_of(f, in, STR("/"), w[i].text, &place, err) < 0)
			return -1;
		/* The whole stage is DL3067's. */
		if (place.n < 2)
			continue;
		if (place_home(f, place, &place, err) < 0)
			return -1;
		int r = left_in(f, stage, place, &kind, &run, err);
		if (r < 0)
			return -1;
		if (r == 0)
			continue;
		struct str dir = cache_dir(kind);
		if (lint_find_bytes(
			    out, w[i].at, kind->key, err,
			    "%.*s of that stage holds the cache %.*s, "
			    "which line %u left; copy only what the "
			    "program needs",
			    STR_ARG(w[i].text), STR_ARG(dir),
			    df_position(f->df, run->outer->at.at).line) < 0)
			return -1;
	}
	return 0;
}

const struct lint_rule rule_stage_cache_copied = {
	.id = "PARE3007",
	.severity = SEV_WARN,
	.on = DF_COPY,
	.summary = "a stage's cache copied into the result",
	.check_instr = check,
};
