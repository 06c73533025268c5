/* SPDX-License-Identifier: Apache-2.0 */
#include "analyze/contents.h"

#include <stdlib.h>

struct reading {
	const struct loaded_image *li;
	struct buf content;
	contents_fn *fn;
	void *self;
};

static int changed(struct err *err)
{
	return err_set(err, ERR_CORRUPT, "it changed while it was read");
}

void analyze_members_done(struct layer_members *m)
{
	tar_close(&m->tar);
	stream_close(&m->plain);
}

int analyze_members_open(const struct loaded_image *li, uint16_t layer,
			 struct layer_members *out, struct err *err)
{
	scoped(stream_close) struct stream *blob = NULL;
	const struct limits *lim = tree_limits(li->tree);
	*out = (struct layer_members){
		.next = tree_layer(li->tree, layer)->first
	};
	if (source_open_layer(li->image, layer, &blob, err) < 0 ||
	    codec_open(li->used[layer]->codec, &blob, lim, NULL, &out->plain,
		       err) < 0)
		return -1;
	return tar_open(out->plain, lim, &out->tar, err);
}

int analyze_members_find(struct layer_members *m, uint32_t entry,
			 struct tar_entry *out, struct err *err)
{
	for (; m->next <= entry; m->next++) {
		int got = tar_next(m->tar, out, err);
		if (got <= 0)
			return got < 0 ? -1 : changed(err);
	}
	return 0;
}

int analyze_members_check(const struct tree *t, uint32_t entry,
			  const struct digest *got, uint64_t size,
			  struct err *err)
{
	const uint8_t *want = tree_content(t, tree_entry(t, entry));
	if (want ? memcmp(got->bytes, want, 32) == 0 : size == 0)
		return 0;
	return changed(err);
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
	struct digest d;
	if (got < 0 || digest_of(DIGEST_SHA256, s.p, s.n, &d, err) < 0 ||
	    analyze_members_check(r->li->tree, entry, &d, s.n, err) < 0)
		return -1;
	return r->fn(r->self, entry, s, err);
}

/* The wanted entries of one layer, rising; reading ends behind the last. A
 * sparse file is passed over: what is looked for is small text, and a hole of
 * terabytes costs a hostile image nothing. */
static int read_layer(struct reading *r, uint16_t layer, const uint32_t *v,
		      uint32_t n, uint64_t max, struct err *err)
{
	scoped(analyze_members_done) struct layer_members m = { 0 };
	struct tar_entry e;
	if (analyze_members_open(r->li, layer, &m, err) < 0)
		return -1;
	for (uint32_t i = 0; i < n; i++)
		if (analyze_members_find(&m, v[i], &e, err) < 0 ||
		    (e.size <= max && !e.is_sparse &&
		     take_content(r, m.tar, v[i], err) < 0))
			return -1;
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
