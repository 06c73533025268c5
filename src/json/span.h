/* SPDX-License-Identifier: Apache-2.0 */
/* json/span.h - where the parts of a JSON text stand, to replace some and
 * keep every other byte. Only for texts that json_parse accepted. */
#pragma once
#include "base/str.h"
#include "json/scan.h"

static inline struct str json_span_str(struct str text, struct json_span s)
{
	return (struct str){ text.p + s.start, s.end - s.start };
}

/* The members of an object or the elements of an array, in order. */
struct json_walk {
	struct str text;
	size_t at;
	bool object, started;
};
struct json_item {
	struct str key; /* as between its quotes, see json/key.h; or empty */
	struct json_span value;
};
/* text is one object or array; ERR_CORRUPT when it is neither. */
must_check int json_walk_begin(struct json_walk *w, struct str text,
			       struct err *err);
/* 1: got one; 0: the end; -1: ERR_CORRUPT. */
must_check int json_walk_next(struct json_walk *w, struct json_item *out,
			      struct err *err);

/* The value of a key of the top-level object (escapes in keys are decoded).
 * 1: found; 0: no such key; -1: not an object. */
must_check int json_span_of(struct str text, const char *key,
			    struct json_span *value, struct err *err);

/* One member of the new top-level object. */
struct json_edit {
	const char *key;
	struct str value; /* JSON text */
};
/* Writes text with the values of the given keys replaced; a key that is not
 * there is appended as the last member. All other bytes stay. */
must_check int json_splice(struct str text, const struct json_edit *edits,
			   size_t n_edits, struct buf *out, struct err *err);

/* NULL ends keys. Writes text without these members of the top-level object;
 * all other bytes stay, but for the comma that goes with each. */
must_check int json_remove(struct str text, const char *const *keys,
			   struct buf *out, struct err *err);
