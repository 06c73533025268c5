/* SPDX-License-Identifier: Apache-2.0 */
/* PAX records: "LENGTH KEY=VALUE\n", where LENGTH is decimal and counts all of
 * the record, itself too ("9 a=bcde\n"). A value may hold any byte, newlines
 * and "=" too, so only LENGTH says where it ends (POSIX.1-2024, pax, "pax
 * Extended Header").
 *
 * An empty value takes a key back: for this member, in a header of its own; for
 * all that follow, in a global one. So a key has three states: set, cleared (a
 * global value does not come through) and neither (it does).
 *
 *	g: uid=5 mtime=1	x: uid=		uid: the header's, mtime 1 */
#include "tar/pax.h"

#include <inttypes.h>

enum pax_kind { PAX_IS_TEXT, PAX_IS_NUMBER, PAX_IS_TIME };

struct pax_desc {
	struct str name;
	enum pax_kind kind;
	bool global;  /* may stand in a global header */
	uint64_t max; /* of a number */
};

#define NAME(literal)                        \
	{                                    \
		literal, sizeof(literal) - 1 \
	}
static const struct pax_desc table[PAX_N] = {
	[PAX_PATH] = { NAME("path"), PAX_IS_TEXT, true, 0 },
	[PAX_LINKPATH] = { NAME("linkpath"), PAX_IS_TEXT, true, 0 },
	[PAX_SPARSE_NAME] = { NAME("GNU.sparse.name"), PAX_IS_TEXT, false, 0 },
	[PAX_SPARSE_MAP] = { NAME("GNU.sparse.map"), PAX_IS_TEXT, false, 0 },
	[PAX_MTIME] = { NAME("mtime"), PAX_IS_TIME, true, 0 },
	[PAX_SIZE] = { NAME("size"), PAX_IS_NUMBER, false, INT64_MAX },
	[PAX_UID] = { NAME("uid"), PAX_IS_NUMBER, true, UINT32_MAX },
	[PAX_GID] = { NAME("gid"), PAX_IS_NUMBER, true, UINT32_MAX },
	[PAX_DEVMAJOR] = { NAME("SCHILY.devmajor"), PAX_IS_NUMBER, true,
			   UINT32_MAX },
	[PAX_DEVMINOR] = { NAME("SCHILY.devminor"), PAX_IS_NUMBER, true,
			   UINT32_MAX },
	[PAX_SPARSE_MAJOR] = { NAME("GNU.sparse.major"), PAX_IS_NUMBER, false,
			       INT64_MAX },
	[PAX_SPARSE_MINOR] = { NAME("GNU.sparse.minor"), PAX_IS_NUMBER, false,
			       INT64_MAX },
	[PAX_SPARSE_SIZE] = { NAME("GNU.sparse.size"), PAX_IS_NUMBER, false,
			      INT64_MAX },
	[PAX_SPARSE_REALSIZE] = { NAME("GNU.sparse.realsize"), PAX_IS_NUMBER,
				  false, INT64_MAX },
	[PAX_SPARSE_BLOCKS] = { NAME("GNU.sparse.numblocks"), PAX_IS_NUMBER,
				false, INT64_MAX },
};

void tar_pax_done(struct pax_values *v)
{
	tar_xattr_list_done(&v->xattrs);
	tar_sparse_done(&v->pairs);
	v->set = v->cleared = 0;
}

void tar_pax_reset(struct pax_values *v)
{
	v->set = v->cleared = 0;
	v->half_pair = false;
	xattr_list_reset(&v->xattrs);
	sparse_reset(&v->pairs);
}

static int malformed(struct str key, struct str value, const char *what,
		     struct err *err)
{
	return err_set(err, ERR_CORRUPT, "PAX %s \"%s\" %s",
		       str_quoted(key).text, str_quoted(value).text, what);
}

/* A NUL in a path would end it in every program in C: "a\0b" must not be a file
 * of its own here and a elsewhere. */
static int parse_value(const struct pax_desc *d, const struct limits *lim,
		       struct str value, union pax_value *out, struct err *err)
{
	const char *wrong;
	switch (d->kind) {
	case PAX_IS_TEXT:
		if (str_find(value, 0) < value.n)
			return malformed(d->name, value, "contains NUL", err);
		if (d != &table[PAX_SPARSE_MAP] &&
		    value.n > lim->path_max + TAR_PATH_SLACK)
			return limits_exceeded(lim, &lim->path_max, value.n,
					       err);
		out->text = value;
		return 0;
	case PAX_IS_TIME:
		wrong = tar_pax_parse_time(value, &out->time);
		return wrong ? malformed(d->name, value, wrong, err) : 0;
	case PAX_IS_NUMBER:
		break;
	}
	uint64_t n;
	if (!str_to_u64(value, &n))
		return malformed(d->name, value, "is no number", err);
	if (n > d->max)
		return err_set(err, ERR_CORRUPT,
			       "PAX %s %" PRIu64 " is over %" PRIu64, d->name.p,
			       n, d->max);
	out->number = n;
	return 0;
}

