/* SPDX-License-Identifier: Apache-2.0 */
/* ignore/ignore.h - .dockerignore and NAME.dockerignore.
 *
 * What moby/patternmatcher and BuildKit's walk of the context do. Lines:
 * a byte order mark is dropped, # in the first column is a comment, blanks at
 * both ends go, the path is cleaned (a/../b is b), one leading slash goes, !
 * re-includes. * and ? stop at a slash, ** does not, [a-z] is a class, a
 * backslash escapes. A pattern that matches a directory holds for what is
 * below it; the last pattern that matches decides, except that a pattern not
 * asked for a directory (because its answer could change nothing there) is
 * not asked again on behalf of that directory.
 *
 * Names of other builders' escapes inside patterns (\p{..}, \Q, \x, \b) are
 * refused. The context's root is never excluded. */
#pragma once
#include "base/arena.h"
#include "base/span.h"

enum { IGNORE_PATTERNS_MAX = 10000 };

struct ignore_pattern {
	struct str text; /* as it is matched: cleaned, without ! */
	struct span at;	 /* in the file, without blanks and line end */
	uint32_t line;	 /* from 1 */
	bool negated;
	const struct ignore_program *program; /* NULL: compared as text */
	enum ignore_match {
		IGNORE_EXACT,
		IGNORE_PREFIX,
		IGNORE_SUFFIX,
		IGNORE_PROGRAM
	} match;
};

struct ignore {
	struct arena arena;
	struct ignore_pattern *patterns;
	size_t n;
	bool negations;
};

/* *out owns its memory; release with ignore_done either way. ERR_CORRUPT
 * names the line of a bad pattern; ERR_LIMIT. */
must_check int ignore_parse(struct str text, struct ignore *out,
			    struct err *err);
void ignore_done(struct ignore *ig);

/* What one directory hands to what is below it: which patterns matched it.
 * One bit a pattern. */
static inline size_t ignore_words(const struct ignore *ig)
{
	return (ig->n + 63) / 64;
}

struct ignore_result {
	bool excluded;
	bool skip_below; /* nothing below can be re-included */
	size_t pattern;	 /* that decided; SIZE_MAX: none matched */
};

/* Answers for path (slashes, relative, clean). above holds ignore_words()
 * words from the directory that it is in, NULL at the root; own receives the
 * same for what is below path. They may not be the same array. -1: ERR_NOMEM,
 * ERR_LIMIT. */
must_check int ignore_step(const struct ignore *ig, struct str path,
			   const uint64_t *above, uint64_t *own,
			   struct ignore_result *out, struct err *err);
/* The same for one path alone: asks for its parents first. */
must_check int ignore_path(const struct ignore *ig, struct str path,
			   struct ignore_result *out, struct err *err);
