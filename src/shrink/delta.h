/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/delta.h - one layer that makes a tree into another (private to
 * previous.c). */
#pragma once
#include "shrink/items.h"

/* What of `to` must be laid over `from` to show it: paths that differ with all
 * their ancestors, hard-link groups whole, whiteouts of what is gone. The
 * contents are of the entries of `to`. *out: fate and draft; what it
 * held is freed. */
must_check int shrink_make_delta(const struct tree *from, const struct tree *to,
				 enum layer_order order, struct plan_layer *out,
				 struct err *err);
