/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <unistd.h>

#include "analyze/analysis.h"
#include "cli/base_option.h"
#include "cli/promise.h"
#include "cli/session.h"
#include "cli/style.h"
#include "report/report.h"

struct analyze_options {
	const char *base;
};

static const struct option options[] = {
	{ .name = "base",
	  .arg = "REF|N|none|auto",
	  .type = OPT_STRING,
	  .kind = VALUE_IMAGE,
	  .at = offsetof(struct analyze_options, base),
	  .help = "which lowest layers are somebody else's: those of an image, "
		  "a number, none, or told from the history",
	  .initial = "auto",
	  .since = "0.1" },
};

/* One analysis a platform, and what it borrows. */
struct analyses {
	struct loaded_image *loaded;
	struct analysis *v;
	struct buf *lines;
	size_t n;
};

static void analyses_done(struct analyses *a)
{
	for (size_t i = 0; i < a->n; i++) {
		analysis_done(&a->v[i]);
		loaded_image_done(&a->loaded[i]);
		buf_done(&a->lines[i]);
	}
	free(a->lines);
	free(a->v);
	free(a->loaded);
}

static int analyze_one(struct session *s, const struct image *img,
		       const struct base_option *base, struct analyses *a,
		       struct err *err)
{
	const struct analyze_options *opt = s->inv->options;
	struct base_guess g;
	size_t i = a->n;
	if (image_load(img, &s->work.load, &a->loaded[i], err) < 0)
		return -1;
	a->lines[i] = (struct buf)BUF_INIT(1 << 20);
	a->n++;
	if (work_base_find(&base->policy, img, &g, err) < 0 ||
	    analyze_image(&a->loaded[i], g.n_layers, g.why, &a->v[i], err) < 0)
		return -1;
	if (!s->inv->common.format->people)
		return 0;
	return promise_make(s->inv, opt->base, &a->v[i], &a->lines[i], err);
}

static int analyze_all(struct session *s, const struct image_set *set,
		       const struct base_option *base, struct analyses *a,
		       struct err *err)
{
	a->loaded = calloc(set->n + 1, sizeof *a->loaded);
	a->v = calloc(set->n + 1, sizeof *a->v);
	a->lines = calloc(set->n + 1, sizeof *a->lines);
	if (!a->loaded || !a->v || !a->lines)
		return err_nomem(err, set->n * sizeof *a->loaded);
	for (size_t i = 0; i < set->n; i++)
		if (analyze_one(s, set->images[i], base, a, err) < 0)
			return -1;
	return 0;
}

static int report(struct session *s, const struct analyses *a, struct err *err)
{
	const struct common *c = &s->inv->common;
	scoped(buf_done) struct buf out = BUF_INIT((size_t)1 << REPORT_MAX_LOG);
	struct text_style style = style_for(c, STDOUT_FILENO);
	const struct report_analyses r = { a->v, a->n, pare_version };
	if (report_analysis(c->format, &r, &style, &out, err) < 0)
		return -1;
	return session_print(s, &out, err);
}

static int run(const struct invocation *inv, struct err *err)
{
	const struct analyze_options *opt = inv->options;
	scoped(session_close) struct session s = { 0 };
	scoped(source_close) struct source *src = NULL;
	scoped(base_option_done) struct base_option base = { 0 };
	scoped(analyses_done) struct analyses a = { 0 };
	const struct image_set *set;
	if (session_open(inv, &s, err) < 0 ||
	    work_open_source(&s.work, inv->args[0], &src, err) < 0 ||
	    source_images(src, &set, err) < 0 ||
	    base_option_open(&s, opt->base, &base, err) < 0)
		return -1;
	s.work.load.trust_cache = true;
	/* For the plan that the last line tells of. */
	s.work.load.keep_indices = inv->common.format->people;
	if (analyze_all(&s, set, &base, &a, err) < 0)
		return -1;
	return report(&s, &a, err);
}

const struct command command_analyze = {
	.name = "analyze",
	.summary = "show where the bytes of an image are, and which are dead",
	.description =
		"Reads every layer of IMAGE once, lays them over one another "
		"as an overlay engine does, and tells which stored bytes the "
		"final file system still shows (live) and which no container "
		"will ever see (dead): overwritten, removed, hidden by an "
		"opaque directory, replaced by another type, or stored again "
		"because only mode, owner or times changed.\n\n"
		"IMAGE is a docker archive, an OCI layout (directory or tar), "
		"either compressed or not, or \"-\" for standard input; "
		"transports as skopeo names them pick one kind.",
	.since = "0.1",
	.operands = { { "IMAGE", VALUE_IMAGE, .required = true } },
	.examples = { { "pare analyze app.tar", "text, for people" },
		      { "docker save app | pare analyze -",
			"straight from the engine" },
		      { "pare analyze --format json oci:build:app",
			"for programs: docs/json.md" } },
	.options = options,
	.n_options = ARRAY_LEN(options),
	.options_size = sizeof(struct analyze_options),
	.common = COMMON_READ,
	.writes = REPORT_ANALYSIS,
	.run = run,
};
