/* SPDX-License-Identifier: Apache-2.0 */
#include "work/cat.h"

#include "analyze/contents.h"
#include "base/sink.h"

void work_cat_done(struct work_cat *c)
{
	work_images_done(&c->images);
	*c = (struct work_cat){ 0 };
}

static int find(struct work_cat *c, const char *path, struct err *err)
{
	const struct tree *t = c->li->tree;
	uint32_t node;
	if (tree_follow(t, str_of(path), true, &node, err) < 0)
		return -1;
	const struct tree_entry *e = tree_inode(t, tree_top(t, node));
	if (e->type == TAR_DIR)
		return err_set(err, ERR_NOT_FOUND,
			       "it is a directory; `pare ls` lists it");
	if (e->type != TAR_FILE)
		return err_set(err, ERR_NOT_FOUND, "it is no regular file");
	c->entry = tree_id(t, e);
	return 0;
}

int work_cat_open(struct work_session *s, const char *image, const char *path,
		  struct work_cat *out, struct err *err)
{
	*out = (struct work_cat){ 0 };
	if (work_images_read(s, image, &out->images, err) < 0)
		return -1;
	if (out->images.n != 1)
		return err_set(err, ERR_USAGE,
			       "%s has %zu platforms; pick one of them with "
			       "--platform",
			       str_quoted(str_of(image)).text, out->images.n);
	out->li = &out->images.v[0];
	if (find(out, path, err) == 0)
		return 0;
	return err_ctx(err, "%.*s: \"%s\"", STR_ARG(out->li->image->name),
		       str_quoted(str_of(path)).text);
}

static int copy_content(struct tar_reader *tar, struct sink *to,
			struct err *err)
{
	struct tar_run run;
	int got;
	while ((got = tar_content(tar, &run, err)) > 0)
		if ((run.p ? sink_write(to, run.p, (size_t)run.n, err)
			   : sink_zeros(to, run.n, err)) < 0)
			return -1;
	return got;
}

static int write_from(const struct work_cat *c, uint16_t layer, struct sink *to,
		      struct err *err)
{
	scoped(analyze_members_done) struct layer_members m = { 0 };
	scoped(sink_close) struct sink *hash = NULL;
	struct tar_entry e;
	struct digest got;
	uint64_t size = 0;
	if (analyze_members_open(c->li, layer, &m, err) < 0 ||
	    analyze_members_find(&m, c->entry, &e, err) < 0 ||
	    hash_sink_open(to, &got, &size, &hash, err) < 0 ||
	    copy_content(m.tar, hash, err) < 0 || sink_finish(hash, err) < 0)
		return -1;
	return analyze_members_check(c->li->tree, c->entry, &got, size, err);
}

int work_cat_write(const struct work_cat *c, struct sink *to, struct err *err)
{
	uint16_t layer = tree_entry(c->li->tree, c->entry)->born;
	if (write_from(c, layer, to, err) == 0)
		return 0;
	/* A sink that failed is not the layer's fault. */
	return to->failed.code ? -1
			       : source_layer_ctx(c->li->image, layer, err);
}
