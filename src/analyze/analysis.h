/* SPDX-License-Identifier: Apache-2.0 */
/* analyze/analysis.h - what pare has to say about one image.
 *
 * Findings of dead bytes are additive: each dead byte is in exactly one, so
 * their bytes sum to totals.dead. */
#pragma once
#include "base/arena.h"
#include "finding/finding.h"
#include "tree/load.h"

enum {
	ANALYSIS_PATHS_MAX = 20, /* listed of a finding */
	COSTLIEST_MAX = 20
};

/* A dead copy: an inode that lost its last name. */
struct dead_copy {
	uint32_t inode; /* entry of the tree */
	uint64_t bytes, compressed;
};

struct analysis {
	const struct loaded_image *loaded;
	struct tree_totals totals;
	uint32_t n_base;
	const char *base_why;
	struct finding *findings;
	uint32_t n_findings, cap_findings;
	struct dead_copy costliest[COSTLIEST_MAX];
	uint32_t n_costliest;
	struct arena texts; /* of the findings */
	/* What a command drops of the stored bytes, exactly, and its line; set
	 * by who can plan it. */
	uint64_t gain;
	struct str gain_by; /* borrowed */
};

void analyze_done(struct analysis *a);
/* The loaded image is borrowed; its tree gets notes, so once an image. */
must_check int analyze_image(const struct loaded_image *li, uint32_t n_base,
			     const char *base_why, struct analysis *out,
			     struct err *err);
/* live / stored; 1 where nothing is stored. */
double analyze_efficiency(const struct tree_totals *t);
