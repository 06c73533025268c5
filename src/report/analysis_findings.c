/* SPDX-License-Identifier: Apache-2.0 */
/* The findings of an analysis as a list, for formats that know nothing else of
 * an image. */
#include "report/findings.h"
#include "report/format.h"
#include "report/report.h"

/* The image's name; its platform behind it where there are several. */
static int add_name(const struct report_analyses *r, const struct image *img,
		    struct arena *a, struct str *out, struct err *err)
{
	scoped(buf_done) struct buf name = BUF_INIT(1 << 20);
	if (buf_str_add(&name, img->name, err) < 0)
		return -1;
	if (r->n > 1 && (buf_byte(&name, ' ', err) < 0 ||
			 oci_platform_text(&img->platform, &name, err) < 0))
		return -1;
	return arena_str(a, buf_str(&name), out, err);
}

int report_analysis(const struct report_format *f,
		    const struct report_analyses *r,
		    const struct text_style *style, struct buf *out,
		    struct err *err)
{
	scoped(arena_done) struct arena a = { 0 };
	if (f->analysis)
		return f->analysis(r, style, out, err);
	struct finding_list *v = arena_array(&a, r->n, sizeof *v, err);
	if (!v)
		return -1;
	for (size_t i = 0; i < r->n; i++) {
		v[i] = (struct finding_list){
			.subject = FINDING_IN_IMAGE,
			.findings = r->v[i].findings,
			.n = r->v[i].n_findings,
		};
		if (add_name(r, r->v[i].loaded->image, &a, &v[i].path, err) < 0)
			return -1;
	}
	const struct report_findings all = {
		.command = "analyze",
		.results = v,
		.n = r->n,
		.version = r->version,
	};
	return f->findings(&all, style, out, err);
}
