/* SPDX-License-Identifier: Apache-2.0 */
/* Whose bytes a file of a layer is. */
#include "lint/rules/cache/cache.h"
#include "lint/facts/words.h"
#include "lint/facts/image_path.h"

/* The first component; *rest is behind its slash. */
static struct str first_of(struct str path, struct str *rest)
{
	struct str head;
	if (str_cut(path, '/', &head, rest))
		return head;
	*rest = (struct str){ 0 };
	return path;
}

/* One name against a pattern with stars. */
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

/* It is what the pattern names, or below it. */
static bool is_at(struct str path, struct str pattern)
{
	while (pattern.n) {
		struct str want = first_of(pattern, &pattern);
		if (path.n == 0 || !is_like(first_of(path, &path), want))
			return false;
	}
	return true;
}

static bool is_anywhere(struct str path, struct str pattern)
{
	for (; path.n; (void)first_of(path, &path))
		if (is_at(path, pattern))
			return true;
	return false;
}

bool cache_holds(const struct cache_kind *k, struct str path)
{
	struct str pattern, anywhere = STR("**/");
	for (const char *list = k->holds; word_next(&list, &pattern);)
		if (str_starts(pattern, anywhere)
			    ? is_anywhere(path, str_from(pattern, anywhere.n))
			    : is_at(path, str_from(pattern, 1)))
			return true;
	return false;
}
