/* SPDX-License-Identifier: Apache-2.0 */
/* Which entries of index.json a name means.
 *
 * image-spec annotations.md gives an entry "org.opencontainers.image.ref.name",
 * a mere tag or a full name as the writer likes; containerd and docker add
 * "io.containerd.image.name", always full. Users type what they know of either.
 * An example: ref.name "1.0", image.name "docker.io/library/app:1.0" is found by
 * "1.0", "app:1.0" and "docker.io/library/app:1.0". Two entries that fit are
 * never settled by chance: unless they are one image (one digest, or the
 * platforms of one), the error gives the @N of each. */
#include "source/read/oci_layout.h"

#include <inttypes.h>

#include "oci/full_name.h"
#include "source/read/oci_artifact.h"

struct str source_oci_entry_name(const struct desc *d)
{
	struct str name = oci_desc_annotation(d, OCI_REF_NAME);
	return name.n ? name : oci_desc_annotation(d, OCI_IMAGE_NAME);
}

static bool is_named(const struct desc *d, struct str tag)
{
	struct str ref = oci_desc_annotation(d, OCI_REF_NAME);
	struct str full = oci_desc_annotation(d, OCI_IMAGE_NAME);
	if (str_eq(ref, tag))
		return true;
	if (oci_name_is_full(tag))
		return (full.n && oci_name_same(full, tag)) ||
		       (oci_name_is_full(ref) && oci_name_same(ref, tag));
	if (full.n &&
	    (str_eq(oci_name_tag(full), tag) || oci_name_same(full, tag)))
		return true;
	return oci_name_is_full(ref) && str_eq(oci_name_tag(ref), tag);
}

static struct str shown_name(const struct desc *d)
{
	struct str name = oci_desc_annotation(d, OCI_IMAGE_NAME);
	return name.n ? name : source_oci_entry_name(d);
}

/* Do other bytes go by the name, too? */
static bool is_shared(const struct oci_doc *index, const struct desc *of)
{
	for (size_t i = 0; i < index->n_manifests; i++) {
		const struct desc *d = &index->manifests[i];
		if (!digest_eq(&d->digest, &of->digest) &&
		    !oci_desc_is_attestation(d) &&
		    str_eq(shown_name(d), shown_name(of)))
			return true;
	}
	return false;
}

/* The error shows 300 bytes of it. */
static int list_names(const struct oci_doc *index, struct buf *out,
		      struct err *err)
{
	for (size_t i = 0; i < index->n_manifests && out->n < 300; i++) {
		const struct desc *d = &index->manifests[i];
		struct str name = shown_name(d);
		if (oci_desc_is_attestation(d))
			continue;
		if (out->n && buf_str_add(out, STR(", "), err) < 0)
			return -1;
		if (name.n &&
		    buf_str_add(out, str_of(str_quoted(name).text), err) < 0)
			return -1;
		if (name.n == 0 && buf_addf(out, err, "@%zu", i) < 0)
			return -1;
		if (name.n && is_shared(index, d) &&
		    buf_addf(out, err, " (@%zu)", i) < 0)
			return -1;
	}
	return 0;
}

static int refuse(const struct oci_doc *index, enum err_code code,
		  const char *what, struct err *err)
{
	scoped(buf_done) struct buf names = BUF_INIT(8 << 20);
	if (list_names(index, &names, err) < 0)
		return -1;
	const char *z = buf_cstr(&names);
	return err_set(err, code, "%s: %.300s", what, z ? z : "");
}

static bool same_platform(const struct desc *a, const struct desc *b)
{
	const struct oci_platform *p = &a->platform, *q = &b->platform;
	return str_eq(p->os, q->os) &&
	       str_eq(p->architecture, q->architecture) &&
	       str_eq(p->variant, q->variant) &&
	       str_eq(p->os_version, q->os_version);
}

/* Several entries are one image when they differ in platform alone: some
 * writers put the platforms into index.json itself. */
static bool is_one_image(const struct desc *const *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (v[i]->platform.architecture.n == 0 ||
		    !str_eq(source_oci_entry_name(v[i]),
			    source_oci_entry_name(v[0])) ||
		    !str_eq(oci_desc_annotation(v[i], OCI_IMAGE_NAME),
			    oci_desc_annotation(v[0], OCI_IMAGE_NAME)))
			return false;
		for (size_t k = 0; k < i; k++)
			if (same_platform(v[i], v[k]))
				return false;
	}
	return true;
}

