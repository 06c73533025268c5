/* SPDX-License-Identifier: Apache-2.0 */
/* source/read/skopeo_dir.h - how skopeo's dir: names things. */
#pragma once
#include "base/digest.h"

#define SKOPEO_DIR_VERSION_1 "Directory Transport Version: 1."
#define SKOPEO_DIR_VERSION SKOPEO_DIR_VERSION_1 "1"

/* HEX, or HEX.manifest.json for a manifest that an index names; ALG- in front
 * where it is not sha256. As snprintf. */
int source_skopeo_blob_name(const struct digest *d, bool is_document, char *out,
			    size_t size);
