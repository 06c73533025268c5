/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/rules/copy/broad_copy.h"

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	scoped(waste_done) struct waste w = { .names = BUF_INIT(4096) };
	if (f->context_fd < 0 || f->ignore || !lint_copies_context(in))
		return 0;
	if (lint_context_waste(f, &w, err) < 0)
		return -1;
	bool ships = lint_ships(f, in);
	if (w.n == 0 && !ships)
		return 0;
	struct finding found = lint_finding_at(out, in->at);
	if (w.n == 0 || !ships)
		found.severity = SEV_INFO;
	if (w.n == 0)
		return lint_report(out, &found, err,
				   "the whole context is copied with "
				   "whatever lies in it, secrets and old "
				   "builds too, as there is no "
				   ".dockerignore; write one, pare context "
				   "helps");
	if (ships)
		lint_finding_bytes(&found, w.bytes, BYTES_ESTIMATE);
	return lint_report(out, &found, err,
			   "the whole context is copied, and with it %.*s, "
			   "as there is no .dockerignore; write one that "
			   "names it",
			   STR_ARG(buf_str(&w.names)));
}

const struct lint_rule rule_whole_context_copied = {
	.id = "PARE3004",
	.severity = SEV_WARN,
	.on = DF_COPY | DF_ADD,
	.summary = "whole context copied without an ignore file",
	.check_instr = check,
};
