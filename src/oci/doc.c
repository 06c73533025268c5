/* SPDX-License-Identifier: Apache-2.0 */
/* Manifests and indices, OCI's and Docker's (image-spec manifest.md,
 * image-index.md; Docker "Image Manifest V 2, Schema 2"). What a document is
 * follows from its members, and a stated media type has to agree.
 *
 *	manifests	an index
 *	config, layers	a manifest
 *	fsLayers	schema 1: refused
 *	two of these	refused (CVE-2021-41190): a scanner could read the
 *			manifest of a document that an engine reads as an index
 */
#include "oci/doc.h"

#include <inttypes.h>

#include "json/span.h"
#include "oci/internal.h"

/* A document, and its bytes beside it. */
struct source {
	const json_t *doc;
	struct str text;
	const struct limits *lim;
	struct arena *a;
};

/* The elements of an array of descriptors, each with its own bytes. A missing
 * or null array has none.
 *
 * Parsed values and byte ranges come from two walks over one text: the former
 * say what it means, the latter are copied when it is rewritten. json_parse
 * refuses duplicate keys, so both walks meet the same members. */
static int get_descs(const struct source *s, const char *key,
		     const uint64_t *n_max, struct desc **out, size_t *n_out,
		     struct err *err)
{
	json_t *list;
	struct json_span span = { 0 };
	struct json_walk w;
	struct json_item item;
	int r = json_get_array(s->doc, key, &list, err);
	if (r <= 0)
		return r;
	size_t n = json_array_size(list);
	if (n > *n_max)
		return limits_exceeded(s->lim, n_max, n, err);
	struct desc *d = arena_array(s->a, n, sizeof *d, err);
	if (!d || json_span_of(s->text, key, &span, err) < 0 ||
	    json_walk_begin(&w, json_span_str(s->text, span), err) < 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		r = json_walk_next(&w, &item, err);
		if (r > 0)
			r = oci_get_desc(json_array_get(list, i),
					 json_span_str(w.text, item.value),
					 s->a, &d[i], err);
		if (r < 0)
			return err_ctx(err, "%s[%zu]", key, i);
	}
	*out = d;
	*n_out = n;
	return 0;
}

static int get_desc(const struct source *s, const char *key, struct desc *out,
		    struct err *err)
{
	json_t *obj;
	struct json_span span = { 0 };
	int r = json_get_object(s->doc, key, &obj, err);
	if (r <= 0)
		return r;
	if (json_span_of(s->text, key, &span, err) < 0)
		return -1;
	if (oci_get_desc(obj, json_span_str(s->text, span), s->a, out, err) < 0)
		return err_ctx(err, "%s", key);
	return 1;
}

static int refuse_schema1(struct err *err)
{
	return err_set(err, ERR_UNSUPPORTED,
		       "a Docker schema 1 manifest; to convert it, pull the "
		       "image and push it again with a current engine");
}

enum { HAS_MANIFESTS, HAS_LAYERS, HAS_CONFIG, HAS_FS_LAYERS, N_DECIDING };
static const char *const deciding[N_DECIDING] = { "manifests", "layers",
						  "config", "fsLayers" };

/* A document that could be read in two ways is none (CVE-2021-41190). */
static int refuse_both(const bool *has, int one, int other, struct err *err)
{
	if (!has[one] || !has[other])
		return 0;
	return err_set(err, ERR_CORRUPT,
		       "a document with both \"%s\" and \"%s\"", deciding[one],
		       deciding[other]);
}

/* 1: told; 0: it is neither. A null member decides as much as a full one:
 * Go writes an empty list so. */
static int tell_kind(const json_t *doc, enum oci_doc_kind *kind,
		     struct err *err)
{
	bool has[N_DECIDING];
	uint64_t version = 2;
	for (int i = 0; i < N_DECIDING; i++) {
		int r = json_has(doc, deciding[i], err);
		if (r < 0)
			return -1;
		has[i] = r > 0;
	}
	for (int i = HAS_LAYERS; i < N_DECIDING; i++)
		if (refuse_both(has, HAS_MANIFESTS, i, err) < 0)
			return -1;
	for (int i = HAS_LAYERS; i < HAS_FS_LAYERS; i++)
		if (refuse_both(has, i, HAS_FS_LAYERS, err) < 0)
			return -1;
	if (json_get_u64(doc, "schemaVersion", &version, err) < 0)
		return -1;
	if (has[HAS_FS_LAYERS] || version == 1)
		return refuse_schema1(err);
	if (version != 2)
		return err_set(err, ERR_UNSUPPORTED,
			       "schemaVersion %" PRIu64 " is not known",
			       version);
	*kind = has[HAS_MANIFESTS] ? OCI_DOC_INDEX : OCI_DOC_MANIFEST;
	return has[HAS_MANIFESTS] || has[HAS_LAYERS] || has[HAS_CONFIG];
}

