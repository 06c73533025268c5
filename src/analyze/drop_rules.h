/* SPDX-License-Identifier: Apache-2.0 */
/* analyze/drop_rules.h - what a user may ask to be left out of an image, as
 * data: docs/drop-rules.md tells it to people.
 *
 * A rule has places: a directory (`root`) and which names below it go. Parts of
 * root are compared from its end; with "**" in front it may stand anywhere.
 * "*" stands for any bytes of one name. */
#pragma once
#include <stddef.h>

enum place_flags {
	PLACE_DIRS = 1 << 0,	 /* directories below that get empty go, too */
	PLACE_ROOT = 1 << 1,	 /* and the root itself */
	PLACE_FILES = 1 << 2,	 /* regular files alone: no links */
	PLACE_DEEP = 1 << 3,	 /* nothing that lies in the root itself */
	PLACE_FLAT = 1 << 4,	 /* only what lies in the root itself */
	PLACE_OWNED = 1 << 5,	 /* files of user 0 that are not empty */
	PLACE_DANGLE = 1 << 6,	 /* links from elsewhere do not save a file */
	PLACE_SOURCE = 1 << 7,	 /* bytecode whose source stands there */
	PLACE_LANGUAGE = 1 << 8, /* but not the languages of the environment */
};

struct drop_place {
	const char *root;
	const char *take;  /* names, blanks between; NULL: all */
	const char *keep;  /* names that stay, whatever their case */
	const char *holds; /* a name that the root must hold; or NULL */
	unsigned flags;
};

enum drop_preset { DROP_CACHES = 1 << 0, DROP_RUNTIME = 1 << 1 };

enum { DROP_PLACES_MAX = 14, DROP_RULES_MAX = 64 };

struct drop_rule {
	const char *name;
	const char *holds;  /* what it is, a phrase */
	const char *breaks; /* what does not work then, a phrase */
	unsigned presets;
	struct drop_place places[DROP_PLACES_MAX]; /* ends with root NULL */
};

extern const struct drop_rule drop_rules[];
extern const size_t n_drop_rules;
extern const struct drop_preset_word {
	const char *name, *holds;
	unsigned bit;
} drop_presets[2];
