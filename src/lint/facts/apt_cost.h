/* SPDX-License-Identifier: Apache-2.0 */
/* lint/facts/apt_cost.h - what apt-get install adds to the image, line by line.
 *
 * A line costs what it adds to the base image and to the lines before it in its
 * stage and in those below. So sums over a file count no package twice:
 *
 *	RUN apt-get install -y gcc          180 MB
 *	RUN apt-get install -y libtool      40 MB: its gcc is there already
 *
 * Figures are of the catalogue (catalog/debian_packages.h), read once a file;
 * a file with very many such lines gets none. */
#pragma once
#include "catalog/debian_packages.h"
#include "lint/facts/facts.h"

/* One command that installs. */
struct lint_apt {
	const struct lint_command *c; /* an inner one */
	struct catalog_debian_set before;
	/* The stage stands on the release of the table, on an image whose
	 * packages it knows: sums are estimates, else typical. */
	bool exact;
};

/* It takes recommended packages along: no option says otherwise. */
bool lint_apt_recommends(const struct lint_command *c);

/* All of these: false when it is no apt-get install of a Debian or Ubuntu, or
 * none of the packages asked about is known; c may be at any depth. */

/* Installed size of the names, which are words of the command, with all that
 * they need, on top of its other packages. Those for which `later` (or NULL)
 * holds are taken as not there yet: what both need counts for whoever is asked
 * first. */
bool lint_apt_cost_of(const struct lint_file *f, const struct lint_command *c,
		      const struct str *names, size_t n,
		      bool (*later)(struct str package),
		      struct lint_weight *out);
/* What recommended packages come to, beyond what is needed. */
bool lint_apt_cost_recommended(const struct lint_file *f,
			       const struct lint_command *c,
			       struct lint_weight *out);
/* Package files that the RUN fetches. */
bool lint_apt_cost_archives(const struct lint_file *f,
			    const struct lint_run *run,
			    struct lint_weight *out);
