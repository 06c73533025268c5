/* SPDX-License-Identifier: Apache-2.0 */
/* Man pages in roff (man(7) macros), from the tables. */
#include <ctype.h>
#include <string.h>

#include "cli/option.h"

static const struct {
	const char *name, *says;
} environment[] = {
	{ "PARE_CACHE_DIR",
	  "where the indices of layers are kept; XDG_CACHE_HOME/pare or "
	  "~/.cache/pare otherwise" },
	{ "TMPDIR", "where piped or compressed archives are spooled; /var/tmp "
		    "otherwise" },
	{ "NO_COLOR", "when not empty, no colours unless --color=always" },
	{ "COLUMNS", "how wide tables are; the terminal's width otherwise, and "
		     "80 without a terminal" },
};

enum { FILL = 64 }; /* lines end at the first blank behind this column */

/* One character of text: hyphens that can be copied, no escapes. */
static void put_char(char c, FILE *to)
{
	if (c == '\\')
		fputs("\\e", to);
	else if (c == '-')
		fputs("\\-", to);
	else
		fputc(c, to);
}

/* Text within a line: names, tags. */
static void put_words(const char *text, FILE *to)
{
	for (; *text; text++)
		put_char(*text, to);
}

/* Paragraphs, from the start of a line: no control lines, short lines. */
static void put_text(const char *text, FILE *to)
{
	size_t column = 0;
	for (; *text; text++) {
		if (column == 0 && (*text == '.' || *text == '\''))
			fputs("\\&", to);
		column++;
		if (text[0] == '\n' && text[1] == '\n') {
			fputs("\n.PP\n", to);
			text++;
			column = 0;
		} else if (*text == '\n' || (*text == ' ' && column > FILL)) {
			fputc('\n', to);
			column = 0;
		} else {
			put_char(*text, to);
		}
	}
}

static void put_upper(const char *text, FILE *to)
{
	for (; *text; text++) {
		if (*text == '-')
			fputc('\\', to);
		fputc(toupper((unsigned char)*text), to);
	}
}

static void put_head(const char *name, const char *summary, FILE *to)
{
	fputs(".TH \"", to);
	put_upper(name, to);
	fprintf(to, "\" 1 \"\" \"pare %s\" \"User Commands\"\n", pare_version);
	fputs(".SH NAME\n", to);
	put_words(name, to);
	fputs(" \\- ", to);
	put_words(summary, to);
	fputs("\n.SH SYNOPSIS\n", to);
}

static void put_option(const struct command *c, const struct option *o,
		       FILE *to)
{
	char choices[160], help[600];
	const char *arg = cli_option_arg_text(c, o, choices, sizeof choices);
	fputs(".TP\n", to);
	if (o->letter)
		fprintf(to, "\\fB\\-%c\\fR, ", o->letter);
	fputs("\\fB\\-\\-", to);
	put_words(o->name, to);
	fputs("\\fR", to);
	if (arg) {
		fputs(" \\fI", to);
		put_words(arg, to);
		fputs("\\fR", to);
	}
	fputc('\n', to);
	snprintf(help, sizeof help, "%s%s%s%s%s%s.\n", o->help,
		 o->initial ? " (default: " : "", o->initial ? o->initial : "",
		 o->initial ? ")" : "", o->since ? "; since " : "",
		 o->since ? o->since : "");
	put_text(help, to);
}

static void put_options(const struct command *c, FILE *to)
{
	const struct option *o, *member;
	fputs(".SH OPTIONS\n", to);
	for (size_t i = 0; (o = cli_option_at(c, i)); i++) {
		if (!cli_option_starts_group(c, i))
			continue;
		if (strcmp(cli_option_group(o), "Options") != 0) {
			fputs(".SS ", to);
			put_words(cli_option_group(o), to);
			fputc('\n', to);
		}
		for (size_t k = i; (member = cli_option_at(c, k)); k++)
			if (strcmp(cli_option_group(member),
				   cli_option_group(o)) == 0)
				put_option(c, member, to);
	}
}

static void put_limits(FILE *to)
{
	fputs(".SS Sizes\n", to);
	put_text("A size is a number of bytes, or a number with a unit: k, M, "
		 "G, T, P, E (or kB, MB and so on) are powers of 1000, KiB, "
		 "MiB and so on powers of 1024. 1M is 1,000,000 bytes, 1MiB "
		 "1,048,576; 1.5GB and \"1.5 GB\" are sizes, too.\n",
		 to);
	fputs(".SS Limits\nNames that \\fB\\-\\-limit\\fR takes:\n", to);
	for (size_t i = 0; i < limit_table_len; i++) {
		fputs(".TP\n\\fB", to);
		put_words(limit_table[i].name, to);
		fputs("\\fR\n", to);
		put_text(limit_table[i].help, to);
		fputs(".\n", to);
	}
}

