/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/access.h"
#include "lint/rule.h"
#include "lint/facts/image_path.h"
#include "lint/rules/start/entrypoint.h"

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	size_t n;
	const struct df_word *w = df_copy_sources(in, &n);
	if (df_flag(in, "checksum") || df_flag(in, "unpack"))
		return 0;
	for (size_t i = 0; i < n; i++) {
		struct str url;
		if (place_text(f, in, w[i].text, &url, err) < 0)
			return -1;
		struct str name = place_of_url(url);
		if (!place_is_url(url) || place_is_archive(name) ||
		    str_ends(name, STR(".git")) || is_init_name(name))
			continue;
		name = name.n ? name : url;
		if (lint_find(out, w[i].at, err,
			      "ADD takes %.*s from the net without --checksum: "
			      "whatever the server sends is built in",
			      STR_ARG(name)) < 0)
			return -1;
	}
	return 0;
}

const struct lint_rule rule_add_without_checksum = {
	.id = "PARE3002",
	.severity = SEV_WARN,
	.on = DF_ADD,
	.summary = "ADD of a remote file without a checksum",
	.check_instr = check,
};
