/* SPDX-License-Identifier: Apache-2.0 */
/* Findings that were there when pare came: told of no more, unless they change.
 *
 *	# pare lint baseline 1
 *	app/Dockerfile	DL3008	8f43...7aa4	2
 *
 * with tabs between is the second finding of that rule whose line has that
 * fingerprint. Files are sorted, so that two branches that add entries merge
 * line by line. Names are quoted as in messages: a path with a tab or a line
 * feed stays one field of one line. */
#include "lint/suppress/baseline.h"

#include <stdlib.h>

#include "lint/suppress/fingerprint.h"

static const char head[] = "# pare lint baseline 1";

void lint_baseline_done(struct baseline *b)
{
	arena_done(&b->arena);
	*b = (struct baseline){ 0 };
}

static int compare(const void *a, const void *b)
{
	const struct baseline_entry *x = a, *y = b;
	int d = str_cmp(x->path, y->path);
	if (d == 0)
		d = str_cmp(x->rule, y->rule);
	if (d == 0)
		d = str_cmp(x->hex, y->hex);
	return d ? d : (x->nth > y->nth) - (x->nth < y->nth);
}

/* --- names ---------------------------------------------------------------- */

/* "./a//b/./c" is "a/b/c": one file, however it was named. */
static int clean_path(struct str path, struct arena *a, struct str *out,
		      struct err *err)
{
	char *to = arena_bytes(a, path.n, err);
	size_t n = 0;
	if (!to)
		return -1;
	for (size_t i = 0; i < path.n;) {
		bool edge = i == 0 || path.p[i - 1] == '/';
		if (edge && i > 0 && path.p[i] == '/') {
			i++;
			continue;
		}
		if (edge && path.p[i] == '.' && i + 1 < path.n &&
		    path.p[i + 1] == '/') {
			for (i++; i < path.n && path.p[i] == '/';)
				i++;
			continue;
		}
		to[n++] = path.p[i++];
	}
	*out = (struct str){ to, n };
	return 0;
}

/* What buf_quoted wrote; a # in front is \x23, since that is a comment. */
static int add_quoted(struct buf *to, struct str s, struct err *err)
{
	if (s.n && s.p[0] == '#') {
		if (buf_str_add(to, STR("\\x23"), err) < 0)
			return -1;
		s = str_from(s, 1);
	}
	return buf_quoted(to, s, err);
}

static int hex_digit(char c)
{
	const char *digits = "0123456789abcdef", *at;
	at = c ? strchr(digits, c) : NULL;
	return at ? (int)(at - digits) : -1;
}

/* The character behind a backslash at s.p[*i]; -1: it is none. */
static int unescape(struct str s, size_t *i)
{
	static const char from[] = "ntr\"\\", to[] = "\n\t\r\"\\";
	const char *at = s.p[*i] ? strchr(from, s.p[*i]) : NULL;
	if (at) {
		*i += 1;
		return to[at - from];
	}
	if (s.p[*i] != 'x' || s.n - *i < 3)
		return -1;
	int high = hex_digit(s.p[*i + 1]), low = hex_digit(s.p[*i + 2]);
	*i += 3;
	return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/* false: broken. to has s.n bytes. */
static bool unquote(struct str s, char *to, size_t *n)
{
	*n = 0;
	for (size_t i = 0; i < s.n;) {
		if (s.p[i] != '\\') {
			to[(*n)++] = s.p[i++];
			continue;
		}
		if (++i == s.n)
			return false;
		int c = unescape(s, &i);
		if (c < 0)
			return false;
		to[(*n)++] = (char)c;
	}
	return *n > 0;
}

/* --- reading -------------------------------------------------------------- */

static bool is_rule(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		      (c >= '0' && c <= '9') || c == '-'))
			return false;
	}
	return s.n > 0;
}

static bool is_hex(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (hex_digit(s.p[i]) < 0)
			return false;
	return s.n == 32;
}

/* 1: an entry; 0: the line is none. */
static int read_entry(struct str line, struct arena *a,
		      struct baseline_entry *e, struct err *err)
{
	struct str path, rule, hex, nth, rest;
	if (!str_cut(line, '\t', &path, &rest) ||
	    !str_cut(rest, '\t', &rule, &rest) ||
	    !str_cut(rest, '\t', &hex, &nth) || !is_rule(rule) ||
	    !is_hex(hex) || !str_to_u64(nth, &e->nth) || e->nth == 0)
		return 0;
	char *name = arena_bytes(a, path.n, err);
	if (!name || arena_str(a, rule, &e->rule, err) < 0 ||
	    arena_str(a, hex, &e->hex, err) < 0)
		return -1;
	e->path.p = name;
	return unquote(path, name, &e->path.n);
}

/* The next line without its end; false at the end. */
static bool next_line(struct str *text, struct str *line)
{
	if (text->n == 0)
		return false;
	if (!str_cut(*text, '\n', line, text)) {
		*line = *text;
		*text = (struct str){ 0 };
	}
	if (line->n && line->p[line->n - 1] == '\r')
		line->n--;
	return true;
}

static size_t count_lines(struct str text)
{
	size_t n = 1;
	for (size_t i = 0; i < text.n; i++)
		n += text.p[i] == '\n';
	return n;
}

