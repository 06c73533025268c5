/* SPDX-License-Identifier: Apache-2.0 */
#include "tree/testlayers.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/cursor.h"
#include "tar/writer.h"
#include "tree/groups.h"
#include "base/test.h" /* last: cmocka defines skip */

enum { TEXT_MAX = 16 << 10, MADE_MAX = 256, WORD_MAX = 1024, XATTRS_MAX = 8 };

/* Contents that were made, to tell them by their digests. */
static struct made {
	struct digest digest;
	char word[WORD_MAX];
} made[MADE_MAX];
static size_t n_made;

static char *next_text(void)
{
	static char texts[8][TEXT_MAX];
	static unsigned at;
	char *t = texts[at++ % ARRAY_LEN(texts)];
	*t = 0;
	return t;
}

static void addf(char *to, const char *fmt, ...) printf_like(2, 3);
static void addf(char *to, const char *fmt, ...)
{
	size_t n = strlen(to);
	va_list ap;
	va_start(ap, fmt);
	int k = vsnprintf(to + n, TEXT_MAX - n, fmt, ap);
	va_end(ap);
	assert_true(k >= 0 && (size_t)k < TEXT_MAX - n);
}

const char *testlayer_printf(const char *fmt, ...)
{
	char *t = next_text();
	va_list ap;
	va_start(ap, fmt);
	int k = vsnprintf(t, TEXT_MAX, fmt, ap);
	va_end(ap);
	assert_true(k >= 0 && k < TEXT_MAX);
	return t;
}

/* A member in the making; all its strings live in text. */
struct member {
	struct tar_entry e;
	struct tar_xattr xattrs[XATTRS_MAX];
	struct tar_region region;
	char text[4 * WORD_MAX];
	size_t used;
	struct buf content;
};

static void member_done(struct member *m)
{
	buf_done(&m->content);
}

/* Copies a word, with "\xHH" made a byte. */
static struct str keep(struct member *m, struct str word)
{
	struct str out = { m->text + m->used, 0 };
	for (size_t i = 0; i < word.n; i++) {
		char c = word.p[i];
		if (c == '\\' && i + 3 < word.n && word.p[i + 1] == 'x') {
			char hex[3] = { word.p[i + 2], word.p[i + 3], 0 };
			c = (char)strtoul(hex, NULL, 16);
			i += 3;
		}
		assert_true(m->used < sizeof m->text);
		m->text[m->used++] = c;
		out.n++;
	}
	return out;
}

static void remember(struct str content, const char *word)
{
	struct err err = { 0 };
	struct digest d;
	assert_ok(digest_of(DIGEST_SHA256, content.p, content.n, &d, &err),
		  &err);
	for (size_t i = 0; i < n_made; i++)
		if (digest_eq(&made[i].digest, &d))
			return;
	assert_true(n_made < MADE_MAX && strlen(word) < WORD_MAX);
	made[n_made].digest = d;
	strcpy(made[n_made++].word, word);
}

static void set_size(struct member *m, size_t n, const char *word)
{
	struct err err = { 0 };
	char *p;
	assert_ok(buf_room(&m->content, n, &p, &err), &err);
	/* Other sizes, other bytes; and no codec makes them very small. */
	uint32_t x = (uint32_t)n;
	for (size_t i = 0; i < n; i++) {
		x = x * 1664525 + 1013904223;
		p[i] = (char)(x >> 24);
	}
	m->content.n = n;
	m->e.size = n;
	remember(buf_str(&m->content), word);
}

static void set_sparse(struct member *m, const char *word)
{
	struct err err = { 0 };
	uint64_t size = 0, offset = 0;
	assert_int_equal(
		sscanf(word + 1, "%" SCNu64 ":%" SCNu64, &size, &offset), 2);
	scoped(buf_done) struct buf whole = BUF_INIT(1 << 20);
	while (whole.n < offset)
		assert_ok(buf_byte(&whole, 0, &err), &err);
	assert_ok(buf_str_add(&whole, buf_str(&m->content), &err), &err);
	while (whole.n < size)
		assert_ok(buf_byte(&whole, 0, &err), &err);
	remember(buf_str(&whole),
		 m->content.n
			 ? testlayer_printf("=%.*s %s",
					    STR_ARG(buf_str(&m->content)), word)
			 : word);
	m->region = (struct tar_region){ offset, m->content.n };
	m->e.is_sparse = true;
	m->e.size = size;
	m->e.sparse = &m->region;
	m->e.n_sparse = m->content.n > 0;
}

