/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"

static int check(const struct lint_file *f, const struct df_stage *s,
		 struct lint_out *out, struct err *err)
{
	const struct lint_base *base = f->bases[s->index];
	const struct df_word *image = s->from ? df_from_image(s->from) : NULL;
	if (!image || (base && base->given && base->healthcheck))
		return 0;
	for (uint32_t k = s->index; k != DF_NO_STAGE;
	     k = f->graph->stages[k].base) {
		const struct df_stage *stage = &f->graph->stages[k];
		for (uint32_t i = stage->first; i < stage->end; i++)
			if (f->df->instrs[i]->kind == DF_HEALTHCHECK)
				return 0;
	}
	return lint_find(out, image->at, err,
			 "the stage on %s has no HEALTHCHECK",
			 str_quoted(image->text).text);
}

const struct lint_rule rule_dl3057 = {
	.id = "DL3057",
	.severity = SEV_INFO,
	.off = true,
	.summary = "stage without HEALTHCHECK",
	.check_stage = check,
};
