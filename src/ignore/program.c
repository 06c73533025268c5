/* SPDX-License-Identifier: Apache-2.0 */
/* Compiling what a pattern became as a regular expression of Go.
 *
 * The translation of ignore.c can only yield a small language: characters,
 * classes, stars behind one of them, (.*\/)? for two stars in front of a slash,
 * anchors and alternatives. What a pattern can smuggle in besides (\p{Greek},
 * {2}, a set of the engine) is refused with its reason, and not guessed at:
 * to exclude other files than the builder does would be worse.
 *
 * The nodes of an alternative are one row; a state of the matcher is a place in
 * it. */
#include "ignore/program.h"

#include "base/chars.h"
#include "ignore/internal.h"

struct compiler {
	struct str s;
	size_t at;
	struct arena *a;
	struct range *ranges;
	size_t n_ranges, cap_ranges;
	const char **why;
	struct err *err;
};

static int refuse(struct compiler *c, const char *why)
{
	*c->why = why;
	return 0;
}

static int32_t take_char(struct compiler *c)
{
	size_t len;
	int32_t ch = char_at(c->s, c->at, &len);
	c->at += len;
	return ch;
}

static bool ahead(const struct compiler *c, const char *z)
{
	return str_starts(str_from(c->s, c->at), str_of(z));
}

static int add_range(struct compiler *c, int32_t from, int32_t to)
{
	if (c->n_ranges == c->cap_ranges) {
		size_t cap = c->cap_ranges ? c->cap_ranges * 2 : 8;
		struct range *r = arena_array(c->a, cap, sizeof *r, c->err);
		if (!r)
			return -1;
		if (c->n_ranges)
			memcpy(r, c->ranges, c->n_ranges * sizeof *r);
		c->ranges = r;
		c->cap_ranges = cap;
	}
	c->ranges[c->n_ranges++] = (struct range){ from, to };
	return 1;
}

/* Sets of ASCII, each as pairs of bounds. */
static const struct set {
	const char *name, *bounds;
} sets[] = {
	{ "\\d", "09" },
	{ "\\s", "\t\n\f\r  " },
	{ "\\w", "09AZ__az" },
	{ "[:alnum:]", "09AZaz" },
	{ "[:alpha:]", "AZaz" },
	{ "[:ascii:]", "\1\x7f" },
	{ "[:blank:]", "\t\t  " },
	{ "[:cntrl:]", "\1\x1f\x7f\x7f" },
	{ "[:digit:]", "09" },
	{ "[:graph:]", "!~" },
	{ "[:lower:]", "az" },
	{ "[:print:]", " ~" },
	{ "[:punct:]", "!/:@[`{~" },
	{ "[:space:]", "\t\r  " },
	{ "[:upper:]", "AZ" },
	{ "[:word:]", "09AZ__az" },
	{ "[:xdigit:]", "09AFaf" },
};

/* A named set at the place, in either case of \d; 1: it was one. */
static int named_set(struct compiler *c, bool in_class)
{
	for (size_t i = 0; i < ARRAY_LEN(sets); i++) {
		const char *b = sets[i].bounds;
		if (!ahead(c, sets[i].name) ||
		    (!in_class && sets[i].name[0] == '['))
			continue;
		c->at += strlen(sets[i].name);
		for (; *b; b += 2)
			if (add_range(c, b[0], b[1]) < 0)
				return -1;
		return 1;
	}
	return 0;
}

/* \D, \S, \W: what the small letter leaves.
 *
 * \D is 0 to '0' - 1 and '9' + 1 to U+10FFFF: the gaps between the small
 * letter's ranges, which stand in rising order. */
static int opposite_set(struct compiler *c)
{
	int32_t from = 0;
	for (size_t i = 0; i < 3; i++) {
		const char *b = sets[i].bounds;
		char name[3] = { '\\', (char)(sets[i].name[1] - 32), 0 };
		if (!ahead(c, name))
			continue;
		c->at += 2;
		for (; *b; b += 2) {
			if (from < b[0] && add_range(c, from, b[0] - 1) < 0)
				return -1;
			from = b[1] + 1;
		}
		return add_range(c, from, 0x10ffff);
	}
	return 0;
}

/* Behind a backslash: the character it stands for.
 *
 * \n in an ignore file reaches Go's regexp as it is and is a newline there; \b
 * would be a word boundary and is refused. */
static int escaped(struct compiler *c, int32_t *out)
{
	static const char from[] = "afnrtv", to[] = "\a\f\n\r\t\v";
	int32_t ch = take_char(c);
	const char *known = ch > 0 && ch < 0x80 ? strchr(from, ch) : NULL;
	*out = known ? to[known - from] : ch;
	if (ch == CHAR_END)
		return refuse(c, "nothing stands behind a backslash");
	if (ch >= 0x80)
		return refuse(c, "a backslash stands before what cannot be "
				 "escaped");
	if (!known && (is_alpha((char)ch) || is_digit((char)ch)))
		return refuse(c, "a backslash gives this letter a meaning of "
				 "its own");
	return 1;
}

static int class_char(struct compiler *c, int32_t *out)
{
	int32_t ch = take_char(c);
	if (ch == CHAR_END)
		return refuse(c, "a [ has no ]");
	*out = ch;
	return ch == '\\' ? escaped(c, out) : 1;
}

/* One element of a class: a set, a character or a range. */
static int class_item(struct compiler *c)
{
	int32_t low, high;
	int r = named_set(c, true);
	if (r == 0)
		r = opposite_set(c);
	if (r != 0)
		return r;
	if (ahead(c, "[:") &&
	    memmem(c->s.p + c->at + 2, c->s.n - c->at - 2, ":]", 2))
		return refuse(c, "a class has no such name");
	r = class_char(c, &low);
	if (r <= 0)
		return r;
	high = low;
	if (ahead(c, "-") && !ahead(c, "-]") && c->at + 1 < c->s.n) {
		c->at++;
		r = class_char(c, &high);
		if (r <= 0)
			return r;
		if (high < low)
			return refuse(c, "a range runs backwards");
	}
	return add_range(c, low, high);
}

