/* SPDX-License-Identifier: Apache-2.0 */
#include "report/findings_parts.h"

#include "base/sink.h"

int report_drain(const struct report_findings *r, struct buf *out,
		 struct err *err)
{
	enum { ENOUGH = 1 << 20 };
	if (!r->to || out->n < ENOUGH)
		return 0;
	int done = sink_write(r->to, out->p, out->n, err);
	buf_reset(out);
	return done;
}

bool report_is_shellcheck(const char *id)
{
	return id[0] == 'S' && id[1] == 'C' && id[2] >= '0' && id[2] <= '9';
}

int report_add_page(struct buf *to, const char *id, struct err *err)
{
	if (report_is_shellcheck(id))
		return buf_addf(to, err, "https://www.shellcheck.net/wiki/%s",
				id);
	return buf_addf(to, err, "pare lint --explain %s", id);
}

struct str report_line(const struct finding_list *r, uint32_t line)
{
	if (line == 0 || line > r->n_lines)
		return (struct str){ 0 };
	size_t from = r->lines[line - 1];
	size_t to = line < r->n_lines ? r->lines[line] : r->text.n;
	if (to > from && r->text.p[to - 1] == '\n')
		to--;
	if (to > from && r->text.p[to - 1] == '\r')
		to--;
	return (struct str){ r->text.p + from, to - from };
}

struct str report_plain_path(struct str path)
{
	while (path.n > 2 && path.p[0] == '.' && path.p[1] == '/') {
		path = str_from(path, 2);
		while (path.n > 1 && path.p[0] == '/')
			path = str_from(path, 1);
	}
	return path;
}

/* --- characters ----------------------------------------------------------- */

/* Length of the UTF-8 sequence at s.p[i]; 0: it is none. */
static size_t sequence_at(struct str s, size_t i)
{
	for (size_t n = 1; n <= 4 && i + n <= s.n; n++)
		if (str_is_utf8((struct str){ s.p + i, n }))
			return n;
	return 0;
}

size_t report_step_at(struct str s, size_t i)
{
	size_t n = sequence_at(s, i);
	return n ? n : 1;
}

uint32_t report_code_point(struct str character)
{
	static const uint8_t first[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
	if (sequence_at(character, 0) != character.n)
		return 0xfffd;
	uint32_t c = (uint8_t)character.p[0] & first[character.n];
	for (size_t i = 1; i < character.n; i++)
		c = c << 6 | ((uint8_t)character.p[i] & 0x3f);
	return c;
}

/* Moves the terminal, the line, or the direction of what follows. */
static bool is_restless(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x061c ||
	       c == 0x200e || c == 0x200f || (c >= 0x2028 && c <= 0x202e) ||
	       (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

size_t report_visible_at(struct str s, size_t i)
{
	size_t n = sequence_at(s, i);
	struct str one = { s.p + i, n };
	return n && !is_restless(report_code_point(one)) ? n : 0;
}

/* What stands at *i and may not be shown as it is. */
static int add_escaped(struct buf *to, struct str s, size_t *i, struct err *err)
{
	uint8_t c = (uint8_t)s.p[*i];
	struct str one = { s.p + *i, report_step_at(s, *i) };
	uint32_t point = sequence_at(s, *i) ? report_code_point(one) : c;
	*i += one.n;
	if (c == '\n' || c == '\t' || c == '\r')
		return buf_addf(to, err, "\\%c",
				c == '\n'   ? 'n'
				: c == '\t' ? 't'
					    : 'r');
	return buf_addf(to, err, point < 0x100 ? "\\x%02x" : "\\u%04x", point);
}

int report_add_visible(struct buf *to, struct str s, struct err *err)
{
	for (size_t i = 0; i < s.n;) {
		size_t n = report_visible_at(s, i);
		if (n == 0) {
			if (add_escaped(to, s, &i, err) < 0)
				return -1;
			continue;
		}
		if (buf_add(to, s.p + i, n, err) < 0)
			return -1;
		i += n;
	}
	return 0;
}

/* RFC 3986, section 2.3. */
static bool is_unreserved(uint8_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || strchr("-._~/", c);
}

int report_add_uri(struct buf *to, struct str path, struct err *err)
{
	path = report_plain_path(path);
	if (path.n && path.p[0] == '/' &&
	    buf_str_add(to, STR("file://"), err) < 0)
		return -1;
	for (size_t i = 0; i < path.n; i++) {
		uint8_t c = (uint8_t)path.p[i];
		if (c && is_unreserved(c) ? buf_byte(to, (char)c, err) < 0
					  : buf_addf(to, err, "%%%02X", c) < 0)
			return -1;
	}
	return 0;
}

/* XML 1.0, section 2.2; C1 controls may stand there and had better not. */
static bool is_xml(uint32_t c)
{
	return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c < 0x7f) ||
	       (c >= 0xa0 && c != 0xfffe && c != 0xffff);
}

static int add_xml_character(struct buf *to, struct str one, struct err *err)
{
	uint32_t c = report_code_point(one);
	if (!is_xml(c) || c == 0xfffd)
		return buf_str_add(to, STR("\xef\xbf\xbd"), err);
	/* "]]>" may not stand in text; blanks would be normalised. */
	if (c < 0x20 || (c < 0x80 && strchr("<>&\"'", (int)c)))
		return buf_addf(to, err, "&#%u;", c);
	return buf_str_add(to, one, err);
}

int report_add_xml(struct buf *to, struct str s, struct err *err)
{
	for (size_t i = 0; i < s.n;) {
		struct str one = { s.p + i, report_step_at(s, i) };
		if (add_xml_character(to, one, err) < 0)
			return -1;
		i += one.n;
	}
	return 0;
}
