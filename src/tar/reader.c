/* SPDX-License-Identifier: Apache-2.0 */
/* Where readers differ, what an engine does decides, and engines read layers
 * with Go's archive/tar: one zero block and then the end is an end, one zero
 * block and then more is an error, the last member's padding may be missing.
 * What could be read in two ways is refused: two long names, two extended
 * headers for one member, a global header between these and their member.
 *
 * A member is announced by headers that stand in front of its own:
 *
 *	   0	'x' header, size 30		the member begins here
 *	 512	"30 mtime=1432668921.098285006\n", padding
 *	1024	'0' header of "a", size 5
 *	1536	"hello", padding		payload_offset
 *	2048	two zero blocks
 *
 * A global header belongs to no member, so the next one begins behind it. After
 * an error a reader repeats it: what stands behind a broken header is not a
 * header but bytes of someone's file, which could be made to look like one. */
#include "tar/reader.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/path.h"
#include "tar/member.h"

struct tar_reader {
	struct tar_input in;
	struct limits lim;
	struct tar_announced announced;
	struct pax_global global;
	struct buf global_name; /* of the last global header */
	struct tar_member member;
	struct err failure;	 /* repeated once it happened */
	uint64_t number, offset; /* of the member in work */
	bool begun;		 /* one member was handed out */
	bool ended;
	uint64_t sparse_total; /* logical bytes of all sparse members */

	/* Content of the current member. */
	uint64_t left, padding; /* archived bytes not yet shown */
	uint64_t size;		/* logical */
	bool is_sparse;
	uint64_t pos;  /* logical */
	size_t region; /* the next, or the one that pos is in */
};

/* Limits are copied: the buffers' ceilings follow from them, and must not
 * change while they are in use. */
int tar_open(struct stream *in, const struct limits *lim,
	     struct tar_reader **out, struct err *err)
{
	struct tar_reader *t = calloc(1, sizeof *t);
	if (!t)
		return err_nomem(err, sizeof *t);
	t->in.in = in;
	t->lim = *lim;
	const size_t path = (size_t)lim->path_max + TAR_PATH_SLACK;
	t->announced.long_name.max = path;
	t->announced.long_link.max = path;
	t->announced.bytes.max = (size_t)lim->pax_max;
	t->global.path.max = path;
	t->global_name.max = path;
	t->global.linkpath.max = path;
	*out = t;
	return 0;
}

void tar_close(struct tar_reader **t)
{
	if (!*t)
		return;
	buf_done(&(*t)->announced.long_name);
	buf_done(&(*t)->announced.long_link);
	buf_done(&(*t)->announced.bytes);
	tar_pax_done(&(*t)->announced.pax);
	tar_pax_global_done(&(*t)->global);
	buf_done(&(*t)->global_name);
	tar_sparse_done(&(*t)->member.map);
	free(*t);
	*t = NULL;
}

uint64_t tar_offset(const struct tar_reader *t)
{
	return t->in.at;
}

/* An error of the stream (a wrong digest, a broken codec) is no fault of the
 * entry that happened to be read. */
static int fail(struct tar_reader *t, struct err *err)
{
	if (!t->in.broke)
		err_ctx(err, "tar entry %" PRIu64 " at %" PRIu64, t->number,
			t->offset);
	t->failure = *err;
	return -1;
}

static int skip_rest(struct tar_reader *t, struct err *err)
{
	if (tar_input_skip(&t->in, t->left, err) < 0 ||
	    tar_input_padding(&t->in, t->padding, err) < 0)
		return -1;
	t->left = t->padding = 0;
	return 0;
}

/* The payload of an announcement, whole, with its padding.
 *
 * Its callers have held size against a limit: a header of 512 bytes may ask for
 * 8 GiB. */
static int read_payload(struct tar_reader *t, struct buf *b, uint64_t size,
			struct err *err)
{
	char *to;
	size_t got;
	buf_reset(b);
	if (size == 0)
		return 0;
	if (buf_room(b, (size_t)size, &to, err) < 0 ||
	    tar_input_read(&t->in, to, (size_t)size, &got, err) < 0)
		return -1;
	if (got < size)
		return err_set(err, ERR_CORRUPT,
			       "the archive ends within an extended header");
	b->n = got;
	return tar_input_padding(&t->in, tar_padding(size), err);
}

/* The name ends at its first NUL, as every reader in C takes it; bytes behind
 * it could be another name to another reader. */