static void set_xattr(struct member *m, struct str word)
{
	struct tar_xattr *x = &m->xattrs[m->e.n_xattrs++];
	assert_true(m->e.n_xattrs <= XATTRS_MAX);
	assert_true(str_cut(word, ':', &x->name, &x->value));
	x->name = keep(m, x->name);
	x->value = keep(m, x->value);
	m->e.xattrs = m->xattrs;
}

static void set_time(struct member *m, const char *word)
{
	long long s = 0, ns = 0;
	assert_true(sscanf(word, "%lld.%lld", &s, &ns) >= 1);
	assert_in_range(ns, 0, INSTANT_NS - 1);
	m->e.mtime = (struct instant){ s, (uint32_t)ns };
}

static void set_word(struct member *m, struct str w)
{
	struct err err = { 0 };
	char z[WORD_MAX];
	snprintf(z, sizeof z, "%.*s", STR_ARG(w));
	switch (z[0]) {
	case '=':
		assert_ok(
			buf_str_add(&m->content, keep(m, str_from(w, 1)), &err),
			&err);
		m->e.size = m->content.n;
		remember(buf_str(&m->content), z);
		break;
	case '#':
		set_size(m, strtoul(z + 1, NULL, 10), z);
		break;
	case '>':
		m->e.target = keep(m, str_from(w, 1));
		break;
	case 'm':
		m->e.mode = (uint32_t)strtoul(z + 1, NULL, 8);
		break;
	case 'o':
		assert_int_equal(sscanf(z + 1, "%u:%u", &m->e.uid, &m->e.gid),
				 2);
		break;
	case 'v':
		assert_int_equal(
			sscanf(z + 1, "%u:%u", &m->e.devmajor, &m->e.devminor),
			2);
		break;
	case 't':
		set_time(m, z + 1);
		break;
	case 'x':
		set_xattr(m, str_from(w, 1));
		break;
	case 's':
		set_sparse(m, z);
		break;
	default:
		fail_msg("no such word: %s", z);
	}
}

static enum tar_type type_of(char letter)
{
	static const char letters[] = "fhlcbdp";
	const char *at = strchr(letters, letter);
	assert_true(at && letter);
	return (enum tar_type)(at - letters);
}

static void read_member(struct str text, struct member *m)
{
	struct str word, rest = text;
	*m = (struct member){ .content = BUF_INIT(1 << 20) };
	m->e.type = type_of(text.p[0]);
	m->e.mode = m->e.type == TAR_DIR ? 0755 : 0644;
	m->e.mtime.s = 1;
	for (unsigned i = 0; rest.n; i++) {
		if (!str_cut(rest, ' ', &word, &rest)) {
			word = rest;
			rest.n = 0;
		}
		if (i == 1)
			m->e.name = keep(m, word);
		else if (i > 1)
			set_word(m, word);
	}
	assert_non_null(m->e.name.p);
}

static void put_member(struct tar_writer *w, struct str text)
{
	struct err err = { 0 };
	scoped(member_done) struct member m;
	read_member(text, &m);
	assert_ok(tar_write_entry(w, &m.e, &err), &err);
	if (m.content.n)
		assert_ok(tar_write_data(w, m.content.p, m.content.n, &err),
			  &err);
}

void testlayer_tar(const char *text, struct buf *out)
{
	struct err err = { 0 };
	scoped(sink_close) struct sink *to = NULL;
	scoped(tar_writer_close) struct tar_writer *w = NULL;
	struct str one, rest = str_of(text);
	assert_ok(buf_sink_open(out, &to, &err), &err);
	assert_ok(tar_writer_open(to, &w, &err), &err);
	while (rest.n) {
		if (!str_cut(rest, ';', &one, &rest)) {
			one = rest;
			rest.n = 0;
		}
		while (str_starts(one, STR(" ")))
			one = str_from(one, 1);
		put_member(w, one);
	}
	assert_ok(tar_write_end(w, &err), &err);
	assert_ok(sink_finish(to, &err), &err);
}

void testlayer_index(const char *text, struct layer_index *out)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf tar = BUF_INIT(64 << 20);
	scoped(stream_close) struct stream *in = NULL;
	struct index_expect expect = { 0 };
	testlayer_tar(text, &tar);
	assert_ok(mem_open(tar.p, tar.n, &in, &err), &err);
	assert_ok(index_build(&in, &expect, &limits_default, out, &err), &err);
}

void testtree_make(const char *const *layers, struct testtree *out)
{
	struct err err = { 0 };
	*out = (struct testtree){ 0 };
	assert_ok(tree_new(&limits_default, &out->tree, &err), &err);
	for (; out->n < TESTLAYERS_MAX && layers[out->n]; out->n++) {
		testlayer_index(layers[out->n], &out->layers[out->n]);
		assert_ok(tree_apply(out->tree, &out->layers[out->n], &err),
			  &err);
	}
}

