/* SPDX-License-Identifier: Apache-2.0 */
/* lint/rules/layer/layer_writes.h - what the layers of the result store, as far as the file
 * tells: copies, downloads, what was unpacked, installed or written.
 *
 * In the order of the file, which is the order of the layers. What a RUN
 * stores and takes away itself is marked gone. */
#pragma once
#include "finding/finding.h"
#include "lint/facts/facts.h"

enum stored_how {
	STORED_COPY,	     /* COPY, ADD of what the context or a stage has */
	STORED_UNPACKED_ADD, /* ADD of a local archive */
	STORED_REMOTE,	     /* ADD of a URL */
	STORED_FETCHED,	     /* curl, wget */
	STORED_UNPACKED,
	STORED_CLONED,
	STORED_INSTALLED, /* node_modules and the like */
	STORED_WRITTEN,	  /* >, -o, cp */
	STORED_MADE,	  /* mkdir: nothing */
};

struct stored {
	enum stored_how how;
	struct str place;
	struct str other;  /* or there; empty: no */
	bool tree;	   /* with all below it */
	bool gone;	   /* by the end of its own RUN */
	struct str source; /* COPY, ADD: as written; a URL */
	const struct df_instr *in;
	const struct lint_run *run; /* NULL: COPY, ADD */
	uint32_t command;	    /* index in the run */
	struct span at;
};

struct stored_list {
	struct stored *v;
	size_t n, cap;
};

/* Of what is compared with all that stands in front of it, so much is looked
 * at, the newest first: a file may have thousands of both. */
enum { LAYER_LOOK_MAX = 512 };

/* Elements [from, to) of a list, LAYER_LOOK_MAX at most. */
struct stored_range {
	size_t from, to;
};
/* The newest in front of one of an instruction's commands; of the instruction's
 * own alone. */
struct stored_range lint_stored_before(const struct stored_list *list,
				       const struct df_instr *in,
				       uint32_t command);
struct stored_range lint_stored_of(const struct stored_list *list,
				   const struct df_instr *in, uint32_t command);

/* What rm and the like take away in the whole file, in its order. */
struct lint_removals {
	const struct lint_removal {
		const struct lint_run *run;
		uint32_t command;
		bool moves; /* mv, which is no removal to those who look for
			     * what is left */
		struct str place;
	} * v;
	size_t n;
};
must_check int lint_removals_read(const struct lint_file *f,
				  struct lint_removals *out, struct err *err);
/* The first that is not in front of a command of the run; n. */
size_t lint_removals_from(const struct lint_removals *all,
			  const struct lint_run *run, uint32_t command);

must_check int lint_stored_read(const struct lint_file *f,
				struct stored_list *out, struct err *err);
/* What one RUN stores, whether or not it ships. */
must_check int lint_stored_read_run(const struct lint_file *f,
				    const struct lint_run *run,
				    struct stored_list *out, struct err *err);

/* The pattern takes s away. */
bool lint_stored_covered(const struct stored *s, struct str pattern);
/* place is in the tree that s stores, but is not its root. */
bool lint_stored_holds(const struct stored *s, struct str place);
/* The newest before the instruction that is at the place; NULL. */
const struct stored *lint_stored_at(const struct stored_list *list,
				    const struct df_instr *before,
				    struct str place);
/* "COPY", "curl", ...: for messages. */
const char *lint_stored_word(const struct stored *s);
uint32_t lint_line_of(const struct lint_file *f, uint32_t at);
/* Gives the finding the measured bytes of the layer of s, else those that the
 * context has of the place (s->place, or below it), else none; how says which
 * of the layer's. */
enum stored_bytes { STORED_DEAD, STORED_ALL };
must_check int lint_stored_weigh(const struct lint_file *f, struct finding *to,
				 const struct stored *s, struct str place,
				 enum stored_bytes how, struct err *err);
/* The context's path of a place that s holds. 1; 0: s is no COPY of
 * the context; -1. */
must_check int lint_stored_path(const struct lint_file *f,
				const struct stored *s, struct str place,
				struct str *out, struct err *err);
/* rm, find -delete and the like; not rmdir. */
bool lint_command_removes(const struct lint_command *c);
/* tar or unzip that unpacks: 1 with *archive (empty: from a pipe) and the
 * directory; 0; -1. */
must_check int lint_command_unpacks(const struct lint_file *f,
				    const struct lint_command *c,
				    struct str *archive, struct str *directory,
				    struct err *err);

/* Between the files that make the list. copy_writes.c: what one COPY or ADD
 * stores. */
must_check int lint_stored_read_copy(const struct lint_file *f,
				     const struct df_instr *in,
				     struct stored_list *list, struct err *err);
must_check int lint_stored_add(const struct lint_file *f,
			       struct stored_list *list, struct stored s,
			       struct err *err);
