/* SPDX-License-Identifier: Apache-2.0 */
/* context/copies/constant_value.h - whether a word's value can be told from the file alone.
 *
 * Stricter than df_scope_expand: there a variable that nobody sets is empty,
 * as it is in a build; but an ARG without a value waits for --build-arg, and
 * what no line sets may come with the base image. */
#pragma once
#include "dockerfile/scope.h"

/* 1: every variable in it is set, to a value that hangs on nothing unknown;
 * 0: not; -1: ERR_NOMEM, ERR_LIMIT. */
must_check int word_is_certain(const struct df_scope *s,
			       const struct df_var *vars, struct str word,
			       struct err *err);
