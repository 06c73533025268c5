/* SPDX-License-Identifier: Apache-2.0 */
#include "analyze/contents.h"

#include <stdlib.h>

#include "tar/reader.h"

struct reading {
	const struct loaded_image *li;
	struct buf content;
	contents_fn *fn;
	void *self;
};

/* Between the index, which may come from the cache, and this pass the file of
 * the image may have changed. The digest in the index tells. */
static int check_content(const struct tree *t, uint32_t entry, struct str s,
			 struct err *err)
{
	const struct tree_entry *e = tree_entry(t, entry);
	struct digest d;
	const uint8_t *want = tree_content(t, e);
	if (s.n == 0 && !want)
		return 0;
	if (digest_of(DIGEST_SHA256, s.p, s.n, &d, err) < 0)
		return -1;
	if (want && memcmp(d.bytes, want, 32) == 0)
		return 0;
	return err_set(err, ERR_CORRUPT, "it changed while it was read");
}

static int take_content(struct reading *r, struct tar_reader *tar,
			uint32_t entry, struct err *err)
{
	struct tar_run run;
	int got;
	buf_reset(&r->content);
	while ((got = tar_content(tar, &run, err)) > 0)
		if (run.p &&
		    buf_add(&r->content, run.p, (size_t)run.n, err) < 0)
			return -1;
	struct str s = buf_str(&r->content);
	if (got < 0 || check_content(r->li->tree, entry, s, err) < 0)
		return -1;
	return r->fn(r->self, entry, s, err);
}

/* The wanted entries of one layer, rising. Entry ids count the members of a
 * layer in order, so the members are counted to find them; reading ends behind
 * the last. A sparse file is passed over: what is looked for is small text, and
 * a hole of terabytes costs a hostile image nothing. */
static int read_layer(struct reading *r, uint16_t layer, const uint32_t *v,
		      uint32_t n, uint64_t max, struct err *err)
{
	scoped(stream_close) struct stream *blob = NULL, *plain = NULL;
	scoped(tar_close) struct tar_reader *tar = NULL;
	const struct tree *t = r->li->tree;
	struct tar_entry e;
	if (source_open_layer(r->li->image, layer, &blob, err) < 0 ||
	    codec_open(r->li->used[layer]->codec, &blob, tree_limits(t), NULL,
		       &plain, err) < 0 ||
	    tar_open(plain, tree_limits(t), &tar, err) < 0)
		return -1;
	for (uint32_t id = tree_layer(t, layer)->first, i = 0; i < n; id++) {
		int got = tar_next(tar, &e, err);
		if (got < 0)
			return -1;
		if (got == 0)
			return err_set(err, ERR_CORRUPT,
				       "it changed while it was read");
		if (id != v[i])
			continue;
		i++;
		if (e.size <= max && !e.is_sparse &&
		    take_content(r, tar, id, err) < 0)
			return -1;
	}
	return 0;
}

static int compare_ids(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

int analyze_read_contents(const struct loaded_image *li, uint32_t *entries,
			  uint32_t n, uint64_t max, contents_fn *fn, void *self,
			  struct err *err)
{
	const struct tree *t = li->tree;
	struct reading r = { .li = li,
			     .content = BUF_INIT((size_t)max),
			     .fn = fn,
			     .self = self };
	int done = 0;
	if (n)
		qsort(entries, n, sizeof *entries, compare_ids);
	for (uint32_t i = 0, end; i < n && done == 0; i = end) {
		uint16_t layer = tree_entry(t, entries[i])->born;
		for (end = i;
		     end < n && tree_entry(t, entries[end])->born == layer;)
			end++;
		done = read_layer(&r, layer, entries + i, end - i, max, err);
		if (done < 0)
			done = source_layer_ctx(li->image, layer, err);
	}
	buf_done(&r.content);
	return done;
}
