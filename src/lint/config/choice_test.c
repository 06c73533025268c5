/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/config/choice.h"

#include "base/test.h"
#include "lint/table.h"

static const struct lint_rule plain = { .id = "DL3008", .severity = SEV_WARN },
			      named = { .id = "DL3024",
					.alias = "DuplicateStageName",
					.severity = SEV_ERROR },
			      off = { .id = "DL3057",
				      .severity = SEV_INFO,
				      .off = true },
			      check = { .id = "StageNameCasing",
					.severity = SEV_WARN },
			      own = { .id = "PARE1001", .severity = SEV_INFO };

static const struct lint_rule *const rules[] = { &plain, &named, &off, &check,
						 &own };

TEST(choice, what_a_name_means)
{
	/* Which of the rules above, as bits. */
	static const struct {
		const char *name;
		unsigned rules;
	} rows[] = {
		{ "all", 31 },	    { "DL3008", 1 },
		{ "dl3008", 1 },    { "DL", 7 },
		{ "DL3", 7 },	    { "DL305", 4 },
		{ "DL30080", 0 },   { "D", 0 },
		{ "PARE", 16 },	    { "pare1", 16 },
		{ "PAR", 0 },	    { "DuplicateStageName", 2 },
		{ "duplicate", 0 }, { "stagenamecasing", 8 },
		{ "Stage", 0 },	    { "", 0 },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		for (size_t k = 0; k < ARRAY_LEN(rules); k++) {
			bool want = rows[i].rules >> k & 1;
			bool got = lint_name_means(str_of(rows[i].name),
						   rules[k], rules[k]->id);
			if (got != want)
				fail_msg("%s and %s", rows[i].name,
					 rules[k]->id);
		}
}

/* "+" on, "-" off, then the severity, a rule each. */
static void assert_chosen(const struct lint_choice *c, const char *want)
{
	char got[32] = "";
	for (size_t k = 0; k < ARRAY_LEN(rules); k++) {
		struct lint_state st = lint_choose(c, rules[k], rules[k]->id,
						   rules[k]->severity);
		got[2 * k] = st.on ? '+' : '-';
		got[2 * k + 1] = "ewis"[st.severity];
	}
	assert_string_equal(got, want);
}

TEST(choice, lists)
{
	struct str all[] = { STR("all") }, dl[] = { STR("DL3") };
	struct str one[] = { STR("DL3008") }, dead[] = { STR("DL3057") };
	struct lint_choice c = { .show = SEV_STYLE };
	assert_chosen(&c, "+w+e-i+w+i");
	c.select = all;
	c.n_select = 1;
	assert_chosen(&c, "+w+e+i+w+i");
	c.ignore = dl;
	c.n_ignore = 1;
	assert_chosen(&c, "-w-e-i+w+i");
	/* The longer name decides. */
	c.select = one;
	assert_chosen(&c, "+w-e-i-w-i");
	c.ignore = one;
	assert_chosen(&c, "-w-e-i-w-i");
	c.select = dead;
	assert_chosen(&c, "-w-e+i-w-i");
	c.n_select = 0;
	c.ignore = all;
	assert_chosen(&c, "-w-e-i-w-i");
}

TEST(choice, overrides)
{
	const struct lint_override o[] = {
		{ STR("DL3008"), SEV_STYLE, false },
		{ STR("DL3008"), SEV_ERROR, false },
		{ STR("DL3057"), SEV_WARN, false },
		{ STR("DL"), SEV_INFO, false },
		{ STR("PARE1001"), SEV_INFO, true },
	};
	struct lint_choice c = { .overrides = o,
				 .n_overrides = ARRAY_LEN(o),
				 .show = SEV_STYLE };
	/* A configured rule that is off by default is on; the last of equally
	 * close ones wins. */
	assert_chosen(&c, "+e+i+w+w-i");
}

TEST(choice, known_names)
{
	assert_true(lint_name_known(&lint_all_rules, STR("SC2086")));
	assert_true(lint_name_known(&lint_all_rules, STR("PARE")));
	assert_true(lint_name_known(&lint_all_rules, STR("PARE-SYNTAX")));
	assert_true(lint_name_known(&lint_all_rules, STR("all")));
	assert_false(lint_name_known(&lint_all_rules, STR("SCx")));
	assert_false(lint_name_known(&lint_all_rules, STR("nothing")));
	assert_false(lint_name_known(&lint_all_rules, STR("")));
}

TEST(choice, buildkits_names)
{
	assert_string_equal(lint_buildkit_name(&named), "DuplicateStageName");
	assert_string_equal(lint_buildkit_name(&check), "StageNameCasing");
	assert_null(lint_buildkit_name(&plain));
	assert_null(lint_buildkit_name(&own));
}

TESTS_MAIN(unit(choice, what_a_name_means), unit(choice, lists),
	   unit(choice, overrides), unit(choice, known_names),
	   unit(choice, buildkits_names))
