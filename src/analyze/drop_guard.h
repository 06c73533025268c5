/* SPDX-License-Identifier: Apache-2.0 */
/* analyze/drop_guard.h - what a config says that a container needs (private to
 * drop.c): the files that its command line names, the directory that it works
 * in, the places and languages of its environment. */
#pragma once
#include "base/arena.h"
#include "tree/load.h"

enum guard_mark {
	GUARD_NONE,
	GUARD_FILE, /* stays */
	GUARD_DIR,  /* stays with all in it, where it lies below a place */
};

struct drop_guard {
	uint8_t *marks; /* node -> enum guard_mark */
	struct arena arena;
	struct str *languages; /* "de", of LANG=de_DE.UTF-8 */
	uint32_t n_languages, cap_languages;
};

void analyze_drop_guard_done(struct drop_guard *g);
must_check int analyze_read_drop_guard(const struct loaded_image *li,
				       struct drop_guard *out, struct err *err);
/* "de" of "de_DE.UTF-8@euro". */
struct str analyze_language_of(struct str locale);
