/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "base/chars.h"
#include "lint/facts/values.h"
#include "lint/facts/words.h"

/* hadolint takes what begins with a variable for absolute. */
static bool is_absolute(struct str path, bool variables)
{
	if (path.n == 0)
		return true;
	return *path.p == '/' || (variables && *path.p == '$') ||
	       (path.n > 1 && is_alpha(*path.p) && path.p[1] == ':') ||
	       (!variables && *path.p == '\\');
}

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	struct str value;
	if (in->n_words == 0)
		return 0;
	int known = lint_value(f, in, in->words[0].text, &value, err);
	if (known < 0)
		return -1;
	bool ours = !is_absolute(lint_word_unquoted(in->words[0].text), true);
	bool theirs = known && !lint_stands_behind(f, in, DF_WORKDIR) &&
		      !is_absolute(value, false);
	if (!ours && !theirs)
		return 0;
	struct finding found = lint_finding_at(out, in->words[0].at);
	if (ours != theirs)
		lint_finding_named(&found,
				   ours ? "DL3000" : "WorkdirRelativePath");
	if (theirs && !ours)
		found.severity = SEV_WARN;
	return lint_report(
		out, &found, err,
		"WORKDIR %s is relative to a directory that another line or "
		"the base image decides, so it moves when that changes; "
		"write an absolute path",
		str_quoted(theirs ? value : in->words[0].text).text);
}

const struct lint_rule rule_relative_workdir = {
	.id = "DL3000",
	.alias = "WorkdirRelativePath",
	.severity = SEV_ERROR,
	.on = DF_WORKDIR,
	.summary = "WORKDIR with a relative path",
	.check_instr = check,
};
