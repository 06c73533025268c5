/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/facts/values.h"
#include "lint/facts/words.h"

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	for (size_t i = 0; i < in->n_words; i++) {
		struct str port, protocol, value = in->words[i].text;
		if (lint_value(f, in, in->words[i].text, &value, err) < 0)
			return -1;
		if (str_cut(value, '/', &port, &protocol) &&
		    !lint_word_is_lower(protocol) &&
		    lint_find(out, in->words[i].at, err,
			      "protocol %s of EXPOSE has upper-case letters, "
			      "which some tools reject; write it in lower "
			      "case",
			      str_quoted(protocol).text) < 0)
			return -1;
	}
	return 0;
}

const struct lint_rule rule_expose_proto_casing = {
	.id = "ExposeProtoCasing",
	.severity = SEV_WARN,
	.on = DF_EXPOSE,
	.summary = "protocol of EXPOSE in upper case",
	.check_instr = check,
};
