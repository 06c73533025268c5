/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/package/rpm.h"

#include "lint/facts/words.h"
#include "lint/rules/cache/cache.h"

int lint_rpm_check_yes(const struct lint_command *c,
		       const struct catalog_tool *tool, struct lint_out *out,
		       struct err *err)
{
	struct packages p;
	size_t verb = lint_cmd_find_arg(c, tool->verbs.confirm);
	if (!lint_packages_of(tool, c, &p) || verb == c->n_args ||
	    lint_cmd_count_options(c, "y assumeyes") || lint_cmd_is_fed(c) ||
	    lint_file_says(c->run->file, "assumeyes"))
		return 0;
	return lint_find(out, lint_cmd_span(c, verb), err,
			 "%s asks before it does anything, and in a build "
			 "nobody answers, so it fails; add -y",
			 lint_cmd_words(c, verb).text);
}

/* Streams of modules: NAME:STREAM. */
static bool has_stream(const struct lint_command *c, const struct lint_arg *arg)
{
	(void)c;
	return lint_word_in(arg->text, "install") || lint_arg_has(arg, ":");
}

int lint_rpm_check_pins(const struct lint_command *c,
			const struct catalog_tool *tool, struct lint_out *out,
			struct err *err)
{
	struct packages p;
	if (!lint_packages_of(tool, c, &p))
		return 0;
	if (lint_packages_verb(&p, "module") && lint_cmd_has_arg(c, "install"))
		return lint_packages_pin(&p, has_stream, "NAME:STREAM", out,
					 err);
	if (!lint_packages_verb(&p, tool->verbs.pin))
		return 0;
	return lint_packages_pin(&p, lint_packages_rpm_pinned, "NAME-VERSION",
				 out, err);
}
