/* SPDX-License-Identifier: Apache-2.0 */
#include "analyze/packages.h"

#include <stdlib.h>

#include "analyze/contents.h"
#include "analyze/lookup.h"
#include "base/vec.h"

enum { DATABASE_MAX = 256 << 20 };

enum list_kind { LIST_PATHS, LIST_MD5SUMS, LIST_APK };

/* A file of a database: what it is, and whose. */
struct list {
	uint32_t entry;
	enum list_kind kind;
	uint32_t package;
};

struct reader {
	const struct tree *t;
	struct package_db *p;
	struct list *lists;
	uint32_t n, cap, at;
};

void package_db_done(struct package_db *p)
{
	free(p->names);
	free(p->owner);
	free(p->check);
	arena_done(&p->arena);
	*p = (struct package_db){ 0 };
}

static void reader_done(struct reader *r)
{
	free(r->lists);
}

static int add_package(struct package_db *p, enum package_manager m,
		       struct str name, uint32_t *out, struct err *err)
{
	scoped(buf_done) struct buf text = BUF_INIT(1 << 20);
	struct package_name *to;
	if (vec_room((void **)&p->names, p->n, &p->cap, sizeof *p->names, err) <
		    0 ||
	    buf_addf(&text, err, "%s:", m == PACKAGES_APK ? "apk" : "dpkg") <
		    0 ||
	    buf_str_add(&text, name, err) < 0)
		return -1;
	to = &p->names[p->n];
	*to = (struct package_name){ .manager = m };
	if (arena_str(&p->arena, buf_str(&text), &to->text, err) < 0)
		return -1;
	*out = p->n++;
	return 0;
}

static int note_path(struct reader *r, struct str path, uint32_t package,
		     bool checked, struct err *err)
{
	uint32_t node;
	if (lookup_path(r->t, path, &node, err) < 0)
		return -1;
	if (node == TREE_NONE)
		return 0;
	r->p->owner[node] = package;
	if (checked)
		r->p->check[node] = package;
	return 0;
}

/* "MD5  path" (md5sum(1)). */
static struct str path_of_sum(struct str line)
{
	struct str sum, path = { 0 };
	if (!str_cut(line, ' ', &sum, &path) || path.n == 0)
		return (struct str){ 0 };
	return str_from(path, 1);
}

/* apk's lines: P: a package's name, F: a directory, R: a file in it. */
static int read_apk_line(struct reader *r, struct str line, uint32_t *package,
			 struct buf *dir, struct err *err)
{
	if (line.n < 2 || line.p[1] != ':')
		return 0;
	struct str value = str_from(line, 2);
	size_t n = dir->n;
	switch (line.p[0]) {
	case 'P':
		return add_package(r->p, PACKAGES_APK, value, package, err);
	case 'F':
		buf_reset(dir);
		return buf_str_add(dir, value, err) < 0
			       ? -1
			       : note_path(r, value, *package, false, err);
	case 'R':
		if ((n && buf_byte(dir, '/', err) < 0) ||
		    buf_str_add(dir, value, err) < 0 ||
		    note_path(r, buf_str(dir), *package, true, err) < 0)
			return -1;
		dir->n = n;
		return 0;
	default:
		return 0;
	}
}

static int read_line(struct reader *r, const struct list *l, struct str line,
		     uint32_t *package, struct buf *dir, struct err *err)
{
	switch (l->kind) {
	case LIST_PATHS:
		return note_path(r, line, *package, true, err);
	case LIST_MD5SUMS:
		line = path_of_sum(line);
		return line.n ? note_path(r, line, *package, true, err) : 0;
	case LIST_APK:
		return read_apk_line(r, line, package, dir, err);
	}
	return 0;
}

static int compare_lists(const void *a, const void *b)
{
	const struct list *x = a, *y = b;
	return (x->entry > y->entry) - (x->entry < y->entry);
}

/* Contents come by rising entry, as the lists are sorted. */
static int read_list(void *self, uint32_t entry, struct str content,
		     struct err *err)
{
	struct reader *r = self;
	scoped(buf_done) struct buf dir = BUF_INIT(1 << 20);
	struct str line, rest = content;
	while (r->lists[r->at].entry < entry)
		r->at++;
	const struct list *l = &r->lists[r->at];
	uint32_t package = l->package;
	while (rest.n) {
		if (!str_cut(rest, '\n', &line, &rest)) {
			line = rest;
			rest.n = 0;
		}
		if (line.n && read_line(r, l, line, &package, &dir, err) < 0)
			return -1;
	}
	return 0;
}