static void put_examples(const struct command *c, FILE *to)
{
	for (size_t i = 0; i < EXAMPLES_MAX && c->examples[i].line; i++) {
		fputs(i ? ".TP\n\\fB" : ".SH EXAMPLES\n.TP\n\\fB", to);
		put_words(c->examples[i].line, to);
		fputs("\\fR\n", to);
		put_text(c->examples[i].says, to);
		fputs(".\n", to);
	}
}

static void put_status(const char *one, FILE *to)
{
	fputs(".SH EXIT STATUS\n.TP\n0\nDone, also when there was nothing to "
	      "do.\n",
	      to);
	if (one) {
		fputs(".TP\n1\nDone, and ", to);
		put_text(one, to);
		fputs(".\n", to);
	}
	fputs(".TP\n2\nWrong usage.\n"
	      ".TP\n3\nIt could not be done: the input, the memory or the "
	      "disk.\n"
	      ".TP\n129, 130, 143\nStopped by a signal; nothing half written "
	      "is "
	      "left.\n",
	      to);
}

static void put_environment(FILE *to)
{
	fputs(".SH ENVIRONMENT\n", to);
	for (size_t i = 0; i < ARRAY_LEN(environment); i++) {
		fprintf(to, ".TP\n\\fB%s\\fR\n", environment[i].name);
		put_text(environment[i].says, to);
		fputs(".\n", to);
	}
}

static void put_see_also(const struct command *const *commands,
			 const struct command *but, FILE *to)
{
	fputs(".SH SEE ALSO\n", to);
	if (but)
		fputs("\\fBpare\\fR(1)", to);
	bool first = !but;
	for (size_t i = 0; commands[i]; i++) {
		if (commands[i] == but || commands[i]->hidden)
			continue;
		fprintf(to, "%s\\fBpare\\-", first ? "" : ",\n");
		put_words(commands[i]->name, to);
		fputs("\\fR(1)", to);
		first = false;
	}
	fputc('\n', to);
}

void cli_man_command(const struct command *const *commands,
		     const struct command *c, FILE *to)
{
	char name[64];
	snprintf(name, sizeof name, "pare-%s", c->name);
	put_head(name, c->summary, to);
	fprintf(to, "\\fBpare ");
	put_words(c->name, to);
	fputs("\\fR ", to);
	cli_help_synopsis(c, to);
	fputs("\n.SH DESCRIPTION\n", to);
	put_text(c->description ? c->description : c->summary, to);
	fputc('\n', to);
	put_options(c, to);
	if (c->common & COMMON_LIMIT)
		put_limits(to);
	put_examples(c, to);
	put_status(c->exit_one, to);
	put_environment(to);
	put_see_also(commands, c, to);
}

void cli_man_program(const struct command *const *commands, FILE *to)
{
	const struct option *o;
	put_head("pare", "make container images small and prove them equal",
		 to);
	fputs("\\fBpare\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR]... "
	      "[\\fIARGUMENT\\fR]...\n"
	      ".SH DESCRIPTION\n",
	      to);
	put_text("Tells where the bytes of a container image come from and "
		 "which of them nobody can see any more, rewrites the image "
		 "without those, and proves that the new image shows "
		 "the same file system. No daemon and no root are needed.",
		 to);
	fputs("\n.SH COMMANDS\n", to);
	for (size_t i = 0; commands[i]; i++) {
		if (commands[i]->hidden)
			continue;
		fputs(".TP\n\\fBpare\\-", to);
		put_words(commands[i]->name, to);
		fputs("\\fR(1)\n", to);
		put_text(commands[i]->summary, to);
		fputs(".\n", to);
	}
	fputs(".SH OPTIONS\n", to);
	for (size_t i = 0; (o = cli_program_option_at(i)); i++)
		put_option(NULL, o, to);
	put_status("a check or a comparison failed", to);
	put_environment(to);
	put_see_also(commands, NULL, to);
}

static int run(const struct invocation *inv, struct err *err)
{
	if (inv->n_args == 0) {
		cli_man_program(inv->commands, stdout);
		return 0;
	}
	const struct command *c =
		cli_command_find(inv->commands, inv->args[0], err);
	if (!c)
		return -1;
	cli_man_command(inv->commands, c, stdout);
	return 0;
}

const struct command command_man = {
	.name = "man",
	.summary = "print a manual page in roff",
	.description = "Prints pare(1), or the page of one command, for man -l "
		       "or for a package.",
	.since = "0.1",
	.operands = { { .name = "COMMAND" } },
	.examples = { { "pare man analyze | man -l -", "read the manual of "
						       "analyze" } },
	.hidden = true,
	.run = run,
};
