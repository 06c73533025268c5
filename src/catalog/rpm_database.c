/* SPDX-License-Identifier: Apache-2.0 */
/* rpm: SQLite, Berkeley DB or ndb, by age and distribution. Seen, not read. */
#include "catalog/database.h"

static const struct catalog_database_file files[] = {
	{ .path = "var/lib/rpm/rpmdb.sqlite" },
	{ .path = "var/lib/rpm/Packages" },
	{ .path = "var/lib/rpm/Packages.db" },
	{ .path = "usr/lib/sysimage/rpm/rpmdb.sqlite" },
	{ .path = "usr/lib/sysimage/rpm/Packages.db" },
	{ 0 },
};

const struct catalog_database catalog_rpm_database = {
	.name = "rpm",
	.check = "rpm -V",
	.files = files,
};
