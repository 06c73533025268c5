/* SPDX-License-Identifier: Apache-2.0 */
/* The zsh script: one _arguments call a command. */
#include "cli/completion.h"

/* Text inside '...' of an _arguments spec, where : [ ] mean something. */
static void put_spec_text(const char *text, FILE *to)
{
	for (; *text; text++) {
		if (*text == '\'')
			fputs("'\\'", to);
		else if (*text == ':' || *text == '[' || *text == ']' ||
			 *text == '\\')
			fputc('\\', to);
		fputc(*text, to);
	}
}

static const char *kind_action(enum value_kind kind)
{
	switch (kind) {
	case VALUE_IMAGE:
		return "_pare_images";
	case VALUE_FILE:
		return "_files";
	case VALUE_DIR:
		return "_files -/";
	default:
		return " ";
	}
}

/* ":message:action" */
static void put_value(const char *message, const char *const *choices,
		      enum value_kind kind, FILE *to)
{
	fputc(':', to);
	put_spec_text(message, to);
	fputc(':', to);
	if (choices) {
		fputc('(', to);
		cli_completion_words(choices, to);
		fputc(')', to);
	} else {
		fputs(kind_action(kind), to);
	}
}

/* c NULL: one of the program's own. */
static void put_option_spec(const struct command *c, const struct option *o,
			    FILE *to)
{
	const char *room[OPTION_CHOICES_MAX + 1];
	char text[160];
	const char *arg = cli_option_arg_text(c, o, text, sizeof text);
	const char *many =
		o->type == OPT_LIST || o->type == OPT_PARSED ? "*" : "";
	fputs(" \\\n\t\t\t", to);
	if (o->letter && !*many)
		fprintf(to, "'(-%c --%s)'", o->letter, o->name);
	if (o->letter)
		fprintf(to, "%s{-%c%s,--%s%s}'[", *many ? "'*'" : "", o->letter,
			arg ? "+" : "", o->name, arg ? "=" : "");
	else
		fprintf(to, "'%s--%s%s[", many, o->name, arg ? "=" : "");
	put_spec_text(o->help, to);
	fputc(']', to);
	if (arg)
		put_value(arg, cli_option_choices(c, o, room), o->kind, to);
	fputc('\'', to);
}

static void put_operand_spec(const struct operand *o, FILE *to)
{
	fputs(" \\\n\t\t\t'", to);
	if (o->repeated)
		fputc('*', to);
	else if (!o->required)
		fputc(':', to);
	put_value(o->name, o->choices, o->kind, to);
	fputc('\'', to);
}

static void put_command(const struct command *c, FILE *to)
{
	const struct option *o;
	fprintf(to, "\t%s)\n\t\t_arguments -s -S", c->name);
	for (size_t i = 0; (o = cli_option_at(c, i)); i++)
		put_option_spec(c, o, to);
	for (size_t i = 0; i < OPERANDS_MAX && c->operands[i].name; i++)
		put_operand_spec(&c->operands[i], to);
	fputs(" ;;\n", to);
}

void cli_completion_zsh(const struct command *const *commands, FILE *to)
{
	const struct option *o;
	fputs("#compdef pare\n"
	      "# zsh completion for pare; made by `pare completion zsh`\n"
	      "_pare_images() {\n"
	      "\tif compset -P '*:'; then _files; return; fi\n"
	      "\t_alternative 'files:file:_files' \\\n"
	      "\t\t'transports:transport:(",
	      to);
	for (size_t i = 0; completion_transports[i]; i++)
		fprintf(to, "%s%.*s\\:", i ? " " : "",
			(int)str_find(str_of(completion_transports[i]), ':'),
			completion_transports[i]);
	fputs(")'\n}\n_pare() {\n\tlocal -a pare_commands=(", to);
	for (size_t i = 0; commands[i]; i++) {
		if (commands[i]->hidden)
			continue;
		fprintf(to, "\n\t\t'%s:", commands[i]->name);
		put_spec_text(commands[i]->summary, to);
		fputc('\'', to);
	}
	fputs(")\n\tif (( CURRENT == 2 )); then\n"
	      "\t\t_describe command pare_commands\n"
	      "\t\t_arguments",
	      to);
	for (size_t i = 0; (o = cli_program_option_at(i)); i++)
		put_option_spec(NULL, o, to);
	fputs("\n\t\treturn\n\tfi\n"
	      "\tshift words\n\t(( CURRENT-- ))\n\tcase $words[1] in\n",
	      to);
	for (size_t i = 0; commands[i]; i++)
		put_command(commands[i], to);
	fputs("\tesac\n}\n"
	      "if [ \"$funcstack[1]\" = _pare ]; then _pare \"$@\"; "
	      "else compdef _pare pare; fi\n",
	      to);
}
