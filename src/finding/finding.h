/* SPDX-License-Identifier: Apache-2.0 */
/* finding/finding.h - what pare has to say about one place.
 *
 * One type for Dockerfiles, images and build contexts, so that a format, an
 * exit status or a screen is written once. A finding is data: it needs
 * neither the tree, the rule nor the parser that it came from, and it says
 * where it stands in one of two ways:
 *
 *	in a text	at, from, to: bytes, and the lines that people count
 *	in an image	layer, removed_in, paths: no file of the user's has it
 *
 * The strings belong to the program or to whoever made the list. */
#pragma once
#include <stdbool.h>

#include "base/severity.h"
#include "base/span.h"

/* A table's guess, or counted in an image. */
enum finding_bytes { BYTES_UNKNOWN, BYTES_ESTIMATE, BYTES_MEASURED };

/* Replaces a span of the text; an empty span is an insertion in front of
 * at.at, an empty replacement a deletion. */
struct finding_edit {
	struct span at;
	struct str replace;
};

enum finding_safety {
	FIX_SAFE,   /* the image means the same, or is provably smaller */
	FIX_UNSAFE, /* it may change what the image does */
};

/* Edits that cure the finding together: all of them are made, or none. */
struct finding_fix {
	enum finding_safety safety;
	const struct finding_edit *edits;
	size_t n;
};

enum { FINDING_NO_LAYER = UINT32_MAX };

struct finding {
	/* Of the rule, as far as a reader of the finding wants to know it. */
	const char *id;	     /* "DL3008", "PARE-REMOVED", "SC2086" */
	const char *alias;   /* the same check's other name; or NULL */
	const char *summary; /* what the rule finds, a phrase */
	enum severity usual; /* before configuration */
	/* Two names stand for two checks, and only the one that id says has
	 * the case: the alias does not mean this finding. */
	bool sole;

	enum severity severity; /* after configuration */
	struct str message;	/* one sentence, no full stop */
	const char *remedy;	/* what to do; NULL: the rule's page tells */

	struct span at;		  /* in a text */
	struct text_pos from, to; /* the same; to is exclusive */

	uint32_t layer;		 /* in an image, from 0 */
	uint32_t removed_in;	 /* FINDING_NO_LAYER: no later layer did it */
	const struct str *paths; /* without "/" in front; the costliest */
	uint32_t n_paths;
	uint64_t n_paths_all; /* n_paths of them are listed */

	uint64_t bytes;
	enum finding_bytes bytes_source;
	const char *basis; /* what an estimate rests on; or NULL */
	/* The cache, or the row of estimates, whose bytes these are: others of
	 * the list may tell of the same, and one of them has them. NULL: they
	 * are this finding's alone. */
	const char *shared;
	/* Where nothing is known of the user's own files, but what the same
	 * came to elsewhere: 0, or bytes that enter no sum, and of what. */
	uint64_t typical;
	const char *typical_of;
	bool has_compressed; /* the layer is stored compressed */
	uint64_t compressed; /* what bytes cost in the layer's blob */

	const struct finding_fix *fix; /* NULL: no code makes one */
};

enum finding_subject { FINDING_IN_FILE, FINDING_IN_IMAGE };

/* All that was found in one subject, in the order to be shown. */
struct finding_list {
	enum finding_subject subject;
	struct str path; /* the file's or the image's, as the user named it */
	struct str text; /* of a file; empty when nothing was found */
	const uint32_t *lines; /* offset of each line's first byte */
	uint32_t n_lines;
	struct finding *findings;
	size_t n;
	size_t n_suppressed;   /* by comments in the file */
	size_t n_small;	       /* left out for what little they cost */
	bool must_fail;	       /* the file says that a finding is an error */
	const struct err *err; /* it could not be read; NULL: it was */
};

/* "error", "warning", "info", "style": as all outputs write them. */
extern const char *const finding_severity_name[];
/* "safe", "unsafe"; NULL where there is no fix. */
const char *finding_fix_name(const struct finding *f);
/* "estimate", "measured"; NULL where no figure is known. */
const char *finding_bytes_name(const struct finding *f);
/* What it costs; 0 where no figure is known. */
uint64_t finding_cost(const struct finding *f);
/* All of the list together; UINT64_MAX where that is too much. */
uint64_t finding_list_cost(const struct finding_list *l);
/* The rule's other name, where that means this finding; or NULL. */
const char *finding_alias(const struct finding *f);
