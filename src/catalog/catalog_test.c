/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"

#include <string.h>

#include "base/test.h"

static bool takes_word(const char *program, const char *option)
{
	return catalog_option_takes_word(str_of(program), str_of(option));
}

TEST(catalog, a_word_of_a_list)
{
	assert_true(catalog_listed("apt apt-get", STR("apt")));
	assert_true(catalog_listed("apt apt-get", STR("apt-get")));
	assert_false(catalog_listed("apt apt-get", STR("get")));
	assert_false(catalog_listed("apt apt-get", STR("ap")));
	assert_false(catalog_listed("apt apt-get", STR("")));
	assert_false(catalog_listed("apt apt-get", STR("apt apt-get")));
	assert_false(catalog_listed("", STR("apt")));
	assert_false(catalog_listed(NULL, STR("apt")));
}

TEST(catalog, a_program_leads_to_its_tool)
{
	assert_ptr_equal(catalog_of_program(STR("apt-get")), &catalog_apt);
	assert_ptr_equal(catalog_of_program(STR("microdnf")), &catalog_dnf);
	assert_ptr_equal(catalog_of_program(STR("yum")), &catalog_yum);
	assert_ptr_equal(catalog_of_program(STR("pipenv")), &catalog_pipenv);
	assert_null(catalog_of_program(STR("ls")));
	assert_null(catalog_of_program(STR("")));
}

TEST(catalog, no_program_is_two_tools)
{
	for (size_t i = 0; catalog_tools[i]; i++) {
		const char *p = catalog_tools[i]->programs;
		while (p && *p) {
			size_t n = strcspn(p, " ");
			assert_ptr_equal(
				catalog_of_program((struct str){ p, n }),
				catalog_tools[i]);
			p += n + strspn(p + n, " ");
		}
	}
}

TEST(catalog, options_that_take_a_word)
{
	assert_true(takes_word("npm", "--loglevel"));
	assert_true(takes_word("apt-cache", "-t"));
	assert_true(takes_word("pipx", "--python"));
	assert_true(takes_word("pipenv", "--python"));
	assert_true(takes_word("microdnf", "--setopt"));
	assert_true(takes_word("apt-get", "-yt"));
	assert_false(takes_word("apt-get", "-ty"));
	assert_false(takes_word("apt-get", "-y"));
	assert_false(takes_word("npm", "ci"));
	assert_false(takes_word("npm", "--loglevel=error"));
	assert_false(takes_word("ls", "-t"));
	assert_false(takes_word("npm", "-"));
}

/* Every name by which one part of the catalogue speaks of another leads
 * there. */
TEST(catalog, names_lead_somewhere)
{
	struct catalog_at at = { 0 };
	const struct catalog_place *p;
	while ((p = catalog_next_place(&at))) {
		struct catalog_at d_at = { 0 };
		const struct catalog_drop *d;
		bool found = !p->drop;
		while ((d = catalog_next_drop(&d_at)))
			found |= catalog_drop_takes(d, p);
		if (!found)
			fail_msg("no rule %s", p->drop);
		assert_true(p->drop || p->cache);
		assert_true(*p->root != '/');
		for (const char *c = p->cache; c && *c;) {
			char name[32];
			size_t n = strcspn(c, " ");
			assert_true(n < sizeof name);
			memcpy(name, c, n);
			name[n] = 0;
			if (!catalog_cache_find(name))
				fail_msg("no cache %s", name);
			c += n + strspn(c + n, " ");
		}
	}
}

TEST(catalog, every_cache_has_places_and_mounts)
{
	struct catalog_at at = { 0 };
	const struct catalog_cache *c;
	while ((c = catalog_next_cache(&at))) {
		struct catalog_at p_at = { 0 };
		const struct catalog_place *p;
		bool found = false;
		while ((p = catalog_next_place(&p_at)))
			found |= catalog_listed(p->cache, str_of(c->name));
		if (!found || !c->mounts || !c->key || !c->programs)
			fail_msg("%s", c->name);
		assert_ptr_equal(catalog_cache_find(c->name), c);
	}
	assert_null(catalog_cache_find("apt"));
}

TEST(catalog, systems_have_managers)
{
	assert_string_equal(catalog_manager_of("debian"), "apt");
	assert_string_equal(catalog_manager_of("alpine"), "apk");
	assert_string_equal(catalog_manager_of("rhel"), "dnf");
	assert_string_equal(catalog_manager_of("centos"), "yum");
	assert_null(catalog_manager_of("busybox"));
	assert_null(catalog_manager_of(NULL));
}

/* The bit of a cache is its place in the order of catalog_next_cache. */
static bool has_bit(uint64_t bits, const char *name)
{
	struct catalog_at at = { 0 };
	const struct catalog_cache *c;
	for (; (c = catalog_next_cache(&at)); bits >>= 1)
		if (strcmp(c->name, name) == 0)
			return bits & 1;
	return false;
}

TEST(catalog, caches_of_a_path)
{
	uint64_t bits = catalog_caches_at(STR("root/.cache/pip/http/a"));
	assert_true(has_bit(bits, "pip") && has_bit(bits, "pipenv"));
	assert_false(has_bit(bits, "uv") || has_bit(bits, "npm"));
	bits = catalog_caches_at(STR("var/cache/libdnf5/a"));
	assert_true(has_bit(bits, "dnf") && has_bit(bits, "yum"));
	assert_int_equal(catalog_caches_at(STR("go/bin/app")), 0);
	assert_int_equal(catalog_caches_at(STR("usr/local/cargo/bin/rg")), 0);
	assert_int_equal(catalog_caches_at(STR("")), 0);
}

/* An iteration gives what stands in the tools' own arrays, and nothing of a
 * tool that has none. */
TEST(catalog, iterations_visit_all)
{
	struct catalog_at at = { 0 };
	size_t n = 0, seen = 0;
	for (size_t i = 0; catalog_tools[i]; i++)
		for (size_t k = 0; catalog_tools[i]->places &&
				   catalog_tools[i]->places[k].root;
		     k++)
			n++;
	while (catalog_next_place(&at))
		seen++;
	assert_int_equal(seen, n);
	assert_null(catalog_next_place(&at));
}

TESTS_MAIN(unit(catalog, a_word_of_a_list),
	   unit(catalog, a_program_leads_to_its_tool),
	   unit(catalog, no_program_is_two_tools),
	   unit(catalog, options_that_take_a_word),
	   unit(catalog, names_lead_somewhere),
	   unit(catalog, every_cache_has_places_and_mounts),
	   unit(catalog, systems_have_managers),
	   unit(catalog, caches_of_a_path), unit(catalog, iterations_visit_all))
