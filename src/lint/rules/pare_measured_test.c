/* SPDX-License-Identifier: Apache-2.0 */
/* What PARE rules say when the layers were measured. */
#include <stdio.h>
#include <string.h>

#include "base/test.h"
#include "lint/facts/words.h"
#include "lint/lint.h"
#include "lint/table.h"

enum { INSTRS_MAX = 16 };

/* The layer of one instruction: the same bytes at any place. */
static uint64_t below(const struct lint_measured *m, struct str place,
		      bool dead)
{
	(void)place;
	return (dead ? m->dead : m->stored) / 2;
}

/* All instructions have the layer. */
struct same {
	struct lint_measurer m;
	struct lint_measured layer;
};

static int measure(const struct lint_measurer *m, const struct lint_file *f,
		   const struct lint_measured **out, struct err *err)
{
	static struct lint_measured all[INSTRS_MAX];
	const struct same *s = (const void *)m;
	(void)err;
	assert_true(f->df->n_instrs <= INSTRS_MAX);
	for (size_t i = 0; i < f->df->n_instrs; i++)
		all[i] = s->layer;
	*out = all;
	return 0;
}

/* "LINE BYTES[m|e|-]" a finding of the rules. */
static void assert_bytes(struct lint_measured layer, const char *rules,
			 const char *dockerfile, const char *want)
{
	struct err err = { 0 };
	struct str names[4];
	size_t n_names = 0;
	while (lint_word_next(&rules, &names[n_names]))
		n_names++;
	struct same same = { { measure }, layer };
	struct lint_choice choice = { .select = names,
				      .n_select = n_names,
				      .show = SEV_STYLE };
	struct lint_input in = { .path = STR("Dockerfile"),
				 .text = str_of(dockerfile),
				 .choice = &choice,
				 .measurer = &same.m };
	scoped(arena_done) struct arena keep = { 0 };
	struct finding_list r = { 0 };
	scoped(buf_done) struct buf got = BUF_INIT(10000);
	in.rules = &lint_all_rules;
	assert_ok(lint_run_rules(&in, &keep, &r, &err), &err);
	for (size_t i = 0; i < r.n; i++) {
		const struct finding *f = &r.findings[i];
		static const char source[] = "-em";
		assert_ok(buf_addf(&got, &err, "%s%u %llu%c", i ? " " : "",
				   f->from.line, (unsigned long long)f->bytes,
				   source[f->bytes_source]),
			  &err);
	}
	if (!str_eqz(buf_str(&got), want))
		fail_msg("wanted [%s], got [%s] in\n%s", want, buf_cstr(&got),
			 dockerfile);
}

static const struct lint_measured_kind kinds[] = {
	{ "apt-archives", "apt-archives", 777 },
	{ "npm", "npm-cache", 888 },
	{ "pip", "pip-cache", 0 },
	{ "poetry", "pip-cache", 999 },
};
static const struct lint_measured_kind nothing[] = {
	{ "apt-archives", "apt-archives", 0 },
	{ "npm", "npm-cache", 0 },
	{ "pip", "pip-cache", 111 },
	{ "poetry", "pip-cache", 0 },
};
static const struct lint_measured some = { .known = true,
					   .stored = 1000,
					   .dead = 400,
					   .kinds = kinds,
					   .n_kinds = 4,
					   .below = below };
static const struct lint_measured none = {
	.known = true, .kinds = nothing, .n_kinds = 4, .below = below
};

TEST(measured, caches)
{
	static const char npm[] = "FROM me/x\nRUN npm ci",
			  apt[] = "FROM me/x\nRUN apt-get install -y x",
			  go[] = "FROM me/x\nRUN go build -o /x .";
	assert_bytes(some, "PARE1010", npm, "2 888m");
	assert_bytes(none, "PARE1010", npm, "");
	/* An image nobody knows: only the layer tells. */
	assert_bytes(some, "PARE1001", apt, "2 777m");
	assert_bytes(none, "PARE1001", apt, "");
	/* Kinds with one estimate are told apart. */
	static const char poetry[] = "FROM me/x\nRUN poetry install";
	assert_bytes(some, "PARE1021", poetry, "2 999m");
	assert_bytes(none, "PARE1021", poetry, "");
	/* A kind that was not looked for is estimated. */
	assert_bytes(some, "PARE1030", go, "2 0-");
}

TEST(measured, layers)
{
	static const char rm[] = "FROM me/x\nCOPY a.txt /tmp/\n"
				 "RUN rm /tmp/a.txt",
			  glob[] = "FROM me/x\nCOPY a.txt /tmp/\n"
				   "RUN rm /tmp/*.txt",
			  mode[] =
				  "FROM me/x\nCOPY a.sh /\nRUN chmod 755 /a.sh",
			  tar[] = "FROM me/x\nCOPY a.tgz /tmp/\n"
				  "RUN tar xf /tmp/a.tgz",
			  del[] = "FROM me/x\nRUN apk add gcc\nRUN apk del gcc",
			  add[] = "FROM me/x\nADD https://x/a.tgz /tmp/";
	assert_bytes(some, "PARE2001", rm, "3 200m");
	assert_bytes(some, "PARE2001", glob, "3 400m");
	assert_bytes(some, "PARE2002", mode, "3 200m");
	assert_bytes(some, "PARE2003", tar, "3 500m");
	assert_bytes(some, "PARE2006", del, "3 400m");
	assert_bytes(some, "PARE3001", add, "2 1000m");
}

/* Two rules, or one twice, on the bytes of one layer: the first has them. */
TEST(measured, bytes_count_once)
{
	static const struct lint_measured_kind both[] = {
		{ "pip", "pip-cache", 700 },
		{ "pipenv", "pip-cache", 750 },
		{ "gem", "gem-cache", 90 },
		{ "bundler", "gem-cache", 90 },
	};
	/* Bits by the order above. */
	static const struct lint_measured_share shares[] = {
		{ 1 | 2, 600 }, { 1, 100 }, { 2, 150 }, { 4 | 8, 90 }
	};
	static const struct lint_measured layer = { .known = true,
						    .stored = 1000,
						    .kinds = both,
						    .n_kinds = 4,
						    .shares = shares,
						    .n_shares = 4,
						    .below = below };
	static const char pip[] = "FROM me/x\nRUN pip install a && "
				  "pip install b && pipenv sync",
			  env[] = "FROM me/x\nRUN pipenv sync && "
				  "pip install a",
			  gem[] = "FROM me/x\nRUN gem install a && "
				  "bundle install",
			  two[] = "FROM me/x\nRUN pip install a\n"
				  "RUN pip install b";
	assert_bytes(layer, "DL3042 PARE1020", pip, "2 700m 2 0- 2 150m");
	assert_bytes(layer, "DL3042 PARE1020", env, "2 750m 2 100m");
	assert_bytes(layer, "PARE1040 PARE1041", gem, "2 90m 2 0-");
	assert_bytes(layer, "DL3042", two, "2 700m 3 700m");
	/* Who is not told has none. */
	assert_bytes(layer, "PARE1041", gem, "2 90m");
}

TESTS_MAIN(unit(measured, caches), unit(measured, layers),
	   unit(measured, bytes_count_once))
