/* SPDX-License-Identifier: Apache-2.0 */
#include "context/files/file_tree.h"

#include <stdlib.h>

/* Names lie in the arena, a directory's in one piece; entries, hard links and
 * unread directories are arrays of their own, as most trees have neither of the
 * last two. */
void context_tree_done(struct context_tree *t)
{
	arena_done(&t->arena);
	free(t->entries);
	free(t->inodes);
	free(t->unread);
	*t = (struct context_tree){ 0 };
}

/* Goes up twice: once for the length, once to fill in the components from the
 * end to the front. So a path costs no list of its components. Each component
 * is written with a slash in front, the first of which is then cut off. */
int context_path(const struct context_tree *t, uint32_t from, uint32_t i,
		 struct buf *out, struct err *err)
{
	size_t n = 0;
	char *to;
	for (uint32_t k = i; k != from; k = t->entries[k].parent)
		n += t->entries[k].name_n + (size_t)1;
	if (n == 0)
		return 0;
	if (buf_room(out, n, &to, err) < 0)
		return -1;
	out->n += n - 1;
	to += n;
	for (uint32_t k = i; k != from; k = t->entries[k].parent) {
		const struct context_entry *e = &t->entries[k];
		*--to = '/';
		to -= e->name_n;
		memcpy(to, e->name, e->name_n);
	}
	return 0;
}

/* Binary search; children are sorted by the bytes of their names. */
uint32_t context_child(const struct context_tree *t, uint32_t dir,
		       struct str name)
{
	const struct context_entry *d = &t->entries[dir];
	uint32_t low = d->first, high = d->first + d->n;
	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		int c = str_cmp(context_name(t, mid), name);
		if (c == 0)
			return mid;
		if (c < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return CONTEXT_NONE;
}
