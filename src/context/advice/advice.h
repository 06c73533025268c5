/* SPDX-License-Identifier: Apache-2.0 */
/* context/advice/advice.h - what the advice is made from, and the advice. */
#pragma once
#include "context/waste/reason.h"
#include "context/copies/mark_copied.h"

struct context_addition {
	struct str line; /* as it goes into the file */
	enum catalog_reason reason;
	struct context_sum saves;
};

struct context_advice {
	struct context_addition *v; /* by reason, then line */
	size_t n;
	struct context_sum saves;
	/* Entries that could go, but get no line: their names have no pattern
	 * (path_pattern.h), or there are too many in one directory. */
	size_t n_unlisted;
};

/* A stage that copies the whole context: see context_add_stage_commands. */
struct context_broad_stage {
	struct str commands, copied_from;
};

struct context_advice_input {
	struct context_view *w; /* marked by every COPY of every Dockerfile */
	const struct context_waste_table *waste;
	const uint16_t *rows;	 /* by entry: see context_find_reasons */
	const struct ignore *ig; /* of text */
	struct str text;	 /* the ignore file; empty: none yet */
	const struct context_copies *copies;
	size_t n_copies;
	struct str commands; /* of every Dockerfile: collect_commands.h */
	const struct context_broad_stage *broad_stages;
	size_t n_broad_stages;
	bool copies_all;      /* no Dockerfile: as if it were COPY . . */
	const char *new_file; /* name of the ignore file to be made in DIR;
				* NULL: it is there, or lies elsewhere */
};
