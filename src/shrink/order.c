/* SPDX-License-Identifier: Apache-2.0 */
/* A compressor finds again what stands within its window: with zstd's 2 MiB at
 * the default level two .so files a hundred megabytes apart share nothing. By
 * suffix they lie side by side. Names alone decide and never contents, so a
 * file that changes between two releases keeps its place, and the layer's other
 * bytes stay where they were.
 *
 *	libc.so.6 -> so	app.py -> py	python3.11 -> (none)	.bashrc -> (none)
 */
#include "shrink/order.h"

#include <stdlib.h>

/* In this order in the layer. FIRST is what engines need before all else
 * (directories, markers), BARE has no content, PACKED is compressed already. */
enum rank { RANK_FIRST, RANK_BARE, RANK_FILE, RANK_PACKED };

struct placed {
	const struct item *item;
	uint32_t at; /* in path order */
	enum rank rank;
	struct str kind;
};

enum { SUFFIX_MAX = 8, PROGRAM_BITS = 0111 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* The last part behind a dot that is no version: "so" of libc.so.6, nothing of
 * python3.11 and of .bashrc. */
static struct str suffix_of(struct str name)
{
	while (name.n) {
		size_t dot = name.n, digits = 0;
		while (dot && name.p[dot - 1] != '.')
			digits += is_digit(name.p[--dot]);
		if (dot < 2)
			break;
		struct str last = { name.p + dot, name.n - dot };
		if (digits < last.n || last.n == 0)
			return last.n > SUFFIX_MAX ? STR("") : last;
		name.n = dot - 1;
	}
	return STR("");
}

/* Without regard to case, so that README.TXT stands beside readme.txt; ASCII
 * alone, since names are bytes and no locale may change a layer. */
static int compare_folded(struct str a, struct str b)
{
	for (size_t i = 0; i < MIN(a.n, b.n); i++) {
		uint8_t x = (uint8_t)lower(a.p[i]), y = (uint8_t)lower(b.p[i]);
		if (x != y)
			return x < y ? -1 : 1;
	}
	return (a.n > b.n) - (a.n < b.n);
}

/* Suffixes whose contents are compressed already. */
static bool is_packed(struct str suffix)
{
	static const char *const packed[] = {
		"7z",	 "apk",	 "br",	 "bz2",	 "deb",	  "ear", "egg", "gif",
		"gz",	 "jar",	 "jmod", "jpeg", "jpg",	  "lz4", "mp3", "mp4",
		"nupkg", "ogg",	 "pack", "png",	 "rpm",	  "tgz", "txz", "war",
		"webm",	 "webp", "whl",	 "woff", "woff2", "xz",	 "zip", "zst",
	};
	for (size_t i = 0; i < ARRAY_LEN(packed); i++)
		if (compare_folded(suffix, str_of(packed[i])) == 0)
			return true;
	return false;
}

/* A program without a suffix is of the kind of shared objects: both are machine
 * code. */
static struct placed place(const struct tree *t, const struct item *item,
			   uint32_t at)
{
	struct placed p = { .item = item, .at = at };
	if (item->what != ITEM_NAME)
		return p;
	const struct tree_entry *inode = tree_entry(t, item->entry);
	p.rank = RANK_BARE;
	if (inode->type != TAR_FILE || tree_payload(t, inode) == 0)
		return p;
	p.kind = suffix_of(tree_name(t, item->node));
	p.rank = is_packed(p.kind) ? RANK_PACKED : RANK_FILE;
	if (p.kind.n == 0 && tree_meta(t, inode)->mode & PROGRAM_BITS)
		p.kind = STR("so");
	return p;
}

/* qsort is not stable: the place in path order decides between equals, and so
 * the bytes are the same every time. */
static int compare_places(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;
	int order;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	if ((order = compare_folded(x->kind, y->kind)) != 0)
		return order;
	return (x->at > y->at) - (x->at < y->at);
}

int shrink_order_by_kind(const struct tree *t, const struct item **v,
			 uint32_t n, struct err *err)
{
	struct placed *places = calloc((size_t)n + 1, sizeof *places);
	if (!places)
		return err_nomem(err, n * sizeof *places);
	for (uint32_t i = 0; i < n; i++)
		places[i] = place(t, v[i], i);
	qsort(places, n, sizeof *places, compare_places);
	for (uint32_t i = 0; i < n; i++)
		v[i] = places[i].item;
	free(places);
	return 0;
}
