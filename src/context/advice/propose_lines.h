/* SPDX-License-Identifier: Apache-2.0 */
/* context/advice/propose_lines.h - lines for all that may be left out. */
#pragma once
#include "context/advice/advice.h"

/* The lines are neither sorted nor tried together yet (advise.h). */
must_check int context_propose_lines(const struct context_advice_input *q,
				     struct arena *a,
				     struct context_advice *out,
				     struct err *err);
