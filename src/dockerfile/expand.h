/* SPDX-License-Identifier: Apache-2.0 */
/* dockerfile/expand.h - variables, quotes and escapes in Dockerfile words.
 *
 * BuildKit's lexer, down to its corners: $name, ${name} and the modifiers
 * :- - :+ + :? ? # ## % %% / //; single quotes take all as it is; in double
 * quotes the escape character counts before ", $ and itself only. $1, $@ and
 * the other special parameters are names like others. Patterns know *, ? and
 * a backslash, no brackets. One known difference: a letter beyond ASCII ends
 * a name. Nesting deeper than EXPAND_DEPTH_MAX is ERR_LIMIT. */
#pragma once
#include "base/arena.h"
#include "base/span.h"
#include "dockerfile/expand_fault.h"

enum { EXPAND_DEPTH_MAX = 64, EXPAND_MAX = 1 << 20 };

enum expand_how {
	EXPAND_RAW_QUOTES = 1,	/* quotes stay in the result */
	EXPAND_RAW_ESCAPES = 2, /* and so do escape characters */
	EXPAND_NO_QUOTES = 4,	/* quotes mean nothing: heredoc bodies */
	EXPAND_KEEP_UNSET = 8,	/* $x stays when x is not set */
};

struct expand {
	char escape;  /* '\\' or '`' */
	unsigned how; /* of expand_how */
	/* Whether a variable is set, and to what. NULL: none is. */
	bool (*get)(void *self, struct str name, struct str *value);
	/* Told of each variable used, when not NULL; at is within source. */
	void (*seen)(void *self, struct str name, struct span at, bool set);
	void *self;
	/* Set on ERR_CORRUPT and ERR_NOT_FOUND, when not NULL. */
	struct expand_fault *fault;
};

/* A word after expansion and where in the source it came from. */
struct expand_word {
	struct str text; /* in the arena */
	struct span at;
};

/* Appends the value of source. ERR_CORRUPT: quote or brace without end, bad
 * modifier or pattern; ERR_NOT_FOUND: ${x:?message}; ERR_LIMIT. */
must_check int dockerfile_expand_text(const struct expand *x, struct str source,
				      struct buf *out, struct err *err);
/* The same, split at white space outside quotes after expansion. */
must_check int dockerfile_expand_words(const struct expand *x,
				       struct str source, struct arena *a,
				       struct expand_word **words, size_t *n,
				       struct err *err);
