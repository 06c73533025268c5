/* SPDX-License-Identifier: Apache-2.0 */
/* context/context.h - a build context looked at: what is sent, why it is too
 * much, what the Dockerfile takes of it, how to make it smaller.
 *
 * In four steps: context_read the tree, context_rules the ignore file,
 * context_build the Dockerfile and context_also those that share the ignore
 * file, context_conclude. Opening files is the caller's. */
#pragma once
#include "context/advice/advise.h"

struct context_taking {
	struct context_use use;
	struct context_taken taken;
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
	uint16_t *rows; /* reasons, by entry */
	int rootfd;	/* borrowed */
	struct ignore ig;
	struct str ignore_text;
	struct context_verdict *verdicts;
	struct context_view view;
	struct dockerfile df; /* empty when there is none */
	struct df_graph graph;
	bool has_dockerfile;
	bool *needs; /* by stage */
	struct context_problem problem;
	struct context_uses uses;  /* the Dockerfile's, then all others' */
	size_t n_own;		   /* how many are the Dockerfile's */
	struct dockerfile *others; /* that share the ignore file */
	size_t n_others, cap_others;
	struct buf words;
	struct context_scene *scenes; /* in the arena */
	size_t n_scenes, cap_scenes;
	struct context_taking *takings; /* by own use */
	/* What came out. */
	struct context_sum sent, excluded, unused;
	struct context_sum reasons[REASONS]; /* of what is sent */
	struct context_sum *by_pattern;	     /* excluded, by ig.patterns */
	uint64_t n_sockets;
	struct context_advice advice;
};

must_check int context_read(int rootfd, unsigned threads,
			    const struct limits *lim, struct context *c,
			    struct err *err);
/* text is borrowed. ERR_CORRUPT names the line. */
must_check int context_rules(struct context *c, struct str text,
			     struct err *err);
/* text and args are borrowed. ERR_NOT_FOUND: no such target. An error of the
 * Dockerfile's syntax is c->problem. */
must_check int context_build(struct context *c, struct str text,
			     struct str target, const struct df_arg *args,
			     size_t n_args, struct err *err);
must_check int context_also(struct context *c, struct str text,
			    struct err *err);
/* new_file: as in struct context_question. */
must_check int context_conclude(struct context *c, const char *new_file,
				struct err *err);
void context_done(struct context *c);

/* Names of Dockerfiles, in any directory that is not itself waste: Dockerfile,
 * Dockerfile.x, x.Dockerfile, Containerfile; not those with an ignore file of
 * their own. The next one behind `from`, or CONTEXT_NONE. */
uint32_t context_next_dockerfile(const struct context *c, uint32_t from);
