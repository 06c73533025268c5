/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/rules/layer/archive.h"

static int tell(const struct lint_file *f, const struct archive_use *use,
		struct lint_out *out, struct err *err)
{
	const struct stored *s = use->stored;
	/* ADD of a URL is told of where it stands. */
	if (s->run == use->run || use->removed || s->how == STORED_REMOTE)
		return 0;
	struct finding found = lint_finding_at(out, use->at);
	if (lint_stored_weigh(f, &found, s, use->place, STORED_ALL, err) < 0)
		return -1;
	return lint_report(out, &found, err,
			   "%.*s is unpacked here and stays in the layer of "
			   "line %u (%s); %s",
			   STR_ARG(use->name), lint_line_of(f, s->in->at.at),
			   lint_stored_word(s),
			   s->run ? "fetch, unpack and remove it in one RUN"
				  : "unpack it from RUN --mount=type=bind, "
				    "or in a stage of its own");
}

static int check(const struct lint_file *f, struct lint_out *out,
		 struct err *err)
{
	return lint_archive_each(f, tell, out, err);
}

const struct lint_rule rule_archive_unpacked_in_later_layer = {
	.id = "PARE2003",
	.severity = SEV_WARN,
	.summary = "archive stored in one layer and unpacked in another",
	.check_file = check,
};
