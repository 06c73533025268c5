/* SPDX-License-Identifier: Apache-2.0 */
#include <unistd.h>

#include "cli/session.h"
#include "cli/style.h"
#include "report/report.h"
#include "work/images.h"

struct history_cli {
	bool no_trunc;
	int human;
};

static const char *const truths[] = { "false", "true", NULL };
static const struct history_cli defaults = { .human = 1 };

static const struct option options[] = {
	{ .name = "no-trunc",
	  .type = OPT_FLAG,
	  .at = offsetof(struct history_cli, no_trunc),
	  .help = "show instructions in full, as they are stored",
	  .since = "0.1" },
	{ .name = "human",
	  .letter = 'H',
	  .type = OPT_ENUM,
	  .choices = truths,
	  .at = offsetof(struct history_cli, human),
	  .help = "sizes as 1.2 MB and times to the minute; else bytes and "
		  "times as the image has them",
	  .initial = "true",
	  .since = "0.1" },
};

static int report(struct session *s, const struct work_images *a,
		  struct err *err)
{
	const struct common *c = &s->inv->common;
	const struct history_cli *cli = s->inv->options;
	scoped(buf_done) struct buf out = BUF_INIT((size_t)1 << REPORT_MAX_LOG);
	const struct text_style style = cli_style_for(c, STDOUT_FILENO);
	const struct report_history r = {
		.v = a->v,
		.n = a->n,
		.no_trunc = cli->no_trunc,
		.human = cli->human,
	};
	if (c->format->history(&r, &style, &out, err) < 0)
		return -1;
	return cli_session_print(s, &out, err);
}

static int run(const struct invocation *inv, struct err *err)
{
	scoped(cli_session_close) struct session s = { 0 };
	scoped(work_images_done) struct work_images a = { 0 };
	if (cli_session_open(inv, &s, err) < 0 ||
	    work_images_read(&s.work, inv->args[0], &a, err) < 0)
		return -1;
	return report(&s, &a, err);
}

const struct command command_history = {
	.name = "history",
	.summary = "show the instructions of an image and what each one costs",
	.description =
		"Lists the history of IMAGE, the newest entry first, as docker "
		"history does, beside what the layer of each entry really "
		"holds: the payload bytes that it stores, those of them that "
		"no container will ever see (dead), and its blob as it is "
		"sent.\n\n"
		"A layer that the history does not tell of has a line without "
		"an instruction. A history that speaks of more or of fewer "
		"layers than there are is out of step: its entries and the "
		"layers are listed apart.",
	.since = "0.1",
	.operands = { { "IMAGE", VALUE_IMAGE, .required = true } },
	.examples = { { "pare history app.tar", "text, for people" },
		      { "pare history --no-trunc --human=false app.tar",
			"every byte of it" },
		      { "pare history --format json oci:build:app",
			"for programs" } },
	.options = options,
	.n_options = ARRAY_LEN(options),
	.defaults = &defaults,
	.options_size = sizeof(struct history_cli),
	.common = COMMON_READ,
	.writes = REPORT_HISTORY,
	.run = run,
};
