/* SPDX-License-Identifier: Apache-2.0 */
/* analyze/drop_match.h - do a rule's words mean this name? (private) */
#pragma once
#include "analyze/drop_rules.h"
#include "tree/tree.h"

/* "*" stands for any bytes; fold: letters of either case. */
bool drop_glob(const char *pattern, size_t n, struct str name, bool fold);
/* One of the patterns between blanks; false for NULL. */
bool drop_glob_any(const char *patterns, struct str name, bool fold);
/* Is the directory a place's root? 1, 0. What the root must hold is looked at.
 */
must_check int drop_is_root(const struct drop_place *p, const struct tree *t,
			    uint32_t dir, struct err *err);
/* 1, 0: does the source of compiled Python stand where it must: NAME.py beside
 * NAME.pyc, or beside __pycache__/NAME.TAG.pyc? */
must_check int drop_has_source(const struct tree *t, uint32_t node,
			       struct err *err);
