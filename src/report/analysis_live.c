/* SPDX-License-Identifier: Apache-2.0 */
/* The live bytes of an image by directory and by file. */
#include <stdlib.h>

#include "base/vec.h"
#include "report/analysis_page.h"
#include "report/human.h"

/* --- the tree -------------------------------------------------------------- */

/* Directories to be shown, the next one last. */
struct pending {
	struct pending_dir {
		uint32_t node;
		uint32_t depth;
	} * v;
	uint32_t n, cap;
};

static void pending_done(struct pending *s)
{
	free(s->v);
}

static int pending_push(struct pending *s, uint32_t node, uint32_t depth,
			struct err *err)
{
	void *v = s->v;
	if (vec_room(&v, s->n, &s->cap, sizeof *s->v, err) < 0)
		return -1;
	s->v = v;
	s->v[s->n++] = (struct pending_dir){ node, depth };
	return 0;
}

/* The costliest last; equals against the order of the listing. */
static int cheaper(const void *x, const void *y, void *below)
{
	const uint32_t *a = x, *b = y;
	const uint64_t *bytes = below;
	if (bytes[*a] != bytes[*b])
		return bytes[*a] < bytes[*b] ? -1 : 1;
	return *a < *b ? 1 : *a > *b ? -1 : 0;
}

static void free_nodes(uint32_t **v)
{
	free(*v);
}

static int push_children(const struct page *p, struct pending *s,
			 struct pending_dir d, struct err *err)
{
	scoped(free_nodes) uint32_t *v = NULL;
	uint32_t n, dirs = 0;
	const struct live *l = &p->a->live;
	if (tree_children(p->t, d.node, &v, &n, err) < 0)
		return -1;
	for (uint32_t i = 0; i < n; i++)
		if (tree_top(p->t, v[i])->type == TAR_DIR && l->below[v[i]])
			v[dirs++] = v[i];
	if (dirs > 1)
		qsort_r(v, dirs, sizeof *v, cheaper, l->below);
	for (uint32_t i = 0; i < dirs; i++)
		if (pending_push(s, v[i], d.depth + 1, err) < 0)
			return -1;
	return 0;
}

int report_page_tree(const struct page *p, struct err *err)
{
	static const struct column columns[] = {
		{ "LIVE", COLUMN_NUMBER, 10, 0 },
		{ "FILES", COLUMN_NUMBER, 7, 1 },
		{ "DIRECTORY", COLUMN_PATH, 20, 2 },
	};
	const struct live *l = &p->a->live;
	uint32_t depth = p->show->depth ? p->show->depth : SHOW_DEPTH;
	size_t left = report_page_top(p, SIZE_MAX);
	scoped(pending_done) struct pending s = { 0 };
	scoped(report_table_done) struct table table =
		report_page_table(p, columns, ARRAY_LEN(columns));
	if (pending_push(&s, TREE_ROOT, 0, err) < 0)
		return -1;
	for (; s.n && left; left--) {
		struct pending_dir d = s.v[--s.n];
		if (report_table_cellf(
			    &table, err, "%s",
			    report_human_bytes(l->below[d.node]).text) < 0 ||
		    report_table_cellf(
			    &table, err, "%s",
			    report_human_count(l->files[d.node]).text) < 0 ||
		    report_page_path(p, d.node, &table.text, err) < 0 ||
		    report_table_cell(&table, STR(""), err) < 0 ||
		    (d.depth < depth && push_children(p, &s, d, err) < 0))
			return -1;
	}
	return report_table_put(&table, p->out, err);
}

/* --- files ----------------------------------------------------------------- */

int report_page_files(const struct page *p, struct err *err)
{
	static const struct column columns[] = {
		{ "LIVE", COLUMN_NUMBER, 10, 0 },
		{ "LAYER", COLUMN_NUMBER, 6, 1 },
		{ "FILE", COLUMN_PATH, 20, 2 },
	};
	const struct live *l = &p->a->live;
	size_t n = report_page_top(p, l->n);
	scoped(report_table_done) struct table table =
		report_page_table(p, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < n; i++) {
		const struct tree_entry *inode =
			tree_inode(p->t, tree_top(p->t, l->v[i].node));
		if (report_table_cellf(&table, err, "%s",
				       report_human_bytes(l->v[i].bytes).text) <
			    0 ||
		    report_table_cellf(&table, err, "%u", inode->born + 1u) <
			    0 ||
		    report_page_path(p, l->v[i].node, &table.text, err) < 0 ||
		    report_table_cell(&table, STR(""), err) < 0)
			return -1;
	}
	return report_table_put(&table, p->out, err);
}
