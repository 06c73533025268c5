/* SPDX-License-Identifier: Apache-2.0 */
/* cli/promise.h - what `pare optimize` would win, for the end of `analyze`. */
#pragma once
#include "analyze/analysis.h"
#include "cli/option.h"
#include "work/gain.h"

/* Sets a->gain and a->gain_by (in *line) from the plan's gain: the command that
 * wins it, with the default of --min-gain or, where that gains nothing, without.
 * base may be NULL. Nothing is set where nothing above the base is dead. */
must_check int cli_promise_make(const struct invocation *inv, const char *base,
				const struct work_gain *gain,
				struct analysis *a, struct buf *line,
				struct err *err);
