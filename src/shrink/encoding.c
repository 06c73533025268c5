/* SPDX-License-Identifier: Apache-2.0 */
#include "shrink/encoding.h"

#include "base/progress.h"
#include "shrink/effort.h"

/* A destination's sink is the destination's own. */
void blob_done(struct blob *b)
{
	if (!b->dst)
		sink_close(&b->sink);
}

int blob_begin(struct blob *b, struct dest *dst, struct err *err)
{
	*b = (struct blob){ .dst = dst };
	if (dst)
		return dest_begin_blob(dst, &b->sink, err);
	return hash_sink_open(NULL, &b->desc.digest, &b->desc.size, &b->sink,
			      err);
}

int blob_end(struct blob *b, struct err *err)
{
	if (b->dst)
		return dest_end_blob(b->dst, &b->sink, &b->desc, err);
	return sink_finish(b->sink, err);
}

void encoding_done(struct encoding *c)
{
	sink_close(&c->tar);
	sink_close(&c->counted);
	sink_close(&c->codec);
	blob_done(&c->blob);
}

int encoding_begin(struct encoding *c, struct dest *dst,
		   const struct codec_spec *spec,
		   const struct load_options *load, struct digest *diff_id,
		   struct err *err)
{
	if (blob_begin(&c->blob, dst, err) < 0 ||
	    codec_sink_open(spec, load->threads, c->blob.sink, &c->codec, err) <
		    0 ||
	    count_sink_open(c->codec, load->progress, &c->counted, err) < 0)
		return -1;
	progress_weight(load->progress, effort_of(spec, load->threads));
	return hash_sink_open(c->counted, diff_id, &c->tar_size, &c->tar, err);
}

int encoding_end(struct encoding *c, struct err *err)
{
	if (sink_finish(c->tar, err) < 0 || sink_finish(c->codec, err) < 0)
		return -1;
	return blob_end(&c->blob, err);
}
