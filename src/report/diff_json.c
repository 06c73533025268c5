/* SPDX-License-Identifier: Apache-2.0 */
#include "json/write.h"
#include "oci/history.h"
#include "report/diff.h"

/* While "files" is open; the config, told after the files, waits. */
struct writing {
	struct json_out *o;
	struct buf config;
	struct json_out later;
};

static int put_file(void *self, const struct file_change *f, struct err *err)
{
	struct json_out *o = ((struct writing *)self)->o;
	(void)err;
	json_open_object(o);
	json_put_path(o, "path", f->path);
	json_member_str(o, "change", str_of(analyze_change_name[f->change]));
	json_key(o, "fields");
	json_open_array(o);
	for (enum tree_field i = 0; i < FIELDS; i++)
		if (f->fields & 1u << i)
			json_put_str(o, str_of(tree_field_name[i]));
	json_close_array(o);
	json_close_object(o);
	return 0;
}

static void put_json(struct json_out *o, const char *key, struct str json)
{
	json_key(o, key);
	if (json.n)
		json_put_raw(o, json);
	else
		json_put_null(o);
}

static int put_config(void *self, struct str key, struct str a, struct str b,
		      struct err *err)
{
	struct json_out *o = &((struct writing *)self)->later;
	(void)err;
	json_open_object(o);
	json_member_str(o, "key", key);
	put_json(o, "a", a);
	put_json(o, "b", b);
	json_close_object(o);
	return 0;
}

static void writing_done(struct writing *w)
{
	buf_done(&w->config);
}

static void put_version(struct json_out *o, const char *key,
			const struct package *p)
{
	json_key(o, key);
	if (p)
		json_put_str(o, p->version);
	else
		json_put_null(o);
}

static int put_package(void *self, const struct package *a,
		       const struct package *b, struct err *err)
{
	struct json_out *o = self;
	const struct package *p = a ? a : b;
	enum change change = !a	  ? CHANGE_ADDED
			     : !b ? CHANGE_REMOVED
				  : CHANGE_CHANGED;
	(void)err;
	json_open_object(o);
	json_member_str(o, "manager", p->manager);
	json_member_str(o, "name", p->name);
	json_member_str(o, "architecture", p->architecture);
	json_member_str(o, "change", str_of(analyze_change_name[change]));
	put_version(o, "a", a);
	put_version(o, "b", b);
	json_close_object(o);
	return 0;
}

static int put_changes(struct json_out *o, const struct work_diff_pair *v,
		       struct err *err)
{
	scoped(writing_done) struct writing w = {
		.o = o,
		.config = BUF_INIT((size_t)1 << REPORT_MAX_LOG),
	};
	struct diff_sink to = { put_file, put_config, &w };
	struct diff_counts counts;
	json_out_begin(&w.later, &w.config, false);
	json_open_array(&w.later);
	json_key(o, "files");
	json_open_array(o);
	if (analyze_diff(v->a, v->b, &to, &counts, err) < 0)
		return -1;
	json_close_array(o);
	json_key(o, "packages");
	json_open_array(o);
	if (analyze_compare_packages(&v->packages[0], &v->packages[1],
				     put_package, o, err) < 0)
		return -1;
	json_close_array(o);
	json_close_array(&w.later);
	if (json_out_finish(&w.later, err) < 0)
		return -1;
	json_key(o, "config");
	json_put_raw(o, buf_str(&w.config));
	return 0;
}

static void put_sums(struct json_out *o, const char *key,
		     const struct transfer_sum *by)
{
	json_key(o, key);
	json_open_object(o);
	for (enum transfer_cause c = 0; c < TRANSFER_CAUSES; c++) {
		json_key(o, analyze_transfer_cause_name[c]);
		json_open_object(o);
		json_member_u64(o, "files", by[c].files);
		json_member_u64(o, "bytes", by[c].bytes);
		json_member_u64(o, "compressed", by[c].compressed);
		json_close_object(o);
	}
	json_close_object(o);
}

