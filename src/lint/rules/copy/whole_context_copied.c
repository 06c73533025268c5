/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/rules/copy/broad_copy.h"
#include "lint/rules/copy/context_source.h"

/* Nothing that the catalogue knows lies in it, and all of it is less than what
 * is worth a word: a directory that was made for the build. 1, 0 or -1. */
static int is_small(const struct lint_file *f, struct err *err)
{
	enum { SMALL = 1000000 };
	struct sent sent = { 0 };
	int r = lint_context_source_look(f, STR("."), &sent, err);
	if (r < 0)
		return -1;
	return sent.files < SENT_FILES_MAX && sent.bytes < SMALL;
}

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	scoped(waste_done) struct waste w = { .names = BUF_INIT(4096) };
	if (f->context_fd < 0 || f->ignore || !lint_copies_context(in))
		return 0;
	if (lint_context_waste(f, &w, err) < 0)
		return -1;
	bool ships = lint_ships(f, in);
	int small = w.n == 0 ? is_small(f, err) : 0;
	if (small < 0)
		return -1;
	if (small || (w.n == 0 && !ships))
		return 0;
	struct finding found = lint_finding_at(out, in->at);
	if (w.n == 0 || !ships)
		found.severity = SEV_INFO;
	if (w.n == 0)
		return lint_report(out, &found, err,
				   "there is no .dockerignore, so the whole "
				   "context is copied, secrets and old builds "
				   "included; write one, or let pare context "
				   "--write do it");
	if (ships)
		lint_finding_bytes(&found, w.bytes, BYTES_ESTIMATE);
	return lint_report(out, &found, err,
			   "the whole context is copied, and with it %.*s, "
			   "because there is no .dockerignore; write one that "
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