static const struct known_type {
	const char *name;
	enum oci_doc_kind kind;
	bool docker;
} known_types[] = {
	{ MT_OCI_MANIFEST, OCI_DOC_MANIFEST, false },
	{ MT_OCI_INDEX, OCI_DOC_INDEX, false },
	{ MT_DOCKER_MANIFEST, OCI_DOC_MANIFEST, true },
	{ MT_DOCKER_LIST, OCI_DOC_INDEX, true },
};

/* A document that states no type has OCI's, which may leave it out; a Docker
 * config makes it Docker's. */
static struct str derived_type(const struct oci_doc *d)
{
	if (d->kind == OCI_DOC_INDEX)
		return STR(MT_OCI_INDEX);
	if (str_eqz(d->config.media_type, MT_DOCKER_CONFIG))
		return STR(MT_DOCKER_MANIFEST);
	return STR(MT_OCI_MANIFEST);
}

static const struct known_type *find_type(struct str name)
{
	for (size_t i = 0; i < ARRAY_LEN(known_types); i++)
		if (str_eqz(name, known_types[i].name))
			return &known_types[i];
	return NULL;
}

/* A manifest that calls itself an index would be taken for one by whoever goes
 * by the type. */
static int check_type(struct oci_doc *d, struct err *err)
{
	static const char *const names[] = {
		[OCI_DOC_MANIFEST] = "a manifest", [OCI_DOC_INDEX] = "an index"
	};
	const struct known_type *t = find_type(d->media_type);
	if (!t)
		return err_set(err, ERR_UNSUPPORTED,
			       "mediaType \"%s\" is not known",
			       str_quoted(d->media_type).text);
	if (t->kind != d->kind)
		return err_set(err, ERR_CORRUPT,
			       "%s with the mediaType of %s: %s",
			       names[d->kind], names[t->kind], t->name);
	d->docker = t->docker;
	return 0;
}

static int get_lists(const struct source *s, struct oci_doc *d, struct err *err)
{
	int r;
	if (d->kind == OCI_DOC_INDEX) {
		if (get_descs(s, "manifests", &s->lim->manifests_max,
			      &d->manifests, &d->n_manifests, err) < 0)
			return -1;
	} else {
		r = get_desc(s, "config", &d->config, err);
		if (r == 0)
			err_set(err, ERR_CORRUPT, "a manifest without config");
		if (r <= 0 || get_descs(s, "layers", &s->lim->layers_max,
					&d->layers, &d->n_layers, err) < 0)
			return -1;
	}
	r = get_desc(s, "subject", &d->subject, err);
	d->has_subject = r > 0;
	return r < 0 ? -1 : 0;
}

/* Kind first, then the stated type against it, then the lists that this kind
 * has. */
static int get_doc(const struct source *s, struct oci_doc *d, struct err *err)
{
	int r = tell_kind(s->doc, &d->kind, err);
	if (r < 0 ||
	    oci_get_str(s->doc, "mediaType", s->a, &d->media_type, err) < 0)
		return -1;
	bool stated = d->media_type.n > 0;
	if (r == 0 && (!stated || find_type(d->media_type)))
		return err_set(err, ERR_CORRUPT,
			       "neither a manifest nor an index: no "
			       "\"layers\", \"config\" or \"manifests\"");
	if (stated && check_type(d, err) < 0)
		return -1;
	if (get_lists(s, d, err) < 0)
		return -1;
	if (!stated) {
		d->media_type = derived_type(d);
		d->docker = find_type(d->media_type)->docker;
	}
	if (oci_get_str(s->doc, "artifactType", s->a, &d->artifact_type, err) <
	    0)
		return -1;
	return oci_get_annotations(s->doc, s->a, &d->annotations,
				   &d->n_annotations, err);
}

int oci_parse_doc(struct str text, const struct limits *lim, struct arena *a,
		  struct oci_doc *out, struct err *err)
{
	scoped(json_free) json_t *doc = NULL;
	struct oci_doc d = { .text = text };
	if (json_parse(text, lim, &lim->manifest_max, &doc, err) < 0)
		return -1;
	if (!json_is_object(doc))
		return err_set(err, ERR_CORRUPT,
			       "a manifest or index is an object, not an "
			       "array");
	const struct source s = { doc, text, lim, a };
	if (get_doc(&s, &d, err) < 0)
		return -1;
	*out = d;
	return 0;
}
