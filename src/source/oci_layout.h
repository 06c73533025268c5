/* SPDX-License-Identifier: Apache-2.0 */
/* source/oci_layout.h - OCI image layouts, be they directories or archives.
 *
 * OCI image-spec v1.1, image-layout.md: oci-layout, index.json,
 * blobs/ALG/HEX. Blobs may be missing, unknown files are ignored. */
#pragma once
#include "source/kind.h"

int oci_layout_images(struct source *s, struct err *err);
int oci_layout_find_layer(const struct source *s, const struct source_layer *l,
			  struct file *out, struct err *err);
int oci_layout_blob_name(const struct digest *d, bool is_document, char *out,
			 size_t size);
bool oci_layout_taste(const struct source *s);
/* Is every blob there that index.json leads to? Attestations do not count. */
bool oci_layout_is_complete(struct source *s);

/* Fills s->set with the images that these lead to, known by these tags. */
must_check int oci_layout_walk(struct source *s, struct str *tags,
			       size_t n_tags, const struct desc *const *from,
			       size_t n, struct err *err);

/* index.json, read and parsed; oci-layout's version checked. */
must_check int oci_layout_read_index(struct source *s, struct oci_doc *out,
				     struct err *err);
/* A manifest or index, through its data or its blob, verified. */
must_check int oci_layout_read_doc(struct source *s, const struct desc *d,
				   struct oci_doc *out, struct err *err);
must_check int oci_layout_read_config(struct source *s, const struct desc *d,
				      struct oci_config *out, struct err *err);
/* ERR_NOT_FOUND that names the blob; 1 there, 0 in its data. */
must_check int oci_layout_find_blob(const struct source *s,
				    const struct desc *d, bool is_document,
				    struct file *out, struct err *err);

/* The entries of index.json that s->ref names: one, or one a platform. n is at
 * least 1. picked has room for all of them. */
must_check int oci_layout_pick(const struct source *s,
			       const struct oci_doc *index,
			       const struct desc **picked, size_t *n,
			       struct err *err);
/* The name an entry of index.json goes by, or empty. */
struct str oci_entry_name(const struct desc *d);

#define ANN_REF_NAME "org.opencontainers.image.ref.name"
#define ANN_IMAGE_NAME "io.containerd.image.name"
