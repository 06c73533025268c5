/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/database.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_zypper = {
	.name = "zypper",
	.programs = "zypper",
	.options = "-r -R -t -c -C --repo --from --root --type --config "
		   "--installroot --download --plus-repo --plus-content "
		   "--cache-dir --reposd-dir --solv-cache-dir --pkg-cache-dir "
		   "--raw-cache-dir",
	.verbs = { .pin = "install in",
		   .add = "install in",
		   .remove = "remove rm",
		   .upgrade = "dist-upgrade dup",
		   .confirm = "install in remove rm source-install si patch" },
	.caches = CACHES({ .name = "zypper",
			   .key = "zypper-cache",
			   .programs = "zypper",
			   .verbs = "install in update up dist-upgrade dup "
				    "refresh",
			   .mounts = "/var/cache/zypp /var/cache/zypper",
			   .clean_verbs = "clean cc",
			   .dl = "DL3036",
			   .dl_emptied = "/var/cache/zypp",
			   .dl_verbs = "install in" }),
	.places = PLACES(ALL_BELOW("var/cache/zypp", "zypper", "zypper"),
			 ALL_BELOW("var/cache/zypper", "zypper", "zypper")),
	.drops = DROPS({ .name = "zypper",
			 .holds = "metadata and packages of zypper",
			 .breaks = "zypper --no-refresh; zypper fetches them "
				   "again",
			 .presets = ANY_PRESET }),
	.presences =
		PRESENCES({ "usr/bin/zypper", "zypper", NULL, "opensuse" }),
	.database = &catalog_rpm_database,
};
