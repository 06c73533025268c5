/* SPDX-License-Identifier: Apache-2.0 */
/* work/context_name.h - the name in the head of `pare context --diff`. */
#pragma once
#include "work/context_files.h"

/* From where the user stands, when the ignore file lies there or below; else
 * from DIR, for patch -d DIR. Links are resolved: patch(1) edits none. */
must_check int work_context_patch_name(const struct context_files *f,
				       struct buf *out, struct err *err);