/* What came this far was well-formed to filepath.Match, which wants more than a
 * regular expression does: "[]a]" and "[a-]" were refused before
 * (ignore_well_formed). The class is read by the rules of Go's regexp all the
 * same, as that is what matches. */
static int class(struct compiler *c, struct node *n)
{
	n->kind = NODE_CLASS;
	c->ranges = NULL;
	c->n_ranges = c->cap_ranges = 0;
	c->at++;
	n->negated = ahead(c, "^");
	c->at += n->negated;
	for (bool first = true; first || !ahead(c, "]"); first = false) {
		/* A - that is neither first nor last must be a range's. */
		if (c->at < c->s.n && ahead(c, "-") && !first &&
		    !ahead(c, "-]"))
			return refuse(c, "a - stands alone in a class");
		int r = class_item(c);
		if (r <= 0)
			return r;
	}
	c->at++;
	n->ranges = c->ranges;
	n->n_ranges = c->n_ranges;
	return 1;
}

static int set_node(struct compiler *c, struct node *n)
{
	c->ranges = NULL;
	c->n_ranges = c->cap_ranges = 0;
	int r = named_set(c, false);
	if (r == 0)
		r = opposite_set(c);
	n->kind = NODE_CLASS;
	n->ranges = c->ranges;
	n->n_ranges = c->n_ranges;
	return r;
}

static int atom(struct compiler *c, struct node *n)
{
	if (ahead(c, "(.*/)?")) {
		n->kind = NODE_DIRS;
		c->at += 6;
		return 1;
	}
	if (ahead(c, "["))
		return class(c, n);
	if (ahead(c, "\\")) {
		int r = set_node(c, n);
		if (r != 0)
			return r;
		c->at++;
		n->kind = NODE_CHAR;
		return escaped(c, &n->c);
	}
	n->c = take_char(c);
	n->kind = n->c == '.'	? NODE_DOT
		  : n->c == '^' ? NODE_BEGIN
		  : n->c == '$' ? NODE_END
				: NODE_CHAR;
	return 1;
}

static bool is_literal(const struct ignore_program *p, size_t i)
{
	return i < p->n && p->nodes[i].kind == NODE_CHAR && !p->nodes[i].star;
}

/* Text that every match begins and ends with: most paths fail at it, and never
 * reach the matcher.
 *
 * ^src/[^/]*\.o$ begins with "src/" and ends with ".o": two comparisons settle
 * nearly all paths of a context. */
static int literals(struct ignore_program *p, struct arena *a, struct err *err)
{
	size_t i = 1;
	scoped(buf_done) struct buf b = BUF_INIT(1 << 20);
	p->begins = p->n && p->nodes[0].kind == NODE_BEGIN && !p->nodes[0].star;
	for (; p->begins && is_literal(p, i); i++)
		if (buf_char(&b, p->nodes[i].c, err) < 0)
			return -1;
	if (arena_str(a, buf_str(&b), &p->start, err) < 0)
		return -1;
	buf_reset(&b);
	i = p->n - 1;
	if (p->n == 0 || p->nodes[i].kind != NODE_END || p->nodes[i].star)
		return 0;
	while (i > 0 && is_literal(p, i - 1))
		i--;
	for (; is_literal(p, i); i++)
		if (buf_char(&b, p->nodes[i].c, err) < 0)
			return -1;
	return arena_str(a, buf_str(&b), &p->end, err);
}

/* {2}, {2,}, {2,3} repeat; other braces are characters. */
static bool is_repeat(struct str s)
{
	size_t at = 1;
	while (at < s.n && is_digit(s.p[at]))
		at++;
	if (at == 1)
		return false;
	if (at < s.n && s.p[at] == ',')
		for (at++; at < s.n && is_digit(s.p[at]);)
			at++;
	return at < s.n && s.p[at] == '}';
}

/* One alternative, up to | or the end. A node takes at least a byte of the
 * expression, so there is room. */
static int alternative(struct compiler *c, struct ignore_program **out)
{
	size_t room = c->s.n - c->at + 1;
	struct ignore_program *p = arena_alloc(c->a, sizeof *p, c->err);
	if (!p)
		return -1;
	p->nodes = arena_array(c->a, room, sizeof *p->nodes, c->err);
	if (!p->nodes)
		return -1;
	p->end = STR("");
	while (c->at < c->s.n && !ahead(c, "|")) {
		struct node *n = &p->nodes[p->n];
		if (ahead(c, "{") && is_repeat(str_from(c->s, c->at)))
			return refuse(c, "braces repeat what stands before");
		int r = atom(c, n);
		if (r <= 0)
			return r;
		n->star = ahead(c, "*");
		c->at += n->star;
		p->n++;
	}
	*out = p;
	return literals(p, c->a, c->err) < 0 ? -1 : 1;
}

/* a|b gives two programs, tried one after the other: no node needs a branch. */
int ignore_compile(struct str expression, struct arena *a,
		   const struct ignore_program **out, const char **why,
		   struct err *err)
{
	struct compiler c = { .s = expression, .a = a, .why = why, .err = err };
	struct ignore_program *first = NULL, **to = &first;
	for (;;) {
		int r = alternative(&c, to);
		if (r <= 0)
			return r;
		if (c.at == c.s.n)
			break;
		c.at++;
		to = &(*to)->next;
	}
	*out = first;
	return 1;
}
