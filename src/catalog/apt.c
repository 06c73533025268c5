/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/database.h"
#include "catalog/parts.h"

#define INSTALLS "install upgrade dist-upgrade full-upgrade build-dep"

const struct catalog_tool catalog_apt = {
	.name = "apt",
	.programs = "apt apt-get aptitude",
	.kin = "apt-cache",
	.options = "-t -o -c -a --target-release --default-release --option "
		   "--config-file --host-architecture --solver",
	.sweeps = "--auto-remove --autoremove",
	.verbs = { .pin = "install",
		   .add = "install reinstall",
		   .remove = "remove purge autoremove auto-remove",
		   .refresh = "update",
		   .fetch = INSTALLS,
		   .sweep = "autoremove auto-remove",
		   .confirm = "install reinstall satisfy remove purge "
			      "autoremove autopurge upgrade dist-upgrade "
			      "full-upgrade dselect-upgrade build-dep" },
	.caches = CACHES({ .name = "apt-lists",
			   .key = "apt-lists",
			   .programs = "apt apt-get aptitude",
			   .verbs = "update",
			   .mounts = "/var/lib/apt/lists",
			   .cleaners = "apt apt-get",
			   .clean_verbs = "distclean dist-clean",
			   .dl = "DL3009" },
			 { .name = "apt-archives",
			   .key = "apt-archives",
			   .programs = "apt apt-get aptitude",
			   .verbs = INSTALLS,
			   .mounts = "/var/cache/apt/archives",
			   .hooked = true,
			   .clean_verbs = "clean distclean",
			   .remedy = "run apt-get clean in the same RUN, or "
				     "mount a cache there" }),
	.places = PLACES({ .root = "var/lib/apt/lists",
			   .keep = "lock partial",
			   .flags = PLACE_DIRS,
			   .drop = "apt-lists",
			   .cache = "apt-lists" },
			 { .root = "var/cache/apt/archives",
			   .take = "*.deb *.ddeb *.udeb",
			   .flags = PLACE_DIRS,
			   .drop = "apt-archives",
			   .cache = "apt-archives" },
			 { .root = "var/cache/apt",
			   .take = "*.bin *.bin.*",
			   .flags = PLACE_FLAT,
			   .drop = "apt-pkgcache" }),
	.drops = DROPS({ .name = "apt-lists",
			 .holds = "package lists of apt",
			 .breaks = "apt-get install until the next apt-get "
				   "update",
			 .presets = ANY_PRESET },
		       { .name = "apt-archives",
			 .holds = "package files that apt has installed",
			 .breaks = "nothing; apt fetches them again",
			 .presets = ANY_PRESET },
		       { .name = "apt-pkgcache",
			 .holds = "apt's binary copies of the package lists",
			 .breaks = "nothing; apt makes them again",
			 .presets = ANY_PRESET }),
	.estimates = ESTIMATES(
		{ "apt-lists", 19857442,
		  "files of apt-get update in Debian 12, amd64, with security "
		  "and updates, as apt stores them (lz4)",
		  false, "debian 12" }),
	.presences =
		PRESENCES({ "usr/bin/apt-get", "apt", NULL, "debian ubuntu" }),
	.database = &catalog_dpkg_database,
};
