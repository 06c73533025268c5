/* SPDX-License-Identifier: Apache-2.0 */
/* JSON arrays of strings (RFC 8259), as Go's encoding/json accepts them.
 *
 * Not src/json: what is no JSON is no error here, it is the shell form (the
 * Dockerfile reference warns of ['single quotes']). So all of the text is
 * looked at before a word of it counts, and a nesting of 10,000 brackets, which
 * Go refuses, has to be refused at the same depth: levels are bits in an array
 * and not calls on the stack. */
#include "base/chars.h"
#include "dockerfile/internal.h"

/* Go's ceiling; beyond it a text is not JSON. */
enum { NESTING_MAX = 10000 };

struct json {
	struct str s;
	size_t at;
	uint8_t object[NESTING_MAX / 8 + 1]; /* a bit a level */
	size_t depth;
};

static char look(struct json *j)
{
	while (j->at < j->s.n && j->s.p[j->at] &&
	       strchr(" \t\r\n", j->s.p[j->at]))
		j->at++;
	return j->at < j->s.n ? j->s.p[j->at] : 0;
}

static bool accept(struct json *j, char c)
{
	if (look(j) != c || j->at == j->s.n)
		return false;
	j->at++;
	return true;
}

static int hex4(struct str s, size_t at)
{
	int v = 0;
	for (size_t i = at; i < at + 4; i++) {
		char c = i < s.n ? lower(s.p[i]) : 0;
		if (is_digit(c))
			v = v * 16 + (c - '0');
		else if (c >= 'a' && c <= 'f')
			v = v * 16 + (c - 'a' + 10);
		else
			return -1;
	}
	return v;
}

/* Control characters have to be escaped (RFC 8259, section 7).
 *
 * "\x" is no escape of JSON, and makes the line the shell form. */
static bool skip_string(struct json *j)
{
	if (!accept(j, '"'))
		return false;
	for (; j->at < j->s.n; j->at++) {
		uint8_t c = (uint8_t)j->s.p[j->at];
		if (c == '"') {
			j->at++;
			return true;
		}
		if (c < 0x20)
			return false;
		if (c != '\\')
			continue;
		if (++j->at == j->s.n || !j->s.p[j->at] ||
		    !strchr("\"\\/bfnrtu", j->s.p[j->at]))
			return false;
		if (j->s.p[j->at] == 'u' && hex4(j->s, j->at + 1) < 0)
			return false;
	}
	return false;
}

static size_t skip_digits(struct json *j)
{
	size_t from = j->at;
	while (j->at < j->s.n && is_digit(j->s.p[j->at]))
		j->at++;
	return j->at - from;
}

static bool here(struct json *j, const char *any)
{
	return j->at < j->s.n && j->s.p[j->at] && strchr(any, j->s.p[j->at]);
}

/* No leading zeros, and digits on both sides of a dot (section 6). */
static bool skip_number(struct json *j)
{
	j->at += here(j, "-");
	bool zero = here(j, "0");
	size_t n = skip_digits(j);
	if (n == 0 || (zero && n > 1))
		return false;
	if (here(j, ".")) {
		j->at++;
		if (skip_digits(j) == 0)
			return false;
	}
	if (!here(j, "eE"))
		return true;
	j->at++;
	j->at += here(j, "+-");
	return skip_digits(j) > 0;
}

static bool skip_literal(struct json *j)
{
	static const char *const words[] = { "true", "false", "null" };
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_starts(str_from(j->s, j->at), str_of(words[i]))) {
			j->at += strlen(words[i]);
			return true;
		}
	return false;
}

static bool skip_key(struct json *j)
{
	return skip_string(j) && accept(j, ':');
}

/* Goes one level down. */
static bool enter(struct json *j, bool object)
{
	j->at++;
	/* The outer array is a level, too. */
	if (++j->depth >= NESTING_MAX)
		return false;
	uint8_t bit = (uint8_t)(1 << j->depth % 8);
	j->object[j->depth / 8] &= (uint8_t)~bit;
	if (object)
		j->object[j->depth / 8] |= bit;
	return true;
}

static bool in_object(const struct json *j)
{
	return j->object[j->depth / 8] >> j->depth % 8 & 1;
}

