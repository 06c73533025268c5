/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/access.h"
#include "lint/rule.h"
#include "lint/facts/image_path.h"
#include "lint/rules/layer/layer_writes.h"

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	size_t n;
	const struct df_word *w = df_copy_sources(in, &n);
	if (df_flag(in, "unpack") || !lint_ships(f, in))
		return 0;
	for (size_t i = 0; i < n; i++) {
		struct str url;
		if (place_text(f, in, w[i].text, &url, err) < 0)
			return -1;
		struct str name = place_of_url(url);
		if (!place_is_url(url) || !place_is_archive(name))
			continue;
		const struct lint_measured *m = lint_measured_at(f, in->at.at);
		struct finding found = lint_finding_at(out, w[i].at);
		if (m && m->known)
			lint_finding_bytes(&found, m->stored, BYTES_MEASURED);
		if (lint_report(
			    out, &found, err,
			    "ADD stores %.*s packed, and no later layer can "
			    "free it; download and unpack it in one RUN",
			    STR_ARG(name)) < 0)
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
