/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/lost.h - what the source's documents say that the result cannot.
 *
 * A rewrite keeps annotations, artifactType and the rest where they still hold
 * and have a place. What is left out is named here, never dropped in silence:
 * an embedded copy (data) or a place to fetch from (urls) of bytes that
 * have changed, what was said of a rewritten layer, a subject that is
 * rewritten itself, and all that the destination has no place for. */
#pragma once
#include "shrink/result.h"
#include "source/write/dest.h"

/* Does the manifest or index refer to one that is rewritten here? */
bool shrink_loses_subject(const struct image_set *set,
			  const struct oci_doc *doc);
/* Fills res->lost: "KEY, KEY of WHAT; ...". */
must_check int shrink_list_lost(const struct image_set *set,
				enum dest_holds holds,
				struct optimize_result *res, struct err *err);
