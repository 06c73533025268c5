/* SPDX-License-Identifier: Apache-2.0 */
#include "work/lint_extends.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/digest.h"
#include "base/slurp.h"
#include "lint/table.h"
#include "store/cache.h"

/* One file of a chain, the one that the next extends. */
struct link {
	const struct link *down; /* who extends it; NULL: the first */
	const char *name;	 /* path or URL */
	const char *dir;	 /* of a path; NULL: it came from a URL */
	dev_t dev;
	ino_t ino;
	size_t depth;
};

static int read_link(struct work_lint_bases *s, struct link *l, bool own,
		     struct str text, struct lint_config *out, struct err *err);

/* --- what was pulled ------------------------------------------------------ */

static int pulled_key(struct str sha256, struct buf *key, struct err *err)
{
	return buf_addf(key, err, "config %.*s", STR_ARG(sha256));
}

static bool has_sum(struct str text, struct str sha256)
{
	struct err none = { 0 };
	struct digest d;
	if (digest_of(DIGEST_SHA256, text.p, text.n, &d, &none) < 0)
		return false;
	return str_eqz(sha256, digest_hex(&d).text);
}

int work_lint_pulled_read(struct str sha256, struct buf *out, struct err *err)
{
	scoped(store_close) struct cache *cache = NULL;
	scoped(stream_close) struct stream *in = NULL;
	scoped(buf_done) struct buf key = BUF_INIT(200);
	if (store_open(NULL, 0, &cache, err) < 0 ||
	    pulled_key(sha256, &key, err) < 0)
		return -1;
	int r = store_get(cache, buf_str(&key), &in, err);
	if (r <= 0)
		return r;
	if (stream_slurp(in, out, err) < 0)
		return -1;
	/* The cache is the user's, and disks err: the sum is what counts. */
	return has_sum(buf_str(out), sha256);
}

int work_lint_pulled_keep(struct str sha256, struct str text, struct err *err)
{
	scoped(store_close) struct cache *cache = NULL;
	scoped(store_put_close) struct cache_put *put = NULL;
	scoped(buf_done) struct buf key = BUF_INIT(200);
	struct sink *to;
	if (!has_sum(text, sha256))
		return err_set(err, ERR_CORRUPT,
			       "what came has another sha256 than %.*s",
			       STR_ARG(sha256));
	if (store_open(NULL, 0, &cache, err) < 0 ||
	    pulled_key(sha256, &key, err) < 0 ||
	    store_put_begin(cache, buf_str(&key), &put, &to, err) < 0 ||
	    sink_write(to, text.p, text.n, err) < 0)
		return -1;
	return store_put_commit(&put, err);
}

void work_lint_bases_done(struct work_lint_bases *s)
{
	for (struct work_lint_base *b = s->first; b; b = b->next)
		lint_config_done(&b->config);
	arena_done(&s->arena);
	s->first = NULL;
}

struct lint_config *work_lint_bases_add(struct work_lint_bases *s,
					struct err *err)
{
	struct work_lint_base *b = arena_alloc(&s->arena, sizeof *b, err);
	if (!b)
		return NULL;
	*b = (struct work_lint_base){ .next = s->first };
	s->first = b;
	return &b->config;
}

/* --- the chain ------------------------------------------------------------ */

static int dir_of(struct work_lint_bases *s, const char *path, const char **out,
		  struct err *err)
{
	const char *slash = strrchr(path, '/');
	struct str dir = slash ? (struct str){ path, (size_t)(slash - path) }
			       : STR("."),
		   kept;
	if (arena_str(&s->arena, dir.n ? dir : STR("/"), &kept, err) < 0)
		return -1;
	*out = kept.p;
	return 0;
}

static int check_circle(const struct link *l, struct err *err)
{
	if (l->depth > EXTENDS_MAX)
		return err_set(err, ERR_LIMIT,
			       "more than %d configurations extend one another",
			       EXTENDS_MAX);
	for (const struct link *k = l->down; k; k = k->down) {
		bool same = k->dir && l->dir
				    ? k->dev == l->dev && k->ino == l->ino
				    : strcmp(k->name, l->name) == 0;
		if (same)
			return err_set(err, ERR_CORRUPT,
				       "extends %s, which extends this file",
				       l->name);
	}
	return 0;
}

/* A path of a standard is the standard's; to who inherits it, it is absolute.
 * Those of a URL are of the repository. */