static int read_long(struct tar_reader *t, struct buf *b, uint64_t size,
		     struct err *err)
{
	const char flag = t->member.block.h.flag;
	if (b->n)
		return err_set(err, ERR_CORRUPT,
			       "two GNU '%c' headers for one member", flag);
	if (size > b->max)
		return limits_exceeded(&t->lim, &t->lim.path_max, size, err);
	if (read_payload(t, b, size, err) < 0)
		return -1;
	b->n = b->n ? strnlen(b->p, b->n) : 0;
	if (b->n == 0)
		return err_set(err, ERR_CORRUPT, "an empty GNU '%c' header",
			       flag);
	t->announced.any = true;
	return 0;
}

/* Engines that take a global header for a member make the folder of its name,
 * and want no name twice. */
static int note_global(struct tar_reader *t, struct err *err)
{
	struct str name = tar_header_name(&t->member);
	struct str dir = path_parent(name);
	if (dir.n && !str_eqz(dir, ".") && !str_eqz(dir, "./."))
		t->announced.odd |= TAR_ODD_GLOBAL;
	if (name.n && str_eq(name, buf_str(&t->global_name)))
		t->announced.odd |= TAR_ODD_GLOBAL_AGAIN;
	buf_reset(&t->global_name);
	return buf_str_add(&t->global_name, name, err);
}

/* Two extended headers for one member could be joined, or the second could win:
 * readers do both. */
static int read_pax(struct tar_reader *t, uint64_t size, struct err *err)
{
	struct tar_announced *a = &t->announced;
	bool global = t->member.block.h.flag == 'g';
	if (size > t->lim.pax_max)
		return limits_exceeded(&t->lim, &t->lim.pax_max, size, err);
	if (global && a->any)
		return err_set(err, ERR_CORRUPT,
			       "a global header between an extended header "
			       "and its member");
	if (a->has_pax)
		return err_set(err, ERR_CORRUPT,
			       "two extended headers for one member");
	if (read_payload(t, &a->bytes, size, err) < 0 ||
	    tar_pax_parse(&a->pax, &t->lim, &a->bytes, err) < 0)
		return -1;
	if (global) {
		if (note_global(t, err) < 0)
			return -1;
		int r = tar_pax_global_merge(&t->global, &a->pax, err);
		tar_pax_reset(&a->pax);
		return r;
	}
	a->any = a->has_pax = true;
	return 0;
}

/* 1: the block was an announcement, now read; 0: it is a member's own. */
static int read_announcement(struct tar_reader *t, struct err *err)
{
	const struct tar_raw_header *h = &t->member.block.h;
	struct tar_announced *a = &t->announced;
	uint64_t size;
	int r;
	if (h->flag != 'x' && h->flag != 'g' && h->flag != 'L' &&
	    h->flag != 'K')
		return 0;
	if (tar_size(TAR_FIELD(h->size), "size", &size, err) < 0)
		return -1;
	if (h->flag == 'L')
		r = read_long(t, &a->long_name, size, err);
	else if (h->flag == 'K')
		r = read_long(t, &a->long_link, size, err);
	else
		r = read_pax(t, size, err);
	return r < 0 ? -1 : 1;
}

static void forget_announced(struct tar_reader *t)
{
	struct tar_announced *a = &t->announced;
	buf_reset(&a->long_name);
	buf_reset(&a->long_link);
	/* What a global header lent stands in pax, too. */
	if (a->has_pax || a->pax.set)
		tar_pax_reset(&a->pax);
	a->any = a->has_pax = false;
	a->odd = 0;
}

/* The next block that is no zero block: 1; 0: the archive's end. */
static int read_block(struct tar_reader *t, struct err *err)
{
	union tar_block *b = &t->member.block;
	int r = tar_input_block(&t->in, b, err);
	if (r > 0)
		r = tar_check_block(b, err);
	if (r != 0)
		return r;
	if (t->announced.any)
		return err_set(err, ERR_CORRUPT,
			       "an extended header without its member");
	/* Either the stream's end or a first zero block; behind that, the end
	 * or a second one. */
	r = tar_input_block(&t->in, b, err);
	if (r > 0)
		r = tar_check_block(b, err);
	if (r > 0)
		return err_set(err, ERR_CORRUPT,
			       "a zero block, and then another header");
	return r;
}

/* A sparse member of a few hundred bytes can be 2^63 bytes long, and each of
 * its zeros is hashed; so the sum of all of them has a limit. */
