/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a path of a layer is one that a place means. */
#include "catalog/catalog.h"

#include <ctype.h>
#include <string.h>

/* The first component; *rest is behind its slash. */
static struct str first_of(struct str path, struct str *rest)
{
	struct str head;
	if (str_cut(path, '/', &head, rest))
		return head;
	*rest = (struct str){ 0 };
	return path;
}

static bool same(char a, char b, bool fold)
{
	return a == b ||
	       (fold && tolower((unsigned char)a) == tolower((unsigned char)b));
}

bool catalog_glob(const char *pattern, size_t n, struct str name, bool fold)
{
	size_t i = 0, at = 0, star = SIZE_MAX, resume = 0;
	/* The last star takes one byte more whenever what follows fails. */
	while (at < name.n) {
		if (i < n && pattern[i] == '*') {
			star = i++;
			resume = at;
		} else if (i < n && same(pattern[i], name.p[at], fold)) {
			i++;
			at++;
		} else if (star != SIZE_MAX) {
			i = star + 1;
			at = ++resume;
		} else {
			return false;
		}
	}
	while (i < n && pattern[i] == '*')
		i++;
	return i == n;
}

bool catalog_glob_any(const char *patterns, struct str name, bool fold)
{
	for (const char *p = patterns; p && *p;) {
		size_t n = strcspn(p, " ");
		if (catalog_glob(p, n, name, fold))
			return true;
		p += n + strspn(p + n, " ");
	}
	return false;
}

/* What lies below the root, by its path from there. A name that is kept keeps
 * itself: what lies in a directory of that name is not looked at by it. */
static bool means_below(const struct catalog_place *p, struct str below)
{
	struct str name = below, dir;
	bool deep = false;
	while (str_cut(name, '/', &dir, &name))
		deep = true;
	if ((p->flags & PLACE_FLAT && deep) || (p->flags & PLACE_DEEP && !deep))
		return false;
	return !catalog_glob_any(p->keep, name, true) &&
	       (!p->take || catalog_glob_any(p->take, name, false));
}

/* The root begins where path does. */
static bool means_here(const struct catalog_place *p, struct str root,
		       struct str path)
{
	/* Each file of a layer is held against each place, and most differ in
	 * the first byte. */
	if (root.n && path.n && *root.p != '*' && *root.p != *path.p)
		return false;
	while (root.n) {
		struct str want = first_of(root, &root);
		struct str part = first_of(path, &path);
		if (part.n == 0 || !catalog_glob(want.p, want.n, part, false))
			return false;
	}
	return path.n && means_below(p, path);
}

bool catalog_place_has(const struct catalog_place *p, struct str path)
{
	struct str root = str_of(p->root), anywhere = STR("**/");
	if (!str_starts(root, anywhere))
		return means_here(p, root, path);
	root = str_from(root, anywhere.n);
	for (; path.n; (void)first_of(path, &path))
		if (means_here(p, root, path))
			return true;
	return false;
}