/* One entry a digest: an image with several names has several entries. */
static size_t drop_equal(const struct desc **v, size_t n)
{
	size_t kept = 0;
	for (size_t i = 0; i < n; i++) {
		size_t k = 0;
		while (k < kept && !digest_eq(&v[k]->digest, &v[i]->digest))
			k++;
		if (k == kept)
			v[kept++] = v[i];
	}
	return kept;
}

static int pick_index(const struct source *s, const struct oci_doc *index,
		      const struct desc **picked, size_t *n, struct err *err)
{
	if (s->ref.index >= index->n_manifests)
		return err_set(err, ERR_NOT_FOUND,
			       "no image @%" PRIu64 "; index.json has %zu",
			       s->ref.index, index->n_manifests);
	picked[0] = &index->manifests[s->ref.index];
	*n = 1;
	return 0;
}

/* What is signed, attested or listed stands beside it: cosign save writes so,
 * and referrers are kept so. */
static size_t drop_artifacts(struct source *s, const struct desc **v, size_t n)
{
	size_t kept = 0;
	for (size_t i = 0; i < n; i++) {
		scoped(buf_done) struct buf what = BUF_INIT(4096);
		struct err why = { 0 };
		struct oci_doc doc = { 0 };
		if (source_oci_read_doc(s, v[i], &doc, &why) == 0 &&
		    doc.kind == OCI_DOC_MANIFEST &&
		    source_oci_tell_artifact(s, &doc, &what, &why) > 0)
			continue;
		v[kept++] = v[i];
	}
	return kept;
}

static int refuse_several(const struct source *s, const struct oci_doc *index,
			  const struct desc *const *v, struct err *err)
{
	size_t at[2] = { (size_t)(v[0] - index->manifests),
			 (size_t)(v[1] - index->manifests) };
	if (s->ref.tag.n)
		return err_set(err, ERR_USAGE,
			       "several images are called \"%s\", name one of "
			       "them: @%zu, @%zu",
			       str_quoted(s->ref.tag).text, at[0], at[1]);
	return refuse(index, ERR_USAGE,
		      "holds several images, name one of them", err);
}

int source_oci_pick(struct source *s, const struct oci_doc *index,
		    const struct desc **picked, size_t *n, struct err *err)
{
	size_t found = 0;
	if (s->ref.has_index)
		return pick_index(s, index, picked, n, err);
	for (size_t i = 0; i < index->n_manifests; i++) {
		const struct desc *d = &index->manifests[i];
		if (!oci_desc_is_attestation(d) &&
		    (s->ref.tag.n == 0 || is_named(d, s->ref.tag)))
			picked[found++] = d;
	}
	found = drop_equal(picked, found);
	if (found == 0 && index->n_manifests == 0)
		return err_set(err, ERR_NOT_FOUND, "index.json names no image");
	if (found == 0 && s->ref.tag.n == 0)
		return source_oci_refuse_attestations(err);
	if (found == 0)
		return refuse(index, ERR_NOT_FOUND, "no such tag; there is",
			      err);
	if (found > 1 && !is_one_image(picked, found))
		found = MAX(drop_artifacts(s, picked, found), (size_t)1);
	if (found > 1 && !is_one_image(picked, found))
		return refuse_several(s, index, picked, err);
	*n = found;
	return 0;
}

static bool has_name(struct str *tags, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(tags[i], name))
			return true;
	return false;
}

int source_oci_tags(struct source *s, const struct oci_doc *index,
		    const struct desc *picked, struct str **out, size_t *n,
		    struct err *err)
{
	struct str *tags = arena_array(&s->arena, index->n_manifests * 2,
				       sizeof *tags, err);
	*n = 0;
	if (!tags)
		return -1;
	for (size_t i = 0; i < index->n_manifests; i++) {
		const struct desc *d = &index->manifests[i];
		const struct str names[] = {
			oci_desc_annotation(d, OCI_REF_NAME),
			oci_desc_annotation(d, OCI_IMAGE_NAME),
		};
		if (!digest_eq(&d->digest, &picked->digest))
			continue;
		for (size_t k = 0; k < ARRAY_LEN(names); k++)
			if (names[k].n && !has_name(tags, *n, names[k]))
				tags[(*n)++] = names[k];
	}
	*out = tags;
	return 0;
}
