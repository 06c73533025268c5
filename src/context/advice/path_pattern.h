/* SPDX-License-Identifier: Apache-2.0 */
/* context/advice/path_pattern.h - a path as the line of an ignore file that means it. */
#pragma once
#include "base/arena.h"
#include "ignore/ignore.h"

/* 1: *out excludes the path and what is below; 0: no line can; -1: err. */
must_check int spell_path(struct str path, struct arena *a, struct str *out,
			  struct err *err);
