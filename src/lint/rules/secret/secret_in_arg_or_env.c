/* SPDX-License-Identifier: Apache-2.0 */
/* ARG and ENV that hold a secret, told by name and value together.
 *
 * hadolint asks for parts of names, so TOKENIZERS_PARALLELISM=false is a secret
 * to it; BuildKit asks for whole words, and never for the value. Both have what
 * is none: a name whose last word says what stands there (SECRET_FILE,
 * TOKEN_URL) or whose first one says how many (MAX_TOKENS), and a value that is
 * a number, a path or a switch. */
#include "lint/facts/values.h"
#include "lint/facts/words.h"
#include "lint/rule.h"
#include "lint/rules/secret/secret_name.h"

/* The pair's value; an ARG without one has that of the global ARG. 1: known; 0:
 * not, *value is then its text as written, or empty. */
static int value_of(const struct lint_file *f, const struct df_instr *in,
		    const struct df_pair *p, struct str *value, struct err *err)
{
	*value = STR("");
	if (p->has_value) {
		int known = lint_value(f, in, p->value.text, value, err);
		if (known == 0)
			*value = lint_word_unquoted(p->value.text);
		return known;
	}
	const struct df_var *v =
		dockerfile_scope_find(f->graph->globals, p->key.text);
	if (!v || !v->set || !v->known)
		return 0;
	*value = v->value;
	return 1;
}

/* Who has the case. BuildKit looks at stages, not at what stands in front of
 * them or below ONBUILD. */
static void judge(const struct lint_file *f, const struct df_instr *in,
		  struct str key, bool *ours, bool *theirs)
{
	bool global =
		dockerfile_graph_stage_of(f->graph, in->index) == DF_NO_STAGE;
	bool describes = secret_name_describes(key);
	*ours = !describes && secret_name_of_hadolint(key);
	*theirs = !describes && !global && !in->in_onbuild &&
		  secret_name_of_buildkit(key);
}

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	for (size_t i = 0; i < in->n_pairs; i++) {
		const struct df_pair *p = &in->pairs[i];
		struct str key = lint_word_unquoted(p->key.text), value;
		bool ours, theirs;
		judge(f, in, key, &ours, &theirs);
		if (!ours && !theirs)
			continue;
		int known = value_of(f, in, p, &value, err);
		if (known < 0)
			return -1;
		/* An ARG without a value, or an empty one, is there to be
		 * given a secret; an empty ENV holds none. */
		bool empty = known && value.n == 0 && in->kind == DF_ENV;
		if (empty || secret_value_is_harmless(key, value))
			continue;
		struct finding found = lint_finding_at(out, p->key.at);
		if (ours != theirs)
			lint_finding_named(&found,
					   ours ? "DL3064"
						: "SecretsUsedInArgOrEnv");
		if (lint_report(out, &found, err,
				"%s %s looks like a secret, and everyone who "
				"can pull the image can read it in the "
				"history; pass it with RUN "
				"--mount=type=secret, or when the container "
				"starts",
				dockerfile_kind_name(in->kind),
				str_quoted(key).text) < 0)
			return -1;
	}
	return 0;
}

const struct lint_rule rule_secret_in_arg_or_env = {
	.id = "DL3064",
	.alias = "SecretsUsedInArgOrEnv",
	.severity = SEV_WARN,
	.on = DF_ARG | DF_ENV,
	.on_onbuild = true,
	.summary = "secret in ARG or ENV",
	.check_instr = check,
};
