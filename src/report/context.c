/* SPDX-License-Identifier: Apache-2.0 */
#include "report/context.h"

#include <stdlib.h>

const char *report_context_use_name(enum context_copy_kind kind)
{
	static const char *const names[] = {
		[CONTEXT_COPY] = "COPY",
		[CONTEXT_ADD] = "ADD",
		[CONTEXT_MOUNT] = "RUN --mount",
	};
	return names[kind];
}

const char *report_context_state_name(enum context_source_state s)
{
	static const char *const names[] = {
		[SOURCE_FOUND] = "ok",	      [SOURCE_NOTHING] = "no match",
		[SOURCE_MISSING] = "missing", [SOURCE_EXCLUDED] = "excluded",
		[SOURCE_LOOP] = "loop",	      [SOURCE_UNKNOWN] = "unknown",
	};
	return names[s];
}

void report_context_dirs_done(struct context_dirs *d)
{
	free(d->v);
	*d = (struct context_dirs){ 0 };
}

static int by_bytes(const void *a, const void *b)
{
	const struct context_dir *x = a, *y = b;
	if (x->sum.bytes != y->sum.bytes)
		return x->sum.bytes < y->sum.bytes ? 1 : -1;
	if (x->sum.files != y->sum.files)
		return x->sum.files < y->sum.files ? 1 : -1;
	return x->entry < y->entry ? -1 : x->entry > y->entry;
}

/* Parents stand in front, so one round backwards adds all up. */
static void add_up(const struct context *c, struct context_sum *sums)
{
	const struct context_tree *t = &c->tree;
	for (uint32_t i = (uint32_t)t->n; i-- > 1;) {
		struct context_sum *up = &sums[t->entries[i].parent];
		if (context_is_sent(t, c->verdicts, i))
			context_add(&sums[i], t, c->verdicts, i);
		if (t->entries[i].parent == CONTEXT_ROOT &&
		    t->entries[i].type == CONTEXT_DIR)
			continue; /* the root counts its own files alone */
		up->files += sums[i].files;
		up->bytes += sums[i].bytes;
	}
}

static bool within(const struct context_tree *t, uint32_t i, unsigned depth)
{
	for (; depth && i != CONTEXT_ROOT; depth--)
		i = t->entries[i].parent;
	return i == CONTEXT_ROOT;
}

int report_context_dirs(const struct context *c, unsigned depth,
			struct context_dirs *out, struct err *err)
{
	const struct context_tree *t = &c->tree;
	struct context_sum *sums = calloc(t->n, sizeof *sums);
	size_t n = 0;
	*out = (struct context_dirs){ 0 };
	if (!sums)
		return err_nomem(err, t->n * sizeof *sums);
	add_up(c, sums);
	for (uint32_t i = 0; i < t->n; i++)
		n += t->entries[i].type == CONTEXT_DIR && sums[i].files &&
		     within(t, i, depth);
	out->v = calloc(n + 1, sizeof *out->v);
	for (uint32_t i = 0; i < t->n && out->v; i++)
		if (t->entries[i].type == CONTEXT_DIR && sums[i].files &&
		    within(t, i, depth))
			out->v[out->n++] =
				(struct context_dir){ .entry = i,
						      .sum = sums[i] };
	free(sums);
	if (!out->v)
		return err_nomem(err, n * sizeof *out->v);
	qsort(out->v, out->n, sizeof *out->v, by_bytes);
	return 0;
}
