/* SPDX-License-Identifier: Apache-2.0 */
/* lint/shellcheck/shellcheck_noise.h - what shellcheck says where nothing can go
 * wrong.
 *
 * It has no list of programs, so $(nproc) is for it as dangerous as $(ls). */
#pragma once
#include "lint/facts/facts.h"

/* at is a place in the Dockerfile, in that instruction. true: the finding
 * is of no use there. */
bool lint_shellcheck_is_noise(const struct lint_run *run, uint64_t code,
			      struct span at);
