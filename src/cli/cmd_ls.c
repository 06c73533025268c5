/* SPDX-License-Identifier: Apache-2.0 */
#include <unistd.h>

#include "cli/session.h"
#include "cli/style.h"
#include "report/list.h"

struct ls_cli {
	bool in_full;
};

static const struct option options[] = {
	{ .name = "long",
	  .letter = 'l',
	  .type = OPT_FLAG,
	  .at = offsetof(struct ls_cli, in_full),
	  .help = "mode, links, owner, size and time of each; a symlink at "
		  "the end of PATH is told and not followed",
	  .since = "0.1" },
};

static int run(const struct invocation *inv, struct err *err)
{
	const struct ls_cli *cli = inv->options;
	const char *path = inv->n_args > 1 ? inv->args[1] : "/";
	const struct text_style style =
		cli_style_for(&inv->common, STDOUT_FILENO);
	scoped(cli_session_close) struct session s = { 0 };
	scoped(work_list_done) struct work_list list = { 0 };
	scoped(buf_done) struct buf out = BUF_INIT((size_t)1 << REPORT_MAX_LOG);
	const struct work_list_options opt = {
		.image = inv->args[0],
		.path = path,
		.link_itself = cli->in_full,
	};
	if (cli_session_open(inv, &s, err) < 0 ||
	    work_list_run(&s.work, &opt, &list, err) < 0)
		return -1;
	const struct report_list r = { &list, cli->in_full };
	if (inv->common.format->list(&r, &style, &out, err) < 0)
		return -1;
	return cli_session_print(&s, &out, err);
}

const struct command command_ls = {
	.name = "ls",
	.summary = "list what stands in a directory of an image",
	.description =
		"Lists what the final file system of IMAGE has at PATH: the "
		"names in a directory, or one file. PATH is what a process in "
		"the image would write: symlinks are followed, within the "
		"image, and without PATH it is the root. Nothing is unpacked "
		"or run.\n\n"
		"With --long, a line each: mode (+ where there are extended "
		"attributes), hard links, numeric owner and group, size (or "
		"the numbers of a device), time in UTC, name, and where a "
		"symlink leads. Characters that a terminal would obey are "
		"escaped; --format json has names as they are.",
	.since = "0.1",
	.operands = { { "IMAGE", VALUE_IMAGE, .required = true },
		      { .name = "PATH", .kind = VALUE_TEXT } },
	.examples = { { "pare ls app.tar", "the root of the image" },
		      { "pare ls -l app.tar /usr/bin",
			"modes, owners, sizes and times" },
		      { "pare ls --format json oci:build:app etc",
			"for programs, with the layer of each" } },
	.options = options,
	.n_options = ARRAY_LEN(options),
	.options_size = sizeof(struct ls_cli),
	.common = COMMON_READ,
	.writes = REPORT_LIST,
	.run = run,
};
