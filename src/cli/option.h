/* SPDX-License-Identifier: Apache-2.0 */
/* cli/option.h - one table a command: what it takes and how it is explained.
 *
 * Parsing, --help, the man pages and the shell completions are all read from
 * these tables (help.c, man.c, completion.c); tests/cli/help.bats holds them
 * together. Options are GNU style: --name=VALUE, --name VALUE, -nVALUE,
 * -n VALUE, bundles of flags, "--", options behind operands. Names are never
 * abbreviated. The last of a repeated option wins; lists append. A command's
 * file is:
 *
 *	struct ls_options {
 *		bool all;
 *		int sort;
 *		uint64_t min;
 *	};
 *	static const struct ls_options defaults = { .min = 4096 };
 *	static const char *const sorts[] = { "name", "size", NULL };
 *	static const struct option options[] = {
 *		{ .name = "all", .letter = 'a', .type = OPT_FLAG,
 *		  .at = offsetof(struct ls_options, all),
 *		  .help = "show removed files, too", .since = "0.1" },
 *		{ .name = "sort", .type = OPT_ENUM, .choices = sorts,
 *		  .at = offsetof(struct ls_options, sort),
 *		  .help = "order of the list", .initial = "name" },
 *		{ .name = "min", .arg = "SIZE", .type = OPT_SIZE,
 *		  .at = offsetof(struct ls_options, min),
 *		  .help = "leave out smaller files", .initial = "4K" },
 *	};
 *	static int run(const struct invocation *inv, struct err *err)
 *	{
 *		const struct ls_options *opt = inv->options;
 *		return list(inv->args[0], &inv->common.limits, opt, err);
 *	}
 *	const struct command command_ls = {
 *		.name = "ls", .summary = "list the files of an image",
 *		.description = "Lists ...\n\nA second paragraph.",
 *		.operands = { { "IMAGE", VALUE_IMAGE, .required = true } },
 *		.common = COMMON_FORMAT | COMMON_PLATFORM,
 *		.options = options, .n_options = ARRAY_LEN(options),
 *		.defaults = &defaults, .options_size = sizeof defaults,
 *		.examples = { { "pare ls app.tar", "what app holds" } },
 *		.exit_one = "never", .run = run,
 *	};
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/limits.h"
#include "report/format.h"

enum option_type {
	OPT_FLAG,   /* bool; takes no argument */
	OPT_STRING, /* const char *, borrowed from argv; choices only propose */
	OPT_INT,    /* int64_t in [min, max]; max 0: no upper end */
	OPT_SIZE,   /* uint64_t, as base/size.h reads it */
	OPT_ENUM,   /* int, an index into choices */
	OPT_LIST,   /* struct option_list; parts between commas are appended */
	OPT_PARSED, /* what parse makes of it */
	OPT_FORMAT, /* const struct report_format *, of what the command
		     * writes */
};

/* What a value names, for completions. */
enum value_kind { VALUE_TEXT, VALUE_IMAGE, VALUE_FILE, VALUE_DIR };

/* Strings in values[0..n) borrow from list's own memory. */
struct option_list {
	char **values;
	size_t n;
};

struct option {
	const char *name;    /* without "--" */
	const char *arg;     /* "SIZE"; NULL for flags, and for OPT_ENUM where
			   * the choices stand in its place */
	const char *help;    /* a phrase, lower case, no full stop */
	const char *initial; /* the default in words; NULL: not said */
	const char *since;   /* first version that has it */
	const char *group;   /* heading in --help and man; NULL: "Options" */
	const char *const *choices; /* ends with NULL; see cli_option_choices */
	/* Its choices are the formats of what the command writes (OPT_FORMAT
	 * has them, too). */
	bool formats;
	/* Reads value into target (the field at .at); ERR_USAGE otherwise. */
	int (*parse)(const char *value, void *target, struct err *err);
	size_t at; /* offset in the command's options (or struct common) */
	int64_t min, max;
	enum option_type type;
	enum value_kind kind;
	char letter;	 /* 0: no short form */
	unsigned common; /* bit of the shared table; 0: the command's own */
};

struct operand {
	const char *name; /* "IMAGE" */
	enum value_kind kind;
	bool required;
	bool repeated;		    /* only the last one */
	const char *const *choices; /* or NULL */
};

struct example {
	const char *line; /* as typed */
	const char *says; /* what it does */
};

/* Which of the shared options a command takes. -h/--help is always there. */
enum common_bits {
	COMMON_FORMAT = 1 << 0,	  /* --format, for what the command writes */
	COMMON_OUTPUT = 1 << 1,	  /* -o, --output FILE: where the result goes */
	COMMON_DEST = 1 << 10,	  /* -o, --output DEST: where the image goes */
	COMMON_FORCE = 1 << 11,	  /* --force: onto what is read */
	COMMON_PLATFORM = 1 << 2, /* --platform OS/ARCH[/VARIANT] */
	COMMON_JOBS = 1 << 3,	  /* -j, --jobs N */
	COMMON_CACHE = 1 << 4,	  /* --no-cache */
	COMMON_LIMIT = 1 << 5,	  /* --limit NAME=VALUE, repeatable */
	COMMON_QUIET = 1 << 6,	  /* -q, --quiet */
	COMMON_VERBOSE = 1 << 7,  /* -v, --verbose */
	COMMON_COLOR = 1 << 8,	  /* --color auto|always|never */
	COMMON_HELP = 1 << 9,	  /* -h, --help; every command */
	COMMON_FOLLOW = 1 << 12,  /* --no-follow */
};
enum { /* for commands that read an image */
       COMMON_READ = COMMON_FORMAT | COMMON_PLATFORM | COMMON_JOBS |
		     COMMON_CACHE | COMMON_LIMIT | COMMON_QUIET |
		     COMMON_VERBOSE | COMMON_COLOR | COMMON_FOLLOW,
};

