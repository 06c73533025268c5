/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/lint_option.h"

#include <stdlib.h>
#include <string.h>

#include "base/chars.h"
#include "base/size.h"

static const char *const levels[] = { "error", "warning", "info", "style",
				      NULL };
static const char *const fail_levels[] = { "error", "warning", "info",
					   "style", "none",    NULL };

static const char *const sorts[] = { "file", "bytes", NULL };

/* 1 and the level; 0 stays for "not said". */
static int parse_level(const char *value, void *target, struct err *err)
{
	int level;
	if (cli_option_choose("--severity takes", levels, value, &level, err) <
	    0)
		return -1;
	*(int *)target = level + 1;
	return 0;
}

/* A level or a size; said twice, both count. */
static int parse_fail(const char *value, void *target, struct err *err)
{
	struct lint_fail_on *to = target;
	int level;
	if (size_parse(str_of(value), &to->bytes)) {
		to->has_bytes = true;
		return 0;
	}
	if (cli_option_choose("--fail-on takes a size or", fail_levels, value,
			      &level, err) < 0)
		return -1;
	to->level = level + 1;
	return 0;
}

static int parse_min_bytes(const char *value, void *target, struct err *err)
{
	struct lint_min_bytes *to = target;
	to->said = size_parse(str_of(value), &to->n);
	if (to->said)
		return 0;
	return err_set(
		err, ERR_USAGE,
		"--min-bytes takes a size such as 4096, 64K or 2MiB, not %s",
		str_quoted(str_of(value)).text);
}

/* YYYY-MM-DD. */
static int parse_today(const char *value, void *target, struct err *err)
{
	static const char form[] = "0000-00-00";
	size_t i = 0;
	while (form[i] &&
	       (form[i] == '0' ? is_digit(value[i]) : value[i] == '-'))
		i++;
	int month = i == 10 ? atoi(value + 5) : 0;
	int day = i == 10 ? atoi(value + 8) : 0;
	if (value[i] || month < 1 || month > 12 || day < 1 || day > 31)
		return err_set(err, ERR_USAGE,
			       "--today takes a date such as 2027-01-31, "
			       "not %s",
			       str_quoted(str_of(value)).text);
	*(const char **)target = value;
	return 0;
}

#define OPTION(n, t, field, h)                 \
	.name = (n), .type = (t), .help = (h), \
	.at = offsetof(struct lint_options, field), .since = "0.1"

const struct option lint_option_table[LINT_OPTIONS] = {
	{ OPTION("format", OPT_STRING, format, "how findings are written"),
	  .arg = "FORMAT", .formats = true, .initial = "text" },
	{ OPTION("select", OPT_LIST, select,
		 "look for these alone, also for what is off by default: ids, "
		 "aliases, the beginning of a code (DL3), all"),
	  .arg = "RULES" },
	{ OPTION("ignore", OPT_LIST, ignore, "do not look for these"),
	  .arg = "RULES" },
	{ OPTION("severity", OPT_PARSED, severity,
		 "report nothing below this level"),
	  .arg = "LEVEL", .choices = levels, .parse = parse_level,
	  .initial = "style" },
	{ OPTION("fail-on", OPT_PARSED, fail_on,
		 "the status is 1 when a finding has this level or a graver "
		 "one, or when all findings together cost so much; or none"),
	  .arg = "LEVEL|SIZE", .choices = fail_levels, .parse = parse_fail,
	  .initial = "any finding that is reported" },
	{ OPTION("min-bytes", OPT_PARSED, min_bytes,
		 "of pare's own rules, leave out what costs less"),
	  .arg = "SIZE", .parse = parse_min_bytes, .initial = "1 MB" },
	{ OPTION("sort", OPT_ENUM, sort,
		 "by file and line, or what costs most first"),
	  .choices = sorts, .initial = "file" },
	{ OPTION("today", OPT_PARSED, today,
		 "tell base images whose support has ended by this day, too"),
	  .arg = "DATE", .parse = parse_today,
	  .initial = "the day of pare's own table" },
	{ OPTION("stdin-filename", OPT_STRING, stdin_filename,
		 "the path that standard input stands for: its name, "
		 "configuration and context"),
	  .arg = "FILE", .kind = VALUE_FILE },
	{ OPTION("shellcheck", OPT_STRING, shellcheck,
		 "let shellcheck look at RUN: auto (when it is installed), "
		 "never, or the program"),
	  .arg = "auto|never|FILE", .kind = VALUE_FILE, .initial = "auto" },
	{ OPTION("explain", OPT_STRING, explain,
		 "print the page of a rule: what it finds, why, what to write "
		 "instead"),
	  .arg = "RULE" },
	{ OPTION("list-rules", OPT_FLAG, list_rules,
		 "print the rules there are, and end") },
	{ OPTION("config", OPT_STRING, config,
		 "the configuration: .pare.yaml or .hadolint.yaml"),
	  .arg = "FILE", .kind = VALUE_FILE, .group = "Configuration" },
	{ OPTION("no-config", OPT_FLAG, no_config, "look for no configuration"),
	  .group = "Configuration" },
	{ OPTION("no-suppressions", OPT_FLAG, no_suppressions,
		 "comments suppress nothing"),
	  .group = "Configuration" },
	{ OPTION("baseline", OPT_STRING, baseline,
		 "leave out the findings that stand in FILE"),
	  .arg = "FILE", .kind = VALUE_FILE, .group = "Configuration" },
	{ OPTION("write-baseline", OPT_STRING, write_baseline,
		 "write the findings to FILE, for --baseline"),
	  .arg = "FILE", .kind = VALUE_FILE, .group = "Configuration" },
	{ OPTION("exclude", OPT_LIST, exclude,
		 "leave out what these lines of a .gitignore name, in "
		 "directories"),
	  .arg = "PATTERNS", .group = "Configuration" },
	{ OPTION("context", OPT_STRING, context, "the build context"),
	  .arg = "DIR", .kind = VALUE_DIR,
	  .initial = "the directory of the file", .group = "Build" },
	{ OPTION("build-arg", OPT_PARSED, args, BUILD_ARG_HELP),
	  .arg = "NAME[=VALUE]", .parse = cli_build_arg_parse,
	  .group = "Build" },
	{ OPTION("target", OPT_STRING, target, "the stage that is shipped"),
	  .arg = "STAGE", .initial = "the last one", .group = "Build" },
	{ OPTION("base-image", OPT_STRING, base_image,
		 "the image below that stage, for facts: its system, shell, "
		 "user"),
	  .arg = "IMAGE", .kind = VALUE_IMAGE, .group = "Build" },
	{ OPTION("image", OPT_STRING, image,
		 "an image built from the file: bytes are then measured"),
	  .arg = "IMAGE", .kind = VALUE_IMAGE, .group = "Build" },
};

