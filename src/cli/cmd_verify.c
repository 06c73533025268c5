/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/vec.h"
#include "cli/session.h"
#include "report/report.h"
#include "work/verify.h"

struct verify_options {
	struct option_list ignore;
};

static const char *const fields[] = {
	"presence", "type",    "mode",	 "uid",	  "gid",    "mtime", "target",
	"device",   "content", "xattrs", "links", "config", NULL,
};

static const struct option options[] = {
	{ .name = "ignore",
	  .arg = "FIELD,...",
	  .type = OPT_LIST,
	  .choices = fields,
	  .at = offsetof(struct verify_options, ignore),
	  .help = "do not look at these: presence, type, mode, uid, gid, "
		  "mtime, target, device, content, xattrs, links, config",
	  .since = "0.1" },
};

static int parse_ignore(const struct option_list *l,
			struct work_verify_options *out, struct err *err)
{
	for (size_t i = 0; i < l->n; i++) {
		int f;
		if (cli_option_choose("--ignore takes", fields, l->values[i],
				      &f, err) < 0)
			return -1;
		if (f == FIELDS)
			out->ignore_config = true;
		else
			out->ignore |= 1u << f;
	}
	return 0;
}

/* Differences as they will be printed. They come before it is known what stands
 * in front of them (how many there are, the digests), so they wait here. */
struct texts {
	const struct report_format *format;
	struct buf *v;
	uint32_t n, cap;
	struct buf alone; /* platforms that one side lacks */
};

static void texts_done(struct texts *t)
{
	for (uint32_t i = 0; i < t->n; i++)
		buf_done(&t->v[i]);
	free(t->v);
	buf_done(&t->alone);
}

/* Makes room for the texts of pairs up to this one. */
static int make_room(struct texts *t, size_t pair, struct err *err)
{
	while (t->n <= pair) {
		if (vec_room((void **)&t->v, t->n, &t->cap, sizeof *t->v, err) <
		    0)
			return -1;
		t->v[t->n++] = (struct buf)BUF_INIT((size_t)1 << 36);
	}
	return 0;
}

static int hear_difference(void *self, size_t pair,
			   const struct tree_difference *d, struct err *err)
{
	struct texts *t = self;
	if (pair != SIZE_MAX && make_room(t, pair, err) < 0)
		return -1;
	struct buf *to = pair == SIZE_MAX ? &t->alone : &t->v[pair];
	return t->format->difference(d, to->n == 0, to, err);
}

static int report(struct session *s, const struct work_verified *w,
		  struct texts *t, struct err *err)
{
	scoped(buf_done) struct buf out = BUF_INIT((size_t)1 << 36);
	scoped(arena_done) struct arena a = { 0 };
	struct verification *v = arena_array(&a, w->n + 1, sizeof *v, err);
	if (!v || make_room(t, w->n, err) < 0)
		return -1;
	for (size_t i = 0; i < w->n; i++)
		v[i] = (struct verification){
			.digest = { w->v[i].digest[0], w->v[i].digest[1] },
			.differences = &t->v[i],
			.n_differences = w->v[i].n_differences,
			.platform = w->v[i].platform,
		};
	const struct report_verify r = {
		.v = v,
		.n = w->n,
		.several = w->n_platforms > 1,
		.alone = buf_str(&t->alone),
	};
	if (t->format->verify(&r, &out, err) < 0)
		return -1;
	return cli_session_print(s, &out, err);
}

static int run(const struct invocation *inv, struct err *err)
{
	const struct verify_options *cli = inv->options;
	scoped(cli_session_close) struct session s = { 0 };
	scoped(work_verified_done) struct work_verified w = { 0 };
	scoped(texts_done) struct texts t = {
		.format = inv->common.format,
		.alone = BUF_INIT(1 << 30),
	};
	struct work_verify_options opt = {
		.a = inv->args[0],
		.b = inv->args[1],
		.sink = { hear_difference, &t },
	};
	if (parse_ignore(&cli->ignore, &opt, err) < 0 ||
	    cli_session_open(inv, &s, err) < 0 ||
	    work_verify_run(&s.work, &opt, &w, err) < 0 ||
	    report(&s, &w, &t, err) < 0)
		return -1;
	return w.n_differences ? 1 : 0;
}

const struct command command_verify = {
	.name = "verify",
	.summary = "tell whether two images are the same, or every difference",
	.description =
		"Compares the final file systems of A and B - names, types, "
		"modes, owners, times, targets, devices, contents, xattrs, "
		"hard links - and their configs without what a rewrite must "
		"change. How the layers are cut and compressed plays no part. "
		"Of images with several platforms each is compared with its "
		"like; one that the other image lacks is a difference.",
	.since = "0.1",
	.operands = { { "A", VALUE_IMAGE, .required = true },
		      { "B", VALUE_IMAGE, .required = true } },
	.examples = { { "pare verify app.tar small.tar", "after optimize" },
		      { "pare verify --ignore mtime old.tar new.tar",
			"two builds of one source" } },
	.options = options,
	.n_options = ARRAY_LEN(options),
	.options_size = sizeof(struct verify_options),
	.common = COMMON_READ,
	.writes = REPORT_VERIFY,
	.exit_one = "the images differ",
	.run = run,
};
