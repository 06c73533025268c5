/* SPDX-License-Identifier: Apache-2.0 */
/* What `pare --help` and `pare COMMAND --help` print, from the tables. */
#include <string.h>

#include "cli/option.h"

enum { WIDTH = 80, LABEL = 24, INDENT = LABEL + 2 };

/* Words filled into lines; the cursor stands at column `column` already. */
static void put_wrapped(const char *text, int column, int indent, FILE *to)
{
	while (*text) {
		if (*text == '\n') {
			fprintf(to, text[1] == '\n' ? "\n" : "");
			column = WIDTH;
			text++;
			continue;
		}
		text += strspn(text, " ");
		int n = (int)strcspn(text, " \n");
		if (n && column > indent && column + 1 + n > WIDTH) {
			fprintf(to, "\n%*s", indent, "");
			column = indent;
		} else if (n && column > indent) {
			fputc(' ', to);
			column++;
		}
		fwrite(text, 1, (size_t)n, to);
		column += n;
		text += n;
	}
	fputc('\n', to);
}

static void put_paragraphs(const char *text, FILE *to)
{
	put_wrapped(text, 0, 0, to);
}

static void put_option(const struct command *c, const struct option *o,
		       FILE *to)
{
	char label[200], choices[160], help[400];
	const char *arg = cli_option_arg_text(c, o, choices, sizeof choices);
	int n = snprintf(label, sizeof label, "%c%c%s --%s%s%s",
			 o->letter ? '-' : ' ', o->letter ? o->letter : ' ',
			 o->letter ? "," : " ", o->name, arg ? " " : "",
			 arg ? arg : "");
	snprintf(help, sizeof help, "%s%s%s%s", o->help,
		 o->initial ? " (default: " : "", o->initial ? o->initial : "",
		 o->initial ? ")" : "");
	if (n > LABEL - 2)
		fprintf(to, "  %s\n%*s", label, INDENT, "");
	else
		fprintf(to, "  %-*s", LABEL, label);
	put_wrapped(help, INDENT, INDENT, to);
}

void cli_help_synopsis(const struct command *c, FILE *to)
{
	fputs("[OPTION]...", to);
	for (size_t i = 0; i < OPERANDS_MAX && c->operands[i].name; i++) {
		const struct operand *o = &c->operands[i];
		fprintf(to, " %s%s%s%s", o->required ? "" : "[", o->name,
			o->repeated ? "..." : "", o->required ? "" : "]");
	}
}

static void put_group(const struct command *c, const char *group, FILE *to)
{
	const struct option *o;
	fprintf(to, "\n%s:\n", group);
	for (size_t i = 0; (o = cli_option_at(c, i)); i++)
		if (strcmp(cli_option_group(o), group) == 0)
			put_option(c, o, to);
}

void cli_help_command(const struct command *c, FILE *to)
{
	const struct option *o;
	fprintf(to, "Usage: pare %s ", c->name);
	cli_help_synopsis(c, to);
	fputs("\n\n", to);
	put_paragraphs(c->description ? c->description : c->summary, to);
	for (size_t i = 0; (o = cli_option_at(c, i)); i++)
		if (cli_option_starts_group(c, i))
			put_group(c, cli_option_group(o), to);
	for (size_t i = 0; i < EXAMPLES_MAX && c->examples[i].line; i++)
		fprintf(to, "%s  %s\n      %s\n", i ? "" : "\nExamples:\n",
			c->examples[i].line, c->examples[i].says);
	fputs("\nExit status:\n  0  done\n", to);
	if (c->exit_one) {
		fputs("  1  ", to);
		put_wrapped(c->exit_one, 5, 5, to);
	}
	fputs("  2  wrong usage\n  3  it could not be done\n", to);
}

void cli_help_program(const struct command *const *commands, FILE *to)
{
	const struct option *o;
	fputs("Usage: pare COMMAND [OPTION]... [ARGUMENT]...\n\n"
	      "Makes container images small, and proves that the small image "
	      "is the same one.\n\nCommands:\n",
	      to);
	for (size_t i = 0; commands[i]; i++)
		if (!commands[i]->hidden)
			fprintf(to, "  %-*s%s\n", LABEL, commands[i]->name,
				commands[i]->summary);
	fputs("\nOptions:\n", to);
	for (size_t i = 0; (o = cli_program_option_at(i)); i++)
		put_option(NULL, o, to);
	fputs("\nAn image is docker-archive:FILE[:REF|@N], oci:DIR[:TAG], "
	      "oci-archive:FILE[:TAG],\na path, or - for standard input.\n"
	      "`pare COMMAND --help` tells more; `pare man COMMAND | man -l -` "
	      "shows its manual.\n",
	      to);
}
