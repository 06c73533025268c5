/* SPDX-License-Identifier: Apache-2.0 */
/* By which name patch(1) finds the ignore file.
 *
 * patch looks a name up from where it is run, refuses absolute names and such
 * with "..", and does not write through a symlink. So the name is that of the
 * file itself, relative to the working directory if it lies below that, else to
 * the context: run there, `patch -p1` finds it. */
#include "work/context_name.h"

#include <stdlib.h>
#include <unistd.h>

/* The part of path below dir; empty: it is not below. "/ab" is not below "/a". */
static struct str below(const char *path, const char *dir)
{
	size_t n = strlen(dir);
	if (n == 1 && dir[0] == '/')
		n = 0;
	if (strncmp(path, dir, n) != 0 || path[n] != '/')
		return (struct str){ 0 };
	return str_of(path + n + 1);
}

/* The absolute path with symlinks resolved: of the file, or where it would be
 * made. */
static int real_name(const struct context_files *f, struct buf *out,
		     struct err *err)
{
	struct str name = buf_str(&f->ignore_name);
	struct str base = str_of(f->ignore_base);
	char *real = f->has_ignore ? realpath(name.p, NULL) : NULL;
	int r;
	if (real) {
		r = buf_str_add(out, str_of(real), err);
		free(real);
		return r < 0 ? -1 : 0;
	}
	struct str dir = { name.p, name.n - base.n };
	char *z = dir.n ? strndup(dir.p, dir.n) : strdup(".");
	real = z ? realpath(z, NULL) : NULL;
	free(z);
	if (!real)
		return err_sys(err, "%s", name.p);
	bool root = strcmp(real, "/") == 0;
	r = buf_addf(out, err, "%s/%s", root ? "" : real, base.p);
	free(real);
	return r;
}

/* The name relative to the first of the directories that it lies below. */
static struct str from_one_of(const char *real, char *const *dirs, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct str rest =
			dirs[i] ? below(real, dirs[i]) : (struct str){ 0 };
		if (rest.n)
			return rest;
	}
	return (struct str){ 0 };
}

int work_context_patch_name(const struct context_files *f, struct buf *out,
			    struct err *err)
{
	scoped(buf_done) struct buf real = BUF_INIT(1 << 16);
	if (real_name(f, &real, err) < 0 || !buf_cstr(&real))
		return -1;
	char *dirs[] = { realpath(".", NULL), realpath(f->dir, NULL) };
	struct str name = from_one_of(real.p, dirs, ARRAY_LEN(dirs));
	if (name.n == 0)
		name = str_of(f->ignore_base);
	int r = buf_str_add(out, name, err);
	for (size_t i = 0; i < ARRAY_LEN(dirs); i++)
		free(dirs[i]);
	return r;
}
