/* SPDX-License-Identifier: Apache-2.0 */
/* dockerfile/run.h - the commands of a RUN, placed in the file. */
#pragma once
#include "dockerfile/dockerfile.h"
#include "shell/shell.h"

enum df_run_form {
	DF_RUN_SHELL,	/* handed to the shell in force */
	DF_RUN_HEREDOC, /* RUN <<EOF: the body is handed to the shell */
	DF_RUN_FILE,	/* the same with #!: a program of its own */
	DF_RUN_EXEC,	/* JSON: no shell */
};

struct df_run {
	enum df_run_form form;
	/* What the shell reads, and the way back to the file. Empty for
	 * DF_RUN_EXEC. */
	struct df_logical script;
	/* readable is false as well when the shell is none we know. */
	struct sh_script sh;
};

/* Which language the words of SHELL, or of a #! line, ask for. */
enum df_shell { DF_SHELL_SH, DF_SHELL_BASH, DF_SHELL_OTHER };
enum df_shell dockerfile_shell_of(const struct df_word *words, size_t n);

/* Reads a RUN (or the inner RUN of an ONBUILD) below a SHELL instruction,
 * NULL for the default. /bin/sh is tried as POSIX first and as bash when that
 * fails, since in some images it is. -1: ERR_NOMEM. */
must_check int dockerfile_run_read(const struct dockerfile *df,
				   const struct df_instr *in,
				   const struct df_instr *shell,
				   struct arena *a, struct df_run *out,
				   struct err *err);
/* A span of the script in the file. */
struct span dockerfile_run_span(const struct df_run *run, struct span at);
