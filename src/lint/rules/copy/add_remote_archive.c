/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/access.h"
#include "lint/rule.h"
#include "lint/facts/copies.h"

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	const struct lint_copy *c = lint_copy_of(f, in);
	if (!c || dockerfile_flag(in, "unpack") || !lint_ships(f, in))
		return 0;
	for (size_t i = 0; i < c->n_sources; i++) {
		const struct lint_source *s = &c->sources[i];
		if (!lint_source_is_remote_archive(s))
			continue;
		const struct lint_measured *m = lint_measured_at(f, in->at.at);
		struct finding found = lint_finding_at(out, s->word->at);
		if (m && m->known)
			lint_finding_bytes(&found, m->stored, BYTES_MEASURED);
		if (lint_report(out, &found, err,
				"ADD stores %.*s packed, and removing it in a "
				"later layer frees nothing; download, unpack "
				"and remove it in one RUN",
				STR_ARG(s->name)) < 0)
			return -1;
	}
	return 0;
}

const struct lint_rule rule_add_remote_archive = {
	.id = "PARE3001",
	.severity = SEV_WARN,
	.on = DF_ADD,
	.summary = "ADD of a remote archive",
	.check_instr = check,
};
