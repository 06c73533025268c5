/* SPDX-License-Identifier: Apache-2.0 */
/* source/write/docker_docs.h - manifest.json and repositories, as docker load
 * reads them; private to the room. */
#pragma once
#include "source/write/kind.h"

/* How the archive calls a blob: prefix and suffix around the hex digits. */
struct dest_naming {
	const char *prefix, *config_suffix, *layer_suffix;
};

/* manifest.json holds one image: the host's platform, else the first. */
const struct dest_image *dest_docker_image(const struct dest_image *images,
					   size_t n);
must_check int dest_manifest_json(const struct dest_result *r,
				  const struct dest_naming *names,
				  struct buf *out, struct err *err);
must_check int dest_repositories(const struct dest_result *r, struct buf *out,
				 struct err *err);
