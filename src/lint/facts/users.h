/* SPDX-License-Identifier: Apache-2.0 */
/* lint/facts/users.h - who a container of a stage runs as. */
#pragma once
#include "lint/facts/facts.h"

/* The instruction of a kind that is in force at the end of the stage, wherever
 * it stands: in the stage, in one that it is built on, or in an ONBUILD of the
 * latter. NULL: the file has none, so the base image decides. */
const struct df_instr *lint_last_instr(const struct lint_file *f,
				       uint32_t stage, enum df_kind kind);
/* The USER. */
const struct df_instr *lint_user_of(const struct lint_file *f, uint32_t stage);

/* The stage may become an image: it is the target, or nothing in the file
 * builds on it or copies from it, so that it can only be there to be built by
 * its name. */
bool lint_is_result(const struct lint_file *f, uint32_t stage);

/* Who a USER names: "root" of USER $u with ENV u=root. 1: known; 0: it hangs
 * on what is given at build time; -1: ERR_NOMEM, ERR_LIMIT. */
must_check int lint_user_name(const struct lint_file *f,
			      const struct df_instr *user, struct str *name,
			      struct err *err);
/* root or 0, with a group or without. */
bool lint_user_is_root(struct str name);
/* An account that Windows images alone have. */
bool lint_is_windows_user(struct str name);
