/* SPDX-License-Identifier: Apache-2.0 */
/* context/advice/advice.h - what is to be advised on, and the advice. */
#pragma once
#include "context/waste/reason.h"
#include "context/copies/mark_copied.h"

struct context_addition {
	struct str line; /* as it goes into the file */
	enum context_reason reason;
	struct context_sum saves;
};

struct context_advice {
	struct context_addition *v; /* by reason, then line */
	size_t n;
	struct context_sum saves;
	/* Names that no pattern can say, or too many of one directory. */
	size_t n_unspeakable;
};

struct context_scene {
	struct str words, brought; /* see words_around */
};

struct context_question {
	struct context_view *w; /* marked by every use */
	const uint16_t *rows;
	const struct ignore *ig; /* of text */
	struct str text;	 /* the ignore file; empty: none yet */
	const struct context_uses *uses;
	size_t n_uses;
	struct str words; /* of every Dockerfile (words.h) */
	/* Around every stage that takes the whole context. */
	const struct context_scene *scenes;
	size_t n_scenes;
	bool all_taken;	      /* no Dockerfile: as if it were COPY . . */
	const char *new_file; /* name of the ignore file to be made in DIR;
				* NULL: it is there, or lies elsewhere */
};
