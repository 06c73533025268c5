/* SPDX-License-Identifier: Apache-2.0 */
/* base/path.h - names from archives, and opening below a directory. */
#pragma once
#include "base/limits.h"
#include "base/str.h"

/* Cleans a name from a tar: strips leading "/" and "./", drops "." parts and
 * repeated or trailing slashes. The root gives an empty string. ERR_CORRUPT
 * for "..", NUL or an empty name; ERR_LIMIT for limits path, name and depth;
 * a last part that begins with ".wh." may be 4 bytes longer, since the limit
 * holds for what it hides. The result is appended to out (reset first). */
must_check int path_clean(struct str name, const struct limits *lim,
			  struct buf *out, struct err *err);

/* "a/b/c": parent "a/b", base "c"; for "c": parent "", base "c". */
struct str path_parent(struct str path);
struct str path_base(struct str path);

/* openat2 with O_CLOEXEC: the descriptor, or -1 and errno. It says EAGAIN when
 * a rename anywhere disturbed a path with "..": then it is asked again, a
 * number of times. */
int path_openat2(int dirfd, const char *name, int flags, unsigned mode,
		 unsigned resolve);
/* Opens name below the directory dirfd: openat2 with RESOLVE_IN_ROOT and
 * RESOLVE_NO_MAGICLINKS. Returns the descriptor or -1. */
int path_at(int dirfd, const char *name, int flags, unsigned mode,
	    struct err *err);
