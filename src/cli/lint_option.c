/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/lint_option.h"

#include <stdlib.h>

/* Held against the table of formats by lint.bats. */
static const char *const formats[] = { "text",	      "json",	"sarif",
				       "github",      "gitlab", "checkstyle",
				       "codeclimate", "junit",	"tty",
				       "gnu",	      NULL };
static const char *const levels[] = { "error", "warning", "info", "style",
				      NULL };
static const char *const fail_levels[] = { "error", "warning", "info",
					   "style", "none",    NULL };

/* 1 and the level; 0 stays for "not said". */
static int parse_choice(const char *const *choices, const char *value, int *out,
			struct err *err)
{
	for (int i = 0; choices[i]; i++)
		if (strcmp(value, choices[i]) == 0) {
			*out = i + 1;
			return 0;
		}
	return err_set(err, ERR_USAGE,
		       choices == levels
			       ? "takes error, warning, info or style, not %s"
			       : "takes error, warning, info, style or none, "
				 "not %s",
		       str_quoted(str_of(value)).text);
}

static int parse_level(const char *value, void *target, struct err *err)
{
	return parse_choice(levels, value, target, err);
}

static int parse_fail(const char *value, void *target, struct err *err)
{
	return parse_choice(fail_levels, value, target, err);
}

/* NAME=VALUE; a name alone has the value it has in the environment */
static int parse_arg(const char *value, void *target, struct err *err)
{
	struct lint_args *args = target;
	struct df_arg arg = { .name = str_of(value) };
	struct str rest;
	if (str_cut(arg.name, '=', &arg.name, &rest)) {
		arg.value = rest;
	} else {
		const char *env = getenv(value);
		if (!env)
			return 0;
		arg.value = str_of(env);
	}
	if (arg.name.n == 0)
		return err_set(err, ERR_USAGE, "takes NAME=VALUE, not %s",
			       str_quoted(str_of(value)).text);
	if (args->n == LINT_ARGS_MAX)
		return err_set(err, ERR_USAGE, "more than %d of them",
			       LINT_ARGS_MAX);
	args->v[args->n++] = arg;
	return 0;
}

#define OPTION(n, t, field, h)                 \
	.name = (n), .type = (t), .help = (h), \
	.at = offsetof(struct lint_options, field), .since = "0.1"

const struct option lint_option_table[LINT_OPTIONS] = {
	{ OPTION("format", OPT_STRING, format, "how findings are written"),
	  .arg = "FORMAT", .choices = formats, .initial = "text" },
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
		 "one; or none"),
	  .arg = "LEVEL", .choices = fail_levels, .parse = parse_fail,
	  .initial = "any finding that is reported" },
	{ OPTION("shellcheck", OPT_STRING, shellcheck,
		 "let shellcheck look at RUN: auto (when it is installed), "
		 "never, or the program"),
	  .arg = "auto|never|FILE", .kind = VALUE_FILE, .initial = "auto" },
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
	{ OPTION("build-arg", OPT_PARSED, args,
		 "a build argument, as for docker build"),
	  .arg = "NAME=VALUE", .parse = parse_arg, .group = "Build" },
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
