/* SPDX-License-Identifier: Apache-2.0 */
/* lint/facts/values.h - variables where an instruction stands, and values of
 * its words.
 *
 * Which variables an instruction sees is resolved once a file
 * (read_values.c): ARG and ENV of its stage and of those below it, up to the
 * line in front; FROM, and what stands in front of the first one, sees the
 * global ones. Rules ask, and never walk over variables by themselves. */
#pragma once
#include "lint/facts/facts.h"

/* The newest first; NULL: none is set. */
const struct df_var *lint_vars_at(const struct lint_file *f,
				  const struct df_instr *in);
/* The variable of the name; NULL: not defined, which in a stage says nothing
 * of what its base image brings. */
const struct df_var *lint_var_at(const struct lint_file *f,
				 const struct df_instr *in, struct str name);

/* The word's value, in the file's arena, as the builder would have it. 1:
 * known; 0: it hangs on something that is not, such as an ARG without a value;
 * -1: ERR_NOMEM. */
must_check int lint_value(const struct lint_file *f, const struct df_instr *in,
			  struct str word, struct str *out, struct err *err);
/* One of the first n pairs of an ENV or ARG, but for the one at `but`, sets the
 * name; quotes around the key count in ARG alone. */
bool lint_pair_sets(const struct lint_file *f, const struct df_instr *in,
		    size_t n, size_t but, struct str name);
/* What of a word stands in the file: bytes [a, b) of its text. */
struct span lint_word_span(const struct df_instr *in,
			   const struct df_word *word, size_t a, size_t b);
