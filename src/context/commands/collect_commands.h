/* SPDX-License-Identifier: Apache-2.0 */
/* context/commands/collect_commands.h - the commands of a Dockerfile as text.
 *
 * What RUN, CMD, ENTRYPOINT and HEALTHCHECK say, one a line, to be searched
 * (command_search.h, git_use.h). Of a RUN only the commands that may read the
 * files they name (reading_commands.h). */
#pragma once
#include "dockerfile/graph.h"

/* Appends the commands of every stage. */
must_check int context_add_commands(const struct dockerfile *df,
				    struct buf *out, struct err *err);

/* The same of one stage, of those it is built on and of those built on it: all
 * that may make again, before or after, what is copied into it. What they copy
 * from other stages and images goes to copied_from. */
must_check int context_add_stage_commands(const struct dockerfile *df,
					  const struct df_graph *g,
					  uint32_t stage, struct buf *out,
					  struct buf *copied_from,
					  struct err *err);
