/* SPDX-License-Identifier: Apache-2.0 */
/* source/read/oci_blob.h - blobs and documents of kinds that are shaped as
 * OCI's, found by digest and verified; private to the room.
 *
 * A descriptor may carry the bytes itself ("data", image-spec descriptor.md):
 * then the kind is not asked at all. */
#pragma once
#include "source/read/kind.h"

/* index.json, read and parsed; oci-layout's version checked. */
must_check int source_oci_read_index(struct source *s, struct oci_doc *out,
				     struct err *err);
/* A manifest or index, through its data or its blob, verified. */
must_check int source_oci_read_doc(struct source *s, const struct desc *d,
				   struct oci_doc *out, struct err *err);
must_check int source_oci_read_config(struct source *s, const struct desc *d,
				      struct oci_config *out, struct err *err);
/* The bytes as they are. ERR_NOT_FOUND names the blob. */
must_check int source_oci_open_blob(const struct source *s,
				    const struct desc *d, bool is_document,
				    struct stream **out, struct err *err);
/* As far as the kind can tell before it is read. */
must_check int source_oci_check_blob(const struct source *s,
				     const struct desc *d, struct err *err);
/* Missing, or a foreign layer, which is elsewhere on purpose. */
int source_oci_refuse_missing(const struct desc *d, struct err *err);
/* A kind's open_layer where layers are blobs. */
int source_oci_open_layer(const struct source *s, const struct source_layer *l,
			  struct stream **out, struct err *err);
