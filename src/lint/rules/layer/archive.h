/* SPDX-License-Identifier: Apache-2.0 */
/* lint/rules/layer/archive.h - archives that a RUN unpacks, and who stored
 * them. */
#pragma once
#include "lint/rules/layer/layer_writes.h"

struct archive_use {
	struct stored_list list;  /* of the file, made at the first archive */
	struct removal *removals; /* likewise */
	size_t n_removals;
	size_t next; /* command */
	bool read;
	/* The one found: */
	const struct stored *stored;
	bool removed;	  /* this RUN or a later one removes it */
	struct str place; /* the archive */
	struct str name;  /* behind the last slash */
	struct span at;	  /* the command that unpacks */
};

/* Begin with {0} for the file, set next to 0 for each RUN; 1: the next archive
 * whose origin the file tells; 0: no more, or the RUN does not ship. */
must_check int archive_next(const struct lint_file *f,
			    const struct lint_run *run, struct archive_use *use,
			    struct err *err);
