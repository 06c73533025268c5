/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/table.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/test.h"
#include "catalog/catalog.h"

/* hadolint's codes, BuildKit's names, ours. */
static int family(const char *id)
{
	if (strncmp(id, "DL", 2) == 0 && id[2] >= '0' && id[2] <= '9')
		return 0;
	return strncmp(id, "PARE", 4) == 0 ? 2 : 1;
}

static int compare(const char *a, const char *b)
{
	int d = family(a) - family(b);
	return d ? d : strcmp(a, b);
}

TEST(table, ids_stand_in_their_order)
{
	for (size_t i = 1; i < lint_all_rules.n; i++)
		if (compare(lint_all_rules.v[i - 1]->id,
			    lint_all_rules.v[i]->id) >= 0)
			fail_msg("%s may not stand behind %s",
				 lint_all_rules.v[i]->id,
				 lint_all_rules.v[i - 1]->id);
}

/* An alias may be several rules': BuildKit has one check where hadolint has a
 * code for each instruction. */
TEST(table, a_name_means_one_rule)
{
	for (size_t i = 0; i < lint_all_rules.n; i++) {
		const struct lint_rule *r = lint_all_rules.v[i];
		assert_ptr_equal(lint_rule_find(&lint_all_rules, str_of(r->id)),
				 r);
		if (r->alias)
			assert_string_equal(lint_rule_find(&lint_all_rules,
							   str_of(r->alias))
						    ->alias,
					    r->alias);
	}
	assert_ptr_equal(lint_rule_find(&lint_all_rules, STR("pare-syntax")),
			 lint_rule_find(&lint_all_rules, STR("PARE-SYNTAX")));
	assert_null(lint_rule_find(&lint_all_rules, STR("PARE-SYNTA")));
}

TEST(table, summaries_are_phrases)
{
	for (size_t i = 0; i < lint_all_rules.n; i++) {
		const char *s = lint_all_rules.v[i]->summary;
		if (!s || !*s || s[strlen(s) - 1] == '.')
			fail_msg("%s: summary is not a phrase",
				 lint_all_rules.v[i]->id);
	}
}

/* Only what is called for something can find anything. */
TEST(table, rules_look_at_something)
{
	for (size_t i = 0; i < lint_all_rules.n; i++) {
		const struct lint_rule *r = lint_all_rules.v[i];
		bool engine =
			strcmp(r->id, "PARE0100") < 0 && family(r->id) == 2;
		bool any = r->check_run || r->check_stage || r->check_file ||
			   r->check_instr;
		if (any == engine || !r->check_instr != !r->on)
			fail_msg("%s: checks and kinds do not fit", r->id);
	}
}

TEST(table, every_rule_has_a_page)
{
	for (size_t i = 0; i < lint_all_rules.n; i++) {
		char path[1024];
		snprintf(path, sizeof path, LINT_PAGES "/%s.md",
			 lint_all_rules.v[i]->id);
		if (access(path, R_OK) != 0)
			fail_msg("docs/lint/%s.md is not there",
				 lint_all_rules.v[i]->id);
	}
}

/* Where the catalogue names a rule of lint, there is one. A cache has one of
 * hadolint's or advice for one of pare's. */
TEST(table, caches_of_the_catalogue_have_rules)
{
	struct catalog_at at = { 0 };
	const struct catalog_cache *c;
	while ((c = catalog_next_cache(&at))) {
		if (c->dl && !lint_rule_find(&lint_all_rules, str_of(c->dl)))
			fail_msg("%s: no rule %s", c->name, c->dl);
		if (!c->dl && !c->remedy)
			fail_msg("%s has no rule", c->name);
	}
}

/* What the builder refuses and secrets are errors; what may well be meant, what
 * is slow or old-fashioned and what only speaks of pare itself is info. The
 * rest warns: bytes that nobody needs, and programs that do not do what the
 * file means. */
TEST(table, severities_of_own_rules)
{
	static const char errors[] = "PARE-SYNTAX PARE6001",
			  infos[] = "PARE0001 PARE0002 PARE2005 PARE3002 "
				    "PARE3003 PARE4006 PARE5001 PARE5002 "
				    "PARE5004 PARE7003 PARE7007 PARE7009";
	for (size_t i = 0; i < lint_all_rules.n; i++) {
		const struct lint_rule *r = lint_all_rules.v[i];
		enum severity want =
			catalog_listed(errors, str_of(r->id))  ? SEV_ERROR
			: catalog_listed(infos, str_of(r->id)) ? SEV_INFO
							       : SEV_WARN;
		if (strncmp(r->id, "PARE", 4) == 0 && r->severity != want)
			fail_msg("%s: %d", r->id, (int)r->severity);
	}
}

TESTS_MAIN(unit(table, ids_stand_in_their_order),
	   unit(table, a_name_means_one_rule),
	   unit(table, summaries_are_phrases),
	   unit(table, rules_look_at_something),
	   unit(table, every_rule_has_a_page),
	   unit(table, caches_of_the_catalogue_have_rules),
	   unit(table, severities_of_own_rules))
