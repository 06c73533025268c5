/* SPDX-License-Identifier: Apache-2.0 */
/* The documents of a destination: OCI image-spec v1.1 (image-layout.md,
 * image-index.md, annotations.md) and docker save's manifest.json. */
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

#include "json/span.h"
#include "json/write.h"
#include "source/write/kind.h"
#include "oci/full_name.h"
#include "source/read/oci_layout.h"

static void put_pair(struct json_out *o, const char *key, struct str value)
{
	if (value.n == 0)
		return;
	json_key(o, key);
	json_put_str(o, value);
}

static void put_platform(struct json_out *o, const struct oci_platform *p)
{
	if (p->os.n == 0 && p->architecture.n == 0)
		return;
	json_key(o, "platform");
	json_open_object(o);
	put_pair(o, "architecture", p->architecture);
	put_pair(o, "os", p->os);
	put_pair(o, "os.version", p->os_version);
	put_pair(o, "variant", p->variant);
	json_close_object(o);
}

/* The source's own annotations stay, but not its names. */
static bool is_name(struct str key)
{
	return str_eqz(key, OCI_REF_NAME) || str_eqz(key, OCI_IMAGE_NAME);
}

static void put_annotations(struct json_out *o, const struct desc *d,
			    struct str ref_name, struct str full)
{
	bool any = ref_name.n || full.n;
	for (size_t i = 0; i < d->n_annotations; i++)
		any |= !is_name(d->annotations[i].key);
	if (!any)
		return;
	json_key(o, "annotations");
	json_open_object(o);
	put_pair(o, OCI_IMAGE_NAME, full);
	put_pair(o, OCI_REF_NAME, ref_name);
	for (size_t i = 0; i < d->n_annotations; i++) {
		scoped(buf_done) struct buf key = BUF_INIT(DEST_DOC_MAX);
		if (is_name(d->annotations[i].key) ||
		    buf_str_add(&key, d->annotations[i].key, &o->err) < 0)
			continue;
		json_key(o, buf_cstr(&key));
		json_put_str(o, d->annotations[i].value);
	}
	json_close_object(o);
}

/* The entry that the source had, with another digest and other names. */
static int put_entry(const struct desc *was, const struct desc *now,
		     struct str ref_name, struct str full, struct buf *out,
		     struct err *err)
{
	static const char *const gone[] = { "annotations", NULL };
	scoped(buf_done) struct buf names = BUF_INIT(DEST_DOC_MAX);
	scoped(buf_done) struct buf bare = BUF_INIT(DEST_DOC_MAX);
	scoped(buf_done) struct buf made = BUF_INIT(DEST_DOC_MAX);
	struct json_span map;
	struct json_out o;
	json_out_begin(&o, &names, false);
	json_open_object(&o);
	put_annotations(&o, was, ref_name, full);
	json_close_object(&o);
	if (json_out_finish(&o, err) < 0 ||
	    json_remove(was->json, gone, &bare, err) < 0)
		return -1;
	struct desc old = { .json = buf_str(&bare) };
	int r = json_span_of(buf_str(&names), "annotations", &map, err);
	if (r < 0 || oci_change_desc(&old, now, r ? &made : out, err) < 0)
		return -1;
	if (r == 0)
		return 0;
	const struct json_edit edit = { "annotations",
					json_span_str(buf_str(&names), map) };
	return json_splice(buf_str(&made), &edit, 1, out, err);
}

static void put_desc(struct json_out *o, const struct desc *d,
		     struct str ref_name, struct str full)
{
	json_open_object(o);
	put_pair(o, "mediaType", d->media_type);
	put_pair(o, "digest", str_of(digest_text(&d->digest).text));
	json_key(o, "size");
	json_put_u64(o, d->size);
	put_annotations(o, d, ref_name, full);
	put_platform(o, &d->platform);
	put_pair(o, "artifactType", d->artifact_type);
	json_close_object(o);
}

static void begin_index(struct json_out *o, struct buf *to)
{
	json_out_begin(o, to, false);
	json_open_object(o);
	json_key(o, "schemaVersion");
	json_put_u64(o, 2);
	put_pair(o, "mediaType", STR(MT_OCI_INDEX));
	json_key(o, "manifests");
	json_open_array(o);
}

static int end_index(struct json_out *o, struct err *err)
{
	json_close_array(o);
	json_close_object(o);
	return json_out_finish(o, err);
}

/* Where the caller has no index of its own. */
int dest_index_text(const struct dest_result *r, struct buf *out,
		    struct err *err)
{
	struct json_out o;
	if (r->index.n)
		return buf_str_add(out, r->index, err);
	begin_index(&o, out);
	for (size_t i = 0; i < r->n; i++)
		put_desc(&o, &r->images[i].manifest, (struct str){ 0 },
			 (struct str){ 0 });
	return end_index(&o, err);
}

static int put_index(struct dest *d, const struct dest_result *r,
		     struct desc *out, struct err *err)
{
	scoped(buf_done) struct buf own = BUF_INIT(DEST_DOC_MAX);
	struct oci_doc doc = { 0 };
	if (dest_index_text(r, &own, err) < 0)
		return -1;
	struct str text = buf_str(&own);
	if (oci_parse_doc(text, &d->lim, &d->arena, &doc, err) < 0)
		return err_ctx(err, "the index");
	*out = (struct desc){ 0 };
	if (arena_str(&d->arena, doc.media_type, &out->media_type, err) < 0)
		return -1;
	return dest_put_bytes(d, text, out, err);
}

