/* SPDX-License-Identifier: Apache-2.0 */
/* A config with other layers, every other byte kept.
 *
 *	history	[A, B (empty), C, D]	layers [a, c, d], c is gone
 *	now	[A, B (empty), C (empty), D]	layers [a, d]
 *
 * OCI config.md: entries that are not empty_layer are as many as the layers, in
 * their order. So an entry whose layer is gone is kept as what was done and
 * marked as one that left no layer. A history that was not in step before is
 * left alone: nobody can tell which entry is whose. */
#include "oci/config.h"

#include "json/span.h"
#include "oci/history.h"
#include "oci/internal.h"

/* "rootfs" of the new config; *changed says whether it is another one. */
static int new_rootfs(const struct oci_config *c, const struct digest *ids,
		      size_t n, struct buf *out, bool *changed, struct err *err)
{
	struct json_span span = { 0 };
	scoped(buf_done) struct buf list = BUF_INIT(SIZE_MAX);
	*changed = n != c->n_diff_ids ||
		   (n > 0 && memcmp(ids, c->diff_ids, n * sizeof *ids) != 0);
	if (!*changed)
		return 0;
	for (size_t i = 0; i < n; i++)
		if (buf_addf(&list, err, "%s\"%s\"", i ? "," : "[",
			     digest_text(&ids[i]).text) < 0)
			return -1;
	if (buf_str_add(&list, n ? STR("]") : STR("[]"), err) < 0 ||
	    json_span_of(c->text, "rootfs", &span, err) < 0)
		return -1;
	const struct json_edit e = { "diff_ids", buf_str(&list) };
	return json_splice(json_span_str(c->text, span), &e, 1, out, err);
}

static int empty_entry(const struct oci_history *h, struct buf *out,
		       struct err *err)
{
	static const struct json_edit empty = { "empty_layer", { "true", 4 } };
	if (str_eqz(h->json, "null"))
		return buf_str_add(out, STR("{\"empty_layer\":true}"), err);
	return json_splice(h->json, &empty, 1, out, err);
}

/* Behind the last entry; the bracket, and the space before it, stay. */
static int put_more(const struct oci_config *c, const struct oci_layers *l,
		    struct buf *out, struct err *err)
{
	for (size_t i = 0; i < l->n_more; i++)
		if ((c->n_history + i && buf_byte(out, ',', err) < 0) ||
		    buf_str_add(out, l->more[i], err) < 0)
			return -1;
	return 0;
}

/* "history" of the new config; what stands between entries stays as well.
 *
 * Copied is up to where the source's bytes have gone out; each entry that
 * changes ends a run of bytes that are copied as they are. */
static int new_history(const struct oci_config *c, const struct oci_layers *l,
		       struct buf *out, bool *changed, struct err *err)
{
	struct json_span span = { 0 };
	size_t layer = 0;
	*changed = false;
	if (!oci_history_in_step(c))
		return 0;
	*changed = l->n_more > 0;
	if (json_span_of(c->text, "history", &span, err) < 0)
		return -1;
	const char *copied = c->text.p + span.start;
	for (size_t i = 0; i < c->n_history; i++) {
		const struct oci_history *h = &c->history[i];
		if (h->empty_layer || l->keeps_layer[layer++])
			continue;
		*changed = true;
		if (buf_add(out, copied, (size_t)(h->json.p - copied), err) <
			    0 ||
		    empty_entry(h, out, err) < 0)
			return -1;
		copied = h->json.p + h->json.n;
	}
	const char *end = c->text.p + span.end - 1;
	if (c->n_history && l->n_more) {
		const struct oci_history *last = &c->history[c->n_history - 1];
		const char *behind = last->json.p + last->json.n;
		if (behind > copied &&
		    buf_add(out, copied, (size_t)(behind - copied), err) < 0)
			return -1;
		copied = MAX(copied, behind);
	} else if (l->n_more) {
		if (buf_add(out, copied, (size_t)(end - copied), err) < 0)
			return -1;
		copied = end;
	}
	if (put_more(c, l, out, err) < 0)
		return -1;
	return buf_add(out, copied, (size_t)(end + 1 - copied), err);
}

/* History and layers stay in step, or were not.
 *
 * A bug in a plan would give a config whose history tells of other layers; it
 * ends here. */
static int check_fate(const struct oci_config *c, const struct oci_layers *l,
		      struct err *err)
{
	size_t kept = l->n_more, n = l->n;
	if (!oci_history_in_step(c))
		return 0;
	for (size_t i = 0; i < c->n_diff_ids; i++)
		kept += l->keeps_layer[i];
	if (kept == n)
		return 0;
	return err_set(err, ERR_MISMATCH,
		       "the new config has %zu layers, its history %zu", n,
		       kept);
}

int oci_change_layers(const struct oci_config *c, const struct oci_layers *l,
		      struct buf *out, struct err *err)
{
	scoped(buf_done) struct buf rootfs = BUF_INIT(SIZE_MAX);
	scoped(buf_done) struct buf history = BUF_INIT(SIZE_MAX);
	struct json_edit edits[2];
	size_t n_edits = 0;
	bool changed;
	if (check_fate(c, l, err) < 0 ||
	    new_rootfs(c, l->diff_ids, l->n, &rootfs, &changed, err) < 0)
		return -1;
	if (changed)
		edits[n_edits++] =
			(struct json_edit){ "rootfs", buf_str(&rootfs) };
	if (new_history(c, l, &history, &changed, err) < 0)
		return -1;
	if (changed)
		edits[n_edits++] =
			(struct json_edit){ "history", buf_str(&history) };
	return json_splice(c->text, edits, n_edits, out, err);
}

int oci_rewrite_config(const struct oci_config *c,
		       const struct digest *diff_ids, size_t n,
		       const bool *keeps_layer, struct buf *out,
		       struct err *err)
{
	struct oci_layers l = { diff_ids, n, keeps_layer, NULL, 0 };
	return oci_change_layers(c, &l, out, err);
}
