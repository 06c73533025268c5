/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes are shown where they lie in the stream's buffer and are skipped only
 * when the next ones are asked for, so content is never copied here. "at" is
 * already behind what is shown: it is what the caller has been given. */
#include "tar/input.h"

static void take_shown(struct tar_input *t)
{
	if (t->pending)
		stream_skip(t->in, t->pending);
	t->pending = 0;
}

/* "broke" tells the reader whose error it was: the stream's is passed on as it
 * is. */
static int look(struct tar_input *t, size_t want, const uint8_t **p, size_t *n,
		struct err *err)
{
	take_shown(t);
	int r = stream_peek(t->in, want, p, n, err);
	if (r < 0)
		t->broke = true;
	return r;
}

int tar_input_show(struct tar_input *t, uint64_t max, const uint8_t **p,
		   size_t *n, struct err *err)
{
	size_t got;
	int r = look(t, 1, p, &got, err);
	if (r <= 0)
		return r;
	*n = (size_t)MIN((uint64_t)got, max);
	t->pending = *n;
	t->at += *n;
	return 1;
}

int tar_input_read(struct tar_input *t, void *to, size_t n, size_t *got,
		   struct err *err)
{
	const uint8_t *p;
	size_t have;
	*got = 0;
	while (*got < n) {
		int r = tar_input_show(t, n - *got, &p, &have, err);
		if (r <= 0)
			return r;
		memcpy((uint8_t *)to + *got, p, have);
		*got += have;
	}
	return 0;
}

int tar_input_ended(struct err *err)
{
	return err_set(err, ERR_CORRUPT, "the archive ends within the content");
}

int tar_input_skip(struct tar_input *t, uint64_t n, struct err *err)
{
	take_shown(t);
	if (n == 0)
		return 0;
	if (stream_skip_n(t->in, n, err) < 0) {
		/* A leap goes by the size of a file and reads nothing: what
		 * is wrong is the size that the header tells, so the entry is
		 * named. */
		t->broke = t->in->failed.code &&
			   !(t->in->ops->leap && err->code == ERR_CORRUPT);
		if (t->in->failed.code)
			return -1;
		err_clear(err);
		return tar_input_ended(err);
	}
	t->at += n;
	return 0;
}

/* Some writers end the archive with the last byte of content. Engines accept
 * that, so the end here is no error. */
int tar_input_padding(struct tar_input *t, uint64_t n, struct err *err)
{
	const uint8_t *p;
	size_t have;
	while (n) {
		int r = tar_input_show(t, n, &p, &have, err);
		if (r <= 0)
			return r;
		n -= have;
	}
	return 0;
}

int tar_input_block(struct tar_input *t, union tar_block *b, struct err *err)
{
	const uint8_t *p;
	size_t n;
	int r = look(t, TAR_BLOCK_SIZE, &p, &n, err);
	if (r <= 0)
		return r;
	if (n < TAR_BLOCK_SIZE)
		return err_set(err, ERR_CORRUPT,
			       "the archive ends within a block (%zu bytes)",
			       n);
	memcpy(b->bytes, p, TAR_BLOCK_SIZE);
	t->pending = TAR_BLOCK_SIZE;
	t->at += TAR_BLOCK_SIZE;
	return 1;
}
