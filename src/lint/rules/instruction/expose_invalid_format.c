/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/facts/values.h"
#include "lint/facts/words.h"

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	for (size_t i = 0; i < in->n_words; i++) {
		struct str value;
		int known = lint_value(f, in, in->words[i].text, &value, err);
		if (known < 0)
			return -1;
		if (known && lint_word_find(value, 0, ":") < value.n &&
		    lint_find(out, in->words[i].at, err,
			      "EXPOSE %s names an address or a port of the "
			      "host, which only docker run can set; write "
			      "the port of the container alone",
			      str_quoted(value).text) < 0)
			return -1;
	}
	return 0;
}

const struct lint_rule rule_expose_invalid_format = {
	.id = "ExposeInvalidFormat",
	.severity = SEV_WARN,
	.on = DF_EXPOSE,
	.summary = "EXPOSE with an address or a port of the host",
	.check_instr = check,
};
