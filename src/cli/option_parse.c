/* SPDX-License-Identifier: Apache-2.0 */
/* Words into values; the tables themselves are option.c's. */
#include "cli/option.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/size.h"
#include "base/nearest.h"

/* What is read so far. */
struct parse {
	const struct command *command;
	char **words;
	int n_words, at; /* at: the next word */
	const char **args;
	size_t n_args;
	char *options;
	struct common *common;
};

static void *target_of(const struct parse *p, const struct option *o)
{
	char *base = o->common ? (char *)p->common : p->options;
	return base + o->at;
}

static int set_flag(const struct option *o, const char *value, void *target,
		    struct err *err)
{
	(void)o, (void)value, (void)err;
	*(bool *)target = true;
	return 0;
}

static int set_string(const struct option *o, const char *value, void *target,
		      struct err *err)
{
	(void)o, (void)err;
	*(const char **)target = value;
	return 0;
}

static int set_int(const struct option *o, const char *value, void *target,
		   struct err *err)
{
	bool minus = value[0] == '-';
	uint64_t u;
	bool read = str_to_u64(str_of(value + minus), &u) && u <= INT64_MAX;
	int64_t v = read ? (minus ? -(int64_t)u : (int64_t)u) : 0;
	int64_t max = o->max ? o->max : INT64_MAX;
	if (read && v >= o->min && v <= max) {
		*(int64_t *)target = v;
		return 0;
	}
	struct quoted given = str_quoted(str_of(value));
	if (o->max)
		return err_set(err, ERR_USAGE,
			       "--%s takes a number from %" PRId64
			       " to %" PRId64 ", not \"%s\"",
			       o->name, o->min, o->max, given.text);
	return err_set(err, ERR_USAGE,
		       "--%s takes a number from %" PRId64 " on, not \"%s\"",
		       o->name, o->min, given.text);
}

static int set_size(const struct option *o, const char *value, void *target,
		    struct err *err)
{
	if (size_parse(str_of(value), target))
		return 0;
	return err_set(
		err, ERR_USAGE,
		"--%s takes a size such as 4096, 64K or 2MiB, not \"%s\"",
		o->name, str_quoted(str_of(value)).text);
}

static int set_enum(const struct option *o, const char *value, void *target,
		    struct err *err)
{
	char name[64];
	snprintf(name, sizeof name, "--%s takes", o->name);
	return cli_option_choose(name, o->choices, value, target, err);
}

static int set_list(const struct option *o, const char *value, void *target,
		    struct err *err)
{
	(void)o;
	return cli_option_list_add(target, value, err);
}

static int set_parsed(const struct option *o, const char *value, void *target,
		      struct err *err)
{
	return o->parse(value, target, err);
}

static int (*const setters[])(const struct option *o, const char *value,
			      void *target, struct err *err) = {
	[OPT_FLAG] = set_flag,	   [OPT_STRING] = set_string,
	[OPT_INT] = set_int,	   [OPT_SIZE] = set_size,
	[OPT_ENUM] = set_enum,	   [OPT_LIST] = set_list,
	[OPT_PARSED] = set_parsed,
};

static int set_format(const struct parse *p, const struct option *o,
		      const char *value, const struct report_format **out,
		      struct err *err)
{
	const char *room[OPTION_CHOICES_MAX + 1];
	int i;
	if (cli_option_choose("--format takes",
			      cli_option_choices(p->command, o, room), value,
			      &i, err) < 0)
		return -1;
	*out = report_format_at(p->command->writes, (size_t)i);
	return 0;
}

static int set(const struct parse *p, const struct option *o, const char *value,
	       struct err *err)
{
	if (o->type == OPT_FORMAT)
		return set_format(p, o, value, &p->common->format, err);
	return setters[o->type](o, value, target_of(p, o), err);
}

/* The value in the same word, or the next word. */
static int value_of(struct parse *p, const struct option *o, const char *inside,
		    const char **out, struct err *err)
{
	char text[160];
	if (!inside && p->at == p->n_words)
		return err_set(
			err, ERR_USAGE, "--%s needs a value: --%s %s", o->name,
			o->name,
			cli_option_arg_text(p->command, o, text, sizeof text));
	*out = inside ? inside : p->words[p->at++];
	return 0;
}

static int unknown_option(const struct parse *p, struct str name,
			  struct err *err)
{
	char word[64];
	snprintf(word, sizeof word, "%.*s", STR_ARG(name));
	struct nearest near = nearest_to(word);
	const struct option *o;
	for (size_t i = 0; (o = cli_option_at(p->command, i)); i++)
		nearest_try(&near, o->name);
	return err_set(err, ERR_USAGE, "no option --%s%s",
		       str_quoted(name).text, nearest_hint(&near, "--").text);
}

