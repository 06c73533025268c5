/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/access.h"
#include "lint/facts/bases.h"
#include "lint/rule.h"

/* Another stage, which ships or comes first, has the same base. */
static bool is_told(const struct lint_file *f, const struct df_stage *s)
{
	for (uint32_t i = 0; i < f->graph->n; i++) {
		const struct df_stage *o = &f->graph->stages[i];
		bool first = f->ships[i] == f->ships[s->index] ? i < s->index
							       : f->ships[i];
		if (first && f->needs[i] && o->base == DF_NO_STAGE &&
		    str_eq(o->image, s->image))
			return true;
	}
	return false;
}

static int check(const struct lint_file *f, const struct df_stage *s,
		 struct lint_out *out, struct err *err)
{
	const struct df_word *image =
		s->from ? dockerfile_from_image(s->from) : NULL;
	if (!image || s->base != DF_NO_STAGE || !s->image_known ||
	    !f->needs[s->index] || is_told(f, s))
		return 0;
	const struct lint_ended *e =
		lint_base_ended(s->image, f->settings->today);
	if (!e)
		return 0;
	struct finding found = lint_finding_at(out, image->at);
	/* A date that was only announced turns no green run red. */
	if (!f->ships[s->index] || lint_ended_later(e))
		found.severity = SEV_INFO;
	return lint_report(out, &found, err,
			   "%s %s has had no fixes since %s, not even for "
			   "security, so known holes stay open; move to a "
			   "release that is maintained",
			   e->what, *e->version ? e->version : "8", e->date);
}

const struct lint_rule rule_base_image_past_end_of_life = {
	.id = "PARE5003",
	.severity = SEV_WARN,
	.summary = "base image past its end of life",
	.check_stage = check,
};
