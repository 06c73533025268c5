/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/facts/words.h"

static bool names_platform(const struct df_instr *from, struct str platform)
{
	const struct df_word *name = dockerfile_from_name(from);
	struct str part = { 0 }, rest = platform;
	char text[64];
	for (size_t i = 0; name && i < 2; i++) {
		bool more = str_cut(rest, '/', &part, &rest);
		struct str s = more ? part : rest;
		if (s.n && s.n < sizeof text) {
			memcpy(text, s.p, s.n);
			text[s.n] = 0;
			if (lint_word_contains(name->text, text))
				return true;
		}
		if (!more)
			break;
	}
	return false;
}

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	(void)f;
	const struct df_flag *p = dockerfile_flag(in, "platform");
	if (!p || p->text.n == 0 ||
	    lint_word_contains(p->text, "BUILDPLATFORM") ||
	    lint_word_contains(p->text, "TARGETPLATFORM"))
		return 0;
	struct finding found = lint_finding_at(out, p->at);
	/* BuildKit's check leaves variables alone, and stages that have the
	 * system or the architecture in their name. */
	if (lint_word_has_expansion(p->text) || names_platform(in, p->text))
		lint_finding_named(&found, "DL3029");
	return lint_report(
		out, &found, err,
		"--platform=%s gives everybody an image for this platform, "
		"whatever their machine is; leave it out, or use "
		"$BUILDPLATFORM",
		str_quoted(p->text).text);
}

const struct lint_rule rule_constant_platform = {
	.id = "DL3029",
	.alias = "FromPlatformFlagConstDisallowed",
	.severity = SEV_WARN,
	.on = DF_FROM,
	.summary = "FROM --platform with a constant",
	.check_instr = check,
};
