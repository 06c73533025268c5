/* SPDX-License-Identifier: Apache-2.0 */
/* context/commands/commands.h - what the commands of a Dockerfile run and mention.
 *
 * Only as much as it takes to tell whether something in the context is made
 * anew or asked for; in doubt it is not made, and it is asked for. */
#pragma once
#include "dockerfile/graph.h"

/* Appends what RUN, CMD, ENTRYPOINT and HEALTHCHECK say, one a line; of a RUN
 * what may read the files it names (reads.h). */
must_check int words_collect(const struct dockerfile *df, struct buf *out,
			     struct err *err);
/* The same of one stage, those it is built on and those built on it: all that
 * may make anew, before or after, what is copied into it. What they copy from
 * elsewhere goes to brought. */
must_check int words_around(const struct dockerfile *df,
			    const struct df_graph *g, uint32_t stage,
			    struct buf *out, struct buf *brought,
			    struct err *err);
/* One of the commands of the list, with blanks between them, is run. "npm" is
 * any use of it, "npm+ci+install" one with ci or install behind it; "yarn+-"
 * one with nothing behind it but options. What is told to work elsewhere (npm
 * install -g, cd client && npm ci) is not run here. */
bool words_run(struct str text, const char *list);
/* The same, before the name is mentioned for the first time. */
bool words_run_first(struct str text, const char *list, struct str name);
/* The version control is asked for something that it needs a repository for,
 * directly or by a program that is known to (setuptools_scm). */
bool words_ask_git(struct str text);
/* The name stands somewhere, as a part of a path or alone. */
bool words_mention(struct str text, struct str name);
