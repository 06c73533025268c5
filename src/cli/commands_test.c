/* SPDX-License-Identifier: Apache-2.0 */
/* The whole table, and all that is made from it, without the program. */
#include "cli/commands.h"

#include <stdlib.h>
#include <string.h>

#include "base/test.h"
#include "cli/completion.h"

struct page {
	char *text;
	size_t n;
	FILE *to;
};

static void page_done(struct page *p)
{
	free(p->text);
}

static void page_open(struct page *p)
{
	p->to = open_memstream(&p->text, &p->n);
	assert_non_null(p->to);
}

static void assert_has(struct page *p, const char *word)
{
	fflush(p->to);
	if (!strstr(p->text, word))
		fail_msg("\"%s\" is not in:\n%s", word, p->text);
}

/* What help, man and the completions cannot do without. */
TEST(commands, are_explained)
{
	for (size_t i = 0; cli_commands[i]; i++) {
		const struct command *c = cli_commands[i];
		assert_non_null(c->summary);
		assert_non_null(c->description);
		assert_non_null(c->since);
		assert_non_null(c->run);
		if (!c->hidden)
			assert_non_null(c->examples[0].line);
	}
}

/* A field past the end of the struct would be written by the parser. */
TEST(commands, options_fit_their_struct)
{
	for (size_t i = 0; cli_commands[i]; i++) {
		const struct command *c = cli_commands[i];
		for (size_t k = 0; k < c->n_options; k++) {
			const struct option *o = &c->options[k];
			assert_true(o->at < c->options_size);
			assert_true(o->type != OPT_PARSED || o->parse);
			assert_true(o->type != OPT_ENUM || o->choices);
			assert_non_null(o->since);
		}
	}
}

TEST(commands, pages_name_every_command)
{
	void (*const writers[])(const struct command *const *, FILE *) = {
		cli_help_program,   cli_man_program,	 cli_completion_bash,
		cli_completion_zsh, cli_completion_fish,
	};
	for (size_t w = 0; w < ARRAY_LEN(writers); w++) {
		scoped(page_done) struct page p = { 0 };
		page_open(&p);
		writers[w](cli_commands, p.to);
		for (size_t i = 0; cli_commands[i]; i++)
			if (!cli_commands[i]->hidden)
				assert_has(&p, cli_commands[i]->name);
		fclose(p.to);
	}
}

TEST(commands, pages_name_every_option)
{
	for (size_t i = 0; cli_commands[i]; i++) {
		const struct command *c = cli_commands[i];
		scoped(page_done) struct page help = { 0 }, man = { 0 };
		page_open(&help);
		page_open(&man);
		cli_help_command(c, help.to);
		cli_man_command(cli_commands, c, man.to);
		for (size_t k = 0; k < c->n_options; k++)
			assert_has(&help, c->options[k].name);
		assert_has(&man, c->summary);
		fclose(help.to);
		fclose(man.to);
	}
}

TESTS_MAIN(unit(commands, are_explained),
	   unit(commands, options_fit_their_struct),
	   unit(commands, pages_name_every_command),
	   unit(commands, pages_name_every_option))
