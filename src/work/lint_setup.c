/* SPDX-License-Identifier: Apache-2.0 */
#include "work/lint_setup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/slurp.h"
#include "base/chars.h"
#include "lint/config/choice.h"
#include "lint/table.h"

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
	u->choice.forbid_suppressions |= opt->no_suppressions;
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
		struct lint_setup **out, struct err *err)
{
	scoped(buf_done) struct buf text = BUF_INIT(CONFIG_SIZE_MAX);
	for (struct lint_setup *u = s->first; u; u = u->next)
		if (u->path && strcmp(u->path, path) == 0) {
			*out = u;
			return 0;
		}
	if (add_setup(s, path, out, err) < 0 ||
	    slurp_file(AT_FDCWD, path, O_NONBLOCK, &text, err) < 0)
		return -1;
	struct str bytes = buf_str(&text);
	if (lint_config_read(bytes, is_own(path, bytes), &lint_all_rules,
			     &(*out)->config, err) < 0)
		return err_ctx(err, "%s", path);
	return merge(s, *out, err);
}

/* DIR/NAME if there is such a file, in the arena; else NULL. */
static const char *find_in(struct lint_setups *s, const char *dir,
			   const char *name)
{
	scoped(buf_done) struct buf b = BUF_INIT(1 << 16);
	struct err none = { 0 };
	struct str kept;
	if (buf_addf(&b, &none, "%s/%s", dir, name) < 0 || !buf_cstr(&b) ||
	    access(b.p, F_OK) < 0 ||
	    arena_str(&s->arena, buf_str(&b), &kept, &none) < 0)
		return NULL;
	return kept.p;
}

/* The first configuration where hadolint looks for one, in hadolint's order; it
 * asks ~/.config only where XDG_CONFIG_HOME is not set. NULL: there is none. */
static const char *find_hadolints(struct lint_setups *s)
{
	static const struct {
		const char *root, *below, *names[4];
	} places[] = {
		{ NULL, "", { ".hadolint.yaml", ".hadolint.yml" } },
		{ "XDG_CONFIG_HOME", "", { "hadolint.yaml", "hadolint.yml" } },
		{ "HOME", "/.config", { "hadolint.yaml", "hadolint.yml" } },
		{ "HOME",
		  "/.hadolint",
		  { "hadolint.yaml", "hadolint.yml", "config.yaml",
		    "config.yml" } },
		{ "HOME", "", { ".hadolint.yaml", ".hadolint.yml" } },
	};
	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		char dir[4096];
		const char *root =
			places[i].root ? getenv(places[i].root) : ".";
		const char *config = getenv("XDG_CONFIG_HOME");
		bool xdg = i == 2 && config && *config;
		if (!root || !*root || xdg ||
		    (size_t)snprintf(dir, sizeof dir, "%s%s", root,
				     places[i].below) >= sizeof dir)
			continue;
		for (size_t k = 0; k < 4 && places[i].names[k]; k++) {
			const char *p = find_in(s, dir, places[i].names[k]);
			if (p)
				return strncmp(p, "./", 2) == 0 ? p + 2 : p;
		}
	}
	return NULL;
}

/* .pare.yaml of the directory or of the nearest one above it, by the path with
 * symlinks resolved: "a/../b" must not find what lies in a. */
static const char *nearest_own(struct lint_setups *s, const char *dir)
{
	char *real = realpath(dir, NULL);
	const char *found = NULL;
	for (char *end = real; real && !found;) {
		found = find_in(s, real, ".pare.yaml");
		end = strrchr(real, '/');
		if (!end || !*real)
			break;
		*end = 0;
	}
	free(real);
	return found;
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
	arena_done(&s->arena);
	s->first = NULL;
}

/* hadolint's file, or none: the same for every file of the run. */
static int load_common(struct lint_setups *s, struct err *err)
{
	const char *path = find_hadolints(s);
	if (s->common)
		return 0;
	if (path)
		return load(s, path, &s->common, err);
	if (add_setup(s, NULL, &s->common, err) < 0)
		return -1;
	return merge(s, s->common, err);
}

int work_lint_setup_for(struct lint_setups *s, const char *dir,
			const struct lint_setup **out, struct err *err)
{
	struct str kept;
	*out = s->alone;
	if (s->alone)
		return 0;
	if (!s->last_dir || strcmp(s->last_dir, dir) != 0) {
		const char *own = nearest_own(s, dir);
		if (own ? load(s, own, &s->last, err) < 0
			: load_common(s, err) < 0)
			return -1;
		if (!own)
			s->last = s->common;
		if (arena_str(&s->arena, str_of(dir), &kept, err) < 0)
			return -1;
		s->last_dir = kept.p;
	}
	*out = s->last;
	return 0;
}
