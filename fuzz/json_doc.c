/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as JSON, as a manifest or index, and as a config; then edits that
 * must not change what they do not name. */
#include <stdlib.h>

#include "json/json.h"
#include "json/span.h"
#include "json/write.h"
#include "oci/config.h"
#include "oci/history.h"
#include "oci/ref.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct limits small = {
	.layers_max = 8,
	.manifests_max = 8,
	.manifest_max = 64 << 10,
	.config_max = 64 << 10,
	.json_depth_max = 16,
};

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void parse_again(struct str text, json_t **doc)
{
	struct err err = { 0 };
	must(json_parse(text, &small, &small.config_max, doc, &err) == 0);
}

/* Every value put in its own place gives the same text; another value changes
 * that member alone. */
static void splice_members(struct str text, const json_t *doc)
{
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)(uintptr_t)doc, key, value)
	{
		struct err err = { 0 };
		struct json_span at;
		scoped(buf_done) struct buf same = BUF_INIT(1 << 20);
		scoped(buf_done) struct buf other = BUF_INIT(1 << 20);
		scoped(json_free) json_t *changed = NULL;
		must(json_span_of(text, key, &at, &err) == 1);
		struct json_edit e = { key, json_span_str(text, at) };
		must(json_splice(text, &e, 1, &same, &err) == 0);
		must(str_eq(buf_str(&same), text));
		e.value = STR("[null]");
		must(json_splice(text, &e, 1, &other, &err) == 0);
		must(other.n == text.n - (at.end - at.start) + e.value.n);
		must(memcmp(other.p, text.p, at.start) == 0);
		must(memcmp(other.p + at.start + e.value.n, text.p + at.end,
			    text.n - at.end) == 0);
		if (other.n > small.config_max)
			return;
		parse_again(buf_str(&other), &changed);
		must(json_object_size(changed) == json_object_size(doc));
		must(json_is_array(json_object_get(changed, key)));
	}
}

/* A member that is not there comes last, and nothing else changes. */
static void append_member(struct str text, const json_t *doc)
{
	static const char key[] = "a key that no input has: \"\\\n";
	struct err err = { 0 };
	const struct json_edit e = { key, STR("1") };
	scoped(buf_done) struct buf b = BUF_INIT(1 << 20);
	scoped(json_free) json_t *longer = NULL;
	if (json_object_get(doc, key))
		return;
	must(json_splice(text, &e, 1, &b, &err) == 0);
	if (b.n > small.config_max)
		return;
	parse_again(buf_str(&b), &longer);
	must(json_object_size(longer) == json_object_size(doc) + 1);
	must(json_object_del(longer, key) == 0);
	must(json_equal(longer, doc));
}

static void try_json(struct str text)
{
	struct err err = { 0 };
	struct json_span at;
	scoped(json_free) json_t *doc = NULL;
	if (json_parse(text, &small, &small.config_max, &doc, &err) < 0) {
		/* Spans are meant for valid texts and must survive others. */
		err_clear(&err);
		must(json_span_of(text, "config", &at, &err) <= 1);
		return;
	}
	if (!json_is_object(doc) || json_object_size(doc) > 64)
		return;
	splice_members(text, doc);
	append_member(text, doc);
}

static void check_desc(const struct oci_doc *d, const struct desc *desc)
{
	must(desc->json.p >= d->text.p);
	must(desc->json.p + desc->json.n <= d->text.p + d->text.n);
	must(desc->json.n > 2 && desc->json.p[0] == '{' &&
	     desc->json.p[desc->json.n - 1] == '}');
	must(!desc->has_data || desc->data.n == desc->size);
	must(oci_desc_annotation(desc, "a").n <= d->text.n);
	(void)oci_desc_is_attestation(desc);
}

