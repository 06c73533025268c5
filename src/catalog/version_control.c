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
	.traces = TRACES(
		TRACE_ANY(".git", REASON_VERSION_CONTROL, SAFE_WITHOUT_GIT,
			  .heavy = 1),
		TRACE_DIR(".hg", REASON_VERSION_CONTROL, SAFE_WITHOUT_GIT,
			  .heavy = 2),
		TRACE_DIR(".svn", REASON_VERSION_CONTROL, SAFE_WITHOUT_GIT,
			  .heavy = 3),
		TRACE_DIR(".bzr", REASON_VERSION_CONTROL, SAFE_WITHOUT_GIT),
		TRACE_DIR("CVS", REASON_VERSION_CONTROL, SAFE_WITHOUT_GIT,
			  .inside = "Entries"),
		TRACE_DIR(".jj", REASON_VERSION_CONTROL, SAFE_WITHOUT_GIT),
		TRACE_FILE(".gitignore", REASON_VERSION_CONTROL, SAFE_NEVER),
		TRACE_FILE(".gitattributes", REASON_VERSION_CONTROL,
			   SAFE_NEVER),
		TRACE_FILE(".gitmodules", REASON_VERSION_CONTROL, SAFE_NEVER),
		TRACE_FILE(".mailmap", REASON_VERSION_CONTROL, SAFE_NEVER),
		TRACE_DIR(".github", REASON_VERSION_CONTROL, SAFE_ALWAYS),
		TRACE_DIR(".gitlab", REASON_VERSION_CONTROL, SAFE_ALWAYS),
		TRACE_FILE(".gitlab-ci.yml", REASON_VERSION_CONTROL,
			   SAFE_ALWAYS),
		TRACE_DIR(".circleci", REASON_VERSION_CONTROL, SAFE_ALWAYS),
		TRACE_FILE(".travis.yml", REASON_VERSION_CONTROL, SAFE_ALWAYS),
		TRACE_FILE("Jenkinsfile", REASON_VERSION_CONTROL, SAFE_ALWAYS)),
};
