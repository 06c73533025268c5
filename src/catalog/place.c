/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a path of a layer is one that a place means. */
#include "catalog/catalog.h"

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

/* One component against a pattern with stars. */
static bool is_like(struct str name, struct str pattern)
{
	struct str head, tail;
	if (!str_cut(pattern, '*', &head, &tail))
		return str_eq(name, pattern);
	if (!str_starts(name, head))
		return false;
	for (size_t i = head.n; i <= name.n; i++)
		if (is_like(str_from(name, i), tail))
			return true;
	return false;
}

static bool is_like_any(struct str name, const char *patterns)
{
	for (const char *p = patterns; p && *p;) {
		size_t n = strcspn(p, " ");
		if (is_like(name, (struct str){ p, n }))
			return true;
		p += n + strspn(p + n, " ");
	}
	return false;
}

/* What lies below the root, by its path from there. */
static bool means_below(const struct catalog_place *p, struct str below)
{
	struct str name = below, dir, rest;
	size_t depth = 0;
	for (; str_cut(name, '/', &dir, &rest); depth++) {
		if (is_like_any(dir, p->keep))
			return false;
		name = rest;
	}
	if ((p->flags & PLACE_FLAT && depth) ||
	    (p->flags & PLACE_DEEP && depth == 0))
		return false;
	return !is_like_any(name, p->keep) &&
	       (!p->take || is_like_any(name, p->take));
}

/* The root begins where path does. */
static bool means_here(const struct catalog_place *p, struct str root,
		       struct str path)
{
	while (root.n) {
		struct str want = first_of(root, &root);
		if (path.n == 0 || !is_like(first_of(path, &path), want))
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
