/* SPDX-License-Identifier: Apache-2.0 */
/* rules/stored_add.h - between the files that make the list of stored.h. */
#pragma once
#include "lint/rules/stored.h"

must_check int stored_add(const struct lint_file *f, struct stored_list *list,
			  struct stored s, struct err *err);
