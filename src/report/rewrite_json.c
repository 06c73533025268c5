/* SPDX-License-Identifier: Apache-2.0 */
#include "report/removed.h"

static void put_state(struct json_out *o, const char *key,
		      const struct tree_totals *t, uint64_t size, uint64_t tar,
		      uint64_t layers, const struct digest *digest)
{
	json_key(o, key);
	json_open_object(o);
	json_member_u64(o, "stored", t->stored);
	json_member_u64(o, "compressed", size);
	json_member_u64(o, "layers", layers);
	json_member_str(o, "tree_digest", str_of(digest_text(digest).text));
	json_member_u64(o, "live", t->live);
	json_member_u64(o, "dead", t->dead);
	json_member_u64(o, "dead_base", t->dead_base);
	json_member_u64(o, "files", t->files);
	json_member_u64(o, "tar", tar);
	json_close_object(o);
}

static void put_position(struct json_out *o, const char *key, uint16_t layer,
			 bool known)
{
	json_key(o, key);
	if (known)
		json_put_u64(o, layer);
	else
		json_put_null(o);
}

static void put_layer(struct json_out *o, const struct layer_result *l)
{
	static const char *const fates[] = {
		[LAYER_KEPT] = "kept",	       [LAYER_REWRITTEN] = "rewritten",
		[LAYER_VANISHED] = "vanished", [LAYER_REUSED] = "reused",
		[LAYER_LAID] = "reused",
	};
	const char *fate = l->recompressed ? "recompressed" : fates[l->fate];
	bool vanished = l->fate == LAYER_VANISHED;
	json_open_object(o);
	put_position(o, "from", l->from, l->fate != LAYER_LAID);
	put_position(o, "to", l->to, l->fate != LAYER_LAID);
	put_position(o, "previous", l->previous, layer_is_previous(l->fate));
	json_member_str(o, "fate", str_of(fate));
	json_member_u64(o, "stored_before", l->stored_before);
	json_member_u64(o, "stored_after", l->stored_after);
	json_member_u64(o, "compressed_before", l->size_before);
	json_member_u64(o, "compressed_after", l->size_after);
	json_key(o, "digest");
	if (vanished)
		json_put_null(o);
	else
		json_put_str(o, str_of(digest_text(&l->desc.digest).text));
	json_key(o, "diff_id");
	if (vanished)
		json_put_null(o);
	else
		json_put_str(o, str_of(digest_text(&l->diff_id).text));
	json_close_object(o);
}

static int put_image(struct json_out *o, const struct image_result *r,
		     const struct dropping *drop, struct err *err)
{
	scoped(buf_done) struct buf platform = BUF_INIT(4096);
	if (oci_platform_text(&r->image->platform, &platform, err) < 0)
		return -1;
	json_member_str(o, "image", r->image->name);
	json_member_str(o, "platform", buf_str(&platform));
	put_state(o, "before", &r->before, r->size_before, r->tar_before,
		  r->image->n_layers, &r->loaded.digest);
	put_state(o, "after", &r->after, r->size_after, r->tar_after,
		  r->n_layers_after, &r->digest_after);
	json_key(o, "base");
	json_open_object(o);
	json_member_u64(o, "layers", r->n_base);
	json_member_str(o, "reason", str_of(r->base_why));
	json_close_object(o);
	json_key(o, "layers");
	json_open_array(o);
	for (uint32_t i = 0; i < r->n_layers; i++)
		put_layer(o, &r->layers[i]);
	json_close_array(o);
	json_member_str(o, "config_digest",
			str_of(digest_text(&r->config.digest).text));
	json_member_str(o, "manifest_digest",
			str_of(digest_text(&r->manifest.digest).text));
	json_member_str(o, "proof",
			r->n_removed ? STR("equal-but-removed") : STR("equal"));
	return report_removed_json(o, r->loaded.tree, drop, err);
}

int report_rewrite_json(const struct report_rewrite *w,
			const struct text_style *style, struct buf *out,
			struct err *err)
{
	(void)style;
	const struct optimize_result *r = w->result;
	struct json_out o;
	json_out_begin(&o, out, true);
	json_open_object(&o);
	json_member_u64(&o, "schema", REPORT_SCHEMA);
	json_member_str(&o, "source", w->source);
	json_key(&o, "destination");
	if (r->written)
		json_put_str(&o, w->destination);
	else
		json_put_null(&o);
	if (r->n == 1 && put_image(&o, &r->images[0], w->drops, err) < 0)
		return -1;
	if (r->n != 1) {
		json_key(&o, "platforms");
		json_open_array(&o);
		for (size_t i = 0; i < r->n; i++) {
			json_open_object(&o);
			if (put_image(&o, &r->images[i],
				      w->drops ? &w->drops[i] : NULL, err) < 0)
				return -1;
			json_close_object(&o);
		}
		json_close_array(&o);
	}
	json_close_object(&o);
	return json_out_finish(&o, err);
}
