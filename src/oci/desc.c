/* SPDX-License-Identifier: Apache-2.0 */
/* Descriptors (OCI image-spec, descriptor.md): media type, digest and size, all
 * three required. Size is a promise that readers hold a blob to: without it a
 * registry could send bytes for ever before the digest is found to be wrong. */
#include "oci/internal.h"

#include <inttypes.h>

#include "json/base64.h"
#include "json/span.h"
#include "json/write.h"

int oci_get_str(const json_t *obj, const char *key, struct arena *a,
		struct str *out, struct err *err)
{
	struct str s;
	int r = json_get_str(obj, key, &s, err);
	if (r <= 0)
		return r;
	return arena_str(a, s, out, err) < 0 ? -1 : 1;
}

int oci_get_platform(const json_t *obj, struct arena *a,
		     struct oci_platform *out, struct err *err)
{
	if (oci_get_str(obj, "os", a, &out->os, err) < 0 ||
	    oci_get_str(obj, "architecture", a, &out->architecture, err) < 0 ||
	    oci_get_str(obj, "variant", a, &out->variant, err) < 0 ||
	    oci_get_str(obj, "os.version", a, &out->os_version, err) < 0)
		return -1;
	return 0;
}

/* null is the empty string, as Go's map[string]string reads it. */
static int get_annotation(const char *key, const json_t *value, struct arena *a,
			  struct oci_annotation *out, struct err *err)
{
	struct str text = { 0 };
	if (json_is_string(value))
		text = (struct str){ json_string_value(value),
				     json_string_length(value) };
	else if (!json_is_null(value))
		return err_set(err, ERR_CORRUPT,
			       "annotation \"%s\" is not a string",
			       str_quoted(str_of(key)).text);
	if (arena_str(a, str_of(key), &out->key, err) < 0)
		return -1;
	return arena_str(a, text, &out->value, err);
}

int oci_get_annotations(const json_t *obj, struct arena *a,
			struct oci_annotation **out, size_t *n, struct err *err)
{
	json_t *map, *value;
	const char *key;
	size_t i = 0;
	int r = json_get_object(obj, "annotations", &map, err);
	if (r <= 0)
		return r;
	struct oci_annotation *list =
		arena_array(a, json_object_size(map), sizeof *list, err);
	if (!list)
		return -1;
	json_object_foreach(map, key,
			    value) if (get_annotation(key, value, a, &list[i++],
						      err) < 0) return -1;
	*out = list;
	*n = i;
	return 0;
}

/* The blob itself, embedded; it is worth what its digest says. */
static int get_data(const json_t *obj, struct arena *a, struct desc *d,
		    struct err *err)
{
	struct str text;
	struct digest digest;
	size_t n;
	int r = json_get_str(obj, "data", &text, err);
	if (r <= 0)
		return r;
	char *to = arena_bytes(a, base64_room(text.n), err);
	if (!to)
		return -1;
	if (!json_base64_decode(text, (uint8_t *)to, &n))
		return err_set(err, ERR_CORRUPT, "\"data\" is not base64");
	if (n != d->size)
		return err_set(err, ERR_CORRUPT,
			       "\"data\" has %zu bytes, \"size\" says %" PRIu64,
			       n, d->size);
	if (digest_of(d->digest.alg, to, n, &digest, err) < 0)
		return -1;
	if (!digest_eq(&digest, &d->digest))
		return err_set(err, ERR_CORRUPT,
			       "\"data\" has digest %s, not %s",
			       digest_text(&digest).text,
			       digest_text(&d->digest).text);
	d->data = (struct str){ to, n };
	d->has_data = true;
	return 0;
}

static int missing(const char *key, struct err *err)
{
	return err_set(err, ERR_CORRUPT, "descriptor without \"%s\"", key);
}

/* image-spec descriptor.md: these three are required. */
static int get_required(const json_t *obj, struct arena *a, struct desc *d,
			struct err *err)
{
	struct str digest;
	int r = oci_get_str(obj, "mediaType", a, &d->media_type, err);
	if (r <= 0)
		return r < 0 ? -1 : missing("mediaType", err);
	r = json_get_str(obj, "digest", &digest, err);
	if (r <= 0)
		return r < 0 ? -1 : missing("digest", err);
	if (digest_parse(digest, &d->digest, err) < 0)
		return -1;
	r = json_get_u64(obj, "size", &d->size, err);
	if (r <= 0)
		return r < 0 ? -1 : missing("size", err);
	return 0;
}

/* `text` is the descriptor's own range of bytes, kept so that it can be written
 * back as it was. */
int oci_get_desc(const json_t *obj, struct str text, struct arena *a,
		 struct desc *out, struct err *err)
{
	struct desc d = { .json = text };
	json_t *urls, *platform;
	int r;
	if (get_required(obj, a, &d, err) < 0 ||
	    oci_get_annotations(obj, a, &d.annotations, &d.n_annotations, err) <
		    0 ||
	    get_data(obj, a, &d, err) < 0 ||
	    oci_get_str(obj, "artifactType", a, &d.artifact_type, err) < 0)
		return -1;
	r = json_get_array(obj, "urls", &urls, err);
	if (r < 0)
		return -1;
	d.has_urls = r > 0 && json_array_size(urls) > 0;
	r = json_get_object(obj, "platform", &platform, err);
	if (r < 0 ||
	    (r > 0 && oci_get_platform(platform, a, &d.platform, err) < 0))
		return -1;
	*out = d;
	return 0;
}

/* An annotation that is not there and an empty one are the same. */
struct str oci_desc_annotation(const struct desc *d, const char *key)
{
	for (size_t i = 0; i < d->n_annotations; i++)
		if (str_eqz(d->annotations[i].key, key))
			return d->annotations[i].value;
	return (struct str){ 0 };
}

/* BuildKit puts provenance and SBOMs into an index as manifests of the platform
 * unknown/unknown: no image, and nothing a node runs. */
bool oci_desc_is_attestation(const struct desc *d)
{
	if (!str_eqz(d->platform.os, "unknown") ||
	    !str_eqz(d->platform.architecture, "unknown"))
		return false;
	for (size_t i = 0; i < d->n_annotations; i++)
		if (str_starts(d->annotations[i].key,
			       STR("vnd.docker.reference.")))
			return true;
	return false;
}

/* "data" embeds the old bytes and "urls" lead to them: under a new digest both
 * would be wrong. */
int oci_change_desc(const struct desc *was, const struct desc *now,
		    struct buf *out, struct err *err)
{
	static const char *const gone[] = { "data", "urls", NULL };
	scoped(buf_done) struct buf bare = BUF_INIT(64 << 20);
	scoped(buf_done) struct buf type = BUF_INIT(4096);
	scoped(buf_done) struct buf digest = BUF_INIT(256);
	scoped(buf_done) struct buf size = BUF_INIT(32);
	struct str json = was->json.n ? was->json : STR("{}");
	if (json_remove(json, gone, &bare, err) < 0 ||
	    json_add_quoted(&type, now->media_type, err) < 0 ||
	    buf_addf(&digest, err, "\"%s\"", digest_text(&now->digest).text) <
		    0 ||
	    buf_addf(&size, err, "%" PRIu64, now->size) < 0)
		return -1;
	struct json_edit edits[] = {
		{ "mediaType", buf_str(&type) },
		{ "digest", buf_str(&digest) },
		{ "size", buf_str(&size) },
	};
	return json_splice(buf_str(&bare), edits, ARRAY_LEN(edits), out, err);
}
