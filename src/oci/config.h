/* SPDX-License-Identifier: Apache-2.0 */
/* oci/config.h - image configs: read a little, keep every byte.
 *
 * OCI image-spec config.md and Docker's superset. Unknown keys, key order and
 * spacing survive a rewrite: only rootfs and history are spliced. */
#pragma once
#include "oci/doc.h"

struct oci_history {
	struct str created, created_by, comment, author; /* empty: not there */
	bool empty_layer;
	struct str json; /* the entry's own bytes */
};

struct oci_config {
	struct str text;
	struct oci_platform platform;
	struct str created;
	struct digest *diff_ids;
	size_t n_diff_ids;
	struct oci_history *history; /* may be absent or short */
	size_t n_history;
	bool has_history;
};

must_check int oci_parse_config(struct str text, const struct limits *lim,
				struct arena *a, struct oci_config *out,
				struct err *err);

/* "2024-05-01T10:00:00.123456789Z" to nanoseconds since 1970; false when it is
 * no RFC 3339 time. */
bool oci_time_ns(struct str text, int64_t *out);

/* A config with other layers: diff_ids replaced; a history entry whose layer
 * vanished gets "empty_layer":true, all else stays. fate[i] tells for source
 * layer i whether the history entry that made it still makes a layer. With a
 * history that is absent, short or out of step, history is left as it is. */
must_check int oci_rewrite_config(const struct oci_config *c,
				  const struct digest *diff_ids, size_t n,
				  const bool *keeps_layer, struct buf *out,
				  struct err *err);

/* The same; more: whole history entries of the highest layers, for which the
 * config has none. They are left out where history is left as it is. */
struct oci_layers {
	const struct digest *diff_ids;
	size_t n;
	const bool *keeps_layer;
	const struct str *more;
	size_t n_more;
};
must_check int oci_change_layers(const struct oci_config *c,
				 const struct oci_layers *l, struct buf *out,
				 struct err *err);

/* The canonical form two configs are compared by (docs/config-canonical.md):
 * JSON with sorted keys and no spacing, without what a rewrite must change:
 * created, history, rootfs.diff_ids, container, container_config,
 * docker_version, config.Image, moby.*. Absent, null and empty ({} [] "")
 * members are the same and left out, as are false and 0 where they are what a
 * missing key means, but not those of ExposedPorts, Volumes
 * and Labels, where the key itself says something. */
must_check int oci_canonical_config(struct str text, const struct limits *lim,
				    struct buf *out, struct err *err);
