/* SPDX-License-Identifier: Apache-2.0 */
/* lint/facts/stages.h - what rules ask of stages, made once: a file may have
 * thousands of stages and lines, and a walk at each of them would take the
 * square of that. */
#pragma once
#include "dockerfile/dockerfile.h"

enum { LINT_KINDS = 18 }; /* bits of enum df_kind, but for DF_UNKNOWN */

struct lint_stage {
	unsigned kinds;	   /* of its own lines */
	unsigned triggers; /* of what its ONBUILDs fire */
	unsigned below;	   /* of the lines of those it is built on, and of what
			 * fires in front of theirs and of its own */
	bool is_used;	   /* an edge leads to it */
	/* By the number of the kind's bit: the one in force at its end, in the
	 * stage or below it; the last of its triggers. NULL: none. */
	const struct df_instr *last[LINT_KINDS], *last_trigger[LINT_KINDS];
};

/* Kinds of the lines of its stage in front of an instruction, and of the
 * triggers among them. */
struct lint_above {
	unsigned kinds, triggers;
};
