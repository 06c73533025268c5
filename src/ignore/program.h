/* SPDX-License-Identifier: Apache-2.0 */
/* ignore/program.h - one pattern of an ignore file, compiled.
 *
 * BuildKit writes a pattern as a regular expression of Go; this is the part
 * of that language which can come of it, with what it means there. */
#pragma once
#include "base/arena.h"

struct ignore_program;

/* 1: compiled; 0: refused, *why is a literal that says so; -1: ERR_NOMEM. The
 * expression is whole, with ^ in front and $ behind. */
must_check int ignore_compile(struct str expression, struct arena *a,
			      const struct ignore_program **out,
			      const char **why, struct err *err);
/* 1: the whole path matches; 0: not; -1: ERR_NOMEM. */
must_check int ignore_run(const struct ignore_program *p, struct str path,
			  struct err *err);
/* Bytes that every match starts with. */
struct str ignore_literal_start(const struct ignore_program *p);
