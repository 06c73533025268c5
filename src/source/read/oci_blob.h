/* SPDX-License-Identifier: Apache-2.0 */
/* source/read/oci_blob.h - blobs of layouts, and the documents in them, found by
 * digest and verified; private to the folder. */
#pragma once
#include "source/read/kind.h"

int oci_layout_find_layer(const struct source *s, const struct source_layer *l,
			  struct file *out, struct err *err);
int oci_layout_blob_name(const struct digest *d, bool is_document, char *out,
			 size_t size);
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
