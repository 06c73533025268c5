/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/stream.h"
#include "cli/option.h"
#include "report/lint.h"

struct lint_options {
	const char *format;
	struct option_list select, ignore;
	bool list_rules;
};

static const struct lint_options defaults = { .format = "text" };

static const struct option options[] = {
	{ .name = "format",
	  .arg = "NAME",
	  .type = OPT_STRING,
	  .at = offsetof(struct lint_options, format),
	  .help = "how findings are written",
	  .initial = "text",
	  .since = "0.1" },
	{ .name = "list-rules",
	  .type = OPT_FLAG,
	  .at = offsetof(struct lint_options, list_rules),
	  .help = "show the rules there are; --format text or json",
	  .since = "0.1" },
	{ .name = "select",
	  .arg = "RULES",
	  .type = OPT_LIST,
	  .at = offsetof(struct lint_options, select),
	  .help = "look for these alone, and for those that are off by default",
	  .since = "0.1" },
	{ .name = "ignore",
	  .arg = "RULES",
	  .type = OPT_LIST,
	  .at = offsetof(struct lint_options, ignore),
	  .help = "do not look for these",
	  .since = "0.1" },
};

static int read_input(const char *name, struct buf *out, struct err *err)
{
	bool is_stdin = strcmp(name, "-") == 0;
	int fd =
		is_stdin ? dup(STDIN_FILENO) : open(name, O_RDONLY | O_CLOEXEC);
	scoped(stream_close) struct stream *s = NULL;
	if (fd < 0)
		return err_sys(err, "%s", name);
	if (fd_open(fd, name, &s, err) < 0)
		return -1;
	return stream_slurp(s, out, err);
}

static struct str *strings(const struct option_list *l)
{
	struct str *v = calloc(l->n + 1, sizeof *v);
	for (size_t i = 0; v && i < l->n; i++)
		v[i] = str_of(l->values[i]);
	return v;
}

/* --list-rules */
static int show_rules(const struct invocation *inv, struct err *err)
{
	const struct lint_options *opt = inv->options;
	scoped(buf_done) struct buf out = BUF_INIT(1 << 20);
	bool json = strcmp(opt->format, "json") == 0;
	if (!json && strcmp(opt->format, "text") != 0)
		return err_set(err, ERR_USAGE,
			       "--list-rules has the formats text and json");
	bool color = option_color(&inv->common, STDOUT_FILENO);
	if (json ? report_lint_rules_json(&out, err) < 0
		 : report_lint_rules_text(color, &out, err) < 0)
		return -1;
	if (fwrite(out.p, 1, out.n, stdout) != out.n || fflush(stdout) != 0)
		return err_sys(err, "standard output");
	return 0;
}

static int run(const struct invocation *inv, struct err *err)
{
	const struct lint_options *opt = inv->options;
	if (opt->list_rules)
		return show_rules(inv, err);
	if (inv->n_args == 0)
		return err_set(err, ERR_USAGE, "FILE is missing");
	const struct lint_format *format =
		lint_format_find(str_of(opt->format));
	struct lint_result *results = calloc(inv->n_args, sizeof *results);
	struct buf *texts = calloc(inv->n_args, sizeof *texts);
	struct lint_choice choice = { .select = strings(&opt->select),
				      .n_select = opt->select.n,
				      .ignore = strings(&opt->ignore),
				      .n_ignore = opt->ignore.n,
				      .show = SEV_STYLE };
	scoped(buf_done) struct buf out = BUF_INIT(1ul << 32);
	bool found = false;
	if (!format)
		return err_set(err, ERR_USAGE, "no format %s", opt->format);
	if (!results || !texts)
		return err_nomem(err, inv->n_args);
	for (size_t i = 0; i < inv->n_args; i++) {
		texts[i].max = DF_SIZE_MAX + 1;
		if (read_input(inv->args[i], &texts[i], err) < 0)
			return -1;
		char *slash = strrchr(inv->args[i], '/');
		char *dir = slash ? strndup(inv->args[i],
					    (size_t)(slash - inv->args[i]) + 1)
				  : strdup(".");
		struct lint_input in = { .path = str_of(inv->args[i]),
					 .text = buf_str(&texts[i]),
					 .choice = &choice,
					 .context = dir };
		if (lint_run_rules(&in, &results[i], err) < 0)
			return err_ctx(err, "%s", inv->args[i]);
		free(dir);
		found |= results[i].n > 0;
	}
	struct lint_report report = {
		.results = results,
		.n = inv->n_args,
		.version = pare_version,
		.color = option_color(&inv->common, STDOUT_FILENO),
	};
	if (format->put(&report, &out, err) < 0)
		return -1;
	fwrite(out.p, 1, out.n, stdout);
	for (size_t i = 0; i < inv->n_args; i++) {
		lint_result_done(&results[i]);
		buf_done(&texts[i]);
	}
	free(results);
	free(texts);
	free((void *)choice.select);
	free((void *)choice.ignore);
	return found;
}

const struct command command_lint = {
	.name = "lint",
	.summary = "check Dockerfiles",
	.description = "Reads Dockerfiles and tells what in them is wrong, "
		       "wasteful or unsafe.",
	.since = "0.1",
	.operands = { { "FILE", VALUE_FILE, .required = false,
			.repeated = true } }, /* --list-rules takes none */
	.examples = { { "pare lint Dockerfile", "text, for people" } },
	.options = options,
	.n_options = ARRAY_LEN(options),
	.defaults = &defaults,
	.options_size = sizeof(struct lint_options),
	.common = COMMON_COLOR,
	.exit_one = "something was found",
	.run = run,
};
