/* SPDX-License-Identifier: Apache-2.0 */
/* rules/scopes.h - variables where an instruction stands, and values of its
 * words. */
#pragma once
#include "lint/facts/facts.h"

struct scopes {
	struct df_scope scope;
	const struct df_var *vars;    /* in front of the instruction */
	const struct df_stage *stage; /* NULL: in front of FROM, or a FROM */
};

/* FROM, and what stands in front of the first one, sees the global ones. */
must_check int scopes_at(const struct lint_file *f, const struct df_instr *in,
			 struct scopes *out, struct err *err);
/* The same for the instructions of a stage in their order: a walk over a long
 * stage costs no more than its length. */
struct scopes_walk {
	const struct df_var *const *vars; /* the oldest first */
	size_t n, at;
};
must_check int scopes_begin(const struct lint_file *f,
			    const struct df_stage *stage,
			    struct scopes_walk *out, struct err *err);
/* Variables in front of the instruction, which is behind the last one. */
const struct df_var *scopes_before(struct scopes_walk *w,
				   const struct df_instr *in);

/* The word's value, in the file's arena. 1: known; 0: it hangs on something
 * that is not; -1: ERR_NOMEM, ERR_LIMIT. */
must_check int scopes_value(const struct lint_file *f,
			    const struct df_instr *in, struct str word,
			    struct str *out, struct err *err);
/* What of a word stands in the file: bytes [a, b) of its text. */
struct span scopes_span(const struct df_instr *in, const struct df_word *word,
			size_t a, size_t b);
