/* SPDX-License-Identifier: Apache-2.0 */
/* Facts of a base image: from its config, a few names in its tree and
 * os-release(5). */
#include "analyze/contents.h"
#include "analyze/lookup.h"
#include "work/lint_image.h"
#include "catalog/catalog.h"
#include "json/json.h"
#include "lint/facts/bases.h"

enum { OS_RELEASE_MAX = 64 << 10 };

static int is_there(const struct tree *t, const char *path, bool *out,
		    struct err *err)
{
	uint32_t node;
	if (analyze_find_path(t, str_of(path), &node, err) < 0)
		return -1;
	*out = node != TREE_NONE;
	return 0;
}

/* --- the system ----------------------------------------------------------- */

struct reading {
	struct arena *a;
	struct lint_base *base;
	struct str version; /* in the arena */
};

static struct str unquoted(struct str v)
{
	if (v.n >= 2 && (v.p[0] == '"' || v.p[0] == '\'') &&
	    v.p[v.n - 1] == v.p[0])
		v = (struct str){ v.p + 1, v.n - 2 };
	return v;
}

/* The lines ID= and VERSION_ID=. */
static int read_release(void *self, uint32_t entry, struct str text,
			struct err *err)
{
	struct reading *r = self;
	struct str line, kept;
	(void)entry;
	for (bool more = true; more;) {
		more = str_cut(text, '\n', &line, &text);
		if (!more)
			line = text;
		bool is_id = str_starts(line, STR("ID="));
		if (!is_id && !str_starts(line, STR("VERSION_ID=")))
			continue;
		line = str_from(line, is_id ? 3 : 11);
		if (arena_str(r->a, unquoted(line), &kept, err) < 0)
			return -1;
		if (is_id)
			r->base->family = kept.p;
		else
			r->version = kept;
	}
	return 0;
}

/* The names that the local table has for them. */
static const char *known_family(const char *id)
{
	static const char *const rows[][2] = {
		{ "amzn", "amazon" },
		{ "opensuse-leap", "opensuse" },
		{ "opensuse-tumbleweed", "opensuse" },
		{ "sles", "opensuse" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (strcmp(id, rows[i][0]) == 0)
			return rows[i][1];
	return id;
}

static int find_family(const struct loaded_image *li, struct arena *a,
		       struct lint_base *b, struct err *err)
{
	static const char *const files[] = { "etc/os-release",
					     "usr/lib/os-release" };
	struct reading r = { .a = a, .base = b };
	for (size_t i = 0; i < ARRAY_LEN(files) && !b->family; i++) {
		uint32_t node;
		if (analyze_find_path(li->tree, str_of(files[i]), &node, err) <
		    0)
			return -1;
		const struct tree_entry *e =
			node == TREE_NONE ? NULL : tree_top(li->tree, node);
		e = e ? tree_inode(li->tree, e) : NULL;
		if (!e || e->type != TAR_FILE)
			continue;
		uint32_t entry = tree_id(li->tree, e);
		if (analyze_read_contents(li, &entry, 1, OS_RELEASE_MAX,
					  read_release, &r, err) < 0)
			return -1;
	}
	if (b->family)
		b->family = known_family(b->family);
	b->release = lint_release_named(b->family, r.version);
	return 0;
}

/* 1: one of the paths is there; 0; -1. */
static int any_is_there(const struct tree *t, const char *paths,
			struct err *err)
{
	struct str path;
	for (const char *p = paths; p && *p; p += path.n + (p[path.n] == ' ')) {
		uint32_t node;
		path = (struct str){ p, strcspn(p, " ") };
		if (analyze_find_path(t, path, &node, err) < 0)
			return -1;
		if (node != TREE_NONE)
			return 1;
	}
	return 0;
}

static int find_manager(const struct tree *t, struct lint_base *b,
			struct err *err)
{
	struct catalog_at at = { 0 };
	const struct catalog_presence *p;
	while (!b->manager && (p = catalog_next_presence(&at))) {
		int there = any_is_there(t, p->path, err);
		int other = there > 0 ? any_is_there(t, p->unless, err) : 0;
		if (there < 0 || other < 0)
			return -1;
		if (there && !other)
			b->manager = p->manager;
	}
	return is_there(t, "etc/apt/apt.conf.d/docker-clean",
			&b->cleans_archives, err);
}

/* The shell behind /bin/sh, told by the name that the symlink has: Debian's is
 * dash, Alpine's busybox. Contents are not asked. */
static int find_shell(const struct tree *t, struct lint_base *b,
		      struct err *err)
{
	uint32_t node;
	if (analyze_find_path(t, STR("bin/sh"), &node, err) < 0)
		return -1;
	const struct tree_entry *e =
		node == TREE_NONE ? NULL : tree_top(t, node);
	if (!e || e->type != TAR_SYMLINK)
		return 0;
	struct str to = tree_target(t, tree_inode(t, e));
	static const char *const names[] = { "dash", "bash", "busybox" };
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_ends(to, str_of(names[i])))
			b->shell = names[i];
	return 0;
}

/* --- the config ----------------------------------------------------------- */

static bool is_root(struct str user)
{
	struct str group;
	(void)str_cut(user, ':', &user, &group);
	return user.n == 0 || str_eqz(user, "root") || str_eqz(user, "0");
}

static int read_config(const struct image *img, const struct limits *lim,
		       struct lint_base *b, struct err *err)
{
	scoped(json_free) json_t *doc = NULL;
	json_t *config = NULL, *health = NULL, *test = NULL;
	struct str user = { 0 }, dir = { 0 };
	if (json_parse(img->config.text, lim, &lim->config_max, &doc, err) <
		    0 ||
	    json_get_object(doc, "config", &config, err) < 0)
		return -1;
	b->user_known = b->user_is_root = true;
	if (!config)
		return 0;
	if (json_get_str(config, "User", &user, err) < 0 ||
	    json_get_str(config, "WorkingDir", &dir, err) < 0 ||
	    json_get_object(config, "Healthcheck", &health, err) < 0)
		return -1;
	b->user_is_root = is_root(user);
	b->workdir_set = dir.n > 0;
	if (health && json_get_array(health, "Test", &test, err) < 0)
		return -1;
	const char *kind = json_string_value(json_array_get(test, 0));
	b->healthcheck = kind && strcmp(kind, "NONE") != 0;
	return 0;
}

static int read_platform(const struct image *img, struct arena *a,
			 struct lint_base *b, struct err *err)
{
	scoped(buf_done) struct buf text = BUF_INIT(1 << 10);
	struct str kept;
	if (oci_platform_text(&img->platform, &text, err) < 0 ||
	    arena_str(a, buf_str(&text), &kept, err) < 0)
		return -1;
	b->platform = kept.n ? kept.p : NULL;
	return 0;
}

int work_lint_base_read(struct work_lint_image *image, struct work_session *s,
			struct arena *a, const struct lint_base **out,
			struct err *err)
{
	struct lint_base *b = arena_alloc(a, sizeof *b, err);
	if (!b)
		return -1;
	b->given = true;
	b->seen = &image->seen;
	if (find_family(&image->li, a, b, err) < 0 ||
	    find_manager(image->li.tree, b, err) < 0 ||
	    find_shell(image->li.tree, b, err) < 0 ||
	    read_config(image->image, s->load.limits, b, err) < 0 ||
	    read_platform(image->image, a, b, err) < 0)
		return -1;
	*out = b;
	return 0;
}