static int check_totals(struct tar_reader *t, const struct tar_entry *e,
			struct err *err)
{
	const struct limits *lim = &t->lim;
	if (t->number >= lim->entries_max)
		return limits_exceeded(lim, &lim->entries_max, t->number + 1,
				       err);
	if (!e->is_sparse)
		return 0;
	if (ckd_add(&t->sparse_total, t->sparse_total, e->size))
		t->sparse_total = UINT64_MAX;
	if (t->sparse_total > lim->sparse_size_max)
		return limits_exceeded(lim, &lim->sparse_size_max,
				       t->sparse_total, err);
	return 0;
}

static int begin_member(struct tar_reader *t, struct tar_entry *out,
			struct err *err)
{
	struct tar_member *m = &t->member;
	if (tar_member_fill(m, &t->announced, &t->global, &t->lim, out, err) <
	    0)
		return -1;
	const uint64_t payload_offset = t->in.at;
	const uint64_t padding = tar_padding(m->stored);
	if ((out->flag == 'S' || t->announced.has_pax) &&
	    tar_member_sparse(m, &t->announced, &t->lim, &t->in, out, err) < 0)
		return -1;
	if (check_totals(t, out, err) < 0)
		return -1;
	out->number = t->number;
	out->offset = t->offset;
	out->payload_offset = payload_offset;
	/* A sparse map that stands in front of the content has taken whole
	 * blocks off stored, so the padding, computed before, is right for the
	 * rest as well. */
	t->left = m->stored;
	t->padding = padding;
	t->size = out->size;
	t->is_sparse = out->is_sparse;
	t->pos = 0;
	t->region = 0;
	t->begun = true;
	return 1;
}

/* An archive may be nothing but global headers: each takes a block at least, so
 * the loop ends with the stream, whose length has a limit. */
static int next_member(struct tar_reader *t, struct tar_entry *out,
		       struct err *err)
{
	if (t->begun && skip_rest(t, err) < 0)
		return -1;
	t->number += t->begun;
	t->begun = false;
	t->size = t->pos = 0;
	forget_announced(t);
	for (;;) {
		if (!t->announced.any)
			t->offset = t->in.at;
		int r = read_block(t, err);
		if (r == 0)
			t->ended = true;
		if (r <= 0)
			return r;
		r = read_announcement(t, err);
		if (r < 0)
			return -1;
		if (r == 0)
			return begin_member(t, out, err);
	}
}

int tar_next(struct tar_reader *t, struct tar_entry *out, struct err *err)
{
	if (t->failure.code) {
		*err = t->failure;
		return -1;
	}
	if (t->ended)
		return 0;
	int r = next_member(t, out, err);
	return r < 0 ? fail(t, err) : r;
}

/* A hole in front of pos's region, or behind the last: 1.
 *
 * Regions [2,4) and [8,9) of a file of 10 bytes are shown as: hole of 2, two
 * bytes, hole of 4, one byte, hole of 1. */
static int show_hole(struct tar_reader *t, struct tar_run *run)
{
	const struct sparse_map *map = &t->member.map;
	uint64_t end = t->region < map->n ? map->v[t->region].offset : t->size;
	if (end <= t->pos)
		return 0;
	*run = (struct tar_run){ NULL, end - t->pos };
	t->pos = end;
	return 1;
}

static int show_data(struct tar_reader *t, uint64_t max, struct tar_run *run,
		     struct err *err)
{
	const uint8_t *p;
	size_t n;
	int r = tar_input_show(&t->in, max, &p, &n, err);
	if (r < 0)
		return -1;
	if (r == 0)
		return tar_input_ended(err);
	*run = (struct tar_run){ p, n };
	t->left -= n;
	t->pos += n;
	return 1;
}

int tar_content(struct tar_reader *t, struct tar_run *run, struct err *err)
{
	if (t->failure.code) {
		*err = t->failure;
		return -1;
	}
	uint64_t max = t->left;
	if (t->pos == t->size)
		return 0;
	if (t->is_sparse) {
		if (show_hole(t, run))
			return 1;
		/* A run never goes past its region: behind it lies a hole. */
		const struct tar_region *r = &t->member.map.v[t->region];
		max = r->offset + r->size - t->pos;
	}
	if (show_data(t, max, run, err) < 0)
		return fail(t, err);
	if (t->is_sparse && run->n == max)
		t->region++;
	return 1;
}
