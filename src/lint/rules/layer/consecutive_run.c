/* SPDX-License-Identifier: Apache-2.0 */
/* RUNs that could be one without loss.
 *
 * Joining two RUNs saves a layer, and costs the cache of the first one whenever
 * the second one is edited. So the rule speaks of short RUNs only, in stages
 * whose layers are pulled, and of none that has a reason to stand alone:
 *
 *	RUN <<EOF		has no plain form with &&
 *	RUN --mount=...		would give the mount to the other one, too
 *	RUN ["make"]		is run by no shell
 *	# cached apart ...	whoever wrote that has thought of it
 *	RUN make */
#include "lint/facts/words.h"
#include "lint/rule.h"
#include "lint/rules/layer/layer_writes.h"

enum { FEW = 2 };

/* As hadolint counts them: a condition in brackets is none. */
static size_t commands(const struct lint_run *run)
{
	size_t n = 0;
	for (size_t i = 0; i < run->n_commands; i++)
		n += run->commands[i].called &&
		     !lint_cmd_is(run->commands[i].called, "[");
	return n;
}

/* Words of comments that say why a layer is one of its own. */
static bool explains(struct str comment)
{
	static const char *const words[] = {
		"cache",	"layer",	 "separate",
		"split",	"apart",	 "join",
		"merge",	"combine",	 "rebuil",
		"invalidat",	"squash",	 "on purpose",
		"intentional",	"changes often", "changes rarely",
		"changes less", "changes more",
	};
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (lint_word_contains_nocase(comment, words[i]))
			return true;
	return false;
}

static bool has_reason(const struct lint_file *f, const struct df_instr *in)
{
	for (uint32_t i = 0; i < in->n_comments; i++)
		if (explains(f->df->comments[in->first_comment + i].text))
			return true;
	return false;
}

/* Its shell reads a text of its own, or never comes to what is joined to it. */
static bool is_closed(const struct lint_run *run)
{
	for (size_t i = 0; i < run->n_commands; i++) {
		const struct lint_command *c = &run->commands[i];
		if (lint_cmd_is(c, "exec exit"))
			return true;
		for (size_t k = 0; c->node && k < c->node->n_redirects; k++)
			if (c->node->redirects[k].is_heredoc)
				return true;
	}
	return false;
}

static bool can_be_joined(const struct lint_file *f, const struct lint_run *run)
{
	return run->run.sh.readable && run->in->n_heredocs == 0 &&
	       !dockerfile_flag(run->in, "mount") && commands(run) <= FEW &&
	       !is_closed(run) && !has_reason(f, run->in);
}

/* The same flags with the same values, in any order. */
static bool same_flags(const struct df_instr *a, const struct df_instr *b)
{
	if (a->n_flags != b->n_flags)
		return false;
	for (size_t i = 0; i < a->n_flags; i++) {
		bool met = false;
		for (size_t k = 0; k < b->n_flags; k++)
			met |= str_eq(a->flags[i].key, b->flags[k].key) &&
			       str_eq(a->flags[i].text, b->flags[k].text);
		if (!met)
			return false;
	}
	return true;
}

static int check_file(const struct lint_file *f, struct lint_out *out,
		      struct err *err)
{
	const struct lint_run *previous = NULL;
	for (size_t i = 0; i < f->df->n_instrs; i++) {
		const struct df_instr *in = f->df->instrs[i];
		const struct lint_run *run =
			in->kind == DF_RUN ? lint_run_of(f, in) : NULL;
		if (!run || !lint_run_ships(f, run) || !can_be_joined(f, run)) {
			previous = NULL;
			continue;
		}
		const struct lint_run *before = previous;
		previous = run;
		if (!before || !same_flags(before->in, in))
			continue;
		if (lint_find(out, in->keyword.at, err,
			      "this short RUN makes a layer of its own "
			      "beside that of line %u, which only adds to "
			      "the image; join the two with &&",
			      lint_line_of(f, before->in->at.at)) < 0)
			return -1;
	}
	return 0;
}

const struct lint_rule rule_consecutive_run = {
	.id = "DL3059",
	.severity = SEV_INFO,
	.whole = true,
	.summary = "short RUN directly after a short RUN",
	.check_file = check_file,
};