static int parse_long(struct parse *p, struct str word, struct err *err)
{
	struct str name, rest;
	const char *value = NULL;
	if (str_cut(word, '=', &name, &rest))
		value = rest.p;
	else
		name = word;
	const struct option *o;
	for (size_t i = 0; (o = cli_option_at(p->command, i)); i++)
		if (str_eqz(name, o->name))
			break;
	if (!o)
		return unknown_option(p, name, err);
	if (o->type == OPT_FLAG && value)
		return err_set(err, ERR_USAGE, "--%s takes no value", o->name);
	if (o->type != OPT_FLAG && value_of(p, o, value, &value, err) < 0)
		return -1;
	return set(p, o, value, err);
}

/* -abcVALUE: flags up to the first letter that takes a value. */
static int parse_short(struct parse *p, const char *letters, struct err *err)
{
	for (; *letters; letters++) {
		const struct option *o;
		for (size_t i = 0; (o = cli_option_at(p->command, i)); i++)
			if (o->letter == *letters)
				break;
		if (!o)
			return err_set(
				err, ERR_USAGE, "no option -%s",
				str_quoted((struct str){ letters, 1 }).text);
		if (o->type == OPT_FLAG) {
			if (set(p, o, NULL, err) < 0)
				return -1;
			continue;
		}
		const char *value = letters[1] ? letters + 1 : NULL;
		if (value_of(p, o, value, &value, err) < 0)
			return -1;
		return set(p, o, value, err);
	}
	return 0;
}

static int parse_words(struct parse *p, struct err *err)
{
	bool only_operands = false;
	while (p->at < p->n_words) {
		const char *word = p->words[p->at++];
		int r = 0;
		if (only_operands || word[0] != '-' || word[1] == '\0')
			p->args[p->n_args++] = word;
		else if (strcmp(word, "--") == 0)
			only_operands = true;
		else if (word[1] == '-')
			r = parse_long(p, str_of(word + 2), err);
		else
			r = parse_short(p, word + 1, err);
		if (r < 0)
			return -1;
	}
	return 0;
}

static int check_operands(const struct parse *p, struct err *err)
{
	size_t max = 0;
	for (size_t i = 0; i < OPERANDS_MAX; i++) {
		const struct operand *o = &p->command->operands[i];
		if (!o->name)
			break;
		if (o->required && i >= p->n_args)
			return err_set(err, ERR_USAGE, "%s is missing",
				       o->name);
		max = o->repeated ? SIZE_MAX : i + 1;
	}
	if (p->n_args > max)
		return err_set(err, ERR_USAGE, "unexpected argument \"%s\"",
			       str_quoted(str_of(p->args[max])).text);
	return 0;
}

static int new_options(const struct command *c, char **out, struct err *err)
{
	*out = calloc(1, c->options_size + 1);
	if (!*out)
		return err_nomem(err, c->options_size + 1);
	if (c->defaults)
		memcpy(*out, c->defaults, c->options_size);
	return 0;
}

int cli_option_parse(const struct command *c, int argc, char **argv,
		     struct invocation *inv, struct err *err)
{
	*inv = (struct invocation){ .command = c,
				    .words = (const char *const *)argv,
				    .n_words = (size_t)argc,
				    .common.limits = limits_default,
				    .common.format =
					    report_format_at(c->writes, 0) };
	struct parse p = { .command = c,
			   .words = argv,
			   .n_words = argc,
			   .common = &inv->common };
	size_t size = ((size_t)argc + 1) * sizeof *p.args;
	if (new_options(c, &p.options, err) < 0)
		return -1;
	inv->options = p.options;
	p.args = malloc(size);
	if (!p.args)
		return err_nomem(err, size);
	inv->args = p.args;
	if (parse_words(&p, err) < 0)
		return -1;
	inv->n_args = p.n_args;
	if (inv->common.help)
		return 1;
	return check_operands(&p, err);
}

void cli_invocation_done(struct invocation *inv)
{
	const struct command *c = inv->command;
	char *options = (char *)(uintptr_t)inv->options;
	for (size_t i = 0; options && i < c->n_options; i++)
		if (c->options[i].type == OPT_LIST)
			cli_option_list_done((
				struct option_list
					*)(void *)(options + c->options[i].at));
	free(options);
	free((void *)(uintptr_t)inv->args);
	*inv = (struct invocation)INVOCATION_INIT;
}
