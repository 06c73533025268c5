/* SPDX-License-Identifier: Apache-2.0 */
/* cli/base_option.h - what --base REF|N|none|auto means. */
#pragma once
#include "cli/session.h"
#include "work/base.h"

struct base_option {
	struct work_base policy;
	struct source *source; /* of a named base image */
};

/* NULL counts as auto. */
must_check int cli_base_option_open(struct session *s, const char *value,
				    struct base_option *out, struct err *err);
void cli_base_option_done(struct base_option *b);
