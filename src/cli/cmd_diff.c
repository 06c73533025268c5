/* SPDX-License-Identifier: Apache-2.0 */
#include <unistd.h>

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

static int report_text(const struct session *s, const struct work_diff *d,
		       struct buf *out, struct err *err)
{
	const struct diff_options *opt = s->inv->options;
	const struct platform_pairs *of = &d->platforms;
	struct text_style style = style_for(&s->inv->common, STDOUT_FILENO);
	for (size_t i = 0; i < of->n; i++) {
		const struct platform_pair *one = &of->v[i];
		if ((!one->image[0] || !one->image[1]) &&
		    buf_addf(out, err, "%c platform %s\n",
			     one->image[1] ? '+' : '-',
			     str_quoted(one->name).text) < 0)
			return -1;
	}
	for (size_t i = 0; i < d->n; i++)
		if ((opt->wire ? report_wire_text(&d->v[i], &style, out, err)
			       : report_diff_text(&d->v[i], &style, out, err)) <
		    0)
			return -1;
	return 0;
}

static int report_json(const struct work_diff *from, struct buf *out,
		       struct err *err)
{
	const struct platform_pairs *of = &from->platforms;
	scoped(arena_done) struct arena a = { 0 };
	struct diff_platforms d = { .v = from->v, .n = from->n };
	if (of->n == 1)
		return report_diff_json(from->v, out, err);
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
	const struct diff_options *cli = inv->options;
	bool json = inv->common.format == FORMAT_JSON;
	scoped(session_close) struct session s = { 0 };
	scoped(work_diff_done) struct work_diff d = { 0 };
	scoped(buf_done) struct buf out = BUF_INIT((size_t)1 << REPORT_MAX_LOG);
	const struct work_diff_options opt = {
		.from = inv->args[0],
		.to = inv->args[1],
		.wire = cli->wire,
		/* The text of --wire does not tell of packages. */
		.packages = json || !cli->wire,
	};
	if (session_open(inv, &s, err) < 0 ||
	    work_diff_run(&s.work, &opt, &d, err) < 0)
		return -1;
	if ((json ? report_json(&d, &out, err)
		  : report_text(&s, &d, &out, err)) < 0)
		return -1;
	return session_print(&s, &out, err);
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
