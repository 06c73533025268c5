/* SPDX-License-Identifier: Apache-2.0 */
/* analyze/drop_match.h - do a rule's words mean this name? (private) */
#pragma once
#include "catalog/catalog.h"
#include "tree/tree.h"

/* Is the directory a place's root? 1, 0. What the root must hold is looked at.
 */
must_check int analyze_is_place_root(const struct catalog_place *p,
				     const struct tree *t, uint32_t dir,
				     struct err *err);
/* 1, 0: does the source of compiled Python stand where it must: NAME.py beside
 * NAME.pyc, or beside __pycache__/NAME.TAG.pyc? */
must_check int analyze_has_source(const struct tree *t, uint32_t node,
				  struct err *err);