void testtree_done(struct testtree *t)
{
	for (size_t i = 0; i < t->n; i++)
		layer_index_done(&t->layers[i]);
	tree_close(&t->tree);
	*t = (struct testtree){ 0 };
}

static void add_bytes(char *to, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		uint8_t c = (uint8_t)s.p[i];
		if (c <= ' ' || c >= 127 || c == ';')
			addf(to, "\\x%02x", c);
		else
			addf(to, "%c", c);
	}
}

/* "." is the root. */
static void add_name(char *to, struct str s)
{
	add_bytes(to, s.n ? s : STR("."));
}

static void add_content(char *to, const uint8_t *sha256, uint64_t size)
{
	struct digest d = { .alg = DIGEST_SHA256 };
	memcpy(d.bytes, sha256, 32);
	for (size_t i = 0; i < n_made; i++)
		if (digest_eq(&made[i].digest, &d)) {
			addf(to, " %s", made[i].word);
			return;
		}
	addf(to, " #%" PRIu64 ":%s", size, digest_short(&d).text);
}

static void add_meta(char *to, const struct index_record *r)
{
	struct cur c = cur_of(r->xattrs.p, r->xattrs.n);
	struct str name, value;
	uint32_t usual = r->type == TAR_DIR ? 0755 : 0644;
	if (r->type != TAR_SYMLINK && r->mode != usual)
		addf(to, " m%o", r->mode);
	if (r->uid || r->gid)
		addf(to, " o%u:%u", r->uid, r->gid);
	if (r->mtime.ns)
		addf(to, " t%" PRId64 ".%09" PRIu32, r->mtime.s, r->mtime.ns);
	else if (r->mtime.s != 1)
		addf(to, " t%" PRId64, r->mtime.s);
	while (xattr_next(&c, &name, &value)) {
		addf(to, " x");
		add_bytes(to, name);
		addf(to, ":");
		add_bytes(to, value);
	}
}

static void add_record(char *to, const struct index_record *r)
{
	addf(to, "%s%c ", *to ? "; " : "", "fhlcbdp?"[r->type]);
	add_name(to, r->path);
	if (r->type == TAR_HARDLINK || r->type == TAR_SYMLINK) {
		addf(to, " >");
		add_name(to, r->target);
	}
	if (r->type == TAR_CHAR || r->type == TAR_BLOCK)
		addf(to, " v%u:%u", r->devmajor, r->devminor);
	if (r->type == TAR_FILE && r->size)
		add_content(to, r->sha256, r->size);
	add_meta(to, r);
}

const char *testlayer_text(const struct layer_index *ix)
{
	struct err err = { 0 };
	scoped(index_iter_done) struct index_iter it;
	struct index_record r;
	char *out = next_text();
	int got;
	index_begin(ix, &it);
	while ((got = index_next(&it, &r, &err)) > 0)
		add_record(out, &r);
	assert_ok(got, &err);
	return out;
}

static void set_node(const struct tree *t, uint32_t node,
		     struct index_record *r)
{
	const struct tree_entry *ino = tree_inode(t, tree_top(t, node));
	const struct tree_meta *m = &t->metas[ino->meta];
	*r = (struct index_record){
		.type = (enum tar_type)ino->type,
		.mode = m->mode,
		.uid = m->uid,
		.gid = m->gid,
		.mtime = tree_mtime(t, ino),
		.xattrs = tree_xattrs(t, m),
	};
	if (r->type == TAR_SYMLINK)
		r->target = tree_target(t, ino);
	if (r->type == TAR_CHAR || r->type == TAR_BLOCK) {
		r->devmajor = t->devices[ino->ref].major;
		r->devminor = t->devices[ino->ref].minor;
	}
	if (r->type == TAR_FILE && ino->ref != TREE_NONE) {
		r->size = tree_size(t, ino);
		r->sha256 = t->contents[ino->ref].sha256;
	}
}

/* A later name of a group becomes a link to the first one. */
static void set_link(const struct tree *t, struct groups *groups, uint32_t node,
		     struct buf *target, struct index_record *r)
{
	struct err err = { 0 };
	const struct tree_entry *ino = tree_inode(t, tree_top(t, node));
	uint32_t first;
	if (tree_fate(t, ino).n_names < 2 || r->type == TAR_DIR)
		return;
	assert_ok(groups_first(groups, (uint32_t)(ino - t->entries), node,
			       &first, &err),
		  &err);
	if (first == node)
		return;
	assert_ok(tree_path(t, first, target, &err), &err);
	if (r->type == TAR_SYMLINK)
		r->mode = 0644; /* a symlink's mode is none */
	r->type = TAR_HARDLINK;
	r->target = buf_str(target);
}

