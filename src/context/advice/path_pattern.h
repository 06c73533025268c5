/* SPDX-License-Identifier: Apache-2.0 */
/* context/advice/path_pattern.h - the line of an ignore file that matches a
 * path. */
#pragma once
#include "base/arena.h"
#include "ignore/ignore.h"

/* 1: *out excludes the path and what is below it; 0: no line can, as the path
 * holds a line feed, a NUL or is no UTF-8; -1: err. */
must_check int context_path_pattern(struct str path, struct arena *a,
				    struct str *out, struct err *err);
