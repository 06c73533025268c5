/* SPDX-License-Identifier: Apache-2.0 */
/* A page of a rule for a terminal: titles without their signs, examples
 * indented. What the pages use of Markdown is little, and nothing else is
 * read. */
#include "lint/pages.h"
#include "report/findings_parts.h"

struct paging {
	const struct text_style *style;
	bool in_fence;
};

/* Signs of emphasis go; what is in backquotes keeps them, since they tell
 * words from code. */
static int put_words(struct str line, struct buf *out, struct err *err)
{
	for (size_t i = 0; i < line.n; i++) {
		if (line.p[i] == '*' && i + 1 < line.n && line.p[i + 1] == '*')
			i++;
		else if (buf_byte(out, line.p[i], err) < 0)
			return -1;
	}
	return buf_byte(out, '\n', err);
}

static int put_title(const struct paging *p, struct str line, struct buf *out,
		     struct err *err)
{
	while (line.n && line.p[0] == '#')
		line = str_from(line, 1);
	return buf_addf(out, err, "%s%.*s%s\n",
			p->style->color ? "\033[1m" : "",
			STR_ARG(str_from(line, line.n > 0)),
			p->style->color ? "\033[0m" : "");
}

static int put_line(struct paging *p, struct str line, struct buf *out,
		    struct err *err)
{
	if (str_starts(line, STR("```"))) {
		p->in_fence = !p->in_fence;
		return 0;
	}
	if (p->in_fence)
		return buf_addf(out, err, "    %.*s\n", STR_ARG(line));
	return line.n && line.p[0] == '#' ? put_title(p, line, out, err)
					  : put_words(line, out, err);
}

int report_explain(struct str name, const struct text_style *style,
		   struct buf *out, struct err *err)
{
	struct paging p = { .style = style };
	struct str text = lint_page(name), line;
	while (str_cut(text, '\n', &line, &text))
		if (put_line(&p, line, out, err) < 0)
			return -1;
	return 0;
}
