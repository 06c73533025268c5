/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/rules/secret/tokens.h"

enum { ALL = DF_UNKNOWN - 1 };

static int tell(struct lint_out *out, struct span at, const struct token *t,
		struct err *err)
{
	return lint_find(out, at, err,
			 "%s can be read here by everybody who has the file "
			 "or the image; revoke it, and use RUN "
			 "--mount=type=secret",
			 t->what);
}

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	struct token t;
	for (size_t at = 0; lint_token_find(in->line.text, at, &t);
	     at = t.at + t.n)
		if (tell(out,
			 dockerfile_logical_span(&in->line, t.at, t.at + t.n),
			 &t, err) < 0)
			return -1;
	for (size_t i = 0; i < in->n_heredocs; i++) {
		struct span body = in->heredocs[i].body;
		struct str text = span_str(f->df->text, body);
		for (size_t at = 0; lint_token_find(text, at, &t);
		     at = t.at + t.n)
			if (tell(out,
				 (struct span){ body.at + (uint32_t)t.at,
						(uint32_t)t.n },
				 &t, err) < 0)
				return -1;
	}
	return 0;
}

const struct lint_rule rule_secret_in_dockerfile = {
	.id = "PARE6001",
	.severity = SEV_ERROR,
	.on = ALL,
	.summary = "secret in the Dockerfile",
	.check_instr = check,
};
