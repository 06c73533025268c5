/* SPDX-License-Identifier: Apache-2.0 */
/* The fish script: one `complete` line an option. */
#include "cli/completion.h"

static void put_quoted(const char *text, FILE *to)
{
	fputc('\'', to);
	for (; *text; text++) {
		if (*text == '\'' || *text == '\\')
			fputc('\\', to);
		fputc(*text, to);
	}
	fputc('\'', to);
}

static void put_value(const char *const *choices, enum value_kind kind,
		      FILE *to)
{
	if (choices) {
		fputs(" -a '", to);
		cli_completion_words(choices, to);
		fputc('\'', to);
	} else if (kind == VALUE_IMAGE) {
		fputs(" -a '(__pare_images)'", to);
	} else if (kind == VALUE_FILE) {
		fputs(" -F", to);
	} else if (kind == VALUE_DIR) {
		fputs(" -a '(__fish_complete_directories)'", to);
	}
}

/* c NULL: one of the program's own. */
static void put_option(const struct command *c, const struct option *o,
		       FILE *to)
{
	const char *room[OPTION_CHOICES_MAX + 1];
	if (c)
		fprintf(to,
			"complete -c pare -n '__fish_seen_subcommand_from %s'",
			c->name);
	else
		fputs("complete -c pare -n __fish_use_subcommand", to);
	if (o->letter)
		fprintf(to, " -s %c", o->letter);
	fprintf(to, " -l %s", o->name);
	if (o->type != OPT_FLAG) {
		fputs(o->kind == VALUE_FILE ? " -r" : " -x", to);
		put_value(cli_option_choices(c, o, room), o->kind, to);
	}
	fputs(" -d ", to);
	put_quoted(o->help, to);
	fputc('\n', to);
}

/* fish does not count operands: all of a command's are proposed together. */
static void put_operands(const struct command *c, FILE *to)
{
	for (size_t i = 0; i < OPERANDS_MAX && c->operands[i].name; i++) {
		const struct operand *o = &c->operands[i];
		if (!o->choices && o->kind == VALUE_TEXT)
			continue;
		if (i > 0 && !o->choices && o->kind == c->operands[i - 1].kind)
			continue;
		fprintf(to,
			"complete -c pare -n '__fish_seen_subcommand_from %s'",
			c->name);
		put_value(o->choices, o->kind, to);
		fputc('\n', to);
	}
}

void cli_completion_fish(const struct command *const *commands, FILE *to)
{
	const struct option *o;
	fputs("# fish completion for pare; made by `pare completion fish`\n"
	      "function __pare_images\n"
	      "\tset -l word (commandline -ct)\n"
	      "\tset -l transport (string match -r '^[a-z-]+:' -- $word)\n"
	      "\tif test -n \"$transport\"\n"
	      "\t\tset -l rest (string replace -- $transport '' $word)\n"
	      "\t\tprintf '%s\\n' $transport(__fish_complete_path $rest)\n"
	      "\telse\n"
	      "\t\tprintf '%s\\n' ",
	      to);
	cli_completion_words(completion_transports, to);
	fputs("\n\t\t__fish_complete_path $word\n\tend\nend\n"
	      "complete -c pare -f\n",
	      to);
	for (size_t i = 0; (o = cli_program_option_at(i)); i++)
		put_option(NULL, o, to);
	for (size_t i = 0; commands[i]; i++) {
		const struct command *c = commands[i];
		if (!c->hidden) {
			fprintf(to,
				"complete -c pare -n __fish_use_subcommand "
				"-a %s -d ",
				c->name);
			put_quoted(c->summary, to);
			fputc('\n', to);
		}
		for (size_t k = 0; (o = cli_option_at(c, k)); k++)
			put_option(c, o, to);
		put_operands(c, to);
	}
}
