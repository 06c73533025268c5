/* SPDX-License-Identifier: Apache-2.0 */
/* analyze/verify.h - are two images the same to whoever runs them? */
#pragma once
#include "tree/compare.h"
#include "tree/load.h"

/* Tree differences as tree_compare tells them, then differing parts of the
 * canonical configs: path empty, field "config:KEY" or "config:config.KEY",
 * values as JSON, empty where there is none. */
must_check int analyze_verify(const struct loaded_image *a,
			      const struct loaded_image *b, unsigned ignore,
			      bool ignore_config, tree_difference_fn *fn,
			      void *self, uint64_t *n, struct err *err);
