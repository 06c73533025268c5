/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "cli/option.h"
#include "work/config_pull.h"

static const char *const actions[] = { "pull", NULL };

static void hear_note(void *self, enum work_level level, const char *text)
{
	const struct invocation *inv = self;
	if (level >= WORK_NOTE && !inv->common.quiet)
		fprintf(stderr, "pare config: %s\n", text);
}

static int run(const struct invocation *inv, struct err *err)
{
	struct work_pulled pulled;
	struct work_events events = { .note = hear_note, .self = (void *)inv };
	const char *where = inv->n_args > 1 ? inv->args[1] : ".";
	int action;
	if (cli_option_choose("ACTION is", actions, inv->args[0], &action,
			      err) < 0 ||
	    work_config_pull(where, &events, &pulled, err) < 0)
		return -1;
	if (!pulled.fetched && !pulled.present)
		hear_note((void *)inv, WORK_NOTE,
			  "no configuration here extends a URL");
	return 0;
}

const struct command command_config = {
	.name = "config",
	.summary = "fetch what configurations extend by URL",
	.description =
		"pull fetches what the nearest .pare.yaml of PATH (a "
		"directory, or a configuration; without one, the directory at "
		"hand) extends by URL, and what that extends in turn, with "
		"curl. What comes must have the SHA-256 that stands beside the "
		"URL; it is kept in the cache, where pare lint finds it. pare "
		"lint itself asks no network.",
	.since = "0.1",
	.operands = { { .name = "ACTION",
			.required = true,
			.choices = actions },
		      { .name = "PATH", .kind = VALUE_FILE } },
	.examples = { { "pare config pull",
			"once, and when the URL changes" } },
	.common = COMMON_QUIET,
	.run = run,
};
