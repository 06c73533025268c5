/* SPDX-License-Identifier: Apache-2.0 */
/* lint/discover/gitignore.h - one .gitignore, as gitignore(5) has it.
 *
 * A pattern with a slash that is not at its end is anchored at the file's
 * directory; others are held against the last part of a name. * and ? stop at
 * slashes, ** between slashes is any number of directories, [a-z] and [!a] are
 * classes, a backslash escapes. A slash at the end asks for a directory, !
 * re-includes, the last pattern that matches decides. Who walks a tree does not
 * enter directories that are excluded, so nothing below is taken back. */
#pragma once
#include "base/arena.h"

enum { GITIGNORE_PATTERNS_MAX = 10000 };

struct gitignore_pattern {
	struct str text; /* without ! and the slashes at both ends */
	bool negated, directory, anchored;
};

struct gitignore {
	struct gitignore_pattern *patterns;
	size_t n;
};

enum gitignore_verdict { GITIGNORE_UNSAID, GITIGNORE_OUT, GITIGNORE_IN };

/* text is borrowed and has to live as long. Lines beyond the maximum are
 * ERR_LIMIT; else only ERR_NOMEM. */
must_check int lint_gitignore_parse(struct str text, struct arena *a,
				    struct gitignore *out, struct err *err);
/* path is relative to the file's directory, without slashes at its ends. */
enum gitignore_verdict lint_gitignore_ask(const struct gitignore *g,
					  struct str path, bool is_directory);
