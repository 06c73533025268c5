/* SPDX-License-Identifier: Apache-2.0 */
/* Stages that the result does not need.
 *
 * The builder skips them, so they cost nothing but a reader's time; the rule is
 * careful not to speak of files that are built with --target on purpose. Three
 * named ends, or a name such as test or dev, are such a sign. A stage that FROM
 * $NAME may mean is as good as needed, and what that one needs is, too. */
#include "dockerfile/access.h"
#include "base/chars.h"
#include "lint/rule.h"
#include "lint/facts/image_path.h"

/* The name is what FROM's word may become: variables may be anything.
 *
 * FROM base-${VARIANT:-slim} may mean base-slim and base-full: each variable
 * becomes a star. */
static bool may_mean(struct str word, struct str name)
{
	char pattern[256];
	size_t n = 0;
	for (size_t i = 0; i < word.n && n + 2 < sizeof pattern; i++) {
		if (word.p[i] != '$') {
			pattern[n++] = lower(word.p[i]);
			continue;
		}
		pattern[n++] = '*';
		if (i + 1 < word.n && word.p[i + 1] == '{') {
			while (i + 1 < word.n && word.p[i] != '}')
				i++;
			continue;
		}
		while (i + 1 < word.n &&
		       (is_alpha(word.p[i + 1]) || is_digit(word.p[i + 1]) ||
			word.p[i + 1] == '_'))
			i++;
	}
	return lint_place_matches((struct str){ pattern, n }, name);
}

/* Stages that a build argument can choose are as good as reached. Of very many
 * (CHOSEN_MAX) the nearest are tried. */
enum { CHOSEN_MAX = 256 };

static void reach_chosen(const struct lint_file *f, uint32_t stage,
			 bool *reached)
{
	const struct df_stage *s = &f->graph->stages[stage];
	const struct df_word *w =
		s->from ? dockerfile_from_image(s->from) : NULL;
	if (!w || str_find(w->text, '$') == w->text.n)
		return;
	for (uint32_t k = stage; k-- > 0 && stage - k <= CHOSEN_MAX;) {
		const struct df_stage *t = &f->graph->stages[k];
		if (!reached[k] && t->name.n && may_mean(w->text, t->name))
			reached[k] = true;
	}
}

/* All of it lies above: one pass downwards meets each stage when all that need
 * it have been met. */
static int reach(const struct lint_file *f, bool **out, struct err *err)
{
	uint32_t n = f->graph->n;
	bool *reached = arena_array(f->arena, n, sizeof *reached, err);
	if (!reached)
		return -1;
	memcpy(reached, f->needs, n * sizeof *reached);
	for (uint32_t i = n; i-- > 0;) {
		const struct df_stage *s = &f->graph->stages[i];
		if (!reached[i])
			continue;
		reach_chosen(f, i, reached);
		for (size_t k = 0; k < s->n_edges; k++)
			if (s->edges[k].to < i)
				reached[s->edges[k].to] = true;
	}
	*out = reached;
	return 0;
}

/* Names that say: built by --target only. */
static bool is_meant_for_target(struct str name)
{
	static const char *const words[] = {
		"test",	  "dev",      "lint",	"debug",    "ci",
		"check",  "doc",      "bench",	"e2e",	    "local",
		"format", "release",  "prod",	"runtime",  "target",
		"export", "artifact", "update", "validate", "generate",
		"vendor", "analyze",  "fix",	"cross",    "binar",
		"root",	  "publish",  "deploy",
	};
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		for (size_t k = 0; k < name.n; k++)
			if (str_starts(str_from(name, k), str_of(words[i])))
				return true;
	return false;
}

/* A stage that another unreached one builds on or copies from is told of there.
 * Many that nothing uses: the file is one of several targets. */
static size_t named_ends(const struct lint_file *f, const bool *reached)
{
	size_t n = 0;
	for (uint32_t i = 0; i < f->graph->n; i++)
		n += !reached[i] && !f->stages[i].is_used &&
		     f->graph->stages[i].name.n;
	return n;
}

/* Only where the last stage is the one that is built: for another target the
 * ones behind it are not superfluous, they are not meant. */
static int check(const struct lint_file *f, struct lint_out *out,
		 struct err *err)
{
	bool *reached;
	if (f->target == DF_NO_STAGE || f->target + 1 != f->graph->n ||
	    f->graph->n < 2)
		return 0;
	if (reach(f, &reached, err) < 0)
		return -1;
	bool several = named_ends(f, reached) >= 3;
	for (uint32_t i = 0; i < f->graph->n; i++) {
		const struct df_stage *s = &f->graph->stages[i];
		if (reached[i] || f->stages[i].is_used ||
		    (s->name.n && (several || is_meant_for_target(s->name))))
			continue;
		struct finding found = lint_finding_at(out, s->from->at);
		found.severity = s->name.n ? SEV_INFO : found.severity;
		if (s->name.n
			    ? lint_report(out, &found, err,
					  "nothing of stage %.*s gets into the "
					  "result, and only --target %.*s "
					  "builds it; remove it if nobody does "
					  "that",
					  STR_ARG(s->name),
					  STR_ARG(s->name)) < 0
			    : lint_report(out, &found, err,
					  "this stage has no name and nothing "
					  "takes anything from it, so no build "
					  "needs it; remove it, or name it and "
					  "COPY --from it") < 0)
			return -1;
	}
	return 0;
}

const struct lint_rule rule_unneeded_stage = {
	.id = "PARE5005",
	.severity = SEV_WARN,
	.summary = "stage that the result does not need",
	.check_file = check,
};
