/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/database.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_yum = {
	.name = "yum",
	.programs = "yum",
	.options = RPM_OPTIONS,
	.verbs = { .pin = "install",
		   .add = "install in reinstall groupinstall",
		   .remove = "remove erase rm autoremove",
		   .sweep = "autoremove auto-remove",
		   .confirm = "install groupinstall localinstall" },
	.caches = CACHES({ .name = "yum",
			   .key = "yum-cache",
			   .programs = "yum",
			   .verbs = RPM_FETCH,
			   .mounts = "/var/cache/yum /var/cache/dnf "
				     "/var/cache/libdnf5",
			   .clean_verbs = "clean",
			   .dl = "DL3032",
			   .dl_cleaners = "yum dnf",
			   .dl_emptied = "/var/cache/yum /var/cache/dnf",
			   .dl_verbs = "install" }),
	/* Where yum is a name of dnf, its bytes lie in dnf's places. */
	.places = PLACES(ALL_BELOW("var/cache/yum", "yum", "yum dnf")),
	.drops = DROPS({ .name = "yum",
			 .holds = "metadata and packages of yum and microdnf",
			 .breaks = "yum -C; yum fetches them again",
			 .presets = ANY_PRESET }),
	.presences = PRESENCES({ "usr/bin/yum", "yum",
				 "usr/bin/dnf usr/bin/microdnf", "centos" }),
	.database = &catalog_rpm_database,
};
