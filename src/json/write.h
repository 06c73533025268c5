/* SPDX-License-Identifier: Apache-2.0 */
/* json/write.h - JSON of our own, written as it comes.
 *
 * struct json_out puts commas and (when pretty) indentation; nesting is the
 * caller's: each begin has its end. Errors stick in the buffer's err and are
 * looked at once, by json_out_finish. */
#pragma once
#include "base/str.h"

struct json_out {
	struct buf *to; /* borrowed */
	struct err err;
	bool pretty; /* two blanks a level, one member a line */
	bool first, after_key;
	unsigned depth;
};

void json_out_begin(struct json_out *o, struct buf *to, bool pretty);
void json_open_object(struct json_out *o);
void json_close_object(struct json_out *o);
void json_open_array(struct json_out *o);
void json_close_array(struct json_out *o);
void json_key(struct json_out *o, const char *key);
void json_put_str(struct json_out *o, struct str s); /* invalid UTF-8: U+FFFD */
void json_put_u64(struct json_out *o, uint64_t v);
void json_put_i64(struct json_out *o, int64_t v);
/* The shortest form that reads back: 1 is "1"; no number (NaN) is null. */
void json_put_double(struct json_out *o, double v);
void json_put_bool(struct json_out *o, bool v);
void json_put_null(struct json_out *o);
void json_put_raw(struct json_out *o, struct str json);
/* "path": the bytes as UTF-8, and "path_b64" beside it when they are not. */
void json_put_path(struct json_out *o, const char *key, struct str path);
/* Key and value of a member. */
void json_member_u64(struct json_out *o, const char *key, uint64_t v);
/* Not known: null. */
void json_member_u64_if(struct json_out *o, const char *key, bool known,
			uint64_t v);
void json_member_str(struct json_out *o, const char *key, struct str s);
/* NULL: null. */
void json_member_name(struct json_out *o, const char *key, const char *name);
must_check int json_out_finish(struct json_out *o, struct err *err);

/* One string with its quotes, as json_put_str writes it. */
must_check int json_add_quoted(struct buf *to, struct str s, struct err *err);
