/* SPDX-License-Identifier: Apache-2.0 */
#include "analyze/package_files.h"

#include <stdlib.h>

#include "analyze/contents.h"
#include "base/vec.h"

enum { DATABASE_MAX = 256 << 20 };

struct search {
	const struct tree *t;
	struct package_files *out;
	bool paths;
	const struct catalog_database *database;
	uint16_t number;
};

void analyze_package_files_done(struct package_files *p)
{
	free(p->v);
	*p = (struct package_files){ 0 };
}

/* The file's entry, that of its inode: a name may be a hard link. */
static bool file_at(const struct tree *t, uint32_t node, uint32_t *entry)
{
	const struct tree_entry *top =
		node == TREE_NONE ? NULL : tree_top(t, node);
	if (!top || tree_inode(t, top)->type != TAR_FILE)
		return false;
	*entry = tree_id(t, tree_inode(t, top));
	return true;
}

static bool is_wanted(const struct search *s,
		      const struct catalog_database_file *f)
{
	return s->paths ? f->read_paths != NULL : f->read_packages != NULL;
}

static int add_file(const struct search *s,
		    const struct catalog_database_file *f, uint32_t node,
		    struct str package, struct err *err)
{
	struct package_files *p = s->out;
	struct package_file one = { .file = f,
				    .database = s->database,
				    .number = s->number,
				    .package = package };
	if (!file_at(s->t, node, &one.entry))
		return 0;
	if (vec_room((void **)&p->v, p->n, &p->cap, sizeof *p->v, err) < 0)
		return -1;
	p->v[p->n++] = one;
	return 0;
}

/* "info" with suffix ".list": info/libc6.list is a file of the package libc6.
 * Names with a slash cannot be: children are one component each. */
static int add_directory(const struct search *s,
			 const struct catalog_database_file *f, uint32_t dir,
			 struct err *err)
{
	struct str end = str_of(f->suffix);
	uint32_t *v, n;
	if (tree_children(s->t, dir, &v, &n, err) < 0)
		return -1;
	int done = 0;
	for (uint32_t i = 0; i < n && done == 0; i++) {
		struct str name = tree_name(s->t, v[i]);
		if (!str_ends(name, end) ||
		    (f->but && str_ends(name, str_of(f->but))))
			continue;
		name.n -= end.n;
		done = add_file(s, f, v[i], name, err);
	}
	free(v);
	return done;
}

/* A database is there when one of its files is. Files that do not tell what is
 * asked for are passed over, and so are those without a reader. */
static int search_database(const struct search *s, struct err *err)
{
	const struct catalog_database *d = s->database;
	bool found = false;
	for (const struct catalog_database_file *f = d->files; f->path; f++) {
		uint32_t node = tree_find(s->t, str_of(f->path));
		if (node == TREE_NONE || !tree_top(s->t, node))
			continue;
		found = true;
		if (!is_wanted(s, f))
			continue;
		if ((f->suffix ? add_directory(s, f, node, err)
			       : add_file(s, f, node, (struct str){ 0 }, err)) <
		    0)
			return -1;
	}
	s->out->unread[s->number] = found && !catalog_database_has_paths(d);
	return 0;
}

static int compare_files(const void *a, const void *b)
{
	const struct package_file *x = a, *y = b;
	int order = (x->entry > y->entry) - (x->entry < y->entry);
	return order ? order : str_cmp(x->package, y->package);
}

int analyze_find_package_files(const struct tree *t, bool paths,
			       struct package_files *out, struct err *err)
{
	scoped(analyze_package_files_done) struct package_files p = { 0 };
	struct search s = { .t = t, .out = &p, .paths = paths };
	for (; (s.database = catalog_database_at(s.number)); s.number++)
		if (search_database(&s, err) < 0)
			return -1;
	if (p.n)
		qsort(p.v, p.n, sizeof *p.v, compare_files);
	*out = p;
	p = (struct package_files){ 0 };
	return 0;
}

struct reading {
	const struct package_files *p;
	uint32_t at;
	package_file_fn *fn;
	void *self;
};

/* Contents come by rising entry, as the files are sorted. Two names may be hard
 * links to one file, which is then read for both. */
static int read_content(void *self, uint32_t entry, struct str content,
			struct err *err)
{
	struct reading *r = self;
	const struct package_files *p = r->p;
	while (p->v[r->at].entry < entry)
		r->at++;
	for (; r->at < p->n && p->v[r->at].entry == entry; r->at++)
		if (r->fn(r->self, &p->v[r->at], content, err) < 0)
			return -1;
	return 0;
}

static void free_entries(uint32_t **v)
{
	free(*v);
}

int analyze_read_package_files(const struct loaded_image *li,
			       const struct package_files *p,
			       package_file_fn *fn, void *self, struct err *err)
{
	struct reading r = { .p = p, .fn = fn, .self = self };
	uint32_t n = 0;
	scoped(free_entries) uint32_t *v = calloc((size_t)p->n + 1, sizeof *v);
	if (!v)
		return err_nomem(err, p->n * sizeof *v);
	for (uint32_t i = 0; i < p->n; i++)
		if (n == 0 || v[n - 1] != p->v[i].entry)
			v[n++] = p->v[i].entry;
	return analyze_read_contents(li, v, n, DATABASE_MAX, read_content, &r,
				     err);
}
