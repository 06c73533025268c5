/* SPDX-License-Identifier: Apache-2.0 */
#include "analyze/versions.h"

#include <stdlib.h>

#include "analyze/package_files.h"
#include "base/vec.h"

void analyze_package_list_done(struct package_list *l)
{
	free(l->v);
	arena_done(&l->arena);
	*l = (struct package_list){ 0 };
}

struct reader {
	struct package_list *list;
	struct str manager;
};

static int add_package(void *self, const struct catalog_package *p,
		       struct err *err)
{
	struct reader *r = self;
	struct package_list *l = r->list;
	struct package one = { r->manager, p->name, p->version,
			       p->architecture };
	struct str *kept[] = { &one.name, &one.version, &one.architecture };
	for (size_t i = 0; i < ARRAY_LEN(kept); i++)
		if (arena_str(&l->arena, *kept[i], kept[i], err) < 0)
			return -1;
	if (vec_room((void **)&l->v, l->n, &l->cap, sizeof *l->v, err) < 0)
		return -1;
	l->v[l->n++] = one;
	return 0;
}

static int read_file(void *self, const struct package_file *f,
		     struct str content, struct err *err)
{
	struct reader *r = self;
	r->manager = str_of(f->database->name);
	return f->file->read_packages(content, add_package, r, err);
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

int analyze_list_packages(const struct loaded_image *li,
			  struct package_list *out, struct err *err)
{
	scoped(analyze_package_list_done) struct package_list l = { 0 };
	scoped(analyze_package_files_done) struct package_files files = { 0 };
	struct reader r = { .list = &l };
	if (analyze_find_package_files(li->tree, false, &files, err) < 0 ||
	    analyze_read_package_files(li, &files, read_file, &r, err) < 0)
		return -1;
	if (l.n)
		qsort(l.v, l.n, sizeof *l.v, compare_packages);
	*out = l;
	l = (struct package_list){ 0 };
	return 0;
}

/* Both lists are sorted, so one walk over both finds the pairs. Two versions of
 * one package in an image (which dpkg allows by architecture only) are paired
 * in their order. */
int analyze_compare_packages(const struct package_list *a,
			     const struct package_list *b,
			     package_change_fn *fn, void *self, struct err *err)
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
