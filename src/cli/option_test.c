/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/option.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/test.h"
#include "base/nearest.h"

struct probe {
	bool all, long_list;
	const char *base;
	int64_t depth;
	uint64_t min;
	int sort;
	struct option_list ignore;
	char parsed[16];
};

static int parse_even(const char *value, void *target, struct err *err)
{
	if (strlen(value) % 2)
		return err_set(err, ERR_USAGE, "--even takes pairs");
	snprintf(target, 16, "%s", value);
	return 0;
}

#define AT(field) .at = offsetof(struct probe, field)
static const char *const sorts[] = { "name", "size", "dead", NULL };
static const struct option options[] = {
	{ .name = "all", .letter = 'a', .type = OPT_FLAG, AT(all) },
	{ .name = "long", .letter = 'l', .type = OPT_FLAG, AT(long_list) },
	{ .name = "base",
	  .letter = 'b',
	  .arg = "REF",
	  .type = OPT_STRING,
	  AT(base) },
	{ .name = "depth",
	  .arg = "N",
	  .type = OPT_INT,
	  .min = -2,
	  .max = 9,
	  AT(depth) },
	{ .name = "min", .arg = "SIZE", .type = OPT_SIZE, AT(min) },
	{ .name = "sort", .type = OPT_ENUM, .choices = sorts, AT(sort) },
	{ .name = "ignore", .arg = "LIST", .type = OPT_LIST, AT(ignore) },
	{ .name = "even",
	  .arg = "TEXT",
	  .type = OPT_PARSED,
	  .parse = parse_even,
	  AT(parsed),
	  .group = "Rare options" },
};
#undef AT

static int run(const struct invocation *inv, struct err *err)
{
	(void)inv, (void)err;
	return 0;
}

static const struct probe defaults = { .min = 4096, .base = "auto" };
static const struct command command_probe = {
	.name = "probe",
	.summary = "look at an image",
	.operands = { { .name = "IMAGE", .required = true },
		      { .name = "FILE", .repeated = true } },
	.common = COMMON_READ | COMMON_OUTPUT,
	.options = options,
	.n_options = ARRAY_LEN(options),
	.defaults = &defaults,
	.options_size = sizeof defaults,
	.run = run,
};
static const struct command command_one = {
	.name = "one",
	.summary = "takes one operand",
	.operands = { { .name = "IMAGE", .required = true } },
	.run = run,
};
static const struct command *const commands[] = { &command_probe, &command_one,
						  &command_man,
						  &command_completion, NULL };

/* Parses "a b c" split at spaces. */
struct parsed {
	struct invocation inv;
	char text[200];
	char *words[20];
	int result;
	struct err err;
};

static void parse(const struct command *c, const char *line, struct parsed *p)
{
	int n = 0;
	*p = (struct parsed){ 0 };
	snprintf(p->text, sizeof p->text, "%s", line);
	for (char *w = strtok(p->text, " "); w; w = strtok(NULL, " "))
		p->words[n++] = w;
	p->result = cli_option_parse(c, n, p->words, &p->inv, &p->err);
}

static void parse_done(struct parsed *p)
{
	cli_invocation_done(&p->inv);
}

static const struct probe *probe_of(const struct parsed *p)
{
	assert_ok(p->result, &p->err);
	return p->inv.options;
}

TEST(option, defaults)
{
	scoped(parse_done) struct parsed p;
	parse(&command_probe, "x", &p);
	const struct probe *o = probe_of(&p);
	assert_int_equal(p.result, 0);
	assert_false(o->all);
	assert_string_equal(o->base, "auto");
	assert_int_equal(o->min, 4096);
	assert_int_equal(p.inv.n_args, 1);
	assert_string_equal(p.inv.args[0], "x");
	assert_int_equal(p.inv.common.limits.layers_max,
			 limits_default.layers_max);
	assert_string_equal(p.inv.common.format->name, "text");
}

