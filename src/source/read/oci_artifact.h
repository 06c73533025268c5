/* SPDX-License-Identifier: Apache-2.0 */
/* source/read/oci_artifact.h - what a registry or a layout holds besides images,
 * and layers that cannot be read; private to the room.
 *
 * OCI image-spec manifest.md, "Guidelines for Artifact Usage": signatures,
 * SBOMs, charts, models and modules travel as manifests, too. They are told by
 * artifactType, by a config that is none of an image, and by layers that are
 * no tars: cosign and older tools give theirs an image's config. */
#pragma once
#include "source/read/kind.h"

/* Is the manifest something else than an image? 1, with what it is appended to
 * out: "artifactType application/vnd.x (a signature)"; 0; -1. */
must_check int source_oci_tell_artifact(struct source *s,
					const struct oci_doc *m,
					struct buf *out, struct err *err);
/* "media type X", for what is neither manifest nor index. */
must_check int source_oci_tell_type(const char *what, struct str type,
				    struct buf *out, struct err *err);
/* ERR_UNSUPPORTED: they are about an image that is not here. */
int source_oci_refuse_attestations(struct err *err);
/* ERR_UNSUPPORTED when a layer is encrypted. */
must_check int source_oci_refuse_encrypted(const struct oci_doc *m,
					   struct err *err);
