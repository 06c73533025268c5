/* SPDX-License-Identifier: Apache-2.0 */
#include "json/base64.h"
#include "json/write.h"
#include "oci/history.h"
#include "report/report.h"

static void put_digest(struct json_out *o, const char *key,
		       const struct digest *d)
{
	json_key(o, key);
	json_put_str(o, str_of(digest_text(d).text));
}

static int put_path(struct json_out *o, const struct tree *t, const char *key,
		    uint32_t node, struct err *err)
{
	scoped(buf_done) struct buf path = BUF_INIT(1 << 20);
	if (tree_path(t, node, &path, err) < 0)
		return -1;
	json_put_path(o, key, buf_str(&path));
	return 0;
}

static void put_totals(struct json_out *o, const struct analysis *a)
{
	const struct tree_totals *s = &a->totals;
	json_key(o, "efficiency");
	json_put_double(o, analyze_efficiency(s));
	json_key(o, "totals");
	json_open_object(o);
	json_member_u64(o, "stored", s->stored);
	json_member_u64(o, "live", s->live);
	json_member_u64(o, "dead", s->dead);
	json_member_u64(o, "dead_base", s->dead_base);
	json_member_u64(o, "duplicate", s->duplicate);
	json_member_u64(o, "apparent", s->apparent);
	json_member_u64(o, "overhead", s->overhead);
	json_member_u64_if(o, "compressed", s->has_compressed, s->compressed);
	json_member_u64(o, "entries", s->entries);
	json_member_u64(o, "files", s->files);
	json_close_object(o);
	json_key(o, "dead");
	json_open_object(o);
	for (int k = 0; k < DEAD_KINDS; k++)
		json_member_u64(o, tree_dead_kind_name[k], s->by_kind[k]);
	json_close_object(o);
	json_key(o, "base");
	json_open_object(o);
	json_member_u64(o, "layers", a->n_base);
	json_key(o, "reason");
	json_put_str(o, str_of(a->base_why));
	json_close_object(o);
}

static void put_layer(struct json_out *o, const struct analysis *a, uint32_t i)
{
	const struct tree_layer *l = tree_layer(a->loaded->tree, i);
	const struct layer_index *ix = a->loaded->used[i];
	const struct oci_history *h =
		oci_history_of(&a->loaded->image->config, i);
	uint64_t dead = 0;
	for (int k = 0; k < DEAD_KINDS; k++)
		dead += l->dead[k];
	json_open_object(o);
	json_member_u64(o, "index", i);
	put_digest(o, "digest", &ix->blob);
	put_digest(o, "diff_id", &ix->diff_id);
	json_key(o, "created_by");
	if (h)
		json_put_str(o, h->created_by);
	else
		json_put_null(o);
	json_member_u64(o, "stored", l->stored);
	json_member_u64(o, "dead", dead);
	json_member_u64_if(o, "compressed", l->compressed, l->blob_size);
	json_member_u64(o, "entries", l->count);
	json_close_object(o);
}

/* The costliest paths; n_paths counts all. paths_b64 stands beside them when
 * one is not UTF-8: null for those that are. */
static int put_paths(struct json_out *o, const struct finding *f,
		     struct err *err)
{
	scoped(buf_done) struct buf coded = BUF_INIT(2 << 20);
	bool all_utf8 = true;
	json_key(o, "paths");
	json_open_array(o);
	for (uint32_t i = 0; i < f->n_paths; i++) {
		json_put_str(o, f->paths[i]);
		all_utf8 = all_utf8 && str_is_utf8(f->paths[i]);
	}
	json_close_array(o);
	if (!all_utf8) {
		json_key(o, "paths_b64");
		json_open_array(o);
	}
	for (uint32_t i = 0; !all_utf8 && i < f->n_paths; i++) {
		buf_reset(&coded);
		if (str_is_utf8(f->paths[i])) {
			json_put_null(o);
			continue;
		}
		if (json_base64_add(&coded, f->paths[i], err) < 0)
			return -1;
		json_put_str(o, buf_str(&coded));
	}
	if (!all_utf8)
		json_close_array(o);
	json_member_u64(o, "n_paths", f->n_paths_all);
	return 0;
}

static int put_finding(struct json_out *o, const struct finding *f,
		       struct err *err)
{
	json_open_object(o);
	json_key(o, "id");
	json_put_str(o, str_of(f->id));
	json_key(o, "severity");
	json_put_str(o, str_of(finding_severity_name[f->severity]));
	json_key(o, "title");
	json_put_str(o, f->message);
	json_member_u64(o, "bytes", f->bytes);
	json_member_u64_if(o, "compressed_bytes", f->has_compressed,
			   f->compressed);
	json_member_u64(o, "layer", f->layer);
	json_member_u64_if(o, "removed_in", f->removed_in != FINDING_NO_LAYER,
			   f->removed_in);
	if (put_paths(o, f, err) < 0)
		return -1;
	json_key(o, "remedy");
	json_put_str(o, str_of(f->remedy));
	json_close_object(o);
	return 0;
}

