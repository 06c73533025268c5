/* SPDX-License-Identifier: Apache-2.0 */
/* json/json.h - strict reading of untrusted JSON documents.
 *
 * jansson validates (RFC 8259; duplicate keys, trailing bytes, invalid UTF-8
 * and numbers beyond int64 are errors). Keys of one object that are equal
 * after ASCII case folding are an error as well, since Go readers would pick
 * another one than we do. \u0000 is accepted in strings (Go does), never in
 * keys; a byte order mark is refused, as Go refuses it. */
#pragma once
#include <jansson.h>

#include "base/limits.h"
#include "base/str.h"

/* *out is a new reference, released with json_free. size_max is the limit
 * field that the document's length is held against (manifest or config). */
must_check int json_parse(struct str text, const struct limits *lim,
			  const uint64_t *size_max, json_t **out,
			  struct err *err);
void json_free(json_t **doc); /* json_decref, for scoped() */

/* Typed getters on an object. 1: there; 0: missing or null; -1: another type,
 * or the key stands there in another case (a Go reader would take it),
 * ERR_CORRUPT naming the key. Borrowed from the document. */
/* Of any type, null too. */
must_check int json_has(const json_t *obj, const char *key, struct err *err);
must_check int json_get_str(const json_t *obj, const char *key, struct str *out,
			    struct err *err);
must_check int json_get_u64(const json_t *obj, const char *key, uint64_t *out,
			    struct err *err);
must_check int json_get_bool(const json_t *obj, const char *key, bool *out,
			     struct err *err);
must_check int json_get_array(const json_t *obj, const char *key, json_t **out,
			      struct err *err);
must_check int json_get_object(const json_t *obj, const char *key, json_t **out,
			       struct err *err);
