/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <unistd.h>

#include "cli/session.h"
#include "cli/terminal.h"
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
		struct buf platform;
	} * loaded;
	struct diff_pair *v;
	size_t n;
};

static void pairs_done(struct pairs *p)
{
	for (size_t i = 0; i < p->n; i++) {
		loaded_image_done(&p->loaded[i].a);
		loaded_image_done(&p->loaded[i].b);
		buf_done(&p->loaded[i].platform);
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
	struct load_options load = s->load;
	load.trust_cache = true;
	l->platform = (struct buf)BUF_INIT(4096);
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

/* Every platform of NEW against OLD's; one that OLD lacks cannot be told. */
static int load_pairs(struct session *s, const struct image_set *a,
		      const struct image_set *b, struct pairs *to,
		      struct err *err)
{
	to->loaded = calloc(b->n + 1, sizeof *to->loaded);
	to->v = calloc(b->n + 1, sizeof *to->v);
	if (!to->loaded || !to->v)
		return err_nomem(err, b->n * sizeof *to->loaded);
	for (size_t i = 0; i < b->n; i++) {
		const struct image *old =
			a->n == 1 && b->n == 1
				? a->images[0]
				: image_set_find(a, &b->images[i]->platform);
		if (!old)
			return err_set(err, ERR_NOT_FOUND,
				       "OLD lacks the platform of %.*s: pick "
				       "one with --platform",
				       STR_ARG(b->images[i]->name));
		if (load_pair(s, old, b->images[i], to, err) < 0)
			return -1;
		if (b->n == 1)
			continue;
		if (oci_platform_text(&b->images[i]->platform,
				      &to->loaded[i].platform, err) < 0)
			return -1;
		to->v[i].platform = buf_str(&to->loaded[i].platform);
	}
	return 0;
}

static int report(struct session *s, const struct pairs *p, struct err *err)
{
	const struct diff_options *opt = s->inv->options;
	const struct common *c = &s->inv->common;
	scoped(buf_done) struct buf out = BUF_INIT((size_t)1 << REPORT_MAX_LOG);
	struct text_style style = terminal_style(c, STDOUT_FILENO);
	int r = 0;
	if (c->format == FORMAT_JSON)
		r = report_diff_json(p->v, p->n, &out, err);
	for (size_t i = 0; c->format == FORMAT_TEXT && r == 0 && i < p->n; i++)
		r = opt->wire ? report_wire_text(&p->v[i], &style, &out, err)
			      : report_diff_text(&p->v[i], &style, &out, err);
	return r < 0 ? -1 : session_print(s, &out, err);
}

static int run(const struct invocation *inv, struct err *err)
{
	scoped(session_close) struct session s = { 0 };
	scoped(source_close) struct source *a = NULL, *b = NULL;
	scoped(pairs_done) struct pairs pairs = { 0 };
	const struct image_set *x, *y;
	if (session_open(inv, &s, err) < 0 ||
	    session_source(&s, inv->args[0], &a, err) < 0 ||
	    session_source(&s, inv->args[1], &b, err) < 0 ||
	    source_images(a, &x, err) < 0 || source_images(b, &y, err) < 0 ||
	    load_pairs(&s, x, y, &pairs, err) < 0)
		return -1;
	return report(&s, &pairs, err);
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
