/* SPDX-License-Identifier: Apache-2.0 */
#include "source/read/oci_blob.h"

#include <inttypes.h>
#include <stdio.h>

#include "json/json.h"

int oci_layout_blob_name(const struct digest *d, bool is_document, char *out,
			 size_t size)
{
	(void)is_document;
	return snprintf(out, size, "blobs/%s/%s", digest_alg_name(d->alg),
			digest_hex(d).text);
}

/* rules_oci makes layouts whose blobs are symlinks to where the build keeps
 * them. Whatever such a link leads to counts only when it has the digest. */
static int find_linked(const struct source *s, struct str name,
		       struct file *out, struct err *err)
{
	int r = files_find_outside(&s->files, name, out, err);
	if (r > 0 && s->no_follow) {
		file_done(out);
		return err_set(err, ERR_UNSUPPORTED,
			       "%.*s is a symbolic link out of the layout, "
			       "which --no-follow refuses",
			       STR_ARG(name));
	}
	return r < 0 ? err_ctx(err, "%.*s", STR_ARG(name)) : r;
}

int oci_layout_find_blob(const struct source *s, const struct desc *d,
			 bool is_document, struct file *out, struct err *err)
{
	char name[32 + DIGEST_TEXT_MAX];
	if (d->has_data)
		return 0;
	if (!d->digest.alg)
		return err_set(err, ERR_CORRUPT, "a descriptor without digest");
	int n = s->kind->blob_name(&d->digest, is_document, name, sizeof name);
	int r = files_find(&s->files, (struct str){ name, (size_t)n }, out,
			   err);
	if (r < 0)
		return err_ctx(err, "%s", name);
	if (r == 0 && s->kind == &oci_dir)
		r = find_linked(s, (struct str){ name, (size_t)n }, out, err);
	if (r != 0)
		return r;
	if (d->has_urls)
		return err_set(err, ERR_UNSUPPORTED,
			       "blob %s is not here, it is kept elsewhere (a "
			       "foreign layer); its URLs are not followed",
			       digest_text(&d->digest).text);
	return err_set(err, ERR_NOT_FOUND, "blob %s is missing",
		       digest_text(&d->digest).text);
}

int oci_layout_find_layer(const struct source *s, const struct source_layer *l,
			  struct file *out, struct err *err)
{
	return oci_layout_find_blob(s, &l->desc, false, out, err);
}

static int open_blob(const struct source *s, const struct desc *d,
		     bool is_document, struct stream **out, struct err *err)
{
	scoped(file_done) struct file f = FILE_INIT;
	int r = oci_layout_find_blob(s, d, is_document, &f, err);
	if (r < 0)
		return -1;
	if (r == 0)
		return mem_open(d->data.p, d->data.n, out, err);
	return file_open(&f, "blob", out, err);
}

/* A small blob, whole and verified: a document, else a config. */
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
	if (!p || open_blob(s, d, is_document, &bytes, err) < 0 ||
	    limit_open(&bytes, &s->lim, size_max, &held, err) < 0 ||
	    verify_open(&held, &d->digest, d->size, &in, err) < 0 ||
	    stream_read(in, p, (size_t)d->size, &got, err) < 0 ||
	    stream_finish(in, err) < 0)
		return -1;
	*out = (struct str){ p, got };
	return 0;
}

int oci_layout_read_doc(struct source *s, const struct desc *d,
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

int oci_layout_read_config(struct source *s, const struct desc *d,
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
	int r = files_read(&s->files, "oci-layout", &s->lim,
			   &s->lim.manifest_max, &s->arena, &text, err);
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

int oci_layout_read_index(struct source *s, struct oci_doc *out,
			  struct err *err)
{
	struct str text;
	if (check_version(s, err) < 0)
		return -1;
	int r = files_read(&s->files, "index.json", &s->lim,
			   &s->lim.manifest_max, &s->arena, &text, err);
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
