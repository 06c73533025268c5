/* SPDX-License-Identifier: Apache-2.0 */
/* lint/rules/start/entrypoint.h - what the container starts. */
#pragma once
#include "lint/facts/facts.h"

/* The ENTRYPOINT or CMD (a kind) that is in force at the end of the result's
 * own stages; NULL. */
const struct df_instr *lint_start_instr(const struct lint_file *f,
					enum df_kind kind);
/* tini, dumb-init, catatonit, gosu and the like, as part of a file name. */
bool lint_is_init_name(struct str name);
/* An ENTRYPOINT or CMD names a program that reaps what others leave. */
bool lint_starts_init(const struct lint_file *f);

/* The script that the container starts, where its text is known: from a
 * heredoc of COPY or RUN, or from the context. */
struct start_script {
	struct str name; /* of the file in the image */
	struct str text;
	const struct df_instr *in;    /* COPY */
	struct span at;		      /* its source */
	const struct df_instr *start; /* ENTRYPOINT or CMD */
	struct str place;	      /* in the image */
	bool direct;		      /* no shell is given it to read */
	unsigned mode; /* permission bits in the context; 0: not known */
};
/* The file that the ENTRYPOINT or the CMD (kind) starts, whatever it is. 1, 0
 * or -1. */
must_check int lint_start_file(const struct lint_file *f, enum df_kind kind,
			       struct start_script *out, struct err *err);
/* The first of them that is a script of a shell. */
/* 1, 0 or -1. */
must_check int lint_start_script(const struct lint_file *f,
				 struct start_script *out, struct err *err);

/* All that the start hands to a shell: ENTRYPOINT and CMD in shell form or as
 * sh -c, and the script. Only what can be read. */
struct start_shell {
	struct sh_script sh;
	struct str name; /* of the script; empty: none */
	struct span at;	 /* in the file */
	const struct df_instr *in;
};
enum { START_SHELLS_MAX = 3 };
must_check int lint_start_shells(const struct lint_file *f,
				 struct start_shell out[START_SHELLS_MAX],
				 size_t *n, struct err *err);
/* A command's name in such a script, behind exec; empty: not known. */
must_check int lint_start_command(const struct lint_file *f,
				  const struct sh_script *sh,
				  const struct sh_node *node, struct str *name,
				  struct err *err);
