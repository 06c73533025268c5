/* SPDX-License-Identifier: Apache-2.0 */
#include "json/write.h"
#include "report/context.h"

/* What stands before its lines. */
static size_t count_lines(struct str s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == '\n';
	return n + (s.n && s.p[s.n - 1] != '\n');
}

static int diff_lines(struct str s, char sign, struct buf *out, struct err *err)
{
	while (s.n) {
		struct str line = { s.p, str_find(s, '\n') };
		bool ends = line.n < s.n;
		if (buf_byte(out, sign, err) < 0 ||
		    buf_str_add(out, line, err) < 0 ||
		    buf_str_add(out,
				ends ? STR("\n")
				     : STR("\n\\ No newline at end of file\n"),
				err) < 0)
			return -1;
		s = str_from(s, line.n + ends);
	}
	return 0;
}

/* The last lines that stay, at most three; one without an end is replaced. */
static struct str tail_of(struct str text, bool *cut)
{
	size_t at = text.n, lines = 0;
	*cut = text.n && text.p[text.n - 1] != '\n';
	while (at && lines < 4)
		lines += text.p[--at] == '\n';
	at += lines == 4;
	return str_from(text, at);
}

/* As git writes it: a blank needs a tab behind the name, and what would end
 * the name or the line is quoted. */
static int head_line(const char *sign, const char *dir, struct str name,
		     struct buf *out, struct err *err)
{
	bool quote = false, blank = false;
	for (size_t i = 0; i < name.n; i++) {
		uint8_t c = (uint8_t)name.p[i];
		quote |= c < 0x20 || c == 0x7f || c == '"' || c == '\\';
		blank |= c == ' ';
	}
	if (buf_addf(out, err, "%s %s%s", sign, quote ? "\"" : "", dir) < 0)
		return -1;
	for (size_t i = 0; i < name.n; i++) {
		uint8_t c = (uint8_t)name.p[i];
		bool plain = c >= 0x20 && c != 0x7f && c != '"' && c != '\\';
		if (plain ? buf_byte(out, name.p[i], err) < 0
			  : buf_addf(out, err, "\\%03o", c) < 0)
			return -1;
	}
	return buf_str_add(out,
			   quote   ? STR("\"\n")
			   : blank ? STR("\t\n")
				   : STR("\n"),
			   err);
}

static int head(const struct report_context *p, struct buf *out,
		struct err *err)
{
	if (p->ignore_exists
		    ? head_line("---", "a/", p->patch_name, out, err) < 0
		    : buf_str_add(out, STR("--- /dev/null\n"), err) < 0)
		return -1;
	return head_line("+++", "b/", p->patch_name, out, err);
}

int report_context_diff(const struct report_context *p, struct buf *out,
			struct err *err)
{
	const struct context *c = p->c;
	scoped(buf_done) struct buf new = BUF_INIT(UINT32_MAX / 2);
	struct str old = c->ignore_text;
	bool cut;
	if (c->advice.n == 0)
		return 0;
	if (context_compose_ignore(old, &c->advice, &new, err) < 0)
		return -1;
	struct str keep = tail_of(old, &cut), last = { 0 };
	if (cut) {
		size_t n = keep.n;
		while (n && keep.p[n - 1] != '\n')
			n--;
		last = str_from(keep, n);
		keep.n = n;
	}
	size_t from = (size_t)(old.n - keep.n - last.n);
	struct str more = str_from(buf_str(&new), from + keep.n);
	size_t before = count_lines((struct str){ old.p, from });
	size_t kept = count_lines(keep);
	size_t n_old = kept + cut, n_new = kept + count_lines(more);
	if (head(p, out, err) < 0 ||
	    buf_addf(out, err, "@@ -%zu,%zu +%zu,%zu @@\n",
		     n_old ? before + 1 : 0, n_old, before + 1, n_new) < 0 ||
	    diff_lines(keep, ' ', out, err) < 0 ||
	    diff_lines(last, '-', out, err) < 0)
		return -1;
	return diff_lines(more, '+', out, err);
}

/* The pattern that decides; NULL: none does. */
static int find_pattern(const struct context_why *w, struct ignore_result *r,
			const struct ignore_pattern **out, struct err *err)
{
	if (ignore_path(w->ig, w->path, r, err) < 0)
		return -1;
	*out = r->pattern == SIZE_MAX ? NULL : &w->ig->patterns[r->pattern];
	return 0;
}

int report_context_why_json(const struct context_why *w, struct buf *out,
			    struct err *err)
{
	const struct ignore_pattern *pattern;
	struct ignore_result r;
	if (find_pattern(w, &r, &pattern, err) < 0)
		return -1;
	struct json_out o;
	json_out_begin(&o, out, true);
	json_open_object(&o);
	json_key(&o, "schema");
	json_put_u64(&o, CONTEXT_SCHEMA);
	json_put_path(&o, "path", w->path.n ? w->path : STR("."));
	json_key(&o, "excluded");
	json_put_bool(&o, r.excluded);
	json_key(&o, "pattern");
	if (pattern)
		json_put_str(&o, span_str(w->text, pattern->at));
	else
		json_put_null(&o);
	json_key(&o, "line");
	if (pattern)
		json_put_u64(&o, pattern->line);
	else
		json_put_null(&o);
	json_key(&o, "ignore_file");
	if (w->ignore_file.n)
		json_put_str(&o, w->ignore_file);
	else
		json_put_null(&o);
	json_close_object(&o);
	return json_out_finish(&o, err);
}

int report_context_why_text(const struct context_why *w, struct buf *out,
			    struct err *err)
{
	const struct ignore_pattern *pattern;
	struct ignore_result r;
	if (find_pattern(w, &r, &pattern, err) < 0)
		return -1;
	if (buf_addf(out, err, "%s\n", r.excluded ? "excluded" : "included") <
	    0)
		return -1;
	if (!pattern)
		return buf_addf(out, err, "%s\n",
				w->ignore_file.n ? "no pattern matches"
						 : "there is no ignore file");
	if (buf_quoted(out, w->ignore_file, err) < 0 ||
	    buf_addf(out, err, ":%u: ", pattern->line) < 0 ||
	    buf_quoted(out, span_str(w->text, pattern->at), err) < 0)
		return -1;
	return buf_byte(out, '\n', err);
}
