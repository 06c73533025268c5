/* SPDX-License-Identifier: Apache-2.0 */
#include "source/read/oci_layout.h"

const struct source_kind oci_archive = {
	.name = "oci-archive",
	.transport = REF_OCI_ARCHIVE,
	.marks = "index.json or oci-layout",
	.taste = oci_layout_taste,
	.images = oci_layout_images,
	.find_layer = oci_layout_find_layer,
	.blob_name = oci_layout_blob_name,
};
