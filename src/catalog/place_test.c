/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/test.h"
#include "catalog/catalog.h"

/* The bytes of a file of this path are the cache's. */
static bool holds(const char *cache, const char *path)
{
	struct catalog_at at = { 0 };
	const struct catalog_place *p;
	while ((p = catalog_next_place(&at)))
		if (catalog_listed(p->cache, str_of(cache)) &&
		    catalog_place_has(p, str_of(path)))
			return true;
	return false;
}

/* Parents of a cache are there to match mounts: programs that lie in them are
 * no cache. */
TEST(place, programs_beside_a_cache_are_none)
{
	assert_true(holds("go-modules", "go/pkg/mod/cache/x.zip"));
	assert_false(holds("go-modules", "go/bin/app"));
	assert_true(holds("cargo", "usr/local/cargo/registry/src/a.rs"));
	assert_true(holds("cargo", "root/.cargo/git/db/x"));
	assert_false(holds("cargo", "usr/local/cargo/bin/rg"));
	assert_true(holds("maven", "root/.m2/repository/a.jar"));
	assert_false(holds("maven", "root/.m2/settings.xml"));
	assert_false(holds("npm", "root/.npm/_npx/1/package.json"));
	assert_false(holds("poetry", "root/.cache/pypoetry/virtualenvs/a"));
}

/* Hex's configuration holds keys, and ~/.mix the tools that build. */
TEST(place, mix_keeps_archives_beside_what_it_needs)
{
	assert_true(holds("mix", "root/.hex/packages/hexpm/jason-1.4.1.tar"));
	assert_true(holds("mix", "root/.hex/cache.ets"));
	assert_false(holds("mix", "root/.hex/hex.config"));
	assert_false(holds("mix", "root/.hex/x/cache.ets"));
	assert_false(holds("mix", "root/.mix/archives/hex-2.1.1/hex.app"));
	assert_false(holds("mix", "app/deps/jason/mix.exs"));
}

/* A switch is what was installed; the repository is needed to install. */
TEST(place, opam_keeps_archives_beside_its_switches)
{
	assert_true(holds("opam", "home/opam/.opam/download-cache/md5/a/b"));
	assert_true(holds("opam", "root/.opam/log/log-1-a.out"));
	assert_true(holds("opam", "root/.opam/5.1/.opam-switch/build/a/b.ml"));
	assert_false(holds("opam", "root/.opam/5.1/bin/ocaml"));
	assert_false(holds("opam", "root/.opam/5.1/.opam-switch/switch-state"));
	assert_false(holds("opam", "root/.opam/repo/default/packages/a/opam"));
	assert_false(holds("opam", "root/.opam/config"));
}

TEST(place, both_names_of_dnf_have_the_same_places)
{
	assert_true(holds("dnf", "var/cache/libdnf5/fedora/a.solv"));
	assert_true(holds("yum", "var/cache/libdnf5/fedora/a.solv"));
	assert_true(holds("dnf", "var/cache/yum/x"));
	assert_true(holds("yum", "var/cache/dnf/x"));
}

TEST(place, names_are_taken_and_kept)
{
	assert_true(holds("apt-archives", "var/cache/apt/archives/a.deb"));
	assert_true(
		holds("apt-archives", "var/cache/apt/archives/partial/a.deb"));
	assert_false(holds("apt-archives", "var/cache/apt/archives/lock"));
	assert_false(holds("apt-lists", "var/lib/apt/lists/lock"));
	assert_false(holds("apt-lists", "var/lib/apt/lists/LOCK"));
	assert_true(holds("apt-lists", "var/lib/apt/lists/partial/x"));
	assert_true(holds("apt-lists", "var/lib/apt/lists/x_InRelease"));
}

TEST(place, only_what_lies_in_the_root_itself)
{
	assert_true(holds("gem", "usr/lib/ruby/gems/3.1.0/cache/a.gem"));
	assert_false(holds("gem", "usr/lib/ruby/gems/3.1.0/cache/x/a.gem"));
	assert_false(holds("gem", "usr/lib/ruby/gems/3.1.0/cache/a.txt"));
}

TEST(place, the_root_at_any_depth)
{
	assert_true(holds("pip", "root/.cache/pip/x"));
	assert_true(holds("pip", ".cache/pip/x"));
	assert_true(holds("pip", "home/u/.cache/pip/http/a/b"));
	assert_false(holds("pip", "home/u/.cache/pipx/x"));
	assert_false(holds("pip", "home/u/.cache/pip"));
	assert_true(holds("conda", "opt/miniconda3/pkgs/a.conda"));
	assert_false(holds("conda", "opt/miniconda3/pkgs/urls.txt"));
	assert_false(holds("pip", ""));
}

TESTS_MAIN(unit(place, programs_beside_a_cache_are_none),
	   unit(place, mix_keeps_archives_beside_what_it_needs),
	   unit(place, opam_keeps_archives_beside_its_switches),
	   unit(place, both_names_of_dnf_have_the_same_places),
	   unit(place, names_are_taken_and_kept),
	   unit(place, only_what_lies_in_the_root_itself),
	   unit(place, the_root_at_any_depth))
