/* SPDX-License-Identifier: Apache-2.0 */
/* lint/facts/misread.h - what people take for a comment or for a JSON list, and
 * the builder does not.
 *
 *	WORKDIR /a # b         a # begins a comment in column one alone: the
 *	                       directory is "/a # b"
 *	CMD ['a', 'b']         a list that is not JSON to the letter is a line
 *	                       for the shell
 *
 * Other rules stumble over the same words (three sources, a shell form, a
 * relative destination); the engine tells the cause alone. */
#pragma once
#include "lint/facts/facts.h"

/* From the # to the end of the instruction's line; empty: there is none. */
struct span lint_trailing_hash(const struct lint_file *f,
			       const struct df_instr *in);

/* Why the text that looks like a list is none ("single quotes"), and where it
 * stands; NULL: it is one, or does not look so. What a trailing # spoils is
 * that one's. */
const char *lint_almost_json(const struct lint_file *f,
			     const struct df_instr *in, struct span *at);
