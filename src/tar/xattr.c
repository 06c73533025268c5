/* SPDX-License-Identifier: Apache-2.0 */
/* Extended attributes have no keys in POSIX. Two spellings are met:
 *
 *	SCHILY.xattr.user.a=VALUE		bytes as they are
 *	LIBARCHIVE.xattr.user.%61=VkFMVUU	name URL-encoded, value base64
 *
 * bsdtar writes both for one attribute. SCHILY wins, whatever their order,
 * since Go's archive/tar reads that one alone. Decoding happens in place: what
 * comes out is never longer, and the bytes are the announcement's own buffer.
 */
#include "tar/xattr.h"

#include <stdlib.h>

#include "base/checked.h"

void tar_xattr_list_done(struct xattr_list *l)
{
	free(l->v);
	free(l->out);
	*l = (struct xattr_list){ 0 };
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* "%41" to "A", in place. False when malformed or a NUL comes out.
 *
 * A NUL would end the name in the kernel's calls: "security.capability%00x"
 * must not pass for the capability. */
static bool url_decode(char *p, size_t *n)
{
	size_t to = 0;
	for (size_t i = 0; i < *n; i++) {
		int c = (unsigned char)p[i];
		if (c == '%') {
			if (*n - i < 3 || hex_digit(p[i + 1]) < 0 ||
			    hex_digit(p[i + 2]) < 0)
				return false;
			c = hex_digit(p[i + 1]) * 16 + hex_digit(p[i + 2]);
			i += 2;
		}
		if (c == 0)
			return false;
		p[to++] = (char)c;
	}
	*n = to;
	return true;
}

static int base64_digit(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* The length without the "=" of a whole last group. */
static size_t base64_trim(const char *p, size_t n)
{
	if (n == 0 || n % 4)
		return n;
	n -= p[n - 1] == '=';
	n -= p[n - 1] == '=';
	return n;
}

/* RFC 4648 section 4, with or without "=" behind it, in place. Bits that are
 * left over must be zero, so that one value has one spelling. */
static bool base64_decode(char *p, size_t *n)
{
	size_t len = base64_trim(p, *n), to = 0;
	uint32_t bits = 0;
	unsigned have = 0;
	if (len % 4 == 1)
		return false;
	for (size_t i = 0; i < len; i++) {
		int d = base64_digit(p[i]);
		if (d < 0)
			return false;
		bits = bits << 6 | (uint32_t)d;
		have += 6;
		if (have >= 8) {
			have -= 8;
			p[to++] = (char)(bits >> have & 0xff);
		}
	}
	*n = to;
	return (bits & ((1u << have) - 1)) == 0;
}

static int xattr_push(struct xattr_list *l, struct xattr_item item,
		      struct err *err)
{
	if (l->n == l->cap) {
		size_t cap = l->cap ? 2 * l->cap : 8;
		struct xattr_item *v = realloc(l->v, cap * sizeof *v);
		if (!v)
			return err_nomem(err, cap * sizeof *v);
		l->v = v;
		l->cap = cap;
	}
	item.order = (uint32_t)l->n;
	l->v[l->n++] = item;
	return 0;
}

/* Names are bytes as the kernel has them; which of them a file may carry is the
 * tree's affair (engine.c). */
int tar_xattr_add(struct xattr_list *l, const struct limits *lim,
		  struct str key, struct str value, struct err *err)
{
	const struct str raw = STR("SCHILY.xattr.");
	const struct str coded = STR("LIBARCHIVE.xattr.");
	struct xattr_item item = { .schily = str_starts(key, raw) };
	if (!item.schily && !str_starts(key, coded))
		return 0;
	item.x.name = str_from(key, item.schily ? raw.n : coded.n);
	item.x.value = value;
	if (!item.schily &&
	    (!url_decode((char *)item.x.name.p, &item.x.name.n) ||
	     !base64_decode((char *)value.p, &item.x.value.n)))
		return err_set(err, ERR_CORRUPT, "PAX %s is badly encoded",
			       str_quoted(key).text);
	if (item.x.name.n == 0)
		return err_set(err, ERR_CORRUPT,
			       "an extended attribute without a name");
	if (item.x.value.n > lim->xattr_max)
		return limits_exceeded(lim, &lim->xattr_max, item.x.value.n,
				       err);
	return xattr_push(l, item, err);
}

/* By name; the one that wins last. */
static int item_cmp(const void *a, const void *b)
{
	const struct xattr_item *x = a, *y = b;
	int c = str_cmp(x->x.name, y->x.name);
	if (c)
		return c;
	if (x->schily != y->schily)
		return x->schily ? 1 : -1;
	return (x->order > y->order) - (x->order < y->order);
}

/*	user.a=1 (LIBARCHIVE)  user.a=2 (SCHILY)  user.a=3 (LIBARCHIVE)
 *
 * sorts to 1, 3, 2 and leaves user.a=2. Sorted lists can be compared and
 * merged. */
int tar_xattr_settle(struct xattr_list *l, const struct tar_xattr **v,
		     size_t *n, struct err *err)
{
	size_t kept = 0;
	if (l->n > l->out_cap) {
		struct tar_xattr *out = realloc(l->out, l->n * sizeof *out);
		if (!out)
			return err_nomem(err, l->n * sizeof *out);
		l->out = out;
		l->out_cap = l->n;
	}
	if (l->n > 1)
		qsort(l->v, l->n, sizeof *l->v, item_cmp);
	for (size_t i = 0; i < l->n; i++) {
		bool last = i + 1 == l->n ||
			    !str_eq(l->v[i].x.name, l->v[i + 1].x.name);
		/* An empty value is a value: no global header can carry
		 * xattrs that it would have to delete. */
		if (last)
			l->out[kept++] = l->v[i].x;
	}
	*v = kept ? l->out : NULL;
	*n = kept;
	return 0;
}