TEST(option, every_spelling)
{
	static const char *const lines[] = {
		"-al -b debian --min 2M x",
		"-lab debian --min=2M x",
		"x -labdebian --min 2M",
		"--all --long x --base=debian --min=2000000",
		"-a -b first -l --base debian --min 1 --min 2000kB -- x",
	};
	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		scoped(parse_done) struct parsed p;
		parse(&command_probe, lines[i], &p);
		const struct probe *o = probe_of(&p);
		assert_true(o->all && o->long_list);
		assert_string_equal(o->base, "debian");
		assert_int_equal(o->min, 2000000);
		assert_int_equal(p.inv.n_args, 1);
		assert_string_equal(p.inv.args[0], "x");
	}
}

TEST(option, operands)
{
	scoped(parse_done) struct parsed p;
	parse(&command_probe, "- y -a -- --all -z", &p);
	assert_true(probe_of(&p)->all);
	static const char *const want[] = { "-", "y", "--all", "-z" };
	assert_int_equal(p.inv.n_args, 4);
	for (size_t i = 0; i < 4; i++)
		assert_string_equal(p.inv.args[i], want[i]);
}

TEST(option, values)
{
	scoped(parse_done) struct parsed p;
	parse(&command_probe,
	      "x --depth -2 --sort=dead --ignore mtime,uid --ignore=xattr "
	      "--even abcd --base=",
	      &p);
	const struct probe *o = probe_of(&p);
	assert_int_equal(o->depth, -2);
	assert_int_equal(o->sort, 2);
	assert_int_equal(o->ignore.n, 3);
	assert_string_equal(o->ignore.values[0], "mtime");
	assert_string_equal(o->ignore.values[1], "uid");
	assert_string_equal(o->ignore.values[2], "xattr");
	assert_string_equal(o->parsed, "abcd");
	assert_string_equal(o->base, "");
}

TEST(option, common)
{
	scoped(parse_done) struct parsed p;
	parse(&command_probe,
	      "-qvj4 --format=json x -o out --no-cache --color never "
	      "--limit entries=2KiB --limit path=9 --platform linux/arm64",
	      &p);
	const struct common *c = &p.inv.common;
	assert_ok(p.result, &p.err);
	assert_true(c->quiet && c->verbose && c->no_cache);
	assert_int_equal(c->jobs, 4);
	assert_string_equal(c->format->name, "json");
	assert_int_equal(c->color, COLOR_NEVER);
	assert_int_equal(c->limits.entries_max, 2048);
	assert_int_equal(c->limits.path_max, 9);
	assert_string_equal(c->output, "out");
	assert_string_equal(c->platform, "linux/arm64");
}

TEST(option, help_needs_no_operand)
{
	scoped(parse_done) struct parsed p;
	parse(&command_probe, "-ah", &p);
	assert_int_equal(p.result, 1);
}

static const struct {
	const struct command *command;
	const char *line, *says;
} wrong[] = {
	{ &command_probe, "", "IMAGE is missing" },
	{ &command_one, "x y z", "unexpected argument \"y\"" },
	{ &command_one, "x --all", "no option --all" },
	{ &command_one, "x -q", "no option -q" },
	{ &command_probe, "x --fromat json",
	  "no option --fromat (did you mean --format?)" },
	{ &command_probe, "x --plaform=a",
	  "no option --plaform (did you mean --platform?)" },
	{ &command_probe, "x --form json",
	  "no option --form (did you mean --format?)" },
	{ &command_probe, "x --al", "no option --al (did you mean --all?)" },
	{ &command_probe, "x --zzzz\n", "no option --zzzz\\n" },
	{ &command_probe, "x -aZ", "no option -Z" },
	{ &command_probe, "x --all=yes", "--all takes no value" },
	{ &command_probe, "x --min", "--min needs a value: --min SIZE" },
	{ &command_probe, "x -b", "--base needs a value: --base REF" },
	{ &command_probe, "x --sort",
	  "--sort needs a value: --sort name|size|dead" },
	{ &command_probe, "x --sort=siz",
	  "--sort takes name, size or dead, not \"siz\" (did you mean size?)" },
	{ &command_probe, "x --sort=DEAD",
	  "--sort takes name, size or dead, not \"DEAD\" (did you mean "
	  "dead?)" },
	{ &command_probe, "x --sort=owner",
	  "--sort takes name, size or dead, not \"owner\"" },
	{ &command_probe, "x --format jsn",
	  "--format takes text or json, not \"jsn\" (did you mean json?)" },
	{ &command_probe, "x --depth 10",
	  "--depth takes a number from -2 to 9, not \"10\"" },
	{ &command_probe, "x --depth=-3",
	  "--depth takes a number from -2 to 9, not \"-3\"" },
	{ &command_probe,
	  "x --depth=", "--depth takes a number from -2 to 9, not \"\"" },
	{ &command_probe, "x -j0",
	  "--jobs takes a number from 1 to 1024, not \"0\"" },
	{ &command_probe, "x -j 99999999999999999999",
	  "--jobs takes a number from 1 to 1024, not "
	  "\"99999999999999999999\"" },
	{ &command_probe, "x --min 1x",
	  "--min takes a size such as 4096, 64K or 2MiB, not \"1x\"" },
	{ &command_probe, "x --min K",
	  "--min takes a size such as 4096, 64K or 2MiB, not \"K\"" },
	{ &command_probe, "x --min 18446745T",
	  "--min takes a size such as 4096, 64K or 2MiB, not \"18446745T\"" },
	{ &command_probe, "x --even abc", "--even takes pairs" },
	{ &command_probe, "x --limit layrs=1",
	  "--limit knows no \"layrs\" (did you mean layers?)" },
};

