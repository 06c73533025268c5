/* SPDX-License-Identifier: Apache-2.0 */
#include "oci/config.h"

#include "json/span.h"
#include "oci/internal.h"

static int get_diff_ids(const json_t *rootfs, const struct limits *lim,
			struct arena *a, struct oci_config *c, struct err *err)
{
	json_t *list;
	int r = json_get_array(rootfs, "diff_ids", &list, err);
	if (r <= 0)
		return r;
	size_t n = json_array_size(list);
	if (n > lim->layers_max)
		return limits_exceeded(lim, &lim->layers_max, n, err);
	c->diff_ids = arena_array(a, n, sizeof *c->diff_ids, err);
	if (!c->diff_ids)
		return -1;
	for (size_t i = 0; i < n; i++) {
		const json_t *v = json_array_get(list, i);
		if (!json_is_string(v))
			return err_set(err, ERR_CORRUPT,
				       "diff_ids[%zu] is not a string", i);
		struct str text = { json_string_value(v),
				    json_string_length(v) };
		if (digest_parse(text, &c->diff_ids[i], err) < 0)
			return err_ctx(err, "diff_ids[%zu]", i);
	}
	c->n_diff_ids = n;
	return 0;
}

/* The config of an artifact has any form; only an image's has a rootfs. */
static int refuse_no_rootfs(const struct oci_config *c, struct err *err)
{
	if (c->platform.os.n == 0 && c->platform.architecture.n == 0)
		return err_set(err, ERR_UNSUPPORTED,
			       "not the config of an image (no \"rootfs\", "
			       "\"os\" or \"architecture\"): an artifact");
	return err_set(err, ERR_CORRUPT, "a config without \"rootfs\"");
}

static int get_rootfs(const json_t *doc, const struct limits *lim,
		      struct arena *a, struct oci_config *c, struct err *err)
{
	json_t *rootfs;
	struct str type = STR("layers");
	int r = json_get_object(doc, "rootfs", &rootfs, err);
	if (r <= 0)
		return r < 0 ? -1 : refuse_no_rootfs(c, err);
	if (json_get_str(rootfs, "type", &type, err) < 0 ||
	    (!str_eqz(type, "layers") &&
	     err_set(err, ERR_UNSUPPORTED, "type \"%s\", expected \"layers\"",
		     str_quoted(type).text) < 0) ||
	    get_diff_ids(rootfs, lim, a, c, err) < 0)
		return err_ctx(err, "rootfs");
	return 0;
}

/* A null entry is an empty one to Go: it makes a layer. */
static int get_entry(const json_t *obj, struct arena *a,
		     struct oci_history *out, struct err *err)
{
	if (json_is_null(obj))
		return 0;
	if (oci_get_str(obj, "created", a, &out->created, err) < 0 ||
	    oci_get_str(obj, "created_by", a, &out->created_by, err) < 0 ||
	    oci_get_str(obj, "comment", a, &out->comment, err) < 0 ||
	    oci_get_str(obj, "author", a, &out->author, err) < 0 ||
	    json_get_bool(obj, "empty_layer", &out->empty_layer, err) < 0)
		return -1;
	return 0;
}

static int get_history(const json_t *doc, struct arena *a, struct oci_config *c,
		       struct err *err)
{
	json_t *list;
	struct json_span span = { 0 };
	struct json_walk w;
	struct json_item item;
	int r = json_get_array(doc, "history", &list, err);
	if (r <= 0)
		return r;
	size_t n = json_array_size(list);
	c->history = arena_array(a, n, sizeof *c->history, err);
	if (!c->history || json_span_of(c->text, "history", &span, err) < 0 ||
	    json_walk_begin(&w, json_span_str(c->text, span), err) < 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		struct oci_history *h = &c->history[i];
		r = json_walk_next(&w, &item, err);
		if (r > 0)
			r = get_entry(json_array_get(list, i), a, h, err);
		if (r < 0)
			return err_ctx(err, "history[%zu]", i);
		h->json = json_span_str(w.text, item.value);
	}
	c->n_history = n;
	c->has_history = true;
	return 0;
}

int oci_parse_config(struct str text, const struct limits *lim, struct arena *a,
		     struct oci_config *out, struct err *err)
{
	scoped(json_free) json_t *doc = NULL;
	struct oci_config c = { .text = text };
	json_t *run;
	if (json_parse(text, lim, &lim->config_max, &doc, err) < 0)
		return -1;
	if (!json_is_object(doc))
		return err_set(err, ERR_CORRUPT,
			       "a config is an object, not an array");
	/* The run configuration is compared later, never read. */
	if (oci_get_platform(doc, a, &c.platform, err) < 0 ||
	    oci_get_str(doc, "created", a, &c.created, err) < 0 ||
	    get_rootfs(doc, lim, a, &c, err) < 0 ||
	    json_get_object(doc, "config", &run, err) < 0 ||
	    get_history(doc, a, &c, err) < 0)
		return -1;
	*out = c;
	return 0;
}

static bool in_step(const struct oci_config *c)
{
	size_t n = 0;
	for (size_t i = 0; i < c->n_history; i++)
		n += !c->history[i].empty_layer;
	return c->has_history && n == c->n_diff_ids;
}

const struct oci_history *oci_history_of(const struct oci_config *c,
					 size_t layer)
{
	if (layer >= c->n_diff_ids || !in_step(c))
		return NULL;
	for (size_t i = 0, at = 0; i < c->n_history; i++) {
		if (c->history[i].empty_layer)
			continue;
		if (at++ == layer)
			return &c->history[i];
	}
	return NULL;
}

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

/* "history" of the new config; what stands between entries stays as well. */
static int new_history(const struct oci_config *c, const struct oci_layers *l,
		       struct buf *out, bool *changed, struct err *err)
{
	struct json_span span = { 0 };
	size_t layer = 0;
	*changed = false;
	if (!in_step(c))
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

/* History and layers stay in step, or were not. */
static int check_fate(const struct oci_config *c, const struct oci_layers *l,
		      struct err *err)
{
	size_t kept = l->n_more, n = l->n;
	if (!in_step(c))
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
