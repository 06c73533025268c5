/* SPDX-License-Identifier: Apache-2.0 */
/* catalog/debian_packages.h - what packages of Debian weigh, with what they
 * bring.
 *
 * A package costs what it adds to those that are there: of
 *
 *	apt-get install --no-install-recommends gcc libtool
 *
 * libc6-dev is counted once. So costs are asked of a set that grows, line by
 * line, and add up to what the image holds. The set begins as minimal Debian
 * (debian:12-slim), which is never counted.
 *
 * The data are one release's (catalog_debian_source), the names those that
 * Dockerfiles use most. What other releases, and Ubuntu, come to is typical at
 * best: who asks compares the release. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum { CATALOG_DEBIAN_WORDS = 32 };

/* { 0 } is minimal Debian. A value: copied with =. */
struct catalog_debian_set {
	uint64_t has[CATALOG_DEBIAN_WORDS];
};

struct catalog_debian_cost {
	uint64_t installed; /* bytes, as Installed-Size tells them */
	uint64_t archives;  /* bytes of the package files */
};

extern const char catalog_debian_source[];  /* "package index of Debian ..." */
extern const char catalog_debian_release[]; /* "debian 12" */

/* The name alone: "gcc" of "gcc=4:12.2.0-3", "gcc/bookworm" and "gcc:amd64".
 * The other functions take either. */
struct str catalog_debian_name(struct str package);
/* Adds the package and all that it needs, and with recommended also what any
 * of these recommend; cost grows by what was not there. false: the package is
 * not known, and nothing is added. */
bool catalog_debian_add(struct catalog_debian_set *set, struct str package,
			bool recommended, struct catalog_debian_cost *cost);
/* Adds what an official image ("python"), or its slim variant, has beyond minimal
 * Debian; cost grows by it. false: that is not known, and nothing is added. */
bool catalog_debian_add_base(struct catalog_debian_set *set, struct str image,
			     bool slim, struct catalog_debian_cost *cost);