TEST(option, wrong_usage)
{
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		scoped(parse_done) struct parsed p;
		parse(wrong[i].command, wrong[i].line, &p);
		assert_fails(p.result, &p.err, ERR_USAGE, wrong[i].says);
	}
}

TEST(option, commands_by_name)
{
	struct err err = { 0 };
	assert_ptr_equal(cli_command_find(commands, "probe", &err),
			 &command_probe);
	assert_ptr_equal(cli_command_find(commands, "man", &err), &command_man);
	assert_null(cli_command_find(commands, "porbe", &err));
	assert_string_equal(err.text,
			    "no command \"porbe\" (did you mean probe?)");
	err_clear(&err);
	/* A hidden command is not proposed. */
	assert_null(cli_command_find(commands, "mann", &err));
	assert_string_equal(err.text, "no command \"mann\"");
}

TEST(option, merged_table)
{
	const struct option *o;
	size_t n = 0, groups = 0;
	for (; (o = cli_option_at(&command_probe, n)); n++)
		groups += cli_option_starts_group(&command_probe, n);
	assert_int_equal(n, ARRAY_LEN(options) + 11);
	assert_int_equal(groups, 3);
	assert_string_equal(cli_option_at(&command_one, 0)->name, "help");
	assert_null(cli_option_at(&command_one, 1));
}

TEST(option, color)
{
	struct common c = { .color = COLOR_ALWAYS };
	assert_true(cli_option_color(&c, -1));
	c.color = COLOR_NEVER;
	assert_false(cli_option_color(&c, STDOUT_FILENO));
	c.color = COLOR_AUTO;
	assert_false(cli_option_color(&c, -1));
}

TEST(option, nearest)
{
	struct nearest n = nearest_to("verfiy");
	nearest_try(&n, "analyze");
	assert_null(n.best);
	nearest_try(&n, "verify");
	assert_string_equal(n.best, "verify");
	assert_int_equal(n.distance, 1);
}

TEST(option, help_text)
{
	char *text = NULL;
	size_t n = 0;
	FILE *f = open_memstream(&text, &n);
	cli_help_command(&command_one, f);
	fclose(f);
	assert_string_equal(text, "Usage: pare one [OPTION]... IMAGE\n\n"
				  "takes one operand\n\n"
				  "Common options:\n"
				  "  -h, --help              show this help\n\n"
				  "Exit status:\n"
				  "  0  done\n"
				  "  2  wrong usage\n"
				  "  3  it could not be done\n");
	free(text);
}

TESTS_MAIN(unit(option, defaults), unit(option, every_spelling),
	   unit(option, operands), unit(option, values), unit(option, common),
	   unit(option, help_needs_no_operand), unit(option, wrong_usage),
	   unit(option, commands_by_name), unit(option, merged_table),
	   unit(option, color), unit(option, nearest), unit(option, help_text))
