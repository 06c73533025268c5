/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "analyze/verify.h"
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
		size_t f = 0;
		while (fields[f] && strcmp(fields[f], l->values[i]) != 0)
			f++;
		if (!fields[f])
			return err_set(err, ERR_USAGE,
				       "--ignore knows no \"%s\"",
				       str_quoted(str_of(l->values[i])).text);
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
	struct buf platform;
};

struct pairs {
	struct pair *v;
	size_t n;
};

static void pairs_done(struct pairs *p)
{
	for (size_t i = 0; i < p->n; i++) {
		buf_done(&p->v[i].differences);
		buf_done(&p->v[i].platform);
	}
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

static int verify_pair(struct pair *p, const struct image *a,
		       const struct image *b, struct err *err)
{
	scoped(loaded_image_done) struct loaded_image x = { 0 }, y = { 0 };
	if (image_load(a, &p->s->load, &x, err) < 0 ||
	    image_load(b, &p->s->load, &y, err) < 0 ||
	    oci_platform_text(&a->platform, &p->platform, err) < 0)
		return -1;
	p->v.digest[0] = x.digest;
	p->v.digest[1] = y.digest;
	p->v.differences = &p->differences;
	return verify_images(&x, &y, p->ignore, p->ignore_config, tell, p,
			     &p->v.n_differences, err);
}

/* Every platform of A against B's; both must have the same ones. */
static int verify_sets(struct session *s, const struct image_set *a,
		       const struct image_set *b,
		       const struct verify_options *opt, struct pairs *out,
		       struct err *err)
{
	unsigned ignore;
	bool ignore_config;
	if (parse_ignore(&opt->ignore, &ignore, &ignore_config, err) < 0)
		return -1;
	if (a->n != b->n)
		return err_set(err, ERR_MISMATCH,
			       "%zu platforms against %zu: pick one with "
			       "--platform",
			       a->n, b->n);
	out->v = calloc(a->n + 1, sizeof *out->v);
	if (!out->v)
		return err_nomem(err, a->n * sizeof *out->v);
	for (size_t i = 0; i < a->n; i++) {
		const struct image *other =
			a->n == 1 ? b->images[0]
				  : image_set_find(b, &a->images[i]->platform);
		if (!other)
			return err_set(err, ERR_MISMATCH,
				       "the second image lacks the platform "
				       "of %.*s",
				       STR_ARG(a->images[i]->name));
		out->v[out->n++] = (struct pair){
			.s = s,
			.ignore = ignore,
			.ignore_config = ignore_config,
			.differences = BUF_INIT((size_t)1 << 36),
			.platform = BUF_INIT(4096),
		};
		if (verify_pair(&out->v[i], a->images[i], other, err) < 0)
			return -1;
	}
	return 0;
}

static int report(struct session *s, const struct pairs *p, struct err *err)
{
	scoped(buf_done) struct buf out = BUF_INIT((size_t)1 << 36);
	struct verification *v = calloc(p->n + 1, sizeof *v);
	uint64_t differences = 0;
	int r = v ? 0 : err_nomem(err, p->n * sizeof *v);
	for (size_t i = 0; v && i < p->n; i++) {
		v[i] = p->v[i].v;
		if (p->n > 1)
			v[i].platform = buf_str(&p->v[i].platform);
		differences += v[i].n_differences;
	}
	if (r == 0 && s->inv->common.format == FORMAT_JSON)
		r = report_verify_json(v, p->n, &out, err);
	else
		for (size_t i = 0; r == 0 && i < p->n; i++)
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
	scoped(pairs_done) struct pairs pairs = { 0 };
	const struct image_set *x, *y;
	if (session_open(inv, &s, err) < 0 ||
	    session_source(&s, inv->args[0], &a, err) < 0 ||
	    session_source(&s, inv->args[1], &b, err) < 0 ||
	    source_images(a, &x, err) < 0 || source_images(b, &y, err) < 0)
		return -1;
	if (verify_sets(&s, x, y, inv->options, &pairs, err) < 0) {
		if (err->code != ERR_MISMATCH)
			return -1;
		session_warn(&s, "%s", err->text);
		err_clear(err);
		return 1;
	}
	return report(&s, &pairs, err);
}

const struct command command_verify = {
	.name = "verify",
	.summary = "tell whether two images are the same, or every difference",
	.description =
		"Compares the final file systems of A and B - names, types, "
		"modes, owners, times, targets, devices, contents, xattrs, "
		"hard links - and their configs without what a rewrite must "
		"change. How the layers are cut and compressed plays no part.",
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
