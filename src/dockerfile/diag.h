/* SPDX-License-Identifier: Apache-2.0 */
/* dockerfile/diag.h - what is found in a file, pushed to a sink. */
#pragma once
#include "base/severity.h"
#include "base/span.h"

struct diag {
	const char *rule; /* "PARE-SYNTAX"; lives as long as the program */
	enum severity severity;
	struct span at;
	const char *message; /* one line; valid during the push */
};

struct diag_sink {
	void (*push)(void *self, const struct diag *d); /* NULL: dropped */
	void *self;
};

/* The rule of every syntax error. */
extern const char DF_RULE_SYNTAX[];
