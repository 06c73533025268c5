/* SPDX-License-Identifier: Apache-2.0 */
/* lint/internal.h - what the engine's files share. */
#pragma once
#include "lint/lint.h"

/* The engine's own rules: errors of the syntax (engine.c), suppressions that
 * suppress nothing (pragma.c). */
extern const struct lint_rule rule_syntax, rule_unused_suppression;