/* Behind a value: closes levels; 1: another value follows, 0: all closed.
 *
 * A row of ]]]] closes a level each and asks no one to return: 10,000 of them
 * take 10,000 turns of this loop. */
static int leave(struct json *j)
{
	while (j->depth > 0) {
		if (accept(j, ','))
			return !in_object(j) || skip_key(j) ? 1 : -1;
		if (!accept(j, in_object(j) ? '}' : ']'))
			return -1;
		j->depth--;
	}
	return 0;
}

/* [{"a":[1]},2] goes down three levels and up again in one loop; "object"
 * remembers for each level which bracket closes it. */
static bool skip_value(struct json *j)
{
	for (int more = 1; more > 0;) {
		char c = look(j);
		if (c == '[' || c == '{') {
			if (!enter(j, c == '{'))
				return false;
			bool empty = look(j) == (c == '{' ? '}' : ']');
			if (!empty && c == '{' && !skip_key(j))
				return false;
			if (!empty)
				continue;
		} else if (c == '"'		     ? !skip_string(j)
			   : c == '-' || is_digit(c) ? !skip_number(j)
						     : !skip_literal(j)) {
			return false;
		}
		more = leave(j);
		if (more < 0)
			return false;
	}
	return true;
}

/* \uXXXX at s[*at] = 'u'; a pair of surrogates is one character.
 *
 * "\ud83d\ude00" is U+1F600; half a pair is U+FFFD, as in Go, and no error. */
static int32_t unescape_u(struct str s, size_t *at)
{
	int32_t c = hex4(s, *at + 1);
	*at += 5;
	if (c < 0xd800 || c >= 0xe000)
		return c;
	int32_t low = str_starts(str_from(s, *at), STR("\\u"))
			      ? hex4(s, *at + 2)
			      : -1;
	if (c >= 0xdc00 || low < 0xdc00 || low >= 0xe000)
		return CHAR_BAD;
	*at += 6;
	return 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
}

/* s is the inside of a valid string.
 *
 * Bytes that are no UTF-8 become U+FFFD, as Go's decoder has it; so a word may
 * be longer than its source. */
static int decode(struct str s, struct buf *out, struct err *err)
{
	static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
	size_t len;
	for (size_t at = 0; at < s.n;) {
		int32_t c = char_at(s, at, &len);
		at += len;
		if (c == '\\' && s.p[at] == 'u') {
			c = unescape_u(s, &at);
		} else if (c == '\\') {
			const char *known = strchr(from, s.p[at]);
			c = known ? to[known - from] : s.p[at];
			at++;
		}
		if (buf_char(out, c, err) < 0)
			return -1;
	}
	return 0;
}

static int add(struct reader *r, struct df_instr *in, size_t *cap, size_t from,
	       size_t to)
{
	struct df_word w = dockerfile_word_at(in, from, to);
	struct str inside = { w.text.p + 1, w.text.n - 2 };
	scoped(buf_done) struct buf b = BUF_INIT(4 * DF_SIZE_MAX);
	w.logical = 0;
	if (decode(inside, &b, r->err) < 0 ||
	    arena_str(&r->df->arena, buf_str(&b), &w.text, r->err) < 0)
		return -1;
	return dockerfile_add_word(r, in, cap, w);
}

/* [] is JSON without a word. Text behind the closing bracket makes all of it
 * the shell form: `["a"] b`. */
int dockerfile_json_words(struct reader *r, struct df_instr *in, size_t from,
			  size_t to, size_t *at)
{
	struct json j = { .s = { in->line.text.p, to }, .at = from };
	size_t first = in->n_words, cap = first;
	bool other = false;
	if (!accept(&j, '['))
		return 0;
	for (bool more = !accept(&j, ']'); more; more = accept(&j, ',')) {
		bool string = look(&j) == '"';
		size_t start = j.at;
		if (!skip_value(&j)) {
			in->n_words = first;
			return 0;
		}
		if (!string && !other)
			*at = start;
		other |= !string;
		if (string && add(r, in, &cap, start, j.at) < 0)
			return -1;
	}
	bool empty = in->n_words == first && !other;
	if ((!empty && !accept(&j, ']')) || (look(&j), j.at < to)) {
		in->n_words = first;
		return 0;
	}
	return other ? 2 : 1;
}
