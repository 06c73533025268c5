/* SPDX-License-Identifier: Apache-2.0 */
/* Text to tar and index. */
#include "layer/testlayer.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "tar/writer.h"
#include "base/test.h" /* last: cmocka defines skip */

enum { WORD_MAX = TESTLAYER_WORD_MAX, XATTRS_MAX = 8 };

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
	testlayer_remember(buf_str(&m->content), word);
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
	testlayer_remember(
		buf_str(&whole),
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
		testlayer_remember(buf_str(&m->content), z);
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
	assert_ok(layer_index_build(&in, &expect, &limits_default, out, &err),
		  &err);
}