static int add_list(struct reader *r, uint32_t node, enum list_kind kind,
		    uint32_t package, struct err *err)
{
	const struct tree_entry *e = tree_inode(r->t, tree_top(r->t, node));
	if (e->type != TAR_FILE)
		return 0;
	if (vec_room((void **)&r->lists, r->n, &r->cap, sizeof *r->lists, err) <
	    0)
		return -1;
	r->lists[r->n++] = (struct list){
		.entry = (uint32_t)(e - r->t->entries),
		.kind = kind,
		.package = package,
	};
	return 0;
}

/* PACKAGE.list and PACKAGE.md5sums of one directory. */
static int add_dpkg_lists(struct reader *r, const char *dir, struct err *err)
{
	uint32_t node = tree_find(r->t, str_of(dir)), *v, n, package;
	static const struct {
		struct str end;
		enum list_kind kind;
	} kinds[] = { { { ".list", 5 }, LIST_PATHS },
		      { { ".md5sums", 8 }, LIST_MD5SUMS } };
	if (node == TREE_NONE || !tree_top(r->t, node))
		return 0;
	if (tree_children(r->t, node, &v, &n, err) < 0)
		return -1;
	int done = 0;
	for (uint32_t i = 0; i < n && done == 0; i++)
		for (size_t k = 0; k < ARRAY_LEN(kinds) && done == 0; k++) {
			struct str name = tree_name(r->t, v[i]);
			if (!str_ends(name, kinds[k].end))
				continue;
			name.n -= kinds[k].end.n;
			done = add_package(r->p, PACKAGES_DPKG, name, &package,
					   err);
			if (done == 0)
				done = add_list(r, v[i], kinds[k].kind, package,
						err);
		}
	free(v);
	return done;
}

static int add_apk_list(struct reader *r, const char *path, struct err *err)
{
	uint32_t node = tree_find(r->t, str_of(path));
	if (node == TREE_NONE || !tree_top(r->t, node))
		return 0;
	return add_list(r, node, LIST_APK, 0, err);
}

static bool stands(const struct tree *t, const char *path)
{
	uint32_t node = tree_find(t, str_of(path));
	return node != TREE_NONE && tree_top(t, node);
}

static int find_lists(struct reader *r, struct err *err)
{
	uint32_t nobody;
	r->p->has_rpm = stands(r->t, "var/lib/rpm/rpmdb.sqlite") ||
			stands(r->t, "var/lib/rpm/Packages") ||
			stands(r->t, "var/lib/rpm/Packages.db") ||
			stands(r->t, "usr/lib/sysimage/rpm/rpmdb.sqlite") ||
			stands(r->t, "usr/lib/sysimage/rpm/Packages.db");
	if (add_package(r->p, PACKAGES_NONE, STR(""), &nobody, err) < 0 ||
	    add_dpkg_lists(r, "var/lib/dpkg/info", err) < 0 ||
	    add_dpkg_lists(r, "var/lib/dpkg/status.d", err) < 0 ||
	    add_apk_list(r, "lib/apk/db/installed", err) < 0)
		return -1;
	return add_apk_list(r, "usr/lib/apk/db/installed", err);
}

static void free_ids(uint32_t **v)
{
	free(*v);
}

int package_db_read(const struct loaded_image *li, struct package_db *out,
		    struct err *err)
{
	scoped(package_db_done) struct package_db p = { 0 };
	scoped(reader_done) struct reader r = { .t = li->tree, .p = &p };
	p.owner = calloc(li->tree->n_nodes, sizeof *p.owner);
	p.check = calloc(li->tree->n_nodes, sizeof *p.check);
	if (!p.owner || !p.check)
		return err_nomem(err, li->tree->n_nodes * sizeof *p.owner);
	if (find_lists(&r, err) < 0)
		return -1;
	scoped(free_ids) uint32_t *ids = calloc((size_t)r.n + 1, sizeof *ids);
	if (!ids)
		return err_nomem(err, r.n * sizeof *ids);
	if (r.n)
		qsort(r.lists, r.n, sizeof *r.lists, compare_lists);
	for (uint32_t i = 0; i < r.n; i++)
		ids[i] = r.lists[i].entry;
	if (contents_read(li, ids, r.n, DATABASE_MAX, read_list, &r, err) < 0)
		return err_ctx(err, "reading the package database");
	*out = p;
	p = (struct package_db){ 0 };
	return 0;
}