static void put_layer(struct json_out *o, const struct transfer *w, size_t i)
{
	const struct transfer_layer *l = &w->layers[i];
	const struct oci_history *h = oci_history_of(&w->to->image->config, i);
	json_open_object(o);
	json_member_u64(o, "index", i);
	json_member_str(o, "digest", str_of(digest_text(&l->digest).text));
	json_member_u64(o, "size", l->size);
	json_key(o, "fetched");
	json_put_bool(o, l->fetched);
	json_key(o, "same_tar");
	json_put_bool(o, l->same_tar);
	json_member_str(o, "created_by", h ? h->created_by : STR(""));
	if (l->fetched)
		put_sums(o, "causes", l->by);
	json_close_object(o);
}

static int put_transfer_files(struct json_out *o, const struct transfer *w,
			      struct err *err)
{
	scoped(buf_done) struct buf path = BUF_INIT(1 << 20);
	json_key(o, "files");
	json_open_array(o);
	for (uint32_t i = 0; i < w->n_files; i++) {
		const struct transfer_file *f = &w->files[i];
		buf_reset(&path);
		if (f->node != TREE_NONE &&
		    tree_path(w->to->tree, f->node, &path, err) < 0)
			return -1;
		json_open_object(o);
		json_put_path(o, "path", buf_str(&path));
		json_member_u64(o, "layer", f->layer);
		json_member_str(o, "cause",
				str_of(analyze_transfer_cause_name[f->cause]));
		json_member_u64(o, "bytes", f->bytes);
		json_member_u64(o, "compressed", f->compressed);
		json_close_object(o);
	}
	json_close_array(o);
	return 0;
}

static int put_transfer(struct json_out *o, const struct transfer *w,
			struct err *err)
{
	json_key(o, "wire");
	json_open_object(o);
	json_member_u64(o, "fetch", w->layer_fetch + w->doc_fetch);
	json_member_u64(o, "all", w->layer_bytes + w->doc_bytes);
	json_member_u64(o, "fetch_layers", w->layer_fetch);
	json_member_u64(o, "fetch_documents", w->doc_fetch);
	json_key(o, "layers");
	json_open_array(o);
	for (size_t i = 0; i < w->to->n_layers; i++)
		put_layer(o, w, i);
	json_close_array(o);
	put_sums(o, "causes", w->by);
	if (put_transfer_files(o, w, err) < 0)
		return -1;
	json_close_object(o);
	return 0;
}

static int put_pair(struct json_out *o, const struct work_diff_pair *v,
		    struct err *err)
{
	if (put_changes(o, v, err) < 0)
		return -1;
	return v->transfer.layers ? put_transfer(o, &v->transfer, err) : 0;
}

/* Platforms that the first image (side 0) or the second one lacks. */
static void put_lacking(struct json_out *o, const char *key,
			const struct platform_pairs *of, int side)
{
	json_key(o, key);
	json_open_array(o);
	for (size_t i = 0; i < of->n; i++)
		if (!of->v[i].image[side])
			json_put_str(o, of->v[i].name);
	json_close_array(o);
}

static int put_platforms(struct json_out *o, const struct work_diff *d,
			 struct err *err)
{
	put_lacking(o, "platforms_added", &d->platforms, 0);
	put_lacking(o, "platforms_removed", &d->platforms, 1);
	json_key(o, "platforms");
	json_open_array(o);
	for (size_t i = 0; i < d->n; i++) {
		json_open_object(o);
		json_member_str(o, "platform", d->v[i].platform);
		if (put_pair(o, &d->v[i], err) < 0)
			return -1;
		json_close_object(o);
	}
	json_close_array(o);
	return 0;
}

int report_diff_json(const struct report_diff *r,
		     const struct text_style *style, struct buf *out,
		     struct err *err)
{
	struct json_out o;
	(void)style;
	json_out_begin(&o, out, true);
	json_open_object(&o);
	json_member_u64(&o, "schema", REPORT_SCHEMA);
	if ((r->d->platforms.n == 1 ? put_pair(&o, r->d->v, err)
				    : put_platforms(&o, r->d, err)) < 0)
		return -1;
	json_close_object(&o);
	if (json_out_finish(&o, err) < 0)
		return -1;
	return buf_byte(out, '\n', err);
}