static struct work_names names_of(const struct option_list *l)
{
	return (struct work_names){ (const char *const *)l->values, l->n };
}

/* --shellcheck auto|never|PROGRAM */
static void set_shellcheck(const char *said, struct work_lint_options *out)
{
	if (!said)
		return;
	bool never = strcmp(said, "never") == 0;
	out->shellcheck = never ? WORK_SHELLCHECK_NEVER : WORK_SHELLCHECK_RUN;
	if (!never && strcmp(said, "auto") != 0)
		out->shellcheck_program = said;
}

static void set_levels(const struct lint_options *opt,
		       struct work_lint_options *out)
{
	out->has_show = opt->severity > 0;
	if (out->has_show)
		out->show = (enum severity)(opt->severity - 1);
	int level = opt->fail_on.level - 1;
	out->has_fail_bytes = opt->fail_on.has_bytes;
	out->fail_bytes = opt->fail_on.bytes;
	if (level < 0) {
		out->fail = out->has_fail_bytes ? FAIL_BYTES : FAIL_UNSAID;
		return;
	}
	/* "none" stands behind the levels. */
	bool never = level > SEV_STYLE;
	out->fail = never ? FAIL_NEVER : FAIL_LEVEL;
	out->fail_level = never ? SEV_ERROR : (enum severity)level;
}

struct work_lint_options cli_lint_option_work(const struct invocation *inv)
{
	const struct lint_options *opt = inv->options;
	struct work_lint_options out = {
		.names = { inv->args, inv->n_args },
		.select = names_of(&opt->select),
		.ignore = names_of(&opt->ignore),
		.exclude = names_of(&opt->exclude),
		.config = opt->config,
		.no_config = opt->no_config,
		.no_suppressions = opt->no_suppressions,
		.context = opt->context,
		.target = opt->target,
		.args = opt->args.v,
		.n_args = opt->args.n,
		.base_image = opt->base_image,
		.image = opt->image,
		.baseline = opt->baseline,
		.has_min_bytes = opt->min_bytes.said,
		.min_bytes = opt->min_bytes.n,
		.today = opt->today,
		.stdin_name = opt->stdin_filename,
		.by_bytes = opt->sort == 1,
		.threads = (unsigned)inv->common.jobs,
		.no_cache = inv->common.no_cache,
	};
	set_levels(opt, &out);
	set_shellcheck(opt->shellcheck, &out);
	return out;
}
