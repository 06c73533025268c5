/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/database.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_dnf = {
	.name = "dnf",
	.programs = "dnf dnf5 microdnf",
	.options = RPM_OPTIONS,
	.verbs = { .pin = "install",
		   .add = "install in reinstall groupinstall",
		   .remove = "remove erase rm autoremove",
		   .sweep = "autoremove auto-remove",
		   .confirm = "install groupinstall localinstall" },
	.caches = CACHES({ .name = "dnf",
			   .key = "dnf-cache",
			   .programs = "dnf dnf5 microdnf",
			   .verbs = RPM_FETCH,
			   .mounts = "/var/cache/dnf /var/cache/yum "
				     "/var/cache/libdnf5",
			   .clean_verbs = "clean",
			   .dl = "DL3040",
			   .dl_mounts = "~/.cache/libdnf5",
			   .dl_cleaners = "dnf dnf5 yum",
			   .dl_alone = "microdnf",
			   .dl_verbs = "install in upgrade up upgrade-minimal "
				       "up-min reinstall rei" }),
	.places = PLACES(ALL_BELOW("var/cache/dnf", "dnf", "yum dnf"),
			 ALL_BELOW("var/cache/libdnf5", "dnf", "yum dnf")),
	.drops = DROPS({ .name = "dnf",
			 .holds = "metadata and packages of dnf",
			 .breaks = "dnf -C; dnf fetches them again",
			 .presets = ANY_PRESET }),
	.presences = PRESENCES(
		{ "usr/bin/dnf", "dnf", NULL, "fedora rhel amazon" },
		{ "usr/bin/microdnf", "microdnf", "usr/bin/dnf", NULL }),
	.database = &catalog_rpm_database,
};
