/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/option.h"

#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/checked.h"
#include "base/nearest.h"

static const char *const colors[] = { "auto", "always", "never", NULL };

static int parse_limit(const char *value, void *target, struct err *err)
{
	return limits_set(target, str_of(value), err);
}

#define AT(field) .at = offsetof(struct common, field)
static const struct option common_options[] = {
	{ .common = COMMON_FORMAT,
	  .name = "format",
	  .type = OPT_FORMAT,
	  AT(format),
	  .help = "how the result is written",
	  .initial = "text",
	  .since = "0.1" },
	{ .common = COMMON_OUTPUT,
	  .name = "output",
	  .letter = 'o',
	  .arg = "FILE",
	  .type = OPT_STRING,
	  .kind = VALUE_FILE,
	  AT(output),
	  .help = "write the result to FILE",
	  .initial = "standard output",
	  .since = "0.1" },
	{ .common = COMMON_DEST,
	  .name = "output",
	  .letter = 'o',
	  .arg = "DEST",
	  .type = OPT_STRING,
	  .kind = VALUE_IMAGE,
	  AT(output),
	  .help = "write the image to DEST: a file, a directory, - or a "
		  "transport and its path",
	  .initial = "nothing is written, and the figures are exact",
	  .since = "0.1" },
	{ .common = COMMON_FORCE,
	  .name = "force",
	  .type = OPT_FLAG,
	  AT(force),
	  .help = "write also where that replaces what is read",
	  .since = "0.1" },
	{ .common = COMMON_PLATFORM,
	  .name = "platform",
	  .arg = "OS/ARCH[/VARIANT]",
	  .type = OPT_STRING,
	  AT(platform),
	  .help = "take this platform alone of an image with several",
	  .initial = "every platform",
	  .since = "0.1" },
	{ .common = COMMON_JOBS,
	  .name = "jobs",
	  .letter = 'j',
	  .arg = "N",
	  .type = OPT_INT,
	  .min = 1,
	  .max = 1024,
	  AT(jobs),
	  .help = "work with N threads; the result is the same for every N",
	  .initial = "one a processor",
	  .since = "0.1" },
	{ .common = COMMON_CACHE,
	  .name = "no-cache",
	  .type = OPT_FLAG,
	  AT(no_cache),
	  .help = "neither use nor keep what earlier runs learned",
	  .since = "0.1" },
	{ .common = COMMON_FOLLOW,
	  .name = "no-follow",
	  .type = OPT_FLAG,
	  AT(no_follow),
	  .help = "refuse an OCI layout whose blobs are symbolic links out of "
		  "it; else a regular file with the blob's digest is read",
	  .since = "0.1" },
	{ .common = COMMON_LIMIT,
	  .name = "limit",
	  .arg = "NAME=VALUE",
	  .type = OPT_PARSED,
	  .parse = parse_limit,
	  AT(limits),
	  .help = "move a limit on what is read, say entries=10M or "
		  "layer=2GiB (see the manual); may be given several times",
	  .since = "0.1" },
	{ .common = COMMON_QUIET,
	  .name = "quiet",
	  .letter = 'q',
	  .type = OPT_FLAG,
	  AT(quiet),
	  .help = "say nothing but results and errors",
	  .since = "0.1" },
	{ .common = COMMON_VERBOSE,
	  .name = "verbose",
	  .letter = 'v',
	  .type = OPT_FLAG,
	  AT(verbose),
	  .help = "say more about what is done and why",
	  .since = "0.1" },
	{ .common = COMMON_COLOR,
	  .name = "color",
	  .type = OPT_ENUM,
	  AT(color),
	  .choices = colors,
	  .help = "colour the text; auto: on a terminal, unless NO_COLOR is "
		  "set",
	  .initial = "auto",
	  .since = "0.1" },
	{ .common = COMMON_HELP,
	  .name = "help",
	  .letter = 'h',
	  .type = OPT_FLAG,
	  AT(help),
	  .help = "show this help",
	  .since = "0.1" },
};
#undef AT

static const struct option program_options[] = {
	{ .name = "help",
	  .letter = 'h',
	  .type = OPT_FLAG,
	  .help = "show the commands",
	  .since = "0.1" },
	{ .name = "version",
	  .type = OPT_FLAG,
	  .help = "show the version",
	  .since = "0.1" },
};

