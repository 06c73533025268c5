/* SPDX-License-Identifier: Apache-2.0 */
#include "work/lint_setup.h"

#include <fcntl.h>
#include <stdlib.h>

#include "base/slurp.h"
#include "base/chars.h"
#include "lint/config/choice.h"
#include "lint/table.h"
#include "work/lint_find.h"
#include "work/lint_locks.h"

/* What a layer's compressed transfer hides in its noise. */
enum { MIN_BYTES = 1000000 };

/* --- rules by name -------------------------------------------------------- */

static int check_names(const struct work_names *l, const char *option,
		       struct err *err)
{
	for (size_t i = 0; i < l->n; i++) {
		const char *name = l->v[i];
		if (lint_name_known(&lint_all_rules, str_of(name)))
			continue;
		return err_set(
			err, ERR_USAGE, "%s: no rule is called %s%s", option,
			str_quoted(str_of(name)).text,
			lint_name_hint(&lint_all_rules, str_of(name)).text);
	}
	return 0;
}

static bool is_listed(const struct work_names *l, struct str name)
{
	for (size_t i = 0; i < l->n; i++)
		if (str_eq_nocase(str_of(l->v[i]), name))
			return true;
	return false;
}

/* A rule that the configuration ignores and the command line selects runs: who
 * types a name means it. */
static int merge_ignored(struct lint_setups *s, struct lint_setup *u,
			 struct err *err)
{
	const struct work_names *more = &s->opt->ignore;
	const struct lint_choice *c = &u->config.choice;
	struct str *v =
		arena_array(&s->arena, c->n_ignore + more->n, sizeof *v, err);
	size_t n = 0;
	if (!v)
		return -1;
	for (size_t i = 0; i < c->n_ignore; i++)
		if (!is_listed(&s->opt->select, c->ignore[i]))
			v[n++] = c->ignore[i];
	for (size_t i = 0; i < more->n; i++)
		v[n++] = str_of(more->v[i]);
	u->choice.ignore = v;
	u->choice.n_ignore = n;
	return 0;
}

static int merge_selected(struct lint_setups *s, struct lint_setup *u,
			  struct err *err)
{
	const struct work_names *own = &s->opt->select;
	if (own->n == 0)
		return 0;
	struct str *v = arena_array(&s->arena, own->n, sizeof *v, err);
	if (!v)
		return -1;
	for (size_t i = 0; i < own->n; i++)
		v[i] = str_of(own->v[i]);
	u->choice.select = v;
	u->choice.n_select = own->n;
	return 0;
}

static int merge(struct lint_setups *s, struct lint_setup *u, struct err *err)
{
	const struct work_lint_options *opt = s->opt;
	if (work_lint_check_options(opt, &u->config, &s->arena, err) < 0)
		return -1;
	u->choice = u->config.choice;
	u->settings = u->config.settings;
	u->fail = u->config.fail;
	u->fail_level = u->config.fail_level;
	u->has_fail_bytes = u->config.has_fail_bytes && !u->config.no_fail;
	u->fail_bytes = u->config.fail_bytes;
	u->settings.today = opt->today;
	if (opt->has_min_bytes)
		u->choice.min_bytes = opt->min_bytes;
	else if (!u->config.has_min_bytes)
		u->choice.min_bytes = MIN_BYTES;
	if (u->fail == FAIL_UNSAID) {
		u->fail = FAIL_LEVEL;
		u->fail_level = SEV_STYLE;
	}
	if (u->config.no_fail)
		u->fail = FAIL_NEVER;
	if (opt->has_show)
		u->choice.show = opt->show;
	if (opt->fail != FAIL_UNSAID) {
		u->fail = opt->fail;
		u->fail_level = opt->fail_level;
		u->has_fail_bytes = opt->has_fail_bytes;
		u->fail_bytes = opt->fail_bytes;
	}
	/* A comment that suppresses is one more word of "ignore". */
	u->choice.forbid_suppressions |= opt->no_suppressions ||
					 u->config.locked[KEY_IGNORE] ||
					 u->config.locked[KEY_SELECT];
	return merge_selected(s, u, err) < 0 ? -1 : merge_ignored(s, u, err);
}

/* --- files ---------------------------------------------------------------- */

static int add_setup(struct lint_setups *s, const char *path,
		     struct lint_setup **out, struct err *err)
{
	struct lint_setup *u = arena_alloc(&s->arena, sizeof *u, err);
	struct str dir = { 0 }, kept = { 0 };
	if (!u)
		return -1;
	if (path) {
		const char *slash = strrchr(path, '/');
		dir = slash ? (struct str){ path, (size_t)(slash - path) }
			    : STR(".");
		if (arena_str(&s->arena, str_of(path), &kept, err) < 0 ||
		    arena_str(&s->arena, dir.n ? dir : STR("/"), &dir, err) < 0)
			return -1;
	}
	*u = (struct lint_setup){ .path = kept.p,
				  .dir = dir.p,
				  .config.choice.show = SEV_STYLE,
				  .next = s->first };
	s->first = *out = u;
	return 0;
}

/* Whose file it is: its name tells, else its content. */
static bool is_own(const char *path, struct str text)
{
	if (strstr(path, "hadolint"))
		return false;
	struct str p = str_of(path);
	return str_ends(p, STR("pare.yaml")) || str_ends(p, STR("pare.yml")) ||
	       lint_config_is_own(text);
}

static int load(struct lint_setups *s, const char *path,
		struct lint_setup **out, struct err *err);

/* The nearest .pare.yaml of dir, unless it is own, if it locks anything: 1. One
 * that cannot be read is none, as nobody asked for it; an option that loosens
 * is told. */
