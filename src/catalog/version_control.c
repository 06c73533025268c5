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

static const struct catalog_repository repository = {
	.programs = "git hg svn bzr jj",
	.needs = "describe log rev-parse rev-list status diff "
		 "show shortlog ls-files archive branch "
		 "submodule symbolic-ref name-rev cat-file "
		 "fetch tag checkout blame pull merge reset "
		 "stash worktree clean restore switch remote "
		 "show-ref for-each-ref rebase cherry-pick "
		 "ls-tree diff-index update-index whatchanged "
		 "-C -c --no-pager --git-dir --work-tree -P -p "
		 "--paginate",
	.alone = "clone init --version help version ls-remote",
	/* They take the version of what they build from a tag. */
	.readers = "setuptools_scm setuptools-scm hatch-vcs "
		   "versioneer poetry-dynamic-versioning dunamai "
		   "goreleaser gitversion nbgv -buildvcs=true",
};

const struct catalog_tool catalog_version_control = {
	.name = "version control",
	.programs = "git",
	/* git's own, and those of clone */
	.options = "-C -c --git-dir --work-tree --namespace -b --branch "
		   "--depth -j --jobs --filter -o --origin --reference "
		   "--reference-if-able --separate-git-dir --upload-pack "
		   "--template --shallow-since --shallow-exclude "
		   "--server-option --bundle-uri",
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
	.repository = &repository,
};