static int anchor(const struct link *l, struct lint_config *c, struct str *path,
		  struct err *err)
{
	scoped(buf_done) struct buf b = BUF_INIT(1 << 16);
	if (!l->dir || !path->n || path->p[0] == '/')
		return 0;
	char *real = realpath(l->dir, NULL);
	int r = buf_addf(&b, err, "%s/%.*s", real ? real : l->dir,
			 STR_ARG(*path));
	free(real);
	return r < 0 ? -1 : arena_str(&c->arena, buf_str(&b), path, err);
}

static int find_path(struct work_lint_bases *s, const struct link *l,
		     const struct lint_extends *e, struct link *base,
		     struct buf *text, struct err *err)
{
	scoped(buf_done) struct buf path = BUF_INIT(1 << 16);
	struct stat st;
	struct str kept;
	if (!l->dir)
		return err_set(err, ERR_UNSUPPORTED,
			       "line %u: what a URL names cannot extend a "
			       "path, only another URL",
			       e->line);
	if ((e->path.p[0] != '/' && strcmp(l->dir, ".") != 0 &&
	     buf_addf(&path, err, "%s/", l->dir) < 0) ||
	    buf_str_add(&path, e->path, err) < 0 ||
	    arena_str(&s->arena, buf_str(&path), &kept, err) < 0 ||
	    dir_of(s, kept.p, &base->dir, err) < 0)
		return -1;
	base->name = kept.p;
	if (stat(kept.p, &st) < 0) {
		err_sys(err, "extends %s", kept.p);
		return err_ctx(err, "line %u", e->line);
	}
	base->dev = st.st_dev;
	base->ino = st.st_ino;
	return slurp_file(AT_FDCWD, kept.p, O_NONBLOCK, text, err);
}

static int find_url(struct work_lint_bases *s, const struct lint_extends *e,
		    struct link *base, struct buf *text, struct err *err)
{
	struct str kept;
	if (arena_str(&s->arena, e->url, &kept, err) < 0)
		return -1;
	base->name = kept.p;
	base->dir = NULL;
	if (s->pull)
		return s->pull(s->pull_self, e, text, err);
	int r = work_lint_pulled_read(e->sha256, text, err);
	if (r > 0)
		return 0;
	err_clear(err);
	return err_set(err, ERR_NOT_FOUND,
		       "line %u: extends %s, which is not here yet; run "
		       "\"pare config pull\"",
		       e->line, kept.p);
}

/* What it extends, with all that that extends; kept by s. */
static int read_base(struct work_lint_bases *s, const struct link *l,
		     const struct lint_config *child,
		     const struct lint_config **out, struct err *err)
{
	scoped(buf_done) struct buf text = BUF_INIT(CONFIG_SIZE_MAX);
	const struct lint_extends *e = &child->extends;
	struct link base = { .down = l, .depth = l->depth + 1 };
	struct lint_config *config = work_lint_bases_add(s, err);
	if (!config)
		return -1;
	int r = e->path.n ? find_path(s, l, e, &base, &text, err)
			  : find_url(s, e, &base, &text, err);
	if (r < 0 || check_circle(&base, err) < 0)
		return -1;
	if (read_link(s, &base, true, buf_str(&text), config, err) < 0 ||
	    anchor(&base, config, &config->context, err) < 0 ||
	    anchor(&base, config, &config->baseline, err) < 0)
		return -1;
	*out = config;
	return 0;
}

static int read_link(struct work_lint_bases *s, struct link *l, bool own,
		     struct str text, struct lint_config *out, struct err *err)
{
	const struct lint_config *base;
	if (lint_config_read(text, own, &lint_all_rules, out, err) < 0)
		return err_ctx(err, "%s", l->name);
	for (size_t k = 0; k < LINT_KEYS; k++)
		if (out->locked[k])
			out->locked_by[k] = l->name;
	if (!out->extends.path.n && !out->extends.url.n)
		return 0;
	/* Errors of the base name it; those about it name who asked. */
	if (read_base(s, l, out, &base, err) < 0)
		return l->down ? -1 : err_ctx(err, "%s", l->name);
	if (lint_config_inherit(out, base, &lint_all_rules, err) < 0)
		return err_ctx(err, "%s", l->name);
	return 0;
}

int work_lint_config_load(struct work_lint_bases *s, const char *path, bool own,
			  struct str text, struct lint_config *out,
			  struct err *err)
{
	struct link l = { .name = path };
	struct stat st;
	if (dir_of(s, path, &l.dir, err) < 0)
		return -1;
	if (stat(path, &st) == 0) {
		l.dev = st.st_dev;
		l.ino = st.st_ino;
	}
	return read_link(s, &l, own, text, out, err);
}
