/* SPDX-License-Identifier: Apache-2.0 */
/* FROM sees ARGs in front of the first FROM and the platform's own, nothing of
 * a stage: "ARG V" within a stage does not reach the next FROM. */
#include "lint/rule.h"
#include "lint/facts/values.h"
#include "lint/rules/variable/suggest.h"

struct look {
	const struct lint_file *f;
	const struct df_instr *in;
	const struct df_word *word; /* or */
	const struct df_flag *flag;
	struct lint_out *out;
	struct err *err;
	bool failed;
};

static const char *const platform[] = {
	"BUILDPLATFORM", "BUILDOS",	   "BUILDOSVERSION", "BUILDARCH",
	"BUILDVARIANT",	 "TARGETPLATFORM", "TARGETOS",	     "TARGETOSVERSION",
	"TARGETARCH",	 "TARGETVARIANT",  "TARGETSTAGE",
};

static bool get(void *self, struct str name, struct str *value)
{
	const struct look *l = self;
	const struct df_var *v =
		dockerfile_scope_find(l->f->graph->globals, name);
	*value = v ? v->value : STR("");
	return v || dockerfile_is_platform(name);
}

static void seen(void *self, struct str name, struct span at, bool set)
{
	struct look *l = self;
	struct suggestion s = { .wanted = name };
	if (set || l->failed)
		return;
	for (size_t i = 0; i < ARRAY_LEN(platform); i++)
		lint_suggest_offer(&s, str_of(platform[i]));
	lint_suggest_offer_vars(&s, l->f->graph->globals, false);
	size_t a = at.at, b = span_end(at);
	struct span where = l->flag ? dockerfile_flag_span(l->flag, a, b)
				    : lint_word_span(l->in, l->word, a, b);
	if (lint_find(l->out, where, l->err,
		      s.best.n ? "%s is empty here, since no ARG above the "
				 "first FROM declares it (did you mean %s?)"
			       : "%s is empty here, since no ARG above the "
				 "first FROM declares it; add that ARG%s",
		      str_quoted(name).text,
		      s.best.n ? str_quoted(s.best).text : "") < 0)
		l->failed = true;
}

static int expand(struct look *l, struct str text)
{
	scoped(buf_done) struct buf b = BUF_INIT(EXPAND_MAX);
	struct expand x = {
		.escape = l->f->df->escape, .get = get, .seen = seen, .self = l
	};
	if (dockerfile_expand_text(&x, text, &b, l->err) < 0 && !l->failed) {
		if (l->err->code == ERR_NOMEM)
			return -1;
		err_clear(l->err);
	}
	return l->failed ? -1 : 0;
}

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	struct look l = { .f = f, .in = in, .out = out, .err = err };
	l.word = dockerfile_from_image(in);
	l.flag = NULL;
	if (l.word && expand(&l, l.word->text) < 0)
		return -1;
	l.flag = dockerfile_flag(in, "platform");
	return l.flag ? expand(&l, l.flag->text) : 0;
}

const struct lint_rule rule_undefined_arg_in_from = {
	.id = "UndefinedArgInFrom",
	.severity = SEV_WARN,
	.on = DF_FROM,
	.summary = "FROM with a variable that no ARG declares",
	.check_instr = check,
};
