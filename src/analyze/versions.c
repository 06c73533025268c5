/* SPDX-License-Identifier: Apache-2.0 */
#include "analyze/versions.h"

#include <stdlib.h>

#include "analyze/contents.h"
#include "base/vec.h"

enum { DATABASE_MAX = 256 << 20 };

/* How a database of paragraphs names what is wanted of it. */
struct dialect {
	const char *manager, *name, *version, *architecture, *status;
};
static const struct dialect dpkg = { "dpkg", "Package", "Version",
				     "Architecture", "Status" };
static const struct dialect apk = { "apk", "P", "V", "A", NULL };

void package_list_done(struct package_list *l)
{
	free(l->v);
	arena_done(&l->arena);
	*l = (struct package_list){ 0 };
}

static struct str trim(struct str s)
{
	while (s.n && (s.p[0] == ' ' || s.p[0] == '\t'))
		s = str_from(s, 1);
	while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\r'))
		s.n--;
	return s;
}

/* A paragraph has ended; a removed package has one, too. */
static int add_package(struct package_list *l, struct package *p,
		       bool installed, struct err *err)
{
	struct package one = *p;
	*p = (struct package){ .manager = p->manager };
	if (!installed || one.name.n == 0)
		return 0;
	struct str *kept[] = { &one.name, &one.version, &one.architecture };
	for (size_t i = 0; i < ARRAY_LEN(kept); i++)
		if (arena_str(&l->arena, *kept[i], kept[i], err) < 0)
			return -1;
	if (vec_room((void **)&l->v, l->n, &l->cap, sizeof *l->v, err) < 0)
		return -1;
	l->v[l->n++] = one;
	return 0;
}

static int parse(struct package_list *l, const struct dialect *d, struct str s,
		 struct err *err)
{
	struct package p = { .manager = str_of(d->manager) };
	bool installed = true;
	while (s.n) {
		struct str line, key, value;
		if (!str_cut(s, '\n', &line, &s)) {
			line = s;
			s.n = 0;
		}
		if (trim(line).n == 0) {
			if (add_package(l, &p, installed, err) < 0)
				return -1;
			installed = true;
			continue;
		}
		if (!str_cut(line, ':', &key, &value))
			continue;
		value = trim(value);
		if (str_eqz(key, d->name))
			p.name = value;
		else if (str_eqz(key, d->version))
			p.version = value;
		else if (str_eqz(key, d->architecture))
			p.architecture = value;
		else if (d->status && str_eqz(key, d->status))
			installed = str_ends(value, STR(" installed"));
	}
	return add_package(l, &p, installed, err);
}

struct reading {
	struct package_list *list;
	const struct dialect *dialect;
};

static int read_one(void *self, uint32_t entry, struct str content,
		    struct err *err)
{
	struct reading *r = self;
	(void)entry;
	return parse(r->list, r->dialect, content, err);
}

static bool file_at(const struct tree *t, uint32_t node, uint32_t *entry)
{
	const struct tree_entry *top =
		node == TREE_NONE ? NULL : tree_top(t, node);
	if (!top || tree_inode(t, top)->type != TAR_FILE)
		return false;
	*entry = (uint32_t)(tree_inode(t, top) - t->entries);
	return true;
}

static int read_file(const struct loaded_image *li, struct str path,
		     const struct dialect *d, struct package_list *out,
		     struct err *err)
{
	struct reading r = { out, d };
	uint32_t entry;
	if (!file_at(li->tree, tree_find(li->tree, path), &entry))
		return 0;
	return contents_read(li, &entry, 1, DATABASE_MAX, read_one, &r, err);
}

/* status.d holds a paragraph a file, and lists of sums beside them. */
static int read_status_d(const struct loaded_image *li,
			 struct package_list *out, struct err *err)
{
	const struct tree *t = li->tree;
	struct reading r = { out, &dpkg };
	uint32_t dir = tree_find(t, STR("var/lib/dpkg/status.d"));
	uint32_t *v = NULL, n = 0, n_files = 0;
	if (dir == TREE_NONE || tree_children(t, dir, &v, &n, err) < 0)
		return dir == TREE_NONE ? 0 : -1;
	for (uint32_t i = 0; i < n; i++)
		if (!str_ends(tree_name(t, v[i]), STR(".md5sums")) &&
		    file_at(t, v[i], &v[n_files]))
			n_files++;
	int done =
		contents_read(li, v, n_files, DATABASE_MAX, read_one, &r, err);
	free(v);
	return done;
}

static int compare_names(const struct package *x, const struct package *y)
{
	int order = str_cmp(x->manager, y->manager);
	if (order == 0)
		order = str_cmp(x->name, y->name);
	return order ? order : str_cmp(x->architecture, y->architecture);
}

static int compare_packages(const void *a, const void *b)
{
	const struct package *x = a, *y = b;
	int order = compare_names(x, y);
	return order ? order : str_cmp(x->version, y->version);
}

int package_list_read(const struct loaded_image *li, struct package_list *out,
		      struct err *err)
{
	scoped(package_list_done) struct package_list l = { 0 };
	if (read_file(li, STR("var/lib/dpkg/status"), &dpkg, &l, err) < 0 ||
	    read_status_d(li, &l, err) < 0 ||
	    read_file(li, STR("lib/apk/db/installed"), &apk, &l, err) < 0 ||
	    read_file(li, STR("usr/lib/apk/db/installed"), &apk, &l, err) < 0)
		return -1;
	if (l.n)
		qsort(l.v, l.n, sizeof *l.v, compare_packages);
	*out = l;
	l = (struct package_list){ 0 };
	return 0;
}

int package_list_compare(const struct package_list *a,
			 const struct package_list *b, package_change_fn *fn,
			 void *self, struct err *err)
{
	uint32_t i = 0, k = 0;
	while (i < a->n || k < b->n) {
		const struct package *x = i < a->n ? &a->v[i] : NULL;
		const struct package *y = k < b->n ? &b->v[k] : NULL;
		int order = !x ? 1 : !y ? -1 : compare_names(x, y);
		i += order <= 0;
		k += order >= 0;
		if (order == 0 && str_eq(x->version, y->version))
			continue;
		if (fn(self, order <= 0 ? x : NULL, order >= 0 ? y : NULL,
		       err) < 0)
			return -1;
	}
	return 0;
}
