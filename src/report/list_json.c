/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/cursor.h"
#include "json/write.h"
#include "report/list.h"

static void put_xattrs(struct json_out *o, struct str coded)
{
	struct cur c = cur_of(coded.p, coded.n);
	struct str name, value;
	json_key(o, "xattrs");
	json_open_array(o);
	while (layer_xattr_next(&c, &name, &value))
		json_put_str(o, name);
	json_close_array(o);
}

/* What only some types have. */
static void put_content(struct json_out *o, const struct tree *t,
			const struct tree_entry *e)
{
	if (e->type == TAR_FILE) {
		json_member_u64(o, "size", tree_size(t, e));
		json_member_u64(o, "links", tree_fate(t, e).n_names);
	} else if (e->type == TAR_SYMLINK) {
		json_put_path(o, "target", tree_target(t, e));
	} else if (e->type == TAR_CHAR || e->type == TAR_BLOCK) {
		struct tree_device d = tree_device(t, e);
		json_member_u64(o, "major", d.major);
		json_member_u64(o, "minor", d.minor);
	}
}

static int put_entry(struct json_out *o, const struct tree *t, uint32_t node,
		     struct err *err)
{
	scoped(buf_done) struct buf path = BUF_INIT(1 << 20);
	const struct tree_entry *top = tree_top(t, node);
	const struct tree_entry *e = tree_inode(t, top);
	const struct tree_meta *m = tree_meta(t, e);
	char mode[16];
	if (tree_path(t, node, &path, err) < 0)
		return -1;
	snprintf(mode, sizeof mode, "%04o", m->mode & 07777);
	json_open_object(o);
	json_put_path(o, "path", buf_str(&path));
	json_member_str(o, "type", str_of(report_list_type(e).name));
	json_member_str(o, "mode", str_of(mode));
	json_member_u64(o, "uid", m->uid);
	json_member_u64(o, "gid", m->gid);
	json_member_str(o, "mtime",
			str_of(report_list_time(tree_mtime(t, e)).text));
	json_member_u64(o, "layer", top->born);
	put_content(o, t, e);
	put_xattrs(o, tree_xattrs(t, e));
	json_close_object(o);
	return 0;
}

static int put_listing(struct json_out *o, const struct work_listing *l,
		       struct err *err)
{
	scoped(buf_done) struct buf text = BUF_INIT(1 << 20);
	const struct image *img = l->li->image;
	json_member_str(o, "image", img->name);
	if (oci_platform_text(&img->platform, &text, err) < 0)
		return -1;
	json_member_str(o, "platform", buf_str(&text));
	buf_reset(&text);
	if (tree_path(l->li->tree, l->at, &text, err) < 0)
		return -1;
	json_put_path(o, "path", buf_str(&text));
	json_key(o, "entries");
	json_open_array(o);
	for (uint32_t i = 0; i < l->n; i++)
		if (put_entry(o, l->li->tree, l->nodes[i], err) < 0)
			return -1;
	json_close_array(o);
	return 0;
}

int report_list_json(const struct report_list *r,
		     const struct text_style *style, struct buf *out,
		     struct err *err)
{
	const struct work_list *list = r->list;
	struct json_out o;
	(void)style;
	json_out_begin(&o, out, true);
	json_open_object(&o);
	json_member_u64(&o, "schema", REPORT_SCHEMA);
	if (list->n == 1 && put_listing(&o, &list->v[0], err) < 0)
		return -1;
	if (list->n != 1) {
		json_key(&o, "platforms");
		json_open_array(&o);
		for (size_t i = 0; i < list->n; i++) {
			json_open_object(&o);
			if (put_listing(&o, &list->v[i], err) < 0)
				return -1;
			json_close_object(&o);
		}
		json_close_array(&o);
	}
	json_close_object(&o);
	return json_out_finish(&o, err);
}
