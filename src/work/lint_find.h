/* SPDX-License-Identifier: Apache-2.0 */
/* work/lint_find.h - where configurations lie. */
#pragma once
#include "base/arena.h"

/* Paths are in the arena; NULL: there is none. */
const char *work_lint_find_own(struct arena *a, const char *dir);
const char *work_lint_find_hadolints(struct arena *a);
