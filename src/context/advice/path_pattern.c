/* SPDX-License-Identifier: Apache-2.0 */
/* A line that excludes one path and nothing else, whatever bytes it has:
 *
 *	build/a b.txt	build/a b.txt	blanks within are plain
 *	#notes		\#notes
 *	a[1]		a\[1\]
 *	x*		x\*
 *
 * What cannot be written as a line (a line feed, bytes that are no UTF-8) has
 * none, and the entry is only counted. */
#include "context/advice/path_pattern.h"

/* Escapes what means something in a pattern. A blank at an end of the line
 * would be trimmed, escaped or not; in a class it stays, so the pattern of "a "
 * is "a[ ]". */
static int add_escaped(struct buf *b, char c, bool at_end, struct err *err)
{
	if (c == ' ' || c == '\t')
		return at_end ? buf_addf(b, err, "[%c]", c)
			      : buf_byte(b, c, err);
	if (strchr("*?[]\\!#{}|^", c) && buf_byte(b, '\\', err) < 0)
		return -1;
	return buf_byte(b, c, err);
}

/* Whether the line is one pattern that matches the path. The reader of ignore
 * files is asked, so that no rule of its is repeated here. */
static int line_matches(struct str line, struct str path, struct err *err)
{
	scoped(ignore_done) struct ignore ig = { 0 };
	struct ignore_result r;
	struct err bad = { 0 };
	if (ignore_parse(line, &ig, &bad) < 0) {
		if (bad.code == ERR_CORRUPT)
			return 0;
		*err = bad;
		return -1;
	}
	if (ignore_path(&ig, path, &r, err) < 0)
		return -1;
	return ig.n == 1 && r.excluded;
}

int context_path_pattern(struct str path, struct arena *a, struct str *out,
			 struct err *err)
{
	scoped(buf_done) struct buf b = BUF_INIT(1 << 20);
	if (!str_is_utf8(path))
		return 0;
	for (size_t i = 0; i < path.n; i++) {
		if (path.p[i] == '\n' || path.p[i] == '\r' || path.p[i] == 0)
			return 0;
		if (add_escaped(&b, path.p[i], i == 0 || i + 1 == path.n, err) <
		    0)
			return -1;
	}
	int r = line_matches(buf_str(&b), path, err);
	return r <= 0 ? r : arena_str(a, buf_str(&b), out, err) < 0 ? -1 : 1;
}
