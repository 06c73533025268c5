/* SPDX-License-Identifier: Apache-2.0 */
/* A cache in a build stage costs nothing until a COPY --from takes the
 * directory that it lies in: /root brings /root/.cache and /root/.npm. Mounted
 * and cleaned caches are not there (lint_cache_left), in the stage or in those
 * below it. */
#include "lint/rule.h"
#include "lint/rules/cache/cache.h"
#include "lint/facts/copies.h"
#include "lint/facts/image_path.h"

/* The first RUN of the stage, or of those below it, that leaves a cache in the
 * place. */
static int left_in(const struct lint_file *f, uint32_t stage, struct str place,
		   const struct catalog_cache **kind,
		   const struct lint_run **run, struct err *err)
{
	struct catalog_at at = { 0 };
	const struct catalog_cache *k;
	uint32_t first = LINT_NO_RUN;
	while ((k = catalog_next_cache(&at))) {
		const struct lint_left *left;
		if (k->shown || !lint_place_within(lint_cache_dir(k), place))
			continue;
		if (lint_cache_lefts(f, k, &left, err) < 0)
			return -1;
		if (left->first[stage] >= first)
			continue;
		first = left->first[stage];
		*kind = k;
		*run = &f->runs[first];
	}
	return first != LINT_NO_RUN;
}

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	const struct lint_copy *c = lint_copy_of(f, in);
	if (!c || c->stage == DF_NO_STAGE || !lint_ships(f, in))
		return 0;
	for (size_t i = 0; i < c->n_sources; i++) {
		const struct df_word *w = c->sources[i].word;
		struct str place = c->sources[i].place;
		const struct catalog_cache *kind;
		const struct lint_run *run;
		/* The whole stage is DL3067's. */
		if (place.n < 2)
			continue;
		if (lint_place_home(f, place, &place, err) < 0)
			return -1;
		int r = left_in(f, c->stage, place, &kind, &run, err);
		if (r < 0)
			return -1;
		if (r == 0)
			continue;
		struct str dir = lint_cache_dir(kind);
		if (lint_find_bytes(
			    out, w->at, kind->key, err,
			    "%.*s of that stage holds the cache %.*s, "
			    "which line %u left; copy only what the "
			    "program needs",
			    STR_ARG(w->text), STR_ARG(dir),
			    dockerfile_position(f->df, run->outer->at.at)
				    .line) < 0)
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
