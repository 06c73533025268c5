/* SPDX-License-Identifier: Apache-2.0 */
/* analyze/drop.h - which names of an image the rules of a user take out.
 *
 * Files and links go, and directories below a rule's own place that are empty
 * then; never a directory that a package owns, never what a kept base stores
 * (hiding it would save nothing), never what the config starts or names below
 * such a place, and, for caches, nothing that a link from elsewhere leads
 * to. */
#pragma once
#include "analyze/dropping.h"
#include "tree/load.h"

void analyze_drops_done(struct dropping *d);
/* Adds a rule, or those of a preset; ERR_USAGE when it is none. */
must_check int analyze_select_drop(struct str name, uint64_t *rules,
				   struct err *err);
must_check int analyze_find_drops(const struct loaded_image *li, uint64_t rules,
				  uint32_t n_base, struct dropping *out,
				  struct err *err);