static int read_lines(struct str text, struct baseline *b, struct err *err)
{
	struct str line;
	b->entries = arena_array(&b->arena, count_lines(text),
				 sizeof *b->entries, err);
	if (!b->entries)
		return -1;
	for (size_t number = 1; next_line(&text, &line); number++) {
		struct baseline_entry e = { .line = number };
		if (number == 1 && !str_eqz(line, head))
			return err_set(err, ERR_CORRUPT, "line 1 is not \"%s\"",
				       head);
		if (line.n == 0 || line.p[0] == '#')
			continue;
		int r = read_entry(line, &b->arena, &e, err);
		if (r == 0)
			return err_set(err, ERR_CORRUPT,
				       "line %zu is no path, rule, fingerprint "
				       "and number with tabs between: %s",
				       number, str_quoted(line).text);
		if (r < 0)
			return -1;
		b->entries[b->n++] = e;
	}
	return 0;
}

int lint_baseline_read(struct str text, struct baseline *out, struct err *err)
{
	scoped(lint_baseline_done) struct baseline b = { 0 };
	if (text.n > BASELINE_SIZE_MAX)
		return err_set(err, ERR_LIMIT, "a baseline of over %d bytes",
			       BASELINE_SIZE_MAX);
	if (text.n == 0)
		return err_set(err, ERR_CORRUPT, "line 1 is not \"%s\"", head);
	if (read_lines(text, &b, err) < 0)
		return -1;
	if (b.n)
		qsort(b.entries, b.n, sizeof *b.entries, compare);
	*out = b;
	b = (struct baseline){ 0 };
	return 0;
}

/* --- using ---------------------------------------------------------------- */

/* All entries equal to the key: a merge may leave a line twice. */
static bool meet(struct baseline *b, const struct baseline_entry *key)
{
	size_t low = 0, high = b->n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (compare(&b->entries[mid], key) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	bool any = false;
	for (; low < b->n && compare(&b->entries[low], key) == 0; low++)
		any = b->entries[low].met = true;
	return any;
}

/* Entries of a path are neighbours. */
static void look_at(struct baseline *b, struct str path)
{
	size_t low = 0, high = b->n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (str_cmp(b->entries[mid].path, path) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < b->n && str_eq(b->entries[low].path, path); low++)
		b->entries[low].looked = true;
}

static struct baseline_entry entry_of(struct str path, const struct finding *f,
				      const struct finding_fingerprint *print)
{
	return (struct baseline_entry){ .path = path,
					.rule = str_of(f->id),
					.hex = str_of(print->hex),
					.nth = print->nth };
}

static int apply_one(struct baseline *b, struct finding_list *r,
		     size_t *n_hidden, struct err *err)
{
	scoped(arena_done) struct arena a = { 0 };
	struct finding_fingerprint *prints;
	struct str path;
	size_t n = 0;
	if (clean_path(r->path, &a, &path, err) < 0 ||
	    lint_fingerprints(r, &a, &prints, err) < 0)
		return -1;
	if (!r->err)
		look_at(b, path);
	for (size_t i = 0; i < r->n; i++) {
		struct baseline_entry key =
			entry_of(path, &r->findings[i], &prints[i]);
		if (meet(b, &key))
			*n_hidden += 1;
		else
			r->findings[n++] = r->findings[i];
	}
	r->n = n;
	return 0;
}

int lint_baseline_apply(struct baseline *b, struct finding_list *results,
			size_t n, size_t *n_hidden, struct err *err)
{
	*n_hidden = 0;
	for (size_t i = 0; i < n; i++)
		if (apply_one(b, &results[i], n_hidden, err) < 0)
			return -1;
	return 0;
}

const struct baseline_entry *lint_baseline_stale(const struct baseline *b,
						 size_t *at)
{
	while (*at < b->n) {
		const struct baseline_entry *e = &b->entries[(*at)++];
		if (e->looked && !e->met)
			return e;
	}
	return NULL;
}

/* --- writing -------------------------------------------------------------- */

static int collect(const struct finding_list *results, size_t n,
		   struct arena *a, struct baseline_entry **out, size_t *n_out,
		   struct err *err)
{
	size_t all = 0;
	for (size_t i = 0; i < n; i++)
		all += results[i].n;
	struct baseline_entry *v = arena_array(a, all, sizeof *v, err);
	*out = v;
	*n_out = 0;
	for (size_t i = 0; v && i < n; i++) {
		struct finding_fingerprint *prints;
		struct str path;
		if (clean_path(results[i].path, a, &path, err) < 0 ||
		    lint_fingerprints(&results[i], a, &prints, err) < 0)
			return -1;
		for (size_t k = 0; k < results[i].n; k++)
			v[(*n_out)++] = entry_of(path, &results[i].findings[k],
						 &prints[k]);
	}
	return v ? 0 : -1;
}

int lint_baseline_write(const struct finding_list *results, size_t n,
			struct buf *out, struct err *err)
{
	scoped(arena_done) struct arena a = { 0 };
	struct baseline_entry *v;
	size_t n_v;
	if (collect(results, n, &a, &v, &n_v, err) < 0 ||
	    buf_addf(out, err, "%s\n", head) < 0)
		return -1;
	if (n_v)
		qsort(v, n_v, sizeof *v, compare);
	for (size_t i = 0; i < n_v; i++) {
		if (i && compare(&v[i - 1], &v[i]) == 0)
			continue;
		if (add_quoted(out, v[i].path, err) < 0 ||
		    buf_addf(out, err, "\t%.*s\t%.*s\t%llu\n",
			     STR_ARG(v[i].rule), STR_ARG(v[i].hex),
			     (unsigned long long)v[i].nth) < 0)
			return -1;
	}
	return 0;
}
