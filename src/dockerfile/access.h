/* SPDX-License-Identifier: Apache-2.0 */
/* dockerfile/access.h - what an instruction says, by name.
 *
 * For rules and fixes: nothing here allocates, everything is borrowed from
 * the tree, and spans are those of the file. */
#pragma once
#include "dockerfile/dockerfile.h"

/* The flag --key, its last one; NULL when it is not there. */
const struct df_flag *dockerfile_flag(const struct df_instr *in,
				      const char *key);
/* Of a switch (--link, --parents): there, and not =false. */
bool dockerfile_flag_on(const struct df_instr *in, const char *key);

/* FROM: the image as written; NULL when bad. */
const struct df_word *dockerfile_from_image(const struct df_instr *in);
/* FROM ... AS name; NULL when it has none. */
const struct df_word *dockerfile_from_name(const struct df_instr *in);

/* COPY, ADD: sources, heredocs among them; the destination. *n is 0 and NULL
 * is returned when there are none. */
const struct df_word *dockerfile_copy_sources(const struct df_instr *in,
					      size_t *n);
const struct df_word *dockerfile_copy_dest(const struct df_instr *in);
/* The heredoc a source announces, or NULL. */
const struct df_heredoc *dockerfile_copy_heredoc(const struct df_instr *in,
						 const struct df_word *source);

/* CMD, ENTRYPOINT, RUN, SHELL, HEALTHCHECK CMD: the command's words: one, or the
 * elements of the JSON form. *n is 0 and NULL is returned for all others. */
const struct df_word *dockerfile_command(const struct df_instr *in, size_t *n);

/* Whether BuildKit expands variables in the arguments of the instruction, and
 * in the value of one of its flags. RUN, CMD and ENTRYPOINT leave their words
 * to the shell; what stands below ONBUILD is expanded when it fires. */
bool dockerfile_expands_args(const struct df_instr *in);
bool dockerfile_expands_flag(const struct df_instr *in,
			     const struct df_flag *f);
