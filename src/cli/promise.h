/* SPDX-License-Identifier: Apache-2.0 */
/* cli/promise.h - what `pare optimize` would win, for the end of `analyze`. */
#pragma once
#include "analyze/analysis.h"
#include "cli/option.h"

/* Sets a->gain and a->gain_by (in *line) from the plan that the command would
 * make: with the default of --min-gain, or where that gains nothing, without.
 * base may be NULL. The image must have been loaded with its indices. */
must_check int promise_make(const struct invocation *inv, const char *base,
			    struct analysis *a, struct buf *line,
			    struct err *err);
