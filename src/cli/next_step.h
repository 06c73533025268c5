/* SPDX-License-Identifier: Apache-2.0 */
/* cli/next_step.h - the end of a rewrite's report: what to type next. */
#pragma once
#include "cli/option.h"
#include "oci/ref.h"
#include "shrink/result.h"

/* After a dry run: the user's own line with a destination. */
must_check int cli_next_step_dry(const struct invocation *inv, struct buf *out,
				 struct err *err);
/* After a result was written to dest: how engines load it, and how it gets a
 * name there unless it has one (tag may be empty; so may dest's own). */
must_check int cli_next_step_written(const struct optimize_result *r,
				     const struct ref *dest, const char *kind,
				     struct str tag, struct buf *out,
				     struct err *err);
