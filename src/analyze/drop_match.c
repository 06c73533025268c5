/* SPDX-License-Identifier: Apache-2.0 */
#include "analyze/drop_match.h"

#include "analyze/lookup.h"

static int holds(const struct tree *t, uint32_t dir, struct str name,
		 struct err *err)
{
	uint32_t child;
	if (analyze_find_child(t, dir, name, &child, err) < 0)
		return -1;
	return child != TREE_NONE;
}

/* Compares the components of the place's root from the last one to the first
 * while it goes up the tree: "var/cache/apk" against var/cache/apk is three
 * comparisons, against any other directory mostly one. With "**" in front the
 * rest may begin anywhere; without, it must end at the root. */
int analyze_is_place_root(const struct catalog_place *p, const struct tree *t,
			  uint32_t dir, struct err *err)
{
	const char *begin = p->root, *end = begin + strlen(begin);
	bool anywhere = strncmp(begin, "**/", 3) == 0;
	uint32_t node = dir;
	if (anywhere)
		begin += 3;
	while (end > begin) {
		const char *part = end;
		while (part > begin && part[-1] != '/')
			part--;
		if (node == TREE_ROOT ||
		    !catalog_glob(part, (size_t)(end - part),
				  tree_name(t, node), false))
			return 0;
		node = tree_parent(t, node);
		end = part > begin ? part - 1 : part;
	}
	if (!anywhere && node != TREE_ROOT)
		return 0;
	return p->holds ? holds(t, dir, str_of(p->holds), err) : 1;
}

/* The source of Python bytecode: __pycache__/x.cpython-311.pyc has ../x.py, a
 * .pyc elsewhere x.py beside it. Without its source a program may consist of
 * the bytecode alone. A name has at most 255 bytes, and takes 3 more. */
int analyze_has_source(const struct tree *t, uint32_t node, struct err *err)
{
	char source[256 + 4];
	uint32_t dir = tree_parent(t, node), py;
	struct str name = tree_name(t, node);
	if (str_eqz(tree_name(t, dir), "__pycache__")) {
		name.n = str_find(name, '.');
		dir = tree_parent(t, dir);
	} else {
		name.n -= 4;
	}
	memcpy(source, name.p, name.n);
	memcpy(source + name.n, ".py", 3);
	if (analyze_find_child(t, dir, (struct str){ source, name.n + 3 }, &py,
			       err) < 0)
		return -1;
	return py != TREE_NONE && tree_top(t, py)->type != TAR_DIR;
}
