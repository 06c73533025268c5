/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "analyze/verify.h"
#include "work/platforms.h"
#include "cli/session.h"
#include "report/report.h"

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

static int parse_ignore(const struct option_list *l, unsigned *mask,
			bool *config, struct err *err)
{
	*mask = 0;
	*config = false;
	for (size_t i = 0; i < l->n; i++) {
		int f;
		if (option_choose("--ignore takes", fields, l->values[i], &f,
				  err) < 0)
			return -1;
		if (f == FIELDS)
			*config = true;
		else
			*mask |= 1u << f;
	}
	return 0;
}

struct pair {
	struct session *s;
	unsigned ignore;
	bool ignore_config;
	struct verification v;
	struct buf differences;
};

struct pairs {
	unsigned ignore;
	bool ignore_config;
	struct pair *v;
	size_t n;
	struct pair whole; /* platforms that one side lacks */
};

static void pairs_done(struct pairs *p)
{
	for (size_t i = 0; i < p->n; i++)
		buf_done(&p->v[i].differences);
	buf_done(&p->whole.differences);
	free(p->v);
}

static int tell(void *self, const struct tree_difference *d, struct err *err)
{
	struct pair *p = self;
	if (p->s->inv->common.format == FORMAT_JSON)
		return report_difference_json(d, p->differences.n == 0,
					      &p->differences, err);
	return report_difference_text(d, &p->differences, err);
}

static int verify_pair(struct pair *p, const struct platform_pair *of,
		       struct err *err)
{
	scoped(loaded_image_done) struct loaded_image x = { 0 }, y = { 0 };
	if (image_load(of->image[0], &p->s->work.load, &x, err) < 0 ||
	    image_load(of->image[1], &p->s->work.load, &y, err) < 0)
		return -1;
	p->v.digest[0] = x.digest;
	p->v.digest[1] = y.digest;
	p->v.differences = &p->differences;
	return verify_images(&x, &y, p->ignore, p->ignore_config, tell, p,
			     &p->v.n_differences, err);
}

/* A platform that one side lacks is a difference of the images as a whole. */
static int tell_alone(struct pair *whole, const struct platform_pair *of,
		      struct err *err)
{
	const struct tree_difference d = {
		.field = "platform",
		.a = of->image[0] ? of->name : (struct str){ 0 },
		.b = of->image[1] ? of->name : (struct str){ 0 },
	};
	whole->v.n_differences++;
	return tell(whole, &d, err);
}

static int verify_all(struct session *s, const struct platform_pairs *of,
		      struct pairs *out, struct err *err)
{
	out->v = calloc(of->n + 1, sizeof *out->v);
	if (!out->v)
		return err_nomem(err, of->n * sizeof *out->v);
	for (size_t i = 0; i < of->n; i++) {
		const struct platform_pair *one = &of->v[i];
		struct pair *p = &out->v[out->n];
		if (!one->image[0] || !one->image[1]) {
			if (tell_alone(&out->whole, one, err) < 0)
				return -1;
			continue;
		}
		*p = (struct pair){
			.s = s,
			.ignore = out->ignore,
			.ignore_config = out->ignore_config,
			.differences = BUF_INIT((size_t)1 << 36),
			.v.platform = of->n > 1 ? one->name : (struct str){ 0 },
		};
		out->n++;
		if (verify_pair(p, one, err) < 0)
			return -1;
	}
	return 0;
}

static int report(struct session *s, const struct pairs *p, bool several,
		  struct err *err)
{
	scoped(buf_done) struct buf out = BUF_INIT((size_t)1 << 36);
	struct verification *v = calloc(p->n + 1, sizeof *v);
	uint64_t differences = p->whole.v.n_differences;
	struct str alone = buf_str(&p->whole.differences);
	int r = v ? 0 : err_nomem(err, p->n * sizeof *v);
	for (size_t i = 0; v && i < p->n; i++) {
		v[i] = p->v[i].v;
		differences += v[i].n_differences;
	}
	if (r == 0 && s->inv->common.format == FORMAT_JSON)
		r = several ? report_verify_platforms_json(v, p->n, alone, &out,
							   err)
			    : report_verify_json(v, &out, err);
	else if (r == 0)
		r = buf_str_add(&out, alone, err);
	for (size_t i = 0;
	     r == 0 && s->inv->common.format == FORMAT_TEXT && i < p->n; i++)
		r = report_verify_text(&v[i], &out, err);
	free(v);
	if (r < 0 || session_print(s, &out, err) < 0)
		return -1;
	return differences ? 1 : 0;
}

static int run(const struct invocation *inv, struct err *err)
{
	scoped(session_close) struct session s = { 0 };
	scoped(source_close) struct source *a = NULL, *b = NULL;
	scoped(platform_pairs_done) struct platform_pairs platforms = { 0 };
	scoped(pairs_done) struct pairs pairs = {
		.whole = { .s = &s, .differences = BUF_INIT(1 << 30) },
	};
	const struct image_set *x, *y;
	const struct verify_options *opt = inv->options;
	if (parse_ignore(&opt->ignore, &pairs.ignore, &pairs.ignore_config,
			 err) < 0)
		return -1;
	if (session_open(inv, &s, err) < 0 ||
	    work_open_source(&s.work, inv->args[0], &a, err) < 0 ||
	    work_open_source(&s.work, inv->args[1], &b, err) < 0 ||
	    source_images(a, &x, err) < 0 || source_images(b, &y, err) < 0 ||
	    platform_pairs_make(x, y, &platforms, err) < 0 ||
	    verify_all(&s, &platforms, &pairs, err) < 0)
		return -1;
	return report(&s, &pairs, platforms.n > 1, err);
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
	.exit_one = "the images differ",
	.run = run,
};