static bool is_bare_root(const struct index_record *r)
{
	return r->path.n == 0 && r->mode == 0755 && r->uid == 0 &&
	       r->gid == 0 && r->mtime.s == 0 && r->mtime.ns == 0 &&
	       r->xattrs.n == 0;
}

const char *testtree_text(const struct tree *t)
{
	struct err err = { 0 };
	scoped(tree_walk_done) struct tree_walk w;
	scoped(groups_done) struct groups groups = { 0 };
	struct index_record r;
	uint32_t node;
	char *out = next_text();
	int got;
	tree_walk_begin(&w, t);
	while ((got = tree_walk_next(&w, &node, &err)) > 0) {
		scoped(buf_done) struct buf path = BUF_INIT(1 << 20);
		scoped(buf_done) struct buf target = BUF_INIT(1 << 20);
		set_node(t, node, &r);
		set_link(t, &groups, node, &target, &r);
		assert_ok(tree_path(t, node, &path, &err), &err);
		r.path = buf_str(&path);
		if (!is_bare_root(&r))
			add_record(out, &r);
	}
	assert_ok(got, &err);
	return out;
}

const char *testtree_sums(const struct tree *t)
{
	struct err err = { 0 };
	struct tree_totals s;
	char *out = next_text();
	assert_ok(tree_sum(t, 0, &s, &err), &err);
	assert_int_equal(s.stored, s.live + s.dead);
	addf(out, "stored %" PRIu64 " live %" PRIu64, s.stored, s.live);
	for (int k = 0; k < DEAD_KINDS; k++)
		if (s.by_kind[k])
			addf(out, " %s %" PRIu64, dead_kind_name[k],
			     s.by_kind[k]);
	return out;
}

static const char *const case_name[ENGINE_CASES] = {
	[ENGINE_MISSING_PARENT] = "missing-parent",
	[ENGINE_LINK_BELOW] = "link-below",
	[ENGINE_LINK_CAPABILITY] = "link-capability",
	[ENGINE_OWN_WHITEOUT] = "own-whiteout",
	[ENGINE_OPAQUE_ROOT] = "opaque-root",
	[ENGINE_TWICE] = "twice",
	[ENGINE_NESTED_WHITEOUT] = "nested-whiteout",
	[ENGINE_OVERLAY_FORM] = "overlay-form",
	[ENGINE_PARENT_FILE] = "parent-file",
	[ENGINE_PARENT_BELOW] = "parent-below",
	[ENGINE_LINK_TARGET] = "link-target",
	[ENGINE_GLOBAL] = "global",
	[ENGINE_LINK_ITSELF] = "link-itself",
	[ENGINE_UNKNOWN_TYPE] = "unknown-type",
	[ENGINE_TRAILING] = "trailing",
	[ENGINE_GHOST] = "ghost",
	[ENGINE_ROOT] = "root",
	[ENGINE_TIME] = "time",
	[ENGINE_EMPTY_XATTR] = "empty-xattr",
	[ENGINE_USER_XATTR] = "user-xattr",
	[ENGINE_LINK_TIME] = "link-time",
	[ENGINE_LINK_PARENT] = "link-parent",
	[ENGINE_DIR_GONE] = "dir-gone",
	[ENGINE_AUFS] = "aufs",
	[ENGINE_ODD_TYPE] = "odd-type",
	[ENGINE_ODD_NAME] = "odd-name",
	[ENGINE_GLOBAL_NAME] = "global-name",
	[ENGINE_NO_PARENT] = "no-parent",
	[ENGINE_LINK_SPECIAL] = "link-special",
	[ENGINE_LOWER_XATTR] = "lower-xattr",
};

const char *testtree_notes(const struct tree *t)
{
	struct err err = { 0 };
	char *out = next_text();
	for (uint32_t i = 0; i < t->n_notes; i++) {
		const struct engine_note *n = &t->notes[i];
		addf(out, "%s%u:%s x%" PRIu64, i ? "; " : "", n->layer,
		     case_name[n->what] ? case_name[n->what] : "?", n->count);
		for (uint32_t k = 0; k < n->n_nodes; k++) {
			scoped(buf_done) struct buf path = BUF_INIT(1 << 20);
			assert_ok(tree_path(t, n->nodes[k], &path, &err), &err);
			addf(out, " ");
			add_name(out, buf_str(&path));
		}
	}
	return out;
}
