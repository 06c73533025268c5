/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdio.h>

#include "report/list.h"

/* "drwxr-xr-t", and "+" behind it where there are xattrs. */
static void put_mode(char to[12], const struct tree_entry *e,
		     const struct tree_meta *m)
{
	static const char bits[] = "rwxrwxrwx";
	to[0] = report_list_type(e).letter;
	for (int i = 0; i < 9; i++)
		to[1 + i] = m->mode & 1u << (8 - i) ? bits[i] : '-';
	/* Set-id and sticky share the place of x: small letters have both. */
	if (m->mode & 04000)
		to[3] = to[3] == 'x' ? 's' : 'S';
	if (m->mode & 02000)
		to[6] = to[6] == 'x' ? 's' : 'S';
	if (m->mode & 01000)
		to[9] = to[9] == 'x' ? 't' : 'T';
	to[10] = m->xattrs ? '+' : ' ';
	to[11] = 0;
}

struct row {
	char mode[12], links[16], owner[32], size[32], time[32];
};

static void set_row(const struct tree *t, uint32_t node, struct row *r)
{
	const struct tree_entry *e = tree_inode(t, tree_top(t, node));
	const struct tree_meta *m = tree_meta(t, e);
	struct list_time time = report_list_time(tree_mtime(t, e));
	put_mode(r->mode, e, m);
	/* An overlay mount says 1 of a directory, too. */
	snprintf(r->links, sizeof r->links, "%u",
		 e->type == TAR_DIR ? 1 : tree_fate(t, e).n_names);
	snprintf(r->owner, sizeof r->owner, "%u:%u", m->uid, m->gid);
	if (e->type == TAR_CHAR || e->type == TAR_BLOCK) {
		struct tree_device d = tree_device(t, e);
		snprintf(r->size, sizeof r->size, "%u,%u", d.major, d.minor);
	} else {
		uint64_t size = e->type == TAR_SYMLINK ? tree_target(t, e).n
						       : tree_size(t, e);
		snprintf(r->size, sizeof r->size, "%" PRIu64, size);
	}
	if (time.text[0] == '@')
		snprintf(r->time, sizeof r->time, "%.24s", time.text);
	else
		snprintf(r->time, sizeof r->time, "%.10s %.5s", time.text,
			 time.text + 11);
}

struct widths {
	int links, owner, size, time;
};

static int wider(int so_far, const char *text)
{
	return MAX(so_far, (int)strlen(text));
}

static struct widths measure(const struct work_listing *l)
{
	struct widths w = { 0 };
	for (uint32_t i = 0; i < l->n; i++) {
		struct row r;
		set_row(l->li->tree, l->nodes[i], &r);
		w.links = wider(w.links, r.links);
		w.owner = wider(w.owner, r.owner);
		w.size = wider(w.size, r.size);
		w.time = wider(w.time, r.time);
	}
	return w;
}

/* A file that was named is told by its path, what is in a directory by its
 * name. */
static int put_name(const struct work_listing *l, uint32_t node,
		    struct buf *out, struct err *err)
{
	scoped(buf_done) struct buf path = BUF_INIT(1 << 20);
	if (l->directory)
		return buf_shown(out, tree_name(l->li->tree, node), err);
	if (buf_byte(&path, '/', err) < 0 ||
	    tree_path(l->li->tree, node, &path, err) < 0)
		return -1;
	return buf_shown(out, buf_str(&path), err);
}

static int put_line(const struct report_list *r, const struct work_listing *l,
		    uint32_t node, const struct widths *w, struct buf *out,
		    struct err *err)
{
	const struct tree *t = l->li->tree;
	const struct tree_entry *e = tree_inode(t, tree_top(t, node));
	struct row row;
	set_row(t, node, &row);
	if (r->in_full && buf_addf(out, err, "%s %*s %-*s %*s %-*s ", row.mode,
				   w->links, row.links, w->owner, row.owner,
				   w->size, row.size, w->time, row.time) < 0)
		return -1;
	if (put_name(l, node, out, err) < 0)
		return -1;
	if (r->in_full && e->type == TAR_SYMLINK &&
	    (buf_str_add(out, STR(" -> "), err) < 0 ||
	     buf_shown(out, tree_target(t, e), err) < 0))
		return -1;
	return buf_byte(out, '\n', err);
}

int report_list_text(const struct report_list *r,
		     const struct text_style *style, struct buf *out,
		     struct err *err)
{
	(void)style;
	for (size_t i = 0; i < r->list->n; i++) {
		const struct work_listing *l = &r->list->v[i];
		const struct widths w = measure(l);
		if (r->list->n > 1 &&
		    ((i && buf_byte(out, '\n', err) < 0) ||
		     oci_platform_text(&l->li->image->platform, out, err) < 0 ||
		     buf_byte(out, '\n', err) < 0))
			return -1;
		for (uint32_t k = 0; k < l->n; k++)
			if (put_line(r, l, l->nodes[k], &w, out, err) < 0)
				return -1;
	}
	return 0;
}
