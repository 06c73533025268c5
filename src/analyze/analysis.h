/* SPDX-License-Identifier: Apache-2.0 */
/* analyze/analysis.h - what pare has to say about one image.
 *
 * Findings of dead bytes are additive: each dead byte is in exactly one, so
 * their bytes sum to totals.dead. */
#pragma once
#include "base/arena.h"
#include "analyze/live.h"
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

/* What a command takes out of the stored bytes. */
enum { WINS_MAX = 3, WIN_PARTS_MAX = 3 };
struct win {
	const char *drop; /* --drop; or NULL */
	bool base_none;	  /* --base none */
	bool any;	  /* --min-gain 0: with the default nothing is won */
	uint64_t bytes;	  /* exactly what the command wins */
	uint64_t more;	  /* of them, what the first command does not */
	bool has_compressed;
	/* About: shares of the blobs of today. Of bytes and of more. */
	uint64_t compressed, compressed_more;
	struct win_part {
		const char *rule; /* of --drop */
		uint64_t bytes;
	} parts[WIN_PARTS_MAX]; /* the costliest first */
	size_t n_parts, n_parts_all;
	struct str command; /* borrowed: a line for a shell */
};

struct analysis {
	const struct loaded_image *loaded;
	struct tree_totals totals;
	struct live live;
	uint32_t n_base;
	const char *base_why;
	struct finding *findings;
	uint32_t n_findings, cap_findings;
	struct dead_copy costliest[COSTLIEST_MAX];
	uint32_t n_costliest;
	struct arena texts; /* of the findings */
	/* The cheapest in consequences first; set by who can plan them. */
	struct win wins[WINS_MAX];
	uint32_t n_wins;
};

void analyze_done(struct analysis *a);
/* The loaded image is borrowed; its tree gets notes, so once an image. */
must_check int analyze_image(const struct loaded_image *li, uint32_t n_base,
			     const char *base_why, struct analysis *out,
			     struct err *err);
/* live / stored; 1 where nothing is stored. */
double analyze_efficiency(const struct tree_totals *t);
