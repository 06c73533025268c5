/* SPDX-License-Identifier: Apache-2.0 */
/* lint/rules/layer/archive.h - archives that a RUN unpacks, and who stored
 * them. */
#pragma once
#include "lint/rules/layer/layer_writes.h"

/* One archive that a RUN which ships unpacks, and whose origin the file
 * tells. */
struct archive_use {
	const struct lint_run *run;
	const struct stored *stored;
	bool removed;	  /* this RUN or a later one removes it */
	struct str place; /* the archive */
	struct str name;  /* behind the last slash */
	struct span at;	  /* the command that unpacks */
};

/* Calls tell for each of them, in the order of the file. */
must_check int lint_archive_each(const struct lint_file *f,
				 int (*tell)(const struct lint_file *f,
					     const struct archive_use *use,
					     struct lint_out *out,
					     struct err *err),
				 struct lint_out *out, struct err *err);