/* Sparse 0.0 repeats two keys, and their order is their meaning. */
static int add_pair(struct pax_values *v, const struct limits *lim,
		    struct str key, struct str value, struct err *err)
{
	uint64_t n;
	bool is_size = str_eqz(key, "GNU.sparse.numbytes");
	if (is_size != v->half_pair)
		return malformed(key, value, "has no partner before it", err);
	if (!str_to_u64(value, &n))
		return malformed(key, value, "is no number", err);
	v->half_pair = !is_size;
	if (is_size)
		return tar_sparse_add(&v->pairs, lim, v->pair_offset, n, err);
	v->pair_offset = n;
	return 0;
}

/* Of two records of one key the later counts, so the first one is forgotten
 * before the value is looked at. Keys that are not in the table and are no
 * xattrs (atime, comment, vendors' own) say nothing that a tree has. */
static int put_record(struct pax_values *v, const struct limits *lim,
		      struct str key, struct str value, struct err *err)
{
	for (size_t i = 0; i < PAX_N; i++) {
		const uint32_t bit = 1u << i;
		if (!str_eq(table[i].name, key))
			continue;
		v->set &= ~bit;
		v->cleared |= bit;
		if (value.n == 0)
			return 0;
		if (parse_value(&table[i], lim, value, &v->v[i], err) < 0)
			return -1;
		v->cleared &= ~bit;
		v->set |= bit;
		return 0;
	}
	if (str_eqz(key, "GNU.sparse.offset") ||
	    str_eqz(key, "GNU.sparse.numbytes"))
		return add_pair(v, lim, key, value, err);
	return tar_xattr_add(&v->xattrs, lim, key, value, err);
}

/* Cuts one record off *rest: its length counts itself, the blank and the
 * newline. False when it is malformed.
 *
 * A hostile length is larger than what is left, smaller than its own digits, or
 * ends inside the value: the first two are held against *rest, the last fails
 * as no newline stands there. */
static bool cut_record(struct str *rest, struct str *key, struct str *value)
{
	struct str digits, tail, body;
	uint64_t n;
	if (!str_cut(*rest, ' ', &digits, &tail) || !str_to_u64(digits, &n))
		return false;
	if (n > rest->n || n < digits.n + 2)
		return false;
	body = (struct str){ tail.p, n - digits.n - 2 };
	if (rest->p[n - 1] != '\n' || !str_cut(body, '=', key, value))
		return false;
	*rest = str_from(*rest, n);
	return key->n > 0 && str_find(*key, 0) == key->n;
}

/* Values are borrowed from bytes, which live until the next header.
 * LIBARCHIVE's are decoded in place there. */
int tar_pax_parse(struct pax_values *v, const struct limits *lim,
		  struct buf *bytes, struct err *err)
{
	struct str rest = buf_str(bytes), key, value;
	while (rest.n) {
		size_t at = bytes->n - rest.n;
		if (!cut_record(&rest, &key, &value))
			return err_set(err, ERR_CORRUPT,
				       "PAX record at byte %zu is not \"LENGTH "
				       "KEY=VALUE\" and a newline, of LENGTH "
				       "bytes in all",
				       at);
		if (put_record(v, lim, key, value, err) < 0)
			return -1;
	}
	if (v->half_pair)
		return err_set(err, ERR_CORRUPT,
			       "the last GNU.sparse.offset has no numbytes");
	return 0;
}

void tar_pax_global_done(struct pax_global *g)
{
	tar_pax_done(&g->v);
	buf_done(&g->path);
	buf_done(&g->linkpath);
}

/* The texts lie in the buffer of the announcement, which the next header
 * overwrites; a global value lives on. */
static int keep_text(struct pax_values *v, enum pax_key k, struct buf *b,
		     struct err *err)
{
	struct str s = v->v[k].text;
	if (!pax_has(v, k) || s.p == b->p)
		return 0;
	buf_reset(b);
	if (buf_str_add(b, s, err) < 0)
		return -1;
	v->v[k].text = buf_str(b);
	return 0;
}

/* A global size would be that of every member, directories included, and
 * readers disagree on what is then content: keys that cannot be everyone's are
 * refused. */
int tar_pax_global_merge(struct pax_global *g, const struct pax_values *v,
			 struct err *err)
{
	/* Every file would get them. No writer of images does that, and engines
	 * disagree on what it means. */
	if (v->xattrs.n || v->pairs.count)
		return err_set(err, ERR_UNSUPPORTED,
			       "a global header with xattrs or a sparse map");
	for (size_t i = 0; i < PAX_N; i++) {
		const uint32_t bit = 1u << i;
		if ((v->set & bit) && !table[i].global)
			return err_set(err, ERR_UNSUPPORTED,
				       "a global header with the key %s",
				       table[i].name.p);
		if (v->set & bit)
			g->v.v[i] = v->v[i];
	}
	g->v.set = (g->v.set & ~v->cleared) | v->set;
	if (keep_text(&g->v, PAX_PATH, &g->path, err) < 0)
		return -1;
	return keep_text(&g->v, PAX_LINKPATH, &g->linkpath, err);
}

bool tar_pax_inherit(struct pax_values *v, const struct pax_global *g)
{
	uint32_t missing = g->v.set & ~(v->set | v->cleared);
	for (size_t i = 0; i < PAX_N; i++)
		if (missing & 1u << i)
			v->v[i] = g->v.v[i];
	v->set |= missing;
	return missing != 0;
}
