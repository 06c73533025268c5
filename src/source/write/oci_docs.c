/* SPDX-License-Identifier: Apache-2.0 */
/* The documents of an OCI destination: image-spec v1.1 (image-layout.md,
 * image-index.md, annotations.md). */
#include "source/write/oci_docs.h"

#include "json/span.h"
#include "json/write.h"
#include "oci/full_name.h"

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
	if (d->kind->full_names)
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
