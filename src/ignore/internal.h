/* SPDX-License-Identifier: Apache-2.0 */
/* ignore/internal.h - compiled ignore patterns, between the file that compiles
 * them and the one that runs them. */
#pragma once
#include "base/chars.h"
#include "ignore/program.h"

enum node_kind {
	NODE_CHAR,
	NODE_DOT,   /* anything but a line feed */
	NODE_CLASS, /* or its opposite */
	NODE_BEGIN, /* ^ */
	NODE_END,   /* $ */
	NODE_DIRS,  /* (.*\/)?: nothing, or anything up to a slash */
};

struct range {
	int32_t from, to;
};

struct node {
	enum node_kind kind;
	bool star; /* any number of times */
	bool negated;
	int32_t c;
	const struct range *ranges;
	size_t n_ranges;
};

/* One alternative; a match may start and end anywhere unless ^ and $ are
 * among the nodes. */
struct ignore_program {
	struct node *nodes;
	size_t n;
	bool begins;	       /* the first node is ^ */
	struct str start, end; /* literal bytes at both ends of the path */
	struct ignore_program *next;
};