/* Where they were planned. */
static void put_wins(struct json_out *o, const struct analysis *a)
{
	json_key(o, "wins");
	json_open_array(o);
	for (uint32_t i = 0; i < a->n_wins; i++) {
		const struct win *w = &a->wins[i];
		json_open_object(o);
		json_key(o, "command");
		json_put_str(o, w->command);
		json_member_u64(o, "bytes", w->bytes);
		json_member_u64(o, "more", w->more);
		json_member_u64_if(o, "compressed", w->has_compressed,
				   w->compressed);
		json_key(o, "rules");
		json_open_array(o);
		for (size_t k = 0; k < w->n_parts; k++) {
			json_open_object(o);
			json_key(o, "rule");
			json_put_str(o, str_of(w->parts[k].rule));
			json_member_u64(o, "bytes", w->parts[k].bytes);
			json_close_object(o);
		}
		json_close_array(o);
		json_close_object(o);
	}
	json_close_array(o);
}

static int put_directories(struct json_out *o, const struct analysis *a,
			   struct err *err)
{
	const struct live *l = &a->live;
	json_key(o, "directories");
	json_open_array(o);
	for (uint32_t i = 0; i < MIN(l->n_dirs, (uint32_t)COSTLIEST_MAX); i++) {
		uint32_t node = l->dirs[i].node;
		json_open_object(o);
		if (put_path(o, a->loaded->tree, "path", node, err) < 0)
			return -1;
		json_member_u64(o, "bytes", l->dirs[i].bytes);
		json_member_u64(o, "files", l->files[node]);
		json_close_object(o);
	}
	json_close_array(o);
	return 0;
}

static int put_files(struct json_out *o, const struct analysis *a,
		     struct err *err)
{
	const struct tree *t = a->loaded->tree;
	const struct live *l = &a->live;
	json_key(o, "files");
	json_open_array(o);
	for (uint32_t i = 0; i < MIN(l->n, (uint32_t)COSTLIEST_MAX); i++) {
		uint32_t node = l->v[i].node;
		json_open_object(o);
		if (put_path(o, t, "path", node, err) < 0)
			return -1;
		json_member_u64(o, "bytes", l->v[i].bytes);
		json_member_u64(o, "layer",
				tree_inode(t, tree_top(t, node))->born);
		json_close_object(o);
	}
	json_close_array(o);
	return 0;
}

static int put_costliest(struct json_out *o, const struct analysis *a,
			 struct err *err)
{
	const struct tree *t = a->loaded->tree;
	json_key(o, "costliest");
	json_open_array(o);
	for (uint32_t i = 0; i < a->n_costliest; i++) {
		const struct dead_copy *d = &a->costliest[i];
		const struct tree_entry *e = tree_entry(t, d->inode);
		struct tree_fate f = tree_fate(t, e);
		json_open_object(o);
		if (put_path(o, t, "path", e->node, err) < 0)
			return -1;
		json_member_u64(o, "bytes", d->bytes);
		json_member_u64_if(o, "compressed_bytes",
				   tree_layer(t, e->born)->compressed,
				   d->compressed);
		json_member_u64(o, "layer", e->born);
		json_member_u64(o, "removed_in", f.lost);
		json_key(o, "kind");
		json_put_str(o, str_of(tree_dead_kind_name[tree_dead_kind(
					(enum tree_loss)f.loss)]));
		json_close_object(o);
	}
	json_close_array(o);
	return 0;
}

static int put_image(struct json_out *o, const struct analysis *a,
		     struct err *err)
{
	const struct image *img = a->loaded->image;
	scoped(buf_done) struct buf platform = BUF_INIT(4096);
	if (oci_platform_text(&img->platform, &platform, err) < 0)
		return -1;
	json_key(o, "image");
	json_put_str(o, img->name);
	json_key(o, "platform");
	json_put_str(o, buf_str(&platform));
	put_digest(o, "tree_digest", &a->loaded->digest);
	put_totals(o, a);
	json_key(o, "layers");
	json_open_array(o);
	for (uint32_t i = 0; i < tree_n_layers(a->loaded->tree); i++)
		put_layer(o, a, i);
	json_close_array(o);
	json_key(o, "findings");
	json_open_array(o);
	for (uint32_t i = 0; i < a->n_findings; i++)
		if (put_finding(o, &a->findings[i], err) < 0)
			return -1;
	json_close_array(o);
	put_wins(o, a);
	if (put_directories(o, a, err) < 0 || put_files(o, a, err) < 0)
		return -1;
	return put_costliest(o, a, err);
}

int report_analysis_json(const struct report_analyses *r,
			 const struct text_style *style, struct buf *out,
			 struct err *err)
{
	(void)style;
	struct json_out o;
	json_out_begin(&o, out, true);
	json_open_object(&o);
	json_member_u64(&o, "schema", REPORT_SCHEMA);
	if (r->n == 1 && put_image(&o, r->v, err) < 0)
		return -1;
	if (r->n != 1) {
		json_key(&o, "platforms");
		json_open_array(&o);
		for (size_t i = 0; i < r->n; i++) {
			json_open_object(&o);
			if (put_image(&o, &r->v[i], err) < 0)
				return -1;
			json_close_object(&o);
		}
		json_close_array(&o);
	}
	json_close_object(&o);
	return json_out_finish(&o, err);
}
