/* SPDX-License-Identifier: Apache-2.0 */
/* The bash script needs no bash-completion. Bash cuts words at ':' and '=',
 * so behind "oci:" a plain file name is completed, and "--format=" is three
 * words. */
#include "cli/completion.h"

static void put_names(const struct option *o, FILE *to)
{
	if (o->letter)
		fprintf(to, "-%c ", o->letter);
	fprintf(to, "--%s ", o->name);
}

/* analyze:--jobs|analyze:-j */
static void put_pattern(const char *command, const struct option *o, FILE *to)
{
	fprintf(to, "\t%s:--%s", command, o->name);
	if (o->letter)
		fprintf(to, "|%s:-%c", command, o->letter);
	fputs(") ", to);
}

static const char *kind_call(enum value_kind kind)
{
	switch (kind) {
	case VALUE_IMAGE:
		return "_pare_images";
	case VALUE_FILE:
		return "_pare_files";
	case VALUE_DIR:
		return "_pare_dirs";
	default:
		return ":"; /* nothing to propose */
	}
}

static void put_value(const char *const *choices, enum value_kind kind,
		      FILE *to)
{
	if (choices) {
		fputs("_pare_words \"", to);
		cli_completion_words(choices, to);
		fputc('"', to);
	} else {
		fputs(kind_call(kind), to);
	}
}

static void put_option_values(const struct command *c, FILE *to)
{
	const char *room[OPTION_CHOICES_MAX + 1];
	const struct option *o;
	for (size_t i = 0; (o = cli_option_at(c, i)); i++) {
		if (o->type == OPT_FLAG)
			continue;
		put_pattern(c->name, o, to);
		put_value(cli_option_choices(c, o, room), o->kind, to);
		fputs("; return ;;\n", to);
	}
}

static void put_command(const struct command *c, FILE *to)
{
	const struct option *o;
	fprintf(to, "\t%s)\n\t\tcase $cur in -*) _pare_words \"", c->name);
	for (size_t i = 0; (o = cli_option_at(c, i)); i++)
		put_names(o, to);
	fputs("\"; return ;; esac\n\t\t", to);
	put_value(c->operands[0].choices, c->operands[0].kind, to);
	fputs(" ;;\n", to);
}

static const char head[] =
	"# bash completion for pare; made by `pare completion bash`\n"
	"_pare_words() { COMPREPLY=($(compgen -W \"$1\" -- \"$cur\")); }\n"
	"_pare_files() { compopt -o filenames 2>/dev/null\n"
	"\tmapfile -t COMPREPLY < <(compgen -f -- \"$cur\"); }\n"
	"_pare_dirs() { compopt -o filenames 2>/dev/null\n"
	"\tmapfile -t COMPREPLY < <(compgen -d -- \"$cur\"); }\n"
	"_pare_images() {\n"
	"\tlocal names\n"
	"\t_pare_files\n"
	"\t[ \"$colon\" ] && return\n"
	"\tmapfile -t names < <(compgen -W \"%s\" -- \"$cur\")\n"
	"\t[ ${#names[@]} -gt 0 ] && compopt -o nospace 2>/dev/null\n"
	"\tCOMPREPLY+=(\"${names[@]}\")\n"
	"}\n";

static const char body[] =
	"_pare() {\n"
	"\tlocal cur=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]}\n"
	"\tlocal prev=${COMP_WORDS[COMP_CWORD - 1]} colon=\n"
	"\tCOMPREPLY=()\n"
	"\tif [ \"$cur\" = = ]; then\n"
	"\t\tcur=\n"
	"\telif [ \"$prev\" = = ]; then\n"
	"\t\tprev=${COMP_WORDS[COMP_CWORD - 2]}\n"
	"\telif [ \"$cur\" = : ] || [ \"$prev\" = : ]; then\n"
	"\t\tcur=${cur#:} colon=1 prev=\n"
	"\tfi\n";

void cli_completion_bash(const struct command *const *commands, FILE *to)
{
	const struct option *o;
	for (const char *p = head; *p; p++) {
		if (p[0] == '%' && p[1] == 's') {
			cli_completion_words(completion_transports, to);
			p++;
		} else {
			fputc(*p, to);
		}
	}
	fputs(body, to);
	fputs("\tif [ \"$COMP_CWORD\" -le 1 ]; then\n\t\t_pare_words \"", to);
	for (size_t i = 0; commands[i]; i++)
		if (!commands[i]->hidden)
			fprintf(to, "%s ", commands[i]->name);
	for (size_t i = 0; (o = cli_program_option_at(i)); i++)
		put_names(o, to);
	fputs("\"\n\t\treturn\n\tfi\n\tcase $command:$prev in\n", to);
	for (size_t i = 0; commands[i]; i++)
		put_option_values(commands[i], to);
	fputs("\tesac\n\tcase $command in\n", to);
	for (size_t i = 0; commands[i]; i++)
		put_command(commands[i], to);
	fputs("\tesac\n}\ncomplete -F _pare pare\n", to);
}
