/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/rules/base_image/image_name.h"
#include "lint/facts/values.h"
#include "lint/facts/words.h"

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	const struct df_word *image = dockerfile_from_image(in);
	if (!image || image->text.n == 0)
		return 0;
	struct image_name name =
		lint_image_name_of(lint_word_unquoted(image->text));
	if (name.digest.n || !str_eqz(name.tag, "latest") ||
	    lint_named_context(f, image->text))
		return 0;
	size_t at = (size_t)(name.tag.p - image->text.p);
	return lint_find(out, lint_word_span(in, image, at, at + name.tag.n),
			 err,
			 "%s with the tag latest is whatever was pushed "
			 "last, so the same file builds something else "
			 "tomorrow; name a version",
			 str_quoted(name.name).text);
}

const struct lint_rule rule_latest_base_image = {
	.id = "DL3007",
	.severity = SEV_WARN,
	.on = DF_FROM,
	.summary = "FROM with the tag latest",
	.check_instr = check,
};
