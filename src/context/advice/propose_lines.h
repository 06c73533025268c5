/* SPDX-License-Identifier: Apache-2.0 */
/* context/advice/propose_lines.h - what could be left out, and the lines that say so. */
#pragma once
#include "context/advice/advice.h"

/* Lines for all that may go, not yet tried together, in no order. */
must_check int context_choose(const struct context_question *q, struct arena *a,
			      struct context_advice *out, struct err *err);
