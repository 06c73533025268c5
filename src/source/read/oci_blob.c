/* SPDX-License-Identifier: Apache-2.0 */
#include "source/read/oci_blob.h"

#include <inttypes.h>

#include "json/json.h"

int source_oci_refuse_missing(const struct desc *d, struct err *err)
{
	if (d->has_urls)
		return err_set(err, ERR_UNSUPPORTED,
			       "blob %s is not here, it is kept elsewhere (a "
			       "foreign layer); its URLs are not followed",
			       digest_text(&d->digest).text);
	return err_set(err, ERR_NOT_FOUND, "blob %s is missing",
		       digest_text(&d->digest).text);
}

static int refuse_nameless(struct err *err)
{
	return err_set(err, ERR_CORRUPT, "a descriptor without digest");
}

int source_oci_check_blob(const struct source *s, const struct desc *d,
			  struct err *err)
{
	if (d->has_data)
		return 0;
	if (!d->digest.alg)
		return refuse_nameless(err);
	int r = s->kind->has_blob ? s->kind->has_blob(s, d, err) : 1;
	return r == 0 ? source_oci_refuse_missing(d, err) : MIN(r, 0);
}

int source_oci_open_blob(const struct source *s, const struct desc *d,
			 bool is_document, struct stream **out, struct err *err)
{
	if (d->has_data)
		return mem_open(d->data.p, d->data.n, out, err);
	if (!d->digest.alg)
		return refuse_nameless(err);
	int r = s->kind->open_blob(s, d, is_document, out, err);
	return r == 0 ? source_oci_refuse_missing(d, err) : MIN(r, 0);
}

int source_oci_open_layer(const struct source *s, const struct source_layer *l,
			  struct stream **out, struct err *err)
{
	return source_oci_open_blob(s, &l->desc, false, out, err);
}

/* A small blob, whole and verified: a document, else a config. The size is the
 * descriptor's word: it is held to a limit before memory is taken by it, and to
 * the bytes by verify. */
static int read_blob(struct source *s, const struct desc *d, bool is_document,
		     struct str *out, struct err *err)
{
	scoped(stream_close) struct stream *bytes = NULL;
	scoped(stream_close) struct stream *held = NULL;
	scoped(stream_close) struct stream *in = NULL;
	const uint64_t *size_max =
		is_document ? &s->lim.manifest_max : &s->lim.config_max;
	size_t got;
	if (d->size > *size_max)
		return limits_exceeded(&s->lim, size_max, d->size, err);
	char *p = arena_alloc(&s->arena, (size_t)d->size + 1, err);
	if (!p || source_oci_open_blob(s, d, is_document, &bytes, err) < 0 ||
	    limit_open(&bytes, &s->lim, size_max, &held, err) < 0 ||
	    verify_open(&held, &d->digest, d->size, &in, err) < 0 ||
	    stream_read(in, p, (size_t)d->size, &got, err) < 0 ||
	    stream_finish(in, err) < 0)
		return -1;
	*out = (struct str){ p, got };
	return 0;
}

int source_oci_read_doc(struct source *s, const struct desc *d,
			struct oci_doc *out, struct err *err)
{
	struct str text;
	if (read_blob(s, d, true, &text, err) < 0 ||
	    oci_parse_doc(text, &s->lim, &s->arena, out, err) < 0)
		return err_ctx(err, "manifest %s:%s",
			       digest_alg_name(d->digest.alg),
			       digest_short(&d->digest).text);
	return 0;
}

int source_oci_read_config(struct source *s, const struct desc *d,
			   struct oci_config *out, struct err *err)
{
	struct str text;
	if (read_blob(s, d, false, &text, err) < 0 ||
	    oci_parse_config(text, &s->lim, &s->arena, out, err) < 0)
		return err_ctx(err, "config %s:%s",
			       digest_alg_name(d->digest.alg),
			       digest_short(&d->digest).text);
	return 0;
}

/* "imageLayoutVersion": 1.anything. The file itself may be missing: index.json
 * is enough to read by, and some writers leave it out. */
static int check_version(struct source *s, struct err *err)
{
	scoped(json_free) json_t *doc = NULL;
	struct str text, version = { 0 };
	int r = s->kind->read_document(s, "oci-layout", &text, err);
	if (r <= 0)
		return r;
	if (json_parse(text, &s->lim, &s->lim.manifest_max, &doc, err) < 0 ||
	    json_get_str(doc, "imageLayoutVersion", &version, err) < 0)
		return err_ctx(err, "oci-layout");
	if (!str_starts(version, STR("1.")))
		return err_set(err, ERR_UNSUPPORTED,
			       "oci-layout: version \"%s\", expected 1.0.0",
			       str_quoted(version).text);
	return 0;
}

int source_oci_read_index(struct source *s, struct oci_doc *out,
			  struct err *err)
{
	struct str text;
	if (check_version(s, err) < 0)
		return -1;
	int r = s->kind->read_document(s, "index.json", &text, err);
	if (r == 0)
		return err_set(err, ERR_NOT_FOUND,
			       "index.json is missing; is the layout whole?");
	if (r < 0 || oci_parse_doc(text, &s->lim, &s->arena, out, err) < 0)
		return r < 0 ? -1 : err_ctx(err, "index.json");
	if (out->kind != OCI_DOC_INDEX)
		return err_set(err, ERR_CORRUPT,
			       "index.json: a manifest, expected an index");
	return 0;
}
