/* SPDX-License-Identifier: Apache-2.0 */
/* source/read/oci_layout.h - OCI image layouts, be they directories or archives.
 *
 * OCI image-spec v1.1, image-layout.md: oci-layout, index.json,
 * blobs/ALG/HEX. Blobs may be missing, unknown files are ignored. */
#pragma once
#include "source/read/oci_blob.h"

int source_oci_images(struct source *s, struct err *err);
/* All that index.json leads to, whatever name and platform was asked for. */
must_check int source_oci_all_images(struct source *s, struct err *err);

/* Fills s->set with the images that these lead to, known by these tags. */
must_check int source_oci_walk(struct source *s, struct str *tags,
			       size_t n_tags, const struct desc *const *from,
			       size_t n, struct err *err);

/* The entries of index.json that s->ref names: one, or one a platform. n is at
 * least 1. picked has room for all of them. */
must_check int source_oci_pick(struct source *s, const struct oci_doc *index,
			       const struct desc **picked, size_t *n,
			       struct err *err);
/* All names under which index.json has what was picked, in the arena. */
must_check int source_oci_tags(struct source *s, const struct oci_doc *index,
			       const struct desc *picked, struct str **out,
			       size_t *n, struct err *err);
/* The name an entry of index.json goes by, or empty. */
struct str source_oci_entry_name(const struct desc *d);
