/* SPDX-License-Identifier: Apache-2.0 */
/* OCI image-spec, config.md. Read is what pare itself needs: platform, DiffIDs,
 * history. The rest ("config", what docker inspect shows) is carried as bytes.
 */
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

/* Errors name the member ("rootfs: diff_ids[3]: ..."). Unknown members are
 * nobody's fault: the spec lets anyone add them. */
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
