/* SPDX-License-Identifier: Apache-2.0 */
/* The list of targets, and what its makers ask of names and paths. */
#include <fcntl.h>

#include "base/slurp.h"
#include "ignore/glob.h"
#include "lint/discover/internal.h"

struct lint_target *lint_discover_add(struct discovery *d, struct str path)
{
	struct lint_targets *out = d->out;
	if (arena_grow(d->a, &out->v, out->n, &out->cap, sizeof *out->v,
		       d->err) < 0)
		return NULL;
	struct lint_target *t = &out->v[out->n];
	*t = (struct lint_target){ 0 };
	if (arena_str(d->a, path, &t->path, d->err) < 0 ||
	    lint_discover_join(d, (struct str){ 0 }, path, &t->key) < 0)
		return NULL;
	out->n++;
	return t;
}

int lint_discover_fail(struct discovery *d, struct lint_target *t,
		       const struct err *why)
{
	struct err *kept = arena_alloc(d->a, sizeof *kept, d->err);
	if (!kept)
		return -1;
	*kept = *why;
	t->err = kept;
	return 0;
}

int lint_discover_join(struct discovery *d, struct str dir, struct str name,
		       struct str *out)
{
	scoped(buf_done) struct buf b = BUF_INIT(PATH_MAX_BYTES);
	bool alone = dir.n == 0 || (name.n && name.p[0] == '/');
	if ((!alone && (buf_str_add(&b, dir, d->err) < 0 ||
			buf_byte(&b, '/', d->err) < 0)) ||
	    buf_str_add(&b, name, d->err) < 0)
		return -1;
	char *room = arena_bytes(d->a, b.n + 2, d->err);
	if (!room)
		return -1;
	*out = ignore_clean(buf_str(&b), room);
	room[out->n] = 0;
	return 0;
}

struct str lint_discover_dir(struct str path)
{
	for (size_t i = path.n; i-- > 0;)
		if (path.p[i] == '/')
			return (struct str){ path.p, i ? i : 1 };
	return STR(".");
}

int lint_discover_read(const char *path, struct buf *out, struct err *err)
{
	return slurp_file(AT_FDCWD, path, O_NONBLOCK, out, err);
}