enum color { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/* What the shared options were set to. */
struct common {
	const struct report_format *format;
	int color;	      /* enum color */
	const char *output;   /* NULL: stdout, or a dry run */
	const char *platform; /* NULL: every platform */
	int64_t jobs;	      /* 0: one a processor */
	struct limits limits;
	bool no_cache, no_follow, quiet, verbose, help, force;
};

struct invocation;
enum { OPERANDS_MAX = 4, EXAMPLES_MAX = 8 };

struct command {
	const char *name, *summary;
	const char *description; /* paragraphs, an empty line between them */
	const char *since;
	struct operand operands[OPERANDS_MAX]; /* ends with name NULL */
	struct example examples[EXAMPLES_MAX]; /* ends with line NULL */
	const struct option *options;
	size_t n_options;
	const void *defaults; /* NULL: all zero */
	size_t options_size;
	unsigned common;	 /* COMMON_ bits */
	enum report_kind writes; /* for --format */
	const char *exit_one;	 /* when the status is 1; NULL: it never is */
	bool hidden;		 /* not in the list of commands */
	/* < 0: err; else the exit status, 0 or 1. */
	int (*run)(const struct invocation *inv, struct err *err);
};

/* One use of a command. Owned by who parsed; strings borrow from argv. */
struct invocation {
	const struct command *command;
	/* All there are, in the order of `pare --help`; ends with NULL. Those
	 * that describe the other commands (man, completion) read them here. */
	const struct command *const *commands;
	const char *const *words; /* all that stood behind its name */
	size_t n_words;
	const char *const *args; /* operands */
	size_t n_args;
	const void *options; /* the command's own struct */
	struct common common;
};
#define INVOCATION_INIT \
	{               \
		0       \
	}

/* Reads argv[0..argc), the words behind the command's name. 0: read; 1: help
 * was asked for (operands are not checked then); -1: ERR_USAGE with the nearest
 * name where one is near. */
must_check int cli_option_parse(const struct command *c, int argc, char **argv,
				struct invocation *inv, struct err *err);
void cli_invocation_done(struct invocation *inv);

/* NULL with ERR_USAGE that proposes the nearest name. */
const struct command *cli_command_find(const struct command *const *commands,
				       const char *name, struct err *err);

/* All options of a command, its own first; NULL past the last. */
const struct option *cli_option_at(const struct command *c, size_t i);
/* Those of `pare` itself (--help, --version); NULL past the last. */
const struct option *cli_program_option_at(size_t i);
enum { OPTION_CHOICES_MAX = REPORT_FORMATS_MAX };
/* What an option of this command may be set to, NULL behind the last; in room
 * where the list must be made. NULL: anything. c is NULL for the program's own
 * options. */
const char *const *cli_option_choices(const struct command *c,
				      const struct option *o,
				      const char *room[OPTION_CHOICES_MAX + 1]);
/* "text|json", "SIZE", or NULL for a flag; into to when it must be made. */
const char *cli_option_arg_text(const struct command *c, const struct option *o,
				char *to, size_t n);
/* The heading that an option stands under in --help and in the man page. */
const char *cli_option_group(const struct option *o);
/* Is option i the first under its heading? */
bool cli_option_starts_group(const struct command *c, size_t i);
/* The place of value in choices (ends with NULL). ERR_USAGE that lists them all
 * and proposes the nearest; what is "--sort takes" or "SHELL is". */
must_check int cli_option_choose(const char *what, const char *const *choices,
				 const char *value, int *out, struct err *err);
/* Splits at commas and appends; frees with cli_option_list_done. */
must_check int cli_option_list_add(struct option_list *l, const char *value,
				   struct err *err);
void cli_option_list_done(struct option_list *l);

/* Colours on this descriptor? --color first, then NO_COLOR, TERM, a terminal. */
bool cli_option_color(const struct common *c, int fd);

/* help.c */
void cli_help_program(const struct command *const *commands, FILE *to);
void cli_help_command(const struct command *c, FILE *to);
/* "[OPTION]... IMAGE [FILE...]", what follows `pare COMMAND`. */
void cli_help_synopsis(const struct command *c, FILE *to);
/* man.c: pare.1, or pare-COMMAND.1; the hidden command `man [COMMAND]`. */
void cli_man_program(const struct command *const *commands, FILE *to);
void cli_man_command(const struct command *const *commands,
		     const struct command *c, FILE *to);
extern const struct command command_man;
/* completion.c: the command `completion bash|zsh|fish`. */
extern const struct command command_completion;

/* "0.1.0", from the build (version.c). */
extern const char pare_version[];
