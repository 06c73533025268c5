/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/rules/copy/broad_copy.h"

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	scoped(waste_done) struct waste w = { .names = BUF_INIT(4096) };
	if (f->context_fd < 0 || !f->ignore || !lint_copies_context(in))
		return 0;
	if (lint_context_waste(f, &w, err) < 0)
		return -1;
	if (w.n == 0)
		return 0;
	struct finding found = lint_finding_at(out, in->at);
	if (lint_ships(f, in))
		lint_finding_bytes(&found, w.bytes, BYTES_ESTIMATE);
	else
		found.severity = SEV_INFO;
	return lint_report(out, &found, err,
			   "the whole context is copied, and with it %.*s, "
			   "which the ignore file does not name; add a line "
			   "for it there",
			   STR_ARG(buf_str(&w.names)));
}

const struct lint_rule rule_weak_ignore_file = {
	.id = "PARE3005",
	.severity = SEV_WARN,
	.on = DF_COPY | DF_ADD,
	.summary = "ignore file that lets waste into the context",
	.check_instr = check,
};
