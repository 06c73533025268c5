/* SPDX-License-Identifier: Apache-2.0 */
/* context/context.h - a build context: what is transferred, what should not be in
 * it, what the Dockerfile copies, which lines would make it smaller.
 *
 * Called in this order: context_read (the tree on disk), context_read_ignore,
 * context_read_dockerfile if there is one, context_read_other for each further
 * Dockerfile that shares the ignore file, context_conclude. Files are opened by
 * the caller, but for the tree's directories.
 *
 * The folder's rooms, each using those before it:
 *
 *   files     the tree on disk; what the ignore file decides for each entry
 *   waste     names that should not be in a context
 *   copies    what COPY, ADD and bind mounts name, and which files that is
 *   commands  what RUN and CMD run and mention
 *   advice    lines that would exclude more, tried before they are proposed */
#pragma once
#include "context/advice/advise.h"

struct context_copy_result {
	struct context_copy copy;
	struct context_copied copied;
	bool needed; /* for the target */
};

/* The first error of a Dockerfile. */
struct context_problem {
	uint32_t line, column; /* 0: there is none */
	char message[256];
};

struct context {
	struct arena arena;
	struct context_tree tree;
	struct context_waste_table waste;
	uint16_t *rows; /* by entry: see context_find_reasons */
	int rootfd;	/* borrowed */
	struct ignore ig;
	struct str ignore_text;
	struct context_verdict *verdicts;
	struct context_view view;
	struct dockerfile df; /* empty when there is none */
	struct df_graph graph;
	bool has_dockerfile;
	bool *needs; /* by stage: the target is made of it */
	struct context_problem problem;
	struct context_copies copies; /* the Dockerfile's, then all others' */
	size_t n_own;		      /* how many are the Dockerfile's */
	struct dockerfile *others;    /* that share the ignore file */
	size_t n_others, cap_others;
	struct buf commands;			  /* of all Dockerfiles */
	struct context_broad_stage *broad_stages; /* in the arena */
	size_t n_broad_stages, cap_broad_stages;
	struct context_copy_result *copy_results; /* by copies */
	/* The result. unused: transferred to the builder but copied by no stage
	 * of the target. */
	struct context_sum sent, excluded, unused;
	struct context_sum reasons[REASONS]; /* of what is transferred */
	struct context_sum *by_pattern;	     /* excluded, by ig.patterns */
	uint64_t n_sockets;
	struct context_advice advice;
};

must_check int context_read(int rootfd, unsigned threads,
			    const struct limits *lim, struct context *c,
			    struct err *err);
/* The ignore file. text is borrowed. ERR_CORRUPT names the line. */
must_check int context_read_ignore(struct context *c, struct str text,
				   struct err *err);
/* The Dockerfile. text and args are borrowed. ERR_NOT_FOUND: no such target. A
 * syntax error is no failure: it is c->problem. */
must_check int context_read_dockerfile(struct context *c, struct str text,
				       struct str target,
				       const struct df_arg *args, size_t n_args,
				       struct err *err);
/* Another Dockerfile: what it copies is not proposed to be left out. */
must_check int context_read_other(struct context *c, struct str text,
				  struct err *err);
/* new_file: as in struct context_advice_input. */
must_check int context_conclude(struct context *c, const char *new_file,
				struct err *err);
void context_done(struct context *c);

/* Names of Dockerfiles, in any directory that is not itself waste: Dockerfile,
 * Dockerfile.x, x.Dockerfile, Containerfile; not those with an ignore file of
 * their own. The next one behind `from`, or CONTEXT_NONE. */
uint32_t context_next_dockerfile(const struct context *c, uint32_t from);
