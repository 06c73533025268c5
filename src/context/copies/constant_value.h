/* SPDX-License-Identifier: Apache-2.0 */
/* context/copies/constant_value.h - is a word the same in every build?
 *
 * Stricter than dockerfile_scope_expand. There a variable that nobody sets is
 * empty, as it is in a build without options; but an ARG without a default
 * waits for --build-arg, and what no line sets may be ENV of the base image. */
#pragma once
#include "dockerfile/scope.h"

/* 1: every variable in the word is set, to a value that depends on nothing
 * unknown; 0: not; -1: ERR_NOMEM, ERR_LIMIT. */
must_check int context_value_is_constant(const struct df_scope *s,
					 const struct df_var *vars,
					 struct str word, struct err *err);
