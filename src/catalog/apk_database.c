/* SPDX-License-Identifier: Apache-2.0 */
/* apk: one file of paragraphs, their keys one letter each:
 *
 *   P:musl          a package's name; V: its version, A: its architecture
 *   F:lib           a directory; those that follow lie in it
 *   R:libc.so       a file in it
 */
#include "catalog/paragraphs.h"

static int read_packages(struct str text, catalog_package_fn *fn, void *self,
			 struct err *err)
{
	static const struct catalog_keys keys = { "P", "V", "A", NULL };
	return catalog_read_paragraphs(text, &keys, fn, self, err);
}

struct position {
	struct str package;
	struct buf dir; /* a path of more than its ceiling is an error */
};

static int read_line(struct position *at, char key, struct str value,
		     catalog_path_fn *fn, void *self, struct err *err)
{
	size_t n = at->dir.n;
	switch (key) {
	case 'P':
		at->package = value;
		return 0;
	case 'F': /* `apk audit` does not miss a directory */
		buf_reset(&at->dir);
		if (buf_str_add(&at->dir, value, err) < 0)
			return -1;
		return fn(self, at->package, value, false, err);
	case 'R':
		if ((n && buf_byte(&at->dir, '/', err) < 0) ||
		    buf_str_add(&at->dir, value, err) < 0 ||
		    fn(self, at->package, buf_str(&at->dir), true, err) < 0)
			return -1;
		at->dir.n = n;
		return 0;
	default:
		return 0;
	}
}

static int read_paths(struct str package, struct str text, catalog_path_fn *fn,
		      void *self, struct err *err)
{
	struct position at = { .package = package, .dir = BUF_INIT(1 << 20) };
	struct str line;
	int r = 0;
	while (r == 0 && catalog_next_line(&text, &line))
		if (line.n >= 2 && line.p[1] == ':')
			r = read_line(&at, line.p[0], str_from(line, 2), fn,
				      self, err);
	buf_done(&at.dir);
	return r;
}

/* The second path since systems have merged /lib into /usr. */
static const struct catalog_database_file files[] = {
	{ .path = "lib/apk/db/installed",
	  .read_packages = read_packages,
	  .read_paths = read_paths },
	{ .path = "usr/lib/apk/db/installed",
	  .read_packages = read_packages,
	  .read_paths = read_paths },
	{ 0 },
};

const struct catalog_database catalog_apk_database = {
	.name = "apk",
	.check = "apk audit",
	.files = files,
};
