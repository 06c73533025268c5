/* SPDX-License-Identifier: Apache-2.0 */
#include "report/analysis_page.h"

#include "oci/history.h"
#include "report/human.h"

const char *report_page_bold(const struct page *p)
{
	return p->style->color ? "\033[1m" : "";
}

const char *report_page_plain(const struct page *p)
{
	return p->style->color ? "\033[0m" : "";
}

int report_page_path(const struct page *p, uint32_t node, struct buf *to,
		     struct err *err)
{
	scoped(buf_done) struct buf path = BUF_INIT(1 << 20);
	if (buf_byte(to, '/', err) < 0 || tree_path(p->t, node, &path, err) < 0)
		return -1;
	return buf_shown(to, buf_str(&path), err);
}

struct table report_page_table(const struct page *p,
			       const struct column *columns, size_t n)
{
	return (struct table){ .columns = columns,
			       .n_columns = n,
			       .width = p->style->width,
			       .color = p->style->color,
			       .whole = p->style->verbose,
			       .text = BUF_INIT((size_t)TABLE_TEXT_MAX) };
}

size_t report_page_top(const struct page *p, size_t n)
{
	return p->show->top ? MIN(n, (size_t)p->show->top) : n;
}

int report_page_instruction(const struct page *p, uint32_t layer,
			    struct buf *to, struct err *err)
{
	const struct oci_history *h =
		oci_history_of(&p->a->loaded->image->config, layer);
	if (h && h->created_by.n)
		return report_human_instruction(to, h->created_by, err);
	return buf_addf(to, err, "(layer %u, without an instruction)",
			layer + 1);
}
