/* SPDX-License-Identifier: Apache-2.0 */
/* pare - makes container images small and proves that they are the same. */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cancel.h"
#include "base/nearest.h"
#include "cli/commands.h"
#include "cli/print.h"

enum { EXIT_USAGE = 2, EXIT_FAILED = 3 };

static int complain(const char *command, const struct err *err)
{
	char name[64] = "pare";
	if (err->code == ERR_CANCELLED && cancel_signal())
		return 128 + cancel_signal();
	cli_print_die_of_pipe(err);
	if (command)
		snprintf(name, sizeof name, "pare %s", command);
	if (err->code != ERR_USAGE) {
		fprintf(stderr, "%s: %s\n", name, err->text);
		return EXIT_FAILED;
	}
	fprintf(stderr, "%s: %s; try %s --help\n", name, err->text, name);
	return EXIT_USAGE;
}

/* A command that went well has failed when what it printed is lost. */
static int finish(const char *command, int status)
{
	struct err err = { 0 };
	return cli_print_flush(&err) < 0 ? complain(command, &err) : status;
}

static int run_command(const struct command *c, int argc, char **argv)
{
	scoped(cli_invocation_done) struct invocation inv = INVOCATION_INIT;
	struct err err = { 0 };
	int r = cli_option_parse(c, argc, argv, &inv, &err);
	inv.commands = cli_commands;
	if (r > 0) {
		cli_help_command(c, stdout);
		return finish(c->name, 0);
	}
	cancel_install();
	if (r == 0)
		r = c->run(&inv, &err);
	return r < 0 ? complain(c->name, &err) : finish(c->name, r);
}

/* `pare help`, `pare help COMMAND`, `pare --help`. */
static int help(int argc, char **argv)
{
	struct err err = { 0 };
	if (argc == 2 || argv[1][0] == '-') {
		cli_help_program(cli_commands, stdout);
		return finish(NULL, 0);
	}
	const struct command *c = cli_command_find(cli_commands, argv[2], &err);
	if (!c)
		return complain(NULL, &err);
	cli_help_command(c, stdout);
	return finish(NULL, 0);
}

/* In front of a command there are two options. */
static void refuse_option(const char *word, struct err *err)
{
	struct quoted q = str_quoted(str_of(word));
	struct nearest near = nearest_to(q.text);
	if (word[1] == '-') {
		nearest_try(&near, "--version");
		nearest_try(&near, "--help");
	}
	err_set(err, ERR_USAGE, "no option %s%s", q.text,
		nearest_hint(&near, "").text);
}

int main(int argc, char **argv)
{
	struct err err = { 0 };
	cli_print_begin();
	/* Windows and buffers of a codec go back to the system when it closes:
	 * else glibc raises this threshold with each one freed, and keeps them.
	 */
	mallopt(M_MMAP_THRESHOLD, 320 << 10);
	if (argc < 2) {
		cli_help_program(cli_commands, stderr);
		return EXIT_USAGE;
	}
	if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0) {
		printf("pare %s\n", pare_version);
		return finish(NULL, 0);
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
	    strcmp(argv[1], "help") == 0)
		return help(argc, argv);
	if (argv[1][0] == '-') {
		refuse_option(argv[1], &err);
		return complain(NULL, &err);
	}
	const struct command *c = cli_command_find(cli_commands, argv[1], &err);
	if (!c)
		return complain(NULL, &err);
	return run_command(c, argc - 2, argv + 2);
}
