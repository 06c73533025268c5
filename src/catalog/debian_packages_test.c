/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/macros.h"
#include "base/test.h"
#include "catalog/debian_packages.h"

/* What the packages (blanks between) add to minimal Debian. */
static struct catalog_debian_cost cost_of(const char *packages, bool all)
{
	struct catalog_debian_set set = { 0 };
	struct catalog_debian_cost cost = { 0 };
	while (*packages) {
		size_t n = strcspn(packages, " ");
		assert_true(catalog_debian_add(
			&set, (struct str){ packages, n }, all, &cost));
		packages += n + (packages[n] == ' ');
	}
	return cost;
}

static uint64_t needs(const char *packages)
{
	return cost_of(packages, false).installed;
}

/* tools/package-sizes --check holds the script to apt-get -s; these are its
 * sums of all packages that apt would install, not folded. */
TEST(debian_packages, weigh_with_what_they_need)
{
	assert_int_equal(needs("gcc"), 180242432);
	assert_int_equal(needs("libtool"), 220076032);
	assert_int_equal(needs("build-essential"), 322788352);
	assert_int_equal(needs("libpq-dev"), 22944768);
	assert_int_equal(needs("curl"), 11975680);
	assert_int_equal(needs("ffmpeg"), 481331200);
	assert_int_equal(needs("lldb rustc libboost-system-dev liblzo2-dev"),
			 1345372160);
}

TEST(debian_packages, recommended_ones_are_asked_for)
{
	assert_int_equal(cost_of("git", false).installed, 108750848);
	assert_int_equal(cost_of("git", true).installed, 123782144);
	assert_int_equal(cost_of("gcc", true).installed, 268365824);
	assert_int_equal(cost_of("busybox", true).installed, 837632);
}

/* Sums never count a package twice, whatever brings it. */
TEST(debian_packages, shared_ones_count_once)
{
	assert_int_equal(needs("gcc gcc"), needs("gcc"));
	assert_int_equal(needs("libtool gcc"), needs("libtool"));
	assert_true(needs("g++ libbz2-dev") <
		    needs("g++") + needs("libbz2-dev"));
	assert_int_equal(needs("g++ libbz2-dev"), needs("libbz2-dev g++"));
}

TEST(debian_packages, the_base_weighs_nothing)
{
	struct catalog_debian_set python = { 0 }, none = { 0 };
	struct catalog_debian_cost cost = { 0 };
	assert_int_equal(needs("bash coreutils tzdata"), 0);
	assert_true(
		catalog_debian_add_base(&python, STR("python"), false, &cost));
	assert_int_equal(cost.installed, 783311872);
	cost = (struct catalog_debian_cost){ 0 };
	assert_true(
		catalog_debian_add_base(&none, STR("debian"), false, &cost));
	assert_int_equal(cost.installed, 0);
	assert_true(catalog_debian_add(&python, STR("gcc"), false, &cost));
	assert_int_equal(cost.installed, 0);
	assert_true(catalog_debian_add(&none, STR("gcc"), false, &cost));
	assert_int_equal(cost.installed, 180242432);
}

/* rust:slim has a compiler; what other images and their variants have is not
 * known. */
TEST(debian_packages, slim_variants)
{
	struct catalog_debian_set set = { 0 };
	struct catalog_debian_cost cost = { 0 };
	assert_true(catalog_debian_add_base(&set, STR("python"), true, &cost));
	assert_int_equal(cost.installed, 0);
	assert_true(catalog_debian_add_base(&set, STR("rust"), true, &cost));
	cost = (struct catalog_debian_cost){ 0 };
	assert_true(catalog_debian_add(&set, STR("gcc"), false, &cost));
	assert_int_equal(cost.installed, 0);
	assert_false(
		catalog_debian_add_base(&set, STR("haskell"), true, &cost));
	assert_false(catalog_debian_add_base(&set, STR("nginx"), false, &cost));
	assert_int_equal(cost.installed, 0);
}

TEST(debian_packages, versions_and_architectures_are_no_part_of_a_name)
{
	static const char none[][8] = { "", "gc", "gcc1", "=", "none" };
	struct catalog_debian_set set = { 0 };
	struct catalog_debian_cost cost = { 0 };
	for (size_t i = 0; i < ARRAY_LEN(none); i++)
		assert_false(
			catalog_debian_add(&set, str_of(none[i]), true, &cost));
	assert_int_equal(cost.installed + cost.archives, 0);
	assert_int_equal(needs("gcc=4:12.2.0-3"), needs("gcc"));
	assert_int_equal(needs("gcc:amd64"), needs("gcc"));
	assert_int_equal(needs("gcc/bookworm"), needs("gcc"));
	assert_int_equal(needs("git-core"), needs("git")); /* provides it */
}

TEST(debian_packages, the_source_names_release_and_day)
{
	assert_non_null(strstr(catalog_debian_source, "Debian 12."));
	assert_non_null(strstr(catalog_debian_source, ", 202"));
	assert_string_equal(catalog_debian_release, "debian 12");
}

TESTS_MAIN(unit(debian_packages, weigh_with_what_they_need),
	   unit(debian_packages, recommended_ones_are_asked_for),
	   unit(debian_packages, shared_ones_count_once),
	   unit(debian_packages, the_base_weighs_nothing),
	   unit(debian_packages, slim_variants),
	   unit(debian_packages,
		versions_and_architectures_are_no_part_of_a_name),
	   unit(debian_packages, the_source_names_release_and_day))
