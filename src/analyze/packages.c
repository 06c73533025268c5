/* SPDX-License-Identifier: Apache-2.0 */
#include "analyze/packages.h"

#include <stdlib.h>

#include "analyze/lookup.h"
#include "base/vec.h"

struct reader {
	const struct tree *t;
	struct package_db *p;
	const struct package_file *file;
	struct str package; /* the last one; names[id] is its name */
	uint32_t id;
};

void analyze_package_db_done(struct package_db *p)
{
	free(p->names);
	free(p->owner);
	free(p->check);
	arena_done(&p->arena);
	*p = (struct package_db){ 0 };
}

/* Adds "dpkg:NAME"; no file: the package that stands for none. */
static int add_package(struct package_db *p, const struct package_file *f,
		       struct str name, uint32_t *out, struct err *err)
{
	scoped(buf_done) struct buf text = BUF_INIT(1 << 20);
	if (vec_room((void **)&p->names, p->n, &p->cap, sizeof *p->names, err) <
		    0 ||
	    (f && buf_addf(&text, err, "%s:", f->database->name) < 0) ||
	    buf_str_add(&text, name, err) < 0)
		return -1;
	struct package_name *to = &p->names[p->n];
	*to = (struct package_name){ .number = f ? f->number : 0 };
	if (arena_str(&p->arena, buf_str(&text), &to->text, err) < 0)
		return -1;
	*out = p->n++;
	return 0;
}

/* Paths of one package come in a row, and its name lies at one place in what is
 * read: comparing where it lies tells a new one. Paths in front of the first
 * name of a file have no package. */
static int note_path(void *self, struct str package, struct str path,
		     bool checked, struct err *err)
{
	struct reader *r = self;
	uint32_t node;
	if (package.p != r->package.p) {
		r->package = package;
		if (add_package(r->p, r->file, package, &r->id, err) < 0)
			return -1;
	}
	if (analyze_find_path(r->t, path, &node, err) < 0)
		return -1;
	if (node == TREE_NONE)
		return 0;
	r->p->owner[node] = r->id;
	if (checked)
		r->p->check[node] = r->id;
	return 0;
}

/* Files come by entry: of two lists that name a path, the one that stands later
 * in the image has the last word. */
static int read_file(void *self, const struct package_file *f,
		     struct str content, struct err *err)
{
	struct reader *r = self;
	r->file = f;
	r->package = (struct str){ 0 };
	r->id = 0;
	return f->file->read_paths(f->package, content, note_path, r, err);
}

int analyze_read_package_db(const struct loaded_image *li,
			    struct package_db *out, struct err *err)
{
	scoped(analyze_package_db_done) struct package_db p = { 0 };
	scoped(analyze_package_files_done) struct package_files files = { 0 };
	struct reader r = { .t = li->tree, .p = &p };
	uint32_t none;
	p.owner = calloc(tree_n_nodes(li->tree), sizeof *p.owner);
	p.check = calloc(tree_n_nodes(li->tree), sizeof *p.check);
	if (!p.owner || !p.check)
		return err_nomem(err, tree_n_nodes(li->tree) * sizeof *p.owner);
	if (add_package(&p, NULL, STR(""), &none, err) < 0 ||
	    analyze_find_package_files(li->tree, true, &files, err) < 0)
		return -1;
	memcpy(p.unread, files.unread, sizeof p.unread);
	if (analyze_read_package_files(li, &files, read_file, &r, err) < 0)
		return err_ctx(err, "reading the package database");
	*out = p;
	p = (struct package_db){ 0 };
	return 0;
}
