/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/facts/words.h"

/* Of [IP:]HOST:PORT[-PORT][/PROTOCOL] a number is too large. */
static bool is_large(struct str port)
{
	struct str head, tail;
	uint64_t v;
	if (str_cut(port, '/', &head, &tail))
		port = head;
	while (str_cut(port, ':', &head, &tail))
		port = tail;
	while (str_cut(port, '-', &head, &port))
		if (str_to_u64(head, &v) && v > UINT16_MAX)
			return true;
	size_t digits = 0;
	while (digits < port.n && port.p[digits] >= '0' &&
	       port.p[digits] <= '9')
		digits++;
	return digits && digits == port.n &&
	       (!str_to_u64(port, &v) || v > UINT16_MAX);
}

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	(void)f;
	for (size_t i = 0; i < in->n_words; i++) {
		struct str port = lint_word_unquoted(in->words[i].text);
		if (is_large(port) &&
		    lint_find(out, in->words[i].at, err,
			      "port %s does not exist, since ports end at "
			      "65535, so the builder refuses it; write the "
			      "port that the program listens on",
			      str_quoted(port).text) < 0)
			return -1;
	}
	return 0;
}

const struct lint_rule rule_port_out_of_range = {
	.id = "DL3011",
	.severity = SEV_ERROR,
	.on = DF_EXPOSE,
	.summary = "EXPOSE of a port above 65535",
	.check_instr = check,
};
