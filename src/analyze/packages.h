/* SPDX-License-Identifier: Apache-2.0 */
/* analyze/packages.h - which names the package managers of an image answer
 * for.
 *
 * dpkg: /var/lib/dpkg/info/PACKAGE.list and .md5sums (deb-md5sums(5)), and
 * status.d/PACKAGE.md5sums of images without dpkg. `dpkg -V` misses every name
 * of a list, links too, which have no sum. apk: /lib/apk/db/installed. The rpm
 * database is seen, not read. */
#pragma once
#include "base/arena.h"
#include "tree/load.h"

enum package_manager { PACKAGES_NONE, PACKAGES_DPKG, PACKAGES_APK };

struct package_name {
	struct str text; /* "dpkg:libc6" */
	enum package_manager manager;
};

struct package_db {
	struct arena arena;
	struct package_name *names; /* [0] is nobody */
	uint32_t n, cap;
	uint32_t *owner; /* node -> names: whose name it is */
	uint32_t *check; /* node -> names: who looks whether it is there */
	bool has_rpm;
};

void package_db_done(struct package_db *p);
must_check int package_db_read(const struct loaded_image *li,
			       struct package_db *out, struct err *err);
