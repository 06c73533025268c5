/* SPDX-License-Identifier: Apache-2.0 */
#include <unistd.h>

#include "base/sink.h"
#include "cli/session.h"
#include "work/cat.h"

static int run(const struct invocation *inv, struct err *err)
{
	scoped(cli_session_close) struct session s = { 0 };
	scoped(work_cat_done) struct work_cat c = { 0 };
	scoped(sink_close) struct sink *out = NULL;
	if (cli_session_open(inv, &s, err) < 0 ||
	    work_cat_open(&s.work, inv->args[0], inv->args[1], &c, err) < 0)
		return -1;
	/* What comes may go to the terminal that shows the progress. */
	cli_progress_line_close(&s.line);
	if (fd_sink_open(STDOUT_FILENO, "standard output", &out, err) < 0 ||
	    work_cat_write(&c, out, err) < 0)
		return -1;
	return sink_finish(out, err);
}

const struct command command_cat = {
	.name = "cat",
	.summary = "print what a file of an image holds",
	.description =
		"Writes the content of the file that the final file system of "
		"IMAGE has at PATH to standard output, byte for byte. PATH is "
		"what a process in the image would write: symlinks are "
		"followed, within the image. Nothing is unpacked or run.\n\n"
		"The content is checked by its digest while it is written; a "
		"status other than 0 says that what came is not all of it. Of "
		"an image with several platforms --platform picks one.",
	.since = "0.1",
	.operands = { { "IMAGE", VALUE_IMAGE, .required = true },
		      { "PATH", VALUE_TEXT, .required = true } },
	.examples = { { "pare cat app.tar /etc/os-release",
			"which release is it?" },
		      { "docker save app | pare cat - /app/app.jar >app.jar",
			"a file out of an engine, without a container" } },
	.common = COMMON_READ & ~(COMMON_FORMAT | COMMON_COLOR),
	.run = run,
};
