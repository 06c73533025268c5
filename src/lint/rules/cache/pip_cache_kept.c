/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/cache/cache_dl.h"
#include "lint/facts/values.h"
#include "lint/facts/words.h"

static bool is_truthy(struct str value)
{
	return lint_word_in_nocase(lint_word_unquoted(value),
				   "1 true on yes y t");
}

/* ENV or ARG in front of the RUN, in the stage or those below it. */
static bool is_set_by_stage(const struct lint_file *f,
			    const struct lint_run *run)
{
	const struct df_var *v =
		lint_var_at(f, run->outer, STR("PIP_NO_CACHE_DIR"));
	return v && v->set && is_truthy(v->value);
}

/* An assignment anywhere in the script. */
static bool is_set_by_script(const struct lint_run *run)
{
	static const char name[] = "PIP_NO_CACHE_DIR=";
	struct str text = run->run.script.text;
	for (size_t i = 0; i + sizeof name - 1 < text.n; i++) {
		struct str rest = str_from(text, i);
		size_t end = sizeof name - 1;
		if (!str_starts(rest, STR(name)))
			continue;
		while (end < rest.n && !strchr(" \t\n;&|", rest.p[end]))
			end++;
		if (is_truthy((struct str){ rest.p + sizeof name - 1,
					    end - sizeof name + 1 }))
			return true;
	}
	return false;
}

static int check_command(const struct lint_command *c, struct lint_out *out,
			 struct err *err)
{
	const struct catalog_cache *k = catalog_pip.caches;
	const struct lint_run *run = c->run;
	struct packages p;
	if (!lint_packages_of(&catalog_pip, c, &p) || p.wrapper ||
	    !lint_packages_verb(&p, k->verbs) || lint_cache_dl_is_off(k, c) ||
	    lint_cache_dl_mounted(k, run) || is_set_by_stage(run->file, run))
		return 0;
	return lint_find_bytes(out, lint_packages_span(&p), k->key, err,
			       "%s leaves every package a second time, in "
			       "pip's cache; give it %s",
			       lint_packages_words(&p).text, k->options);
}

static int check(const struct lint_file *f, const struct lint_run *run,
		 struct lint_out *out, struct err *err)
{
	(void)f;
	return is_set_by_script(run)
		       ? 0
		       : lint_cmd_each_unwrapped(run, check_command, out, err);
}

const struct lint_rule rule_pip_cache_kept = {
	.id = "DL3042",
	.severity = SEV_WARN,
	.on_onbuild = true,
	.summary = "pip leaves its cache in the image",
	.check_run = check,
};
