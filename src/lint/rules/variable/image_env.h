/* SPDX-License-Identifier: Apache-2.0 */
/* lint/rules/variable/image_env.h - variables that public images set.
 *
 * A local table, names only. An image that is not in it may set anything. */
#pragma once
#include "base/str.h"

/* false: the image is not known. names has single blanks between them. PATH
 * is set in every image and not in the lists. */
bool lint_image_env_find(struct str reference, const char **names);
