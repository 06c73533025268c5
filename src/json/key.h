/* SPDX-License-Identifier: Apache-2.0 */
/* json/key.h - when two keys are the same key.
 *
 * Go's encoding/json matches struct fields by Unicode simple folding. Field
 * names are ASCII, so what can hit one is ASCII in another case, U+017F (long
 * s) and U+212A (Kelvin sign): those are folded here, nothing else. */
#pragma once
#include "base/str.h"

struct json_key {
	struct str text;
	bool escaped; /* as between the quotes of a JSON text: \u0041 is A */
};

/* By code points; with fold, after folding. */
int json_key_cmp(struct json_key a, struct json_key b, bool fold);
/* Equal for keys that are equal after folding. */
uint64_t json_key_hash(struct json_key k);
/* Text between quotes against a key of ours. */
bool json_key_is(struct str inside, const char *key);
