/* SPDX-License-Identifier: Apache-2.0 */
/* analyze/versions.h - the packages of an image and their versions.
 *
 * Those that a package database of the catalogue tells as installed. The rpm
 * database is not read. */
#pragma once
#include "base/arena.h"
#include "tree/load.h"

struct package {
	struct str manager, name, version, architecture;
};

struct package_list {
	struct arena arena;
	struct package *v; /* by manager, name, architecture, version */
	uint32_t n, cap;
};

void analyze_package_list_done(struct package_list *l);
must_check int analyze_list_packages(const struct loaded_image *li,
				     struct package_list *out, struct err *err);

/* Calls fn for each package that is not the same in both; of one that only its
 * version tells apart both are given, else one is NULL. */
typedef int package_change_fn(void *self, const struct package *a,
			      const struct package *b, struct err *err);
must_check int analyze_compare_packages(const struct package_list *a,
					const struct package_list *b,
					package_change_fn *fn, void *self,
					struct err *err);
