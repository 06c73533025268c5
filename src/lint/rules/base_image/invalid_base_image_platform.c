/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "base/chars.h"
#include "lint/facts/values.h"
#include "lint/facts/words.h"

/* System and architecture; what else is in it does not count. */
static bool is_same(struct str a, struct str b)
{
	struct str as, bs, aa, ba, rest, head;
	if (!str_cut(a, '/', &as, &aa) || !str_cut(b, '/', &bs, &ba))
		return true;
	if (str_cut(aa, '/', &head, &rest))
		aa = head;
	if (str_cut(ba, '/', &head, &rest))
		ba = head;
	return str_eq_nocase(as, bs) && str_eq_nocase(aa, ba);
}

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	uint32_t s = dockerfile_graph_stage_of(f->graph, in->index);
	const struct df_word *image = dockerfile_from_image(in);
	const struct lint_base *base = s != DF_NO_STAGE ? f->bases[s] : NULL;
	struct str wanted;
	if (!image || !base || !base->given || !base->platform ||
	    f->graph->stages[s].base != DF_NO_STAGE)
		return 0;
	int known = lint_value(f, in,
			       dockerfile_flag(in, "platform")
				       ? dockerfile_flag(in, "platform")->text
				       : STR("$TARGETPLATFORM"),
			       &wanted, err);
	if (known <= 0)
		return known;
	if (wanted.n == 0 || is_same(wanted, str_of(base->platform)))
		return 0;
	return lint_find(out, image->at, err,
			 "%s is an image for %s, but the build asks for %s, "
			 "so its programs may not start; take an image for "
			 "that platform",
			 str_quoted(image->text).text, base->platform,
			 str_quoted(wanted).text);
}

const struct lint_rule rule_invalid_base_image_platform = {
	.id = "InvalidBaseImagePlatform",
	.severity = SEV_WARN,
	.on = DF_FROM,
	.summary = "base image of another platform",
	.check_instr = check,
};
