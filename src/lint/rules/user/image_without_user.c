/* SPDX-License-Identifier: Apache-2.0 */
/* An image that starts a program and says nowhere as whom.
 *
 * Told only where nothing else can have decided it: the base image is known to
 * run as root (or is scratch, where nobody sets a user), the file starts a
 * program of its own, and neither that program nor one that the file names
 * goes on as somebody else, as nginx and gosu do. An image without CMD and
 * ENTRYPOINT of its own is there to be built upon. */
#include "catalog/catalog.h"
#include "dockerfile/access.h"
#include "lint/facts/users.h"
#include "lint/facts/words.h"
#include "lint/rule.h"
#include "lint/rules/cache/cache.h"
#include "lint/rules/start/entrypoint.h"

/* The base is known to leave the program root. */
static bool is_root_below(const struct lint_file *f)
{
	const struct lint_base *base = f->bases[f->target];
	uint32_t root = dockerfile_graph_root(f->graph, f->target);
	if (!base)
		return f->graph->stages[root].is_scratch;
	return base->user_known && base->user_is_root && !base->drops_root;
}

/* A script that nobody here can read may do anything. */
static bool is_unread_script(const struct df_instr *start)
{
	return lint_word_contains(start->rest.text, ".sh") ||
	       lint_word_contains(start->rest.text, "entrypoint");
}

/* CMD ["bash"]: an image for a person at a terminal. */
static bool is_shell(const struct df_instr *start)
{
	size_t n = 0;
	const struct df_word *w = dockerfile_command(start, &n);
	return n == 1 &&
	       lint_word_in(lint_word_base(w[0].text), "sh bash ash zsh");
}

/* A program that gives root up is named in the file or in the start script. */
static int gives_up_root(const struct lint_file *f,
			 const struct df_instr *start, struct err *err)
{
	struct start_script script;
	struct str word;
	const char *list = catalog_accounts.switches_user;
	int has = lint_start_script(f, &script, err);
	if (has < 0)
		return -1;
	if (!has && is_unread_script(start))
		return 1;
	if (lint_file_starts(f, catalog_accounts.drops_root))
		return 1;
	while (lint_word_next(&list, &word)) {
		char name[32];
		if (word.n >= sizeof name)
			continue;
		memcpy(name, word.p, word.n);
		name[word.n] = 0;
		if (lint_file_says(f, name) ||
		    (has && lint_has_word(script.text, word)))
			return 1;
	}
	return 0;
}

static int check(const struct lint_file *f, struct lint_out *out,
		 struct err *err)
{
	if (f->target == DF_NO_STAGE || lint_user_of(f, f->target) ||
	    !is_root_below(f))
		return 0;
	const struct df_instr *start = lint_start_instr(f, DF_ENTRYPOINT);
	if (!start)
		start = lint_start_instr(f, DF_CMD);
	if (start && is_shell(start))
		return 0;
	int drops = start ? gives_up_root(f, start, err) : 1;
	if (drops)
		return drops < 0 ? -1 : 0;
	return lint_find(out, start->at, err,
			 "the program runs as root, since no USER is set here "
			 "and the base image sets none; whoever takes it over "
			 "is then root in the container; set a USER above it");
}

const struct lint_rule rule_image_without_user = {
	.id = "PARE7009",
	.severity = SEV_INFO,
	.summary = "image without USER, so its program runs as root",
	.check_file = check,
};
