/* SPDX-License-Identifier: Apache-2.0 */
/* source/write/oci_docs.h - index.json and what it leads to, as text; private
 * to the room. */
#pragma once
#include "source/write/kind.h"

enum { DEST_DOC_MAX = 16 << 20 };
#define DEST_OCI_LAYOUT "{\"imageLayoutVersion\":\"1.0.0\"}"

/* The descriptor of the result for index.json, in the arena: of the manifest,
 * or of an index of several, which is written first. */
must_check int dest_oci_entry(struct dest *d, const struct dest_result *r,
			      struct str *entry, struct err *err);
/* The index of several platforms: the caller's own, or made here. */
must_check int dest_index_text(const struct dest_result *r, struct buf *out,
			       struct err *err);
/* index.json with one entry. layout: the source's index.json, or empty. */
must_check int dest_index_json(struct str layout, struct str entry,
			       struct buf *out, struct err *err);