static void try_doc(struct str text)
{
	struct err err = { 0 };
	struct oci_doc d;
	scoped(arena_done) struct arena a = { 0 };
	if (oci_parse_doc(text, &small, &a, &d, &err) < 0)
		return;
	must(d.n_layers <= small.layers_max);
	must(d.n_manifests <= small.manifests_max);
	if (d.kind == OCI_DOC_MANIFEST)
		check_desc(&d, &d.config);
	for (size_t i = 0; i < d.n_layers; i++)
		check_desc(&d, &d.layers[i]);
	for (size_t i = 0; i < d.n_manifests; i++)
		check_desc(&d, &d.manifests[i]);
}

static void canonical(struct str text, struct buf *out)
{
	struct err err = { 0 };
	must(oci_canonical_config(text, &small, out, &err) == 0);
}

/* Drops every other layer: the result is a config again, in step when the
 * source was, and says the same to an engine. */
static void rewrite(const struct oci_config *c, struct arena *a)
{
	bool keeps[8];
	struct digest ids[8];
	size_t n = 0;
	struct err err = { 0 };
	struct oci_config after;
	scoped(buf_done) struct buf text = BUF_INIT(1 << 20);
	scoped(buf_done) struct buf one = BUF_INIT(1 << 20);
	scoped(buf_done) struct buf two = BUF_INIT(1 << 20);
	for (size_t i = 0; i < c->n_diff_ids; i++) {
		keeps[i] = i % 2;
		if (keeps[i])
			ids[n++] = c->diff_ids[i];
	}
	must(oci_rewrite_config(c, ids, n, keeps, &text, &err) == 0);
	if (text.n > small.config_max)
		return;
	must(oci_parse_config(buf_str(&text), &small, a, &after, &err) == 0);
	must(after.n_diff_ids == n && after.n_history == c->n_history);
	for (size_t i = 0; i < n; i++)
		must(digest_eq(&after.diff_ids[i], &ids[i]));
	if (n > 0 && oci_history_of(c, 0))
		must(oci_history_of(&after, n - 1) != NULL);
	canonical(c->text, &one);
	canonical(buf_str(&text), &two);
	must(str_eq(buf_str(&one), buf_str(&two)));
	if (one.n > small.config_max)
		return;
	buf_reset(&two);
	canonical(buf_str(&one), &two);
	must(str_eq(buf_str(&one), buf_str(&two)));
}

static void try_config(struct str text)
{
	int64_t ns;
	struct err err = { 0 };
	struct oci_config c;
	scoped(arena_done) struct arena a = { 0 };
	if (oci_parse_config(text, &small, &a, &c, &err) < 0)
		return;
	must(c.n_diff_ids <= small.layers_max);
	(void)oci_time_ns(c.created, &ns);
	for (size_t i = 0; i < c.n_history; i++) {
		must(c.history[i].json.p >= text.p &&
		     c.history[i].json.p < text.p + text.n);
		(void)oci_time_ns(c.history[i].created, &ns);
	}
	rewrite(&c, &a);
}

/* What users type, and what is written for programs to read. */
static void try_words(struct str text)
{
	struct err err = { 0 };
	struct ref r;
	struct json_out o;
	struct oci_platform p = { text, text, text, text };
	scoped(arena_done) struct arena a = { 0 };
	scoped(buf_done) struct buf b = BUF_INIT(1 << 20);
	scoped(json_free) json_t *doc = NULL;
	if (oci_parse_ref(text, &a, &r, &err) == 0)
		must(r.path.n > 0 && r.path.n + r.tag.n <= 2 * text.n);
	(void)oci_platform_matches(&p, text);
	json_out_begin(&o, &b, true);
	json_open_object(&o);
	json_put_path(&o, "path", text);
	json_close_object(&o);
	err_clear(&err);
	must(json_out_finish(&o, &err) == 0);
	if (b.n > small.config_max)
		return;
	parse_again(buf_str(&b), &doc);
	must(json_object_size(doc) == (str_is_utf8(text) ? 1 : 2));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = { (const char *)data, size };
	try_json(text);
	try_doc(text);
	try_config(text);
	try_words(text);
	return 0;
}
