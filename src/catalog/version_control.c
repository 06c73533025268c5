/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

/* A directory of that name alone proves nothing: it has to hold what each
 * repository has. */
#define REPOSITORY(path, name)                                  \
	{                                                       \
		.root = (path), .holds = (name),                \
		.flags = PLACE_DIRS | PLACE_ROOT, .drop = "vcs" \
	}

const struct catalog_tool catalog_version_control = {
	.name = "version control",
	.programs = "git",
	.options = "-C -c --git-dir --work-tree",
	.places = PLACES(REPOSITORY("**/.git", "HEAD"),
			 REPOSITORY("**/.hg", "store"),
			 REPOSITORY("**/.svn", "entries"),
			 REPOSITORY("**/.svn", "wc.db"),
			 REPOSITORY("**/.bzr", "branch-format")),
	.drops = DROPS({ .name = "vcs",
			 .holds = "repositories of git, Mercurial, Subversion "
				  "and Bazaar",
			 .breaks = "programs that ask git for their version, "
				   "and updates by git pull",
			 .presets = DROP_RUNTIME }),
};
