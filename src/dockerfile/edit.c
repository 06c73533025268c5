/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/edit.h"

/* Position first; an insertion goes in front of a replacement. */
static bool edit_before(const struct text_edit *a, const struct text_edit *b)
{
	if (a->at.at != b->at.at)
		return a->at.at < b->at.at;
	return a->at.n == 0 && b->at.n > 0;
}

/* Stable; edits are few and mostly in order already. */
static void edit_sort(struct text_edit *e, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct text_edit x = e[i];
		size_t k = i;
		for (; k > 0 && edit_before(&x, &e[k - 1]); k--)
			e[k] = e[k - 1];
		e[k] = x;
	}
}

static int edit_check(struct str text, const struct text_edit *e, size_t n,
		      struct err *err)
{
	uint32_t end = 0;
	for (size_t i = 0; i < n; i++) {
		if (e[i].at.at > text.n || e[i].at.n > text.n - e[i].at.at)
			return err_set(err, ERR_USAGE,
				       "edit at %u+%u runs past %zu bytes",
				       e[i].at.at, e[i].at.n, text.n);
		if (e[i].at.at < end)
			return err_set(err, ERR_USAGE,
				       "edits at %u and %u overlap",
				       e[i - 1].at.at, e[i].at.at);
		end = span_end(e[i].at);
	}
	return 0;
}

int text_edit_apply(struct str text, struct text_edit *edits, size_t n,
		    struct buf *out, struct err *err)
{
	size_t from = 0;
	size_t start = out->n;
	edit_sort(edits, n);
	if (edit_check(text, edits, n, err) < 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		struct str kept = { text.p + from, edits[i].at.at - from };
		if (buf_str_add(out, kept, err) < 0 ||
		    buf_str_add(out, edits[i].replace, err) < 0) {
			out->n = start;
			return -1;
		}
		from = span_end(edits[i].at);
	}
	if (buf_str_add(out, str_from(text, from), err) < 0) {
		out->n = start;
		return -1;
	}
	return 0;
}
