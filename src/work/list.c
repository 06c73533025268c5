/* SPDX-License-Identifier: Apache-2.0 */
#include "work/list.h"

#include <stdlib.h>

void work_list_done(struct work_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		free(l->v[i].nodes);
	free(l->v);
	work_images_done(&l->images);
	*l = (struct work_list){ 0 };
}

static int list_one(const struct loaded_image *li,
		    const struct work_list_options *opt,
		    struct work_listing *out, struct err *err)
{
	const struct tree *t = li->tree;
	out->li = li;
	if (tree_follow(t, str_of(opt->path), !opt->link_itself, &out->at,
			err) < 0)
		return -1;
	out->directory = tree_top(t, out->at)->type == TAR_DIR;
	if (out->directory)
		return tree_children(t, out->at, &out->nodes, &out->n, err);
	out->nodes = malloc(sizeof *out->nodes);
	if (!out->nodes)
		return err_nomem(err, sizeof *out->nodes);
	out->nodes[0] = out->at;
	out->n = 1;
	return 0;
}

int work_list_run(struct work_session *s, const struct work_list_options *opt,
		  struct work_list *out, struct err *err)
{
	*out = (struct work_list){ 0 };
	if (work_images_read(s, opt->image, &out->images, err) < 0)
		return -1;
	size_t n = out->images.n;
	out->v = calloc(n + 1, sizeof *out->v);
	if (!out->v)
		return err_nomem(err, n * sizeof *out->v);
	for (; out->n < n; out->n++) {
		const struct loaded_image *li = &out->images.v[out->n];
		scoped(buf_done) struct buf platform = BUF_INIT(4096);
		if (list_one(li, opt, &out->v[out->n], err) == 0)
			continue;
		struct err ignored = { 0 };
		if (oci_platform_text(&li->image->platform, &platform,
				      &ignored) < 0)
			return -1;
		return err_ctx(err, "%.*s (%.*s): \"%s\"",
			       STR_ARG(li->image->name),
			       STR_ARG(buf_str(&platform)),
			       str_quoted(str_of(opt->path)).text);
	}
	return 0;
}
