/* SPDX-License-Identifier: Apache-2.0 */
/* dpkg: /var/lib/dpkg/status, a paragraph a package (deb-control(5)), and
 * info/PACKAGE.list and PACKAGE.md5sums (deb-md5sums(5)), which name its files.
 * Images without dpkg (distroless) have both in status.d instead, a file a
 * package. */
#include "catalog/paragraphs.h"

static int read_status(struct str text, catalog_package_fn *fn, void *self,
		       struct err *err)
{
	static const struct catalog_keys keys = { "Package", "Version",
						  "Architecture", "Status" };
	return catalog_read_paragraphs(text, &keys, fn, self, err);
}

/* A path a line, directories too. `dpkg -V` misses each of them, symlinks as
 * well, which have no checksum. */
static int read_list(struct str package, struct str text, catalog_path_fn *fn,
		     void *self, struct err *err)
{
	struct str line;
	while (catalog_next_line(&text, &line))
		if (line.n && fn(self, package, line, true, err) < 0)
			return -1;
	return 0;
}

/* "MD5  path": two blanks, or a blank and an asterisk (md5sum(1)). A line that
 * is not like this has no path. */
static int read_md5sums(struct str package, struct str text,
			catalog_path_fn *fn, void *self, struct err *err)
{
	struct str line, sum, path;
	while (catalog_next_line(&text, &line)) {
		if (!str_cut(line, ' ', &sum, &path) || path.n < 2)
			continue;
		if (fn(self, package, str_from(path, 1), true, err) < 0)
			return -1;
	}
	return 0;
}

static const struct catalog_database_file files[] = {
	{ .path = "var/lib/dpkg/status", .read_packages = read_status },
	{ .path = "var/lib/dpkg/info",
	  .suffix = ".list",
	  .read_paths = read_list },
	{ .path = "var/lib/dpkg/info",
	  .suffix = ".md5sums",
	  .read_paths = read_md5sums },
	{ .path = "var/lib/dpkg/status.d",
	  .suffix = "",
	  .but = ".md5sums",
	  .read_packages = read_status },
	{ .path = "var/lib/dpkg/status.d",
	  .suffix = ".list",
	  .read_paths = read_list },
	{ .path = "var/lib/dpkg/status.d",
	  .suffix = ".md5sums",
	  .read_paths = read_md5sums },
	{ 0 },
};

const struct catalog_database catalog_dpkg_database = {
	.name = "dpkg",
	.check = "dpkg -V",
	.files = files,
};
