/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/rules/layer/archive.h"

static int look(const struct lint_file *f, const struct lint_run *run,
		struct archive_use *use, struct lint_out *out, struct err *err)
{
	int r;
	use->next = 0;
	while ((r = archive_next(f, run, use, err)) > 0) {
		const struct stored *s = use->stored;
		/* ADD of a URL is told of where it stands. */
		if (s->run == run || use->removed || s->how == STORED_REMOTE)
			continue;
		struct finding found = lint_finding_at(out, use->at);
		if (stored_weigh(f, &found, s, use->place, STORED_ALL, err) < 0)
			return -1;
		struct str name = use->name;
		if (lint_report(
			    out, &found, err,
			    "%.*s is unpacked here and stays in the layer of "
			    "line %u (%s); %s",
			    STR_ARG(name), line_of(f, s->in->at.at),
			    stored_word(s),
			    s->run ? "fetch, unpack and remove it in one RUN"
				   : "unpack it from RUN --mount=type=bind, "
				     "or in a stage of its own") < 0)
			return -1;
	}
	return r;
}

/* All at once, since what is stored is a matter of the whole file. */
static int check(const struct lint_file *f, struct lint_out *out,
		 struct err *err)
{
	struct archive_use use = { 0 };
	for (size_t i = 0; i < f->n_runs; i++)
		if (look(f, &f->runs[i], &use, out, err) < 0)
			return -1;
	return 0;
}

const struct lint_rule rule_archive_unpacked_in_later_layer = {
	.id = "PARE2003",
	.severity = SEV_WARN,
	.summary = "archive stored in one layer and unpacked in another",
	.check_file = check,
};
