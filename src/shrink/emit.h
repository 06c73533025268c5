/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/emit.h - the layers, config and manifest of one result (private to
 * optimize.c). */
#pragma once
#include "shrink/result.h"
#include "source/write/dest.h"

/* Writes every layer of the result's plan, or counts what writing would give;
 * fills r->layers, sizes and descriptors. */
/* later: the work that comes behind this image's, for progress. */
must_check int emit_layers(struct image_result *r, struct dest *dst,
			   uint64_t later, const struct optimize_options *opt,
			   struct err *err);
/* Config and manifest over those layers. */
must_check int emit_documents(const struct image_set *set,
			      struct image_result *r, struct dest *dst,
			      struct err *err);
/* An index over all results, with what the source's said besides. */
must_check int emit_index(const struct image_set *set,
			  const struct optimize_result *res, struct buf *out,
			  struct err *err);
