/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/access.h"
#include "lint/facts/bases.h"
#include "lint/rule.h"

static int check(const struct lint_file *f, const struct df_stage *s,
		 struct lint_out *out, struct err *err)
{
	const struct df_word *image =
		s->from ? dockerfile_from_image(s->from) : NULL;
	if (!image || s->base != DF_NO_STAGE || s->is_scratch ||
	    !s->image_known || s->image.n == 0 || !f->needs[s->index] ||
	    lint_image_of(s->image).digest.n)
		return 0;
	return lint_find(out, image->at, err,
			 "%.*s may be another image tomorrow, since a tag "
			 "can be moved, so a build cannot be repeated; add "
			 "its digest (@sha256:...)",
			 STR_ARG(s->image));
}

const struct lint_rule rule_base_image_without_digest = {
	.id = "PARE5001",
	.severity = SEV_INFO,
	.off = true,
	.summary = "base image without a digest",
	.check_stage = check,
};