static int find_locks(struct lint_setups *s, const char *dir, const char *own,
		      struct lint_setup **out, struct err *err)
{
	struct err why = { 0 };
	const char *path = work_lint_find_own(&s->arena, dir);
	if (!path || (own && strcmp(path, own) == 0))
		return 0;
	if (load(s, path, out, &why) == 0)
		return lint_config_has_locks(&(*out)->config);
	if (why.code != ERR_USAGE && why.code != ERR_NOMEM)
		return 0;
	*err = why;
	return -1;
}

/* What a .pare.yaml of a directory above locks holds for those below. */
static int heed_above(struct lint_setups *s, struct lint_setup *u,
		      const char *own, struct err *err)
{
	struct lint_setup *up;
	struct lint_config locks;
	scoped(buf_done) struct buf dir = BUF_INIT(1 << 16);
	if (buf_addf(&dir, err, "%s/..", u->dir) < 0 || !buf_cstr(&dir))
		return -1;
	int r = find_locks(s, dir.p, own, &up, err);
	if (r <= 0)
		return r;
	r = lint_config_only_locked(&up->config, &locks, err);
	if (r == 0)
		r = lint_config_inherit(&u->config, &locks, &lint_all_rules,
					err);
	arena_done(&locks.arena);
	return r < 0 ? err_ctx(err, "%s", own) : 0;
}

static int load(struct lint_setups *s, const char *path,
		struct lint_setup **out, struct err *err)
{
	scoped(buf_done) struct buf text = BUF_INIT(CONFIG_SIZE_MAX);
	for (struct lint_setup *u = s->first; u; u = u->next)
		if (u->path && strcmp(u->path, path) == 0) {
			*out = u;
			return 0;
		}
	if (add_setup(s, path, out, err) < 0)
		return -1;
	path = (*out)->path;
	/* Who asks again shall be told again. */
	(*out)->path = NULL;
	if (slurp_file(AT_FDCWD, path, O_NONBLOCK, &text, err) < 0)
		return -1;
	struct str bytes = buf_str(&text);
	if (work_lint_config_load(&s->bases, path, is_own(path, bytes), bytes,
				  &(*out)->config, err) < 0)
		return -1;
	bool named = s->opt->config && strcmp(path, s->opt->config) == 0;
	if (!named && heed_above(s, *out, path, err) < 0)
		return -1;
	if (merge(s, *out, err) < 0)
		return -1;
	(*out)->path = path;
	return 0;
}

int work_lint_setups_open(const struct work_lint_options *opt,
			  struct lint_setups *out, struct err *err)
{
	*out = (struct lint_setups){ .opt = opt };
	if (check_names(&opt->select, "--select", err) < 0 ||
	    check_names(&opt->ignore, "--ignore", err) < 0)
		return -1;
	if (opt->config)
		return load(out, opt->config, &out->alone, err);
	if (!opt->no_config)
		return 0;
	if (add_setup(out, NULL, &out->alone, err) < 0)
		return -1;
	return merge(out, out->alone, err);
}

void work_lint_setups_done(struct lint_setups *s)
{
	for (struct lint_setup *u = s->first; u; u = u->next)
		lint_config_done(&u->config);
	work_lint_bases_done(&s->bases);
	arena_done(&s->arena);
	s->first = NULL;
}

/* hadolint's file, or none: the same for every file of the run. */
static int load_common(struct lint_setups *s, struct err *err)
{
	const char *path = work_lint_find_hadolints(&s->arena);
	if (s->common)
		return 0;
	if (path)
		return load(s, path, &s->common, err);
	if (add_setup(s, NULL, &s->common, err) < 0)
		return -1;
	return merge(s, s->common, err);
}

/* --config and --no-config put something else in the place of .pare.yaml; what
 * that locks stays. One of these setups for each file that locks. */
static int alone_for(struct lint_setups *s, const char *dir,
		     const struct lint_setup **out, struct err *err)
{
	struct lint_setup *own, *u;
	int r = find_locks(s, dir, s->alone->path, &own, err);
	*out = s->alone;
	if (r <= 0)
		return r;
	for (u = s->first; u; u = u->next)
		if (u->locks == own) {
			*out = u;
			return 0;
		}
	if (add_setup(s, s->alone->path, &u, err) < 0)
		return -1;
	u->locks = own;
	u->config = s->alone->config;
	u->config.arena = (struct arena){ 0 };
	struct lint_config *base = work_lint_bases_add(&s->bases, err);
	if (!base)
		return -1;
	if (lint_config_only_locked(&own->config, base, err) < 0)
		return -1;
	if (lint_config_inherit(&u->config, base, &lint_all_rules, err) < 0)
		return err_ctx(err, "%s", u->path ? u->path : "--no-config");
	*out = u;
	return merge(s, u, err);
}

int work_lint_setup_for(struct lint_setups *s, const char *dir,
			const struct lint_setup **out, struct err *err)
{
	struct str kept;
	if (s->alone)
		return alone_for(s, dir, out, err);
	if (!s->last_dir || strcmp(s->last_dir, dir) != 0) {
		const char *own = work_lint_find_own(&s->arena, dir);
		struct lint_setup *u = NULL;
		if (own ? load(s, own, &u, err) < 0 : load_common(s, err) < 0)
			return -1;
		if (arena_str(&s->arena, str_of(dir), &kept, err) < 0)
			return -1;
		s->last = own ? u : s->common;
		s->last_dir = kept.p;
	}
	*out = s->last;
	return 0;
}

int work_lint_setup_plain(struct lint_setups *s, const struct lint_setup **out,
			  struct err *err)
{
	struct lint_setup *u;
	if (add_setup(s, NULL, &u, err) < 0)
		return -1;
	*out = u;
	return merge(s, u, err);
}