/* ref.name is the tag as given; containerd and docker >= 25 name the image by
 * the full name. A mere tag has none, but in a file that docker load names
 * images from. */
static int full_name(const struct dest *d, struct str tag, struct buf *out,
		     struct err *err)
{
	struct err why = { 0 };
	if (tag.n == 0)
		return 0;
	if (d->kind == &dest_both)
		return oci_name_full(tag, out, err);
	if (oci_name_is_full(tag) && oci_name_full(tag, out, &why) < 0)
		buf_reset(out);
	return 0;
}

int dest_oci_entry(struct dest *d, const struct dest_result *r,
		   struct str *entry, struct err *err)
{
	scoped(buf_done) struct buf full = BUF_INIT(4096);
	scoped(buf_done) struct buf text = BUF_INIT(DEST_DOC_MAX);
	struct desc top = r->images[0].manifest;
	struct json_out o;
	if (full_name(d, r->tag, &full, err) < 0)
		return -1;
	if ((r->n > 1 || r->index.n) && put_index(d, r, &top, err) < 0)
		return -1;
	const struct desc *was = r->around.entry;
	if (was && was->json.n) {
		if (put_entry(was, &top, r->tag, buf_str(&full), &text, err) <
		    0)
			return -1;
		return arena_str(&d->arena, buf_str(&text), entry, err);
	}
	json_out_begin(&o, &text, false);
	put_desc(&o, &top, r->tag, buf_str(&full));
	if (json_out_finish(&o, err) < 0)
		return -1;
	return arena_str(&d->arena, buf_str(&text), entry, err);
}

/* What the source's index.json says besides its entries stays. */
int dest_index_json(struct str layout, struct str entry, struct buf *out,
		    struct err *err)
{
	struct json_out o;
	if (layout.n) {
		scoped(buf_done) struct buf list = BUF_INIT(DEST_DOC_MAX);
		if (buf_addf(&list, err, "[%.*s]", STR_ARG(entry)) < 0)
			return -1;
		const struct json_edit edit = { "manifests", buf_str(&list) };
		return json_splice(layout, &edit, 1, out, err);
	}
	begin_index(&o, out);
	json_put_raw(&o, entry);
	return end_index(&o, err);
}

const struct dest_image *dest_docker_image(const struct dest_result *r)
{
	struct utsname host;
	if (uname(&host) == 0)
		for (size_t i = 0; i < r->n; i++)
			if (oci_platform_matches(
				    &r->images[i].manifest.platform,
				    str_of(host.machine)))
				return &r->images[i];
	return &r->images[0];
}

static void put_file(struct json_out *o, const struct digest *d,
		     const char *prefix, const char *suffix)
{
	char name[64 + DIGEST_TEXT_MAX];
	snprintf(name, sizeof name, "%s%s%s", prefix, digest_hex(d).text,
		 suffix);
	json_put_str(o, str_of(name));
}

static void put_repo_tags(struct json_out *o, struct str tag, struct buf *name)
{
	json_key(o, "RepoTags");
	if (tag.n == 0) {
		json_put_null(o);
		return;
	}
	json_open_array(o);
	json_put_str(o, buf_str(name));
	json_close_array(o);
}

int dest_manifest_json(const struct dest_result *r,
		       const struct dest_naming *names, struct buf *out,
		       struct err *err)
{
	scoped(buf_done) struct buf tag = BUF_INIT(4096);
	const struct dest_image *img = dest_docker_image(r);
	struct json_out o;
	if (r->tag.n && oci_name_tagged(r->tag, &tag, err) < 0)
		return -1;
	json_out_begin(&o, out, false);
	json_open_array(&o);
	json_open_object(&o);
	json_key(&o, "Config");
	put_file(&o, &img->config.digest, names->prefix, names->config_suffix);
	put_repo_tags(&o, r->tag, &tag);
	json_key(&o, "Layers");
	json_open_array(&o);
	for (size_t i = 0; i < img->n_layers; i++)
		put_file(&o, &img->layers[i].digest, names->prefix,
			 names->layer_suffix);
	json_close_array(&o);
	json_close_object(&o);
	json_close_array(&o);
	return json_out_finish(&o, err);
}

/* {"NAME":{"TAG":"HEX"}}, HEX being the uppermost layer: for engines before
 * manifest.json. */
int dest_repositories(const struct dest_result *r, struct buf *out,
		      struct err *err)
{
	scoped(buf_done) struct buf name = BUF_INIT(4096);
	const struct dest_image *img = dest_docker_image(r);
	struct json_out o;
	if (oci_name_tagged(r->tag, &name, err) < 0)
		return -1;
	size_t at = name.n;
	while (name.p[at - 1] != ':')
		at--;
	struct str tag = str_from(buf_str(&name), at);
	json_out_begin(&o, out, false);
	json_open_object(&o);
	name.p[at - 1] = 0;
	json_key(&o, name.p);
	json_open_object(&o);
	scoped(buf_done) struct buf key = BUF_INIT(4096);
	if (buf_str_add(&key, tag, err) < 0)
		return -1;
	const char *z = buf_cstr(&key);
	json_key(&o, z ? z : "");
	json_put_str(&o,
		     str_of(digest_hex(&img->layers[img->n_layers - 1].digest)
				    .text));
	json_close_object(&o);
	json_close_object(&o);
	return json_out_finish(&o, err);
}
