/* SPDX-License-Identifier: Apache-2.0 */
/* What the formats of findings say where a finding stands in an image. */
#include "base/digest.h"
#include "lint/pages.h"
#include "report/findings_parts.h"
#include "report/human.h"

/* " (layer 3, removed by layer 5; 1.2 MB; /usr/share/doc and 7 more)" */
static int add_place(struct buf *to, const struct finding *f, struct err *err)
{
	if (buf_addf(to, err, " (layer %u", f->layer + 1) < 0)
		return -1;
	if (f->removed_in != FINDING_NO_LAYER && f->removed_in != f->layer &&
	    buf_addf(to, err, ", by layer %u", f->removed_in + 1) < 0)
		return -1;
	if (f->bytes &&
	    buf_addf(to, err, "; %s", report_human_bytes(f->bytes).text) < 0)
		return -1;
	if (f->n_paths && (buf_str_add(to, STR("; /"), err) < 0 ||
			   buf_str_add(to, f->paths[0], err) < 0))
		return -1;
	if (f->n_paths && f->n_paths_all > 1 &&
	    buf_addf(to, err, " and %s more",
		     report_human_count(f->n_paths_all - 1).text) < 0)
		return -1;
	return buf_byte(to, ')', err);
}

int report_add_message(struct buf *to, const struct finding_list *list,
		       const struct finding *f, struct err *err)
{
	if (buf_str_add(to, f->message, err) < 0)
		return -1;
	return list->subject == FINDING_IN_IMAGE ? add_place(to, f, err) : 0;
}

int report_add_help(struct buf *to, const struct finding *f, struct err *err)
{
	struct str page = lint_page(str_of(f->id));
	if (f->remedy)
		return buf_str_add(to, str_of(f->remedy), err);
	if (page.n)
		return buf_str_add(to, page, err);
	return buf_str_add(to, STR("See "), err) < 0
		       ? -1
		       : report_add_page(to, f->id, err);
}

static int add_print(const struct finding *f, struct finding_fingerprint *out,
		     struct err *err)
{
	scoped(buf_done) struct buf key = BUF_INIT(SIZE_MAX);
	struct digest d;
	if (buf_str_add(&key, f->message, err) < 0 ||
	    buf_byte(&key, 0, err) < 0 ||
	    (f->n_paths && buf_str_add(&key, f->paths[0], err) < 0) ||
	    digest_of(DIGEST_SHA256, key.p, key.n, &d, err) < 0)
		return -1;
	memcpy(out->hex, digest_hex(&d).text, sizeof out->hex - 1);
	return 0;
}

int report_fingerprints(const struct finding_list *list, struct arena *a,
			struct finding_fingerprint **out, struct err *err)
{
	if (list->subject == FINDING_IN_FILE)
		return lint_fingerprints(list, a, out, err);
	struct finding_fingerprint *v = arena_array(a, list->n, sizeof *v, err);
	if (!v)
		return -1;
	for (size_t i = 0; i < list->n; i++)
		if (add_print(&list->findings[i], &v[i], err) < 0)
			return -1;
	*out = v;
	return finding_number(list, a, v, err);
}