const struct option *cli_option_at(const struct command *c, size_t i)
{
	if (i < c->n_options)
		return &c->options[i];
	i -= c->n_options;
	for (size_t k = 0; k < ARRAY_LEN(common_options); k++) {
		const struct option *o = &common_options[k];
		if (((c->common | COMMON_HELP) & o->common) && i-- == 0)
			return o;
	}
	return NULL;
}

const struct option *cli_program_option_at(size_t i)
{
	return i < ARRAY_LEN(program_options) ? &program_options[i] : NULL;
}

const char *const *cli_option_choices(const struct command *c,
				      const struct option *o,
				      const char *room[OPTION_CHOICES_MAX + 1])
{
	const struct report_format *f;
	size_t n = 0;
	if (o->type != OPT_FORMAT && !o->formats)
		return o->choices;
	for (; n < OPTION_CHOICES_MAX && (f = report_format_at(c->writes, n));
	     n++)
		room[n] = f->name;
	room[n] = NULL;
	return room;
}

const char *cli_option_arg_text(const struct command *c, const struct option *o,
				char *to, size_t n)
{
	const char *room[OPTION_CHOICES_MAX + 1];
	const char *const *choices = cli_option_choices(c, o, room);
	if (o->arg || !choices)
		return o->arg;
	size_t used = 0;
	to[0] = '\0';
	for (size_t i = 0; choices[i] && used < n; i++)
		used += (size_t)snprintf(to + used, n - used, "%s%s",
					 i ? "|" : "", choices[i]);
	return to;
}

const char *cli_option_group(const struct option *o)
{
	if (o->group)
		return o->group;
	return o->common ? "Common options" : "Options";
}

bool cli_option_starts_group(const struct command *c, size_t i)
{
	const char *group = cli_option_group(cli_option_at(c, i));
	for (size_t k = 0; k < i; k++)
		if (strcmp(cli_option_group(cli_option_at(c, k)), group) == 0)
			return false;
	return true;
}

const struct command *cli_command_find(const struct command *const *commands,
				       const char *name, struct err *err)
{
	struct nearest near = nearest_to(name);
	for (size_t i = 0; commands[i]; i++) {
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
		if (!commands[i]->hidden)
			nearest_try(&near, commands[i]->name);
	}
	err_set(err, ERR_USAGE, "no command \"%s\"%s",
		str_quoted(str_of(name)).text, nearest_hint(&near, "").text);
	return NULL;
}

int cli_option_choose(const char *what, const char *const *choices,
		      const char *value, int *out, struct err *err)
{
	char text[160] = "";
	size_t n = 0;
	struct nearest near = nearest_to(value);
	for (int i = 0; choices[i]; i++) {
		if (strcmp(choices[i], value) == 0) {
			*out = i;
			return 0;
		}
		nearest_try(&near, choices[i]);
		const char *sep = !i ? "" : choices[i + 1] ? ", " : " or ";
		if (n < sizeof text)
			n += (size_t)snprintf(text + n, sizeof text - n, "%s%s",
					      sep, choices[i]);
	}
	return err_set(err, ERR_USAGE, "%s %s, not \"%s\"%s", what, text,
		       str_quoted(str_of(value)).text,
		       nearest_hint(&near, "").text);
}

int cli_option_list_add(struct option_list *l, const char *value,
			struct err *err)
{
	struct str rest = str_of(value), part;
	bool more = true;
	while (more) {
		more = str_cut(rest, ',', &part, &rest);
		if (!more)
			part = rest;
		char **values = realloc(l->values, (l->n + 1) * sizeof *values);
		if (!values)
			return err_nomem(err, (l->n + 1) * sizeof *values);
		l->values = values;
		values[l->n] = strndup(part.p, part.n);
		if (!values[l->n])
			return err_nomem(err, part.n + 1);
		l->n++;
	}
	return 0;
}

void cli_option_list_done(struct option_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		free(l->values[i]);
	free(l->values);
	*l = (struct option_list){ 0 };
}

bool cli_option_color(const struct common *c, int fd)
{
	if (c->color != COLOR_AUTO)
		return c->color == COLOR_ALWAYS;
	/* no-color.org: set and not empty */
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
	if (no && *no)
		return false;
	return term && strcmp(term, "dumb") != 0 && isatty(fd);
}
