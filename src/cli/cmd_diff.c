/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <unistd.h>

#include "work/platforms.h"
#include "cli/session.h"
#include "cli/style.h"
#include "report/diff.h"

struct diff_options {
	bool wire;
};

static const struct option options[] = {
	{ .name = "wire",
	  .type = OPT_FLAG,
	  .at = offsetof(struct diff_options, wire),
	  .help = "tell what a node that has OLD must fetch for NEW, and what "
		  "of it comes again without need",
	  .since = "0.1" },
};

struct pairs {
	struct loaded_pair {
		struct loaded_image a, b;
	} * loaded;
	struct diff_pair *v;
	size_t n;
};

static void pairs_done(struct pairs *p)
{
	for (size_t i = 0; i < p->n; i++) {
		loaded_image_done(&p->loaded[i].a);
		loaded_image_done(&p->loaded[i].b);
		package_list_done(&p->v[i].packages[0]);
		package_list_done(&p->v[i].packages[1]);
		wire_done(&p->v[i].wire);
	}
	free(p->loaded);
	free(p->v);
}

static int load_pair(struct session *s, const struct image *a,
		     const struct image *b, struct pairs *to, struct err *err)
{
	const struct diff_options *opt = s->inv->options;
	struct loaded_pair *l = &to->loaded[to->n];
	struct diff_pair *p = &to->v[to->n++];
	struct load_options load = s->work.load;
	load.trust_cache = true;
	if (image_load(a, &load, &l->a, err) < 0 ||
	    image_load(b, &load, &l->b, err) < 0)
		return -1;
	p->a = &l->a;
	p->b = &l->b;
	if (opt->wire && wire_compare(p->a, p->b, &p->wire, err) < 0)
		return -1;
	if (opt->wire && s->inv->common.format == FORMAT_TEXT)
		return 0;
	if (package_list_read(p->a, &p->packages[0], err) < 0 ||
	    package_list_read(p->b, &p->packages[1], err) < 0)
		return -1;
	return 0;
}

static int load_pairs(struct session *s, const struct platform_pairs *of,
		      struct pairs *to, struct err *err)
{
	to->loaded = calloc(of->n + 1, sizeof *to->loaded);
	to->v = calloc(of->n + 1, sizeof *to->v);
	if (!to->loaded || !to->v)
		return err_nomem(err, of->n * sizeof *to->loaded);
	for (size_t i = 0; i < of->n; i++) {
		const struct platform_pair *p = &of->v[i];
		if (!p->image[0] || !p->image[1])
			continue;
		if (of->n > 1)
			to->v[to->n].platform = p->name;
		if (load_pair(s, p->image[0], p->image[1], to, err) < 0)
			return -1;
	}
	return 0;
}

static int report_text(const struct session *s, const struct pairs *p,
		       const struct platform_pairs *of, struct buf *out,
		       struct err *err)
{
	const struct diff_options *opt = s->inv->options;
	struct text_style style = style_for(&s->inv->common, STDOUT_FILENO);
	for (size_t i = 0; i < of->n; i++) {
		const struct platform_pair *one = &of->v[i];
		if ((!one->image[0] || !one->image[1]) &&
		    buf_addf(out, err, "%c platform %s\n",
			     one->image[1] ? '+' : '-',
			     str_quoted(one->name).text) < 0)
			return -1;
	}
	for (size_t i = 0; i < p->n; i++)
		if ((opt->wire ? report_wire_text(&p->v[i], &style, out, err)
			       : report_diff_text(&p->v[i], &style, out, err)) <
		    0)
			return -1;
	return 0;
}

static int report_json(const struct pairs *p, const struct platform_pairs *of,
		       struct buf *out, struct err *err)
{
	scoped(arena_done) struct arena a = { 0 };
	struct diff_platforms d = { .v = p->v, .n = p->n };
	if (of->n == 1)
		return report_diff_json(p->v, out, err);
	d.added = arena_array(&a, of->n, sizeof *d.added, err);
	d.removed = arena_array(&a, of->n, sizeof *d.removed, err);
	if (!d.added || !d.removed)
		return -1;
	for (size_t i = 0; i < of->n; i++)
		if (!of->v[i].image[0])
			d.added[d.n_added++] = of->v[i].name;
		else if (!of->v[i].image[1])
			d.removed[d.n_removed++] = of->v[i].name;
	return report_diff_platforms_json(&d, out, err);
}

static int run(const struct invocation *inv, struct err *err)
{
	scoped(session_close) struct session s = { 0 };
	scoped(source_close) struct source *a = NULL, *b = NULL;
	scoped(platform_pairs_done) struct platform_pairs of = { 0 };
	scoped(pairs_done) struct pairs pairs = { 0 };
	scoped(buf_done) struct buf out = BUF_INIT((size_t)1 << REPORT_MAX_LOG);
	const struct image_set *x, *y;
	if (session_open(inv, &s, err) < 0 ||
	    work_open_source(&s.work, inv->args[0], &a, err) < 0 ||
	    work_open_source(&s.work, inv->args[1], &b, err) < 0 ||
	    source_images(a, &x, err) < 0 || source_images(b, &y, err) < 0 ||
	    platform_pairs_make(x, y, &of, err) < 0 ||
	    load_pairs(&s, &of, &pairs, err) < 0)
		return -1;
	int r = inv->common.format == FORMAT_JSON
			? report_json(&pairs, &of, &out, err)
			: report_text(&s, &pairs, &of, &out, err);
	return r < 0 ? -1 : session_print(&s, &out, err);
}

const struct command command_diff = {
	.name = "diff",
	.summary = "tell what changed from one image to another",
	.description =
		"Lists the paths of the final file system that NEW adds (+), "
		"removes (-) or changes (~, with the fields that differ), the "
		"packages of dpkg and apk whose versions differ, and what "
		"differs in the config. `pare verify` tells every value and "
		"fails when there is one.\n\n"
		"With --wire, the bytes that a node which has OLD must fetch "
		"for NEW: blobs go by digest, each whole. Every file in a "
		"fetched layer is compared with OLD, and what comes again "
		"without need is told by its cause: a layer that changed "
		"elsewhere, another mtime or owner, another place, the stamp "
		"in Python bytecode, an archive of the same members in another "
		"order or with other times, other compression. Only what the "
		"bytes prove is told; files over 64 MiB are not looked into. "
		"`pare optimize --previous` writes a NEW that moves less.",
	.since = "0.1",
	.operands = { { "OLD", VALUE_IMAGE, .required = true },
		      { "NEW", VALUE_IMAGE, .required = true } },
	.examples = { { "pare diff app1.tar app2.tar",
			"what the release changed" },
		      { "pare diff --wire oci:app:1 oci:app:2",
			"what it costs each node, and why" } },
	.options = options,
	.n_options = ARRAY_LEN(options),
	.options_size = sizeof(struct diff_options),
	.common = COMMON_READ,
	.run = run,
};
