/* SPDX-License-Identifier: Apache-2.0 */
#include "json/write.h"
#include "report/history.h"

static void put_str_if(struct json_out *o, const char *key, struct str s)
{
	json_key(o, key);
	if (s.n)
		json_put_str(o, s);
	else
		json_put_null(o);
}

static void put_row(struct json_out *o, const struct history_row *r, bool wire)
{
	static const struct oci_history none;
	const struct oci_history *h = r->entry ? r->entry : &none;
	json_open_object(o);
	put_str_if(o, "created", h->created);
	put_str_if(o, "created_by", h->created_by);
	put_str_if(o, "comment", h->comment);
	json_key(o, "empty_layer");
	json_put_bool(o, r->entry && r->entry->empty_layer);
	json_member_u64_if(o, "layer", r->has_layer, r->layer);
	json_member_u64_if(o, "stored", r->known, r->stored);
	json_member_u64_if(o, "dead", r->known, r->dead);
	json_member_u64_if(o, "compressed", r->known && wire, r->compressed);
	json_close_object(o);
}

static bool is_compressed(const struct loaded_image *li)
{
	for (uint32_t i = 0; i < li->n_layers; i++)
		if (tree_layer(li->tree, i)->compressed)
			return true;
	return false;
}

static int put_image(struct json_out *o, const struct loaded_image *li,
		     struct err *err)
{
	scoped(report_history_rows_done) struct history_rows h = { 0 };
	scoped(buf_done) struct buf platform = BUF_INIT(4096);
	if (report_history_rows(li, &h, err) < 0 ||
	    oci_platform_text(&li->image->platform, &platform, err) < 0)
		return -1;
	json_key(o, "image");
	json_put_str(o, li->image->name);
	json_key(o, "platform");
	json_put_str(o, buf_str(&platform));
	json_key(o, "in_step");
	json_put_bool(o, h.in_step);
	json_key(o, "history");
	json_open_array(o);
	for (size_t i = 0; i < h.n; i++)
		put_row(o, &h.v[i], is_compressed(li));
	json_close_array(o);
	return 0;
}

int report_history_json(const struct report_history *r,
			const struct text_style *style, struct buf *out,
			struct err *err)
{
	(void)style;
	const struct loaded_image *v = r->v;
	size_t n = r->n;
	struct json_out o;
	json_out_begin(&o, out, true);
	json_open_object(&o);
	json_key(&o, "schema");
	json_put_u64(&o, REPORT_SCHEMA);
	if (n == 1 && put_image(&o, v, err) < 0)
		return -1;
	if (n != 1) {
		json_key(&o, "platforms");
		json_open_array(&o);
		for (size_t i = 0; i < n; i++) {
			json_open_object(&o);
			if (put_image(&o, &v[i], err) < 0)
				return -1;
			json_close_object(&o);
		}
		json_close_array(&o);
	}
	json_close_object(&o);
	return json_out_finish(&o, err);
}
