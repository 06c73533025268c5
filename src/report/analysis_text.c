/* SPDX-License-Identifier: Apache-2.0 */
#include "report/analysis_page.h"
#include "report/human.h"

static int put_head(const struct page *p, struct err *err)
{
	const struct image *img = p->a->loaded->image;
	scoped(buf_done) struct buf platform = BUF_INIT(4096);
	scoped(buf_done) struct buf name = BUF_INIT(1 << 20);
	if (oci_platform_text(&img->platform, &platform, err) < 0 ||
	    buf_shown(&name, img->name, err) < 0)
		return -1;
	return buf_addf(p->out, err, "%s%.*s%s  %.*s\n", report_page_bold(p),
			STR_ARG(buf_str(&name)), report_page_plain(p),
			STR_ARG(buf_str(&platform)));
}

static int put_parts(const struct page *p, struct err *err)
{
	static const struct {
		unsigned part;
		int (*put)(const struct page *p, struct err *err);
	} parts[] = {
		{ SHOW_LAYERS, report_page_layers },
		{ SHOW_FILES, report_page_files },
		{ SHOW_TREE, report_page_tree },
		{ SHOW_FINDINGS, report_page_findings },
	};
	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		if (p->show->parts & parts[i].part &&
		    (buf_byte(p->out, '\n', err) < 0 ||
		     parts[i].put(p, err) < 0))
			return -1;
	return 0;
}

static int put_image(const struct page *p, struct err *err)
{
	if (put_head(p, err) < 0)
		return -1;
	return p->show->parts ? put_parts(p, err) : report_page_screen(p, err);
}

int report_analysis_text(const struct report_analyses *r,
			 const struct text_style *style, struct buf *out,
			 struct err *err)
{
	for (size_t i = 0; i < r->n; i++) {
		struct page p = { &r->v[i], r->v[i].loaded->tree, style,
				  &r->show, out };
		if ((i && buf_byte(out, '\n', err) < 0) ||
		    put_image(&p, err) < 0)
			return -1;
	}
	return 0;
}
