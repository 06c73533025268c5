/* SPDX-License-Identifier: Apache-2.0 */
/* The writer asserts what its callers promise: all of a member's content before
 * the next member, and never more than its header said. A tar whose sizes are
 * wrong reads as other files, so a bug there must stop the program. */
#include "tar/writer.h"

#include <assert.h>
#include <stdlib.h>

#include "base/checked.h"
#include "tar/input.h"
#include "tar/layout.h"

struct tar_writer {
	struct sink *to;
	struct buf head;	/* of one member, used again for the next */
	uint64_t left, padding; /* of the current member */
};

int tar_writer_open(struct sink *to, struct tar_writer **out, struct err *err)
{
	struct tar_writer *w = calloc(1, sizeof *w);
	if (!w)
		return err_nomem(err, sizeof *w);
	w->to = to;
	w->head.max = SIZE_MAX;
	*out = w;
	return 0;
}

void tar_writer_close(struct tar_writer **w)
{
	if (!*w)
		return;
	buf_done(&(*w)->head);
	free(*w);
	*w = NULL;
}

static int pad(struct buf *b, struct err *err)
{
	static const char zeros[TAR_BLOCK_SIZE];
	return buf_add(b, zeros, (size_t)tar_padding(b->n), err);
}

/* All that stands in front of the content. */
static int build_head(const struct tar_layout *l, struct buf *b,
		      struct err *err)
{
	union tar_block block;
	uint64_t n;
	if (l->pax) {
		tar_pax_block(l, &block);
		if (buf_add(b, &block, sizeof block, err) < 0 ||
		    tar_pax_records(l, b, &n, err) < 0 || pad(b, err) < 0)
			return -1;
	}
	tar_layout_block(l, &block);
	if (buf_add(b, &block, sizeof block, err) < 0)
		return -1;
	if (!l->e->is_sparse)
		return 0;
	if (tar_map_text(l, b, &n, err) < 0)
		return -1;
	return pad(b, err);
}

int tar_write_entry(struct tar_writer *w, const struct tar_entry *e,
		    struct err *err)
{
	struct tar_layout l;
	assert(w->left == 0); /* the content of the last one is there */
	buf_reset(&w->head);
	if (tar_layout_of(e, &l, err) < 0 || build_head(&l, &w->head, err) < 0)
		return err_ctx(err, "tar member \"%s\"",
			       str_quoted(e->name).text);
	assert(w->head.n == tar_layout_head(&l));
	w->left = l.data;
	w->padding = tar_padding(l.data);
	return sink_write(w->to, w->head.p, w->head.n, err);
}

/* The padding goes out with the last byte of content, so that a member is whole
 * as soon as it can be. */
int tar_write_data(struct tar_writer *w, const void *p, size_t n,
		   struct err *err)
{
	assert(n <= w->left);
	if (n == 0)
		return 0;
	if (sink_write(w->to, p, n, err) < 0)
		return -1;
	w->left -= n;
	return w->left == 0 ? sink_zeros(w->to, w->padding, err) : 0;
}

int tar_write_end(struct tar_writer *w, struct err *err)
{
	assert(w->left == 0);
	return sink_zeros(w->to, 2ull * TAR_BLOCK_SIZE, err);
}

/* The same layout that a write uses, so an estimate cannot differ from what is
 * written. */
int tar_entry_bytes(const struct tar_entry *e, uint64_t *out, struct err *err)
{
	struct tar_layout l;
	if (tar_layout_of(e, &l, err) < 0)
		return err_ctx(err, "tar member \"%s\"",
			       str_quoted(e->name).text);
	*out = tar_layout_head(&l) + l.data + tar_padding(l.data);
	return 0;
}
