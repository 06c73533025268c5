/* SPDX-License-Identifier: Apache-2.0 */
/* PAX records (POSIX.1-2024, pax, "pax Extended Header") and the map of sparse
 * format 1.0 (GNU tar manual, "Storing Sparse Files"). Each function runs
 * twice: without a buffer it counts, for the header that has to say how long
 * the records are, and then it writes; one code for both, so the two cannot
 * disagree. */
#include "tar/layout.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

/* Appends to a buffer, or only counts what it would take. */
struct out {
	struct buf *b;
	uint64_t n;
};

static int put(struct out *o, struct str s, struct err *err)
{
	o->n += s.n;
	return o->b ? buf_str_add(o->b, s, err) : 0;
}

static size_t n_digits(uint64_t v)
{
	size_t n = 1;
	while (v >= 10) {
		v /= 10;
		n++;
	}
	return n;
}

/* "LENGTH KEY=VALUE\n", where LENGTH counts its own digits; the key and the
 * value come in two parts each.
 *
 *	30 mtime=1432668921.098285006\n		3 + 6 + 20 + 1 = 30
 *
 * The digits of the length may add a digit to it: 98 bytes and two digits would
 * be 100, which has three, so the record says 101. It cannot happen twice, as
 * one more digit is far from the next power of ten. */
static int put_record(struct out *o, struct str key, struct str key2,
		      struct str value, struct str value2, struct err *err)
{
	char number[24];
	const uint64_t rest = 3ull + key.n + key2.n + value.n + value2.n;
	uint64_t total = rest + n_digits(rest);
	if (n_digits(total) > n_digits(rest))
		total = rest + n_digits(total);
	int n = snprintf(number, sizeof number, "%" PRIu64 " ", total);
	if (put(o, (struct str){ number, (size_t)n }, err) < 0 ||
	    put(o, key, err) < 0 || put(o, key2, err) < 0 ||
	    put(o, STR("="), err) < 0 || put(o, value, err) < 0 ||
	    put(o, value2, err) < 0)
		return -1;
	return put(o, STR("\n"), err);
}

static int put_text(struct out *o, struct str key, struct str value,
		    struct str behind, struct err *err)
{
	return put_record(o, key, STR(""), value, behind, err);
}

static int put_number(struct out *o, struct str key, uint64_t v,
		      struct err *err)
{
	char number[24];
	int n = snprintf(number, sizeof number, "%" PRIu64, v);
	return put_text(o, key, (struct str){ number, (size_t)n }, STR(""),
			err);
}

static int put_xattrs(struct out *o, const struct tar_entry *e, struct err *err)
{
	for (size_t i = 0; i < e->n_xattrs; i++) {
		const struct tar_xattr *x = &e->xattrs[i];
		assert(i == 0 || str_cmp(x[-1].name, x->name) < 0);
		/* A key ends at its "=". */
		if (x->name.n == 0 || str_find(x->name, '=') < x->name.n ||
		    str_find(x->name, 0) < x->name.n)
			return err_set(err, ERR_UNSUPPORTED,
				       "PAX cannot name the attribute \"%s\"",
				       str_quoted(x->name).text);
		if (put_record(o, STR("SCHILY.xattr."), x->name, x->value,
			       STR(""), err) < 0)
			return -1;
	}
	return 0;
}

static int put_sparse(struct out *o, const struct tar_entry *e, struct err *err)
{
	if (put_number(o, STR("GNU.sparse.major"), 1, err) < 0 ||
	    put_number(o, STR("GNU.sparse.minor"), 0, err) < 0 ||
	    put_text(o, STR("GNU.sparse.name"), e->name, STR(""), err) < 0)
		return -1;
	return put_number(o, STR("GNU.sparse.realsize"), e->size, err);
}

/* hdrcharset comes first, as it says how the values behind it are coded.
 * Attributes come in the order of their names: equal entries, equal bytes. */
int tar_pax_records(const struct tar_layout *l, struct buf *b, uint64_t *n,
		    struct err *err)
{
	const struct tar_entry *e = l->e;
	struct out o = { .b = b };
	/* The behaviour of values that are not UTF-8 is undefined without
	 * this (POSIX, pax "hdrcharset"). */
	if (l->binary &&
	    put_text(&o, STR("hdrcharset"), STR("BINARY"), STR(""), err) < 0)
		return -1;
	bool slash = e->type == TAR_DIR && e->name.n &&
		     e->name.p[e->name.n - 1] != '/';
	if (l->pax_path && put_text(&o, STR("path"), e->name,
				    slash ? STR("/") : STR(""), err) < 0)
		return -1;
	if (l->pax_target &&
	    put_text(&o, STR("linkpath"), e->target, STR(""), err) < 0)
		return -1;
	if (l->pax_size &&
	    put_number(&o, STR("size"), l->map + l->data, err) < 0)
		return -1;
	if (l->pax_uid && put_number(&o, STR("uid"), e->uid, err) < 0)
		return -1;
	if (l->pax_gid && put_number(&o, STR("gid"), e->gid, err) < 0)
		return -1;
	if (l->pax_mtime &&
	    put_text(&o, STR("mtime"), str_of(instant_in_s(e->mtime).text),
		     STR(""), err) < 0)
		return -1;
	if (e->is_sparse && put_sparse(&o, e, err) < 0)
		return -1;
	if (put_xattrs(&o, e, err) < 0)
		return -1;
	*n = o.n;
	return 0;
}

static int put_line(struct out *o, uint64_t v, struct err *err)
{
	char line[24];
	if (!o->b) {
		o->n += n_digits(v) + 1;
		return 0;
	}
	int n = snprintf(line, sizeof line, "%" PRIu64 "\n", v);
	return put(o, (struct str){ line, (size_t)n }, err);
}

/* The regions [0, 512) and [4096, 4608) of a file of 8192 bytes:
 * "3\n0\n512\n4096\n512\n8192\n0\n". The last pair is empty and says where the
 * file ends. */
int tar_map_text(const struct tar_layout *l, struct buf *b, uint64_t *n,
		 struct err *err)
{
	const struct tar_entry *e = l->e;
	struct out o = { .b = b };
	if (put_line(&o, l->regions, err) < 0)
		return -1;
	for (size_t i = 0; i < e->n_sparse; i++)
		if (put_line(&o, e->sparse[i].offset, err) < 0 ||
		    put_line(&o, e->sparse[i].size, err) < 0)
			return -1;
	if (l->regions > e->n_sparse &&
	    (put_line(&o, e->size, err) < 0 || put_line(&o, 0, err) < 0))
		return -1;
	*n = o.n;
	return 0;
}
