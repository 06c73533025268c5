/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/facts/misread.h"

/* The word that tells what the builder takes it for; NULL: a shell gets all. */
static const struct df_word *becomes(const struct df_instr *in,
				     const char **what)
{
	*what = in->kind == DF_VOLUME ? "the volume is named"
				      : "the destination is named";
	if (in->kind == DF_VOLUME)
		return in->n_words ? &in->words[0] : NULL;
	return dockerfile_copy_dest(in);
}

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	static const char instead[] =
		"write [\"a\", \"b\"], in double quotes and with commas";
	struct span at;
	const char *what, *why = lint_almost_json(f, in, &at);
	if (!why)
		return 0;
	struct quoted text = str_quoted(span_str(f->df->text, at));
	const struct df_word *word = becomes(in, &what);
	if (!word)
		return lint_find(out, at, err,
				 "%s looks like a JSON list but is not valid "
				 "JSON (%s), so a shell runs it as written: "
				 "%s",
				 text.text, why, instead);
	return lint_find(out, at, err,
			 "%s looks like a JSON list but is not valid JSON "
			 "(%s), so it is read as plain words and %s %s: %s",
			 text.text, why, what, str_quoted(word->text).text,
			 instead);
}

const struct lint_rule rule_almost_json = {
	.id = "PARE8003",
	.severity = SEV_WARN,
	.on = DF_ADD | DF_CMD | DF_COPY | DF_ENTRYPOINT | DF_HEALTHCHECK |
	      DF_RUN | DF_SHELL | DF_VOLUME,
	.on_onbuild = true,
	.explains = "DL3020 DL3021 DL3025 DL3045 PARE7005 CopyIgnoredFile "
		    "UndefinedVar SC",
	.summary = "list in brackets that is not valid JSON",
	.check_instr = check,
};
