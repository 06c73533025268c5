/* SPDX-License-Identifier: Apache-2.0 */
#include "json/write.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "json/base64.h"

void json_out_begin(struct json_out *o, struct buf *to, bool pretty)
{
	*o = (struct json_out){ .to = to, .pretty = pretty, .first = true };
}

/* After an error nothing more is written; it stays in o->err. */
static void raw(struct json_out *o, struct str s)
{
	if (o->err.code == ERR_NONE && buf_str_add(o->to, s, &o->err) < 0)
		return;
}

static void new_line(struct json_out *o)
{
	if (!o->pretty)
		return;
	raw(o, STR("\n"));
	for (unsigned i = 0; i < o->depth; i++)
		raw(o, STR("  "));
}

/* What stands between the last value and the next key or value. */
static void separate(struct json_out *o)
{
	if (o->after_key) {
		o->after_key = false;
		return;
	}
	if (!o->first)
		raw(o, STR(","));
	o->first = false;
	if (o->depth > 0)
		new_line(o);
}

static void open_with(struct json_out *o, struct str bracket)
{
	separate(o);
	raw(o, bracket);
	o->depth++;
	o->first = true;
}

static void close_with(struct json_out *o, struct str bracket)
{
	bool empty = o->first;
	o->depth--;
	if (!empty)
		new_line(o);
	raw(o, bracket);
	o->first = false;
}

void json_open_object(struct json_out *o)
{
	open_with(o, STR("{"));
}

void json_close_object(struct json_out *o)
{
	close_with(o, STR("}"));
}

void json_open_array(struct json_out *o)
{
	open_with(o, STR("["));
}

void json_close_array(struct json_out *o)
{
	close_with(o, STR("]"));
}

static void quoted(struct json_out *o, struct str s)
{
	if (o->err.code == ERR_NONE && json_add_quoted(o->to, s, &o->err) < 0)
		return;
}

void json_key(struct json_out *o, const char *key)
{
	separate(o);
	quoted(o, str_of(key));
	raw(o, o->pretty ? STR(": ") : STR(":"));
	o->after_key = true;
}

void json_put_str(struct json_out *o, struct str s)
{
	separate(o);
	quoted(o, s);
}

void json_put_raw(struct json_out *o, struct str json)
{
	separate(o);
	raw(o, json);
}

void json_put_u64(struct json_out *o, uint64_t v)
{
	char text[24];
	snprintf(text, sizeof text, "%" PRIu64, v);
	json_put_raw(o, str_of(text));
}

void json_put_i64(struct json_out *o, int64_t v)
{
	char text[24];
	snprintf(text, sizeof text, "%" PRId64, v);
	json_put_raw(o, str_of(text));
}

void json_put_double(struct json_out *o, double v)
{
	char text[40];
	if (!isfinite(v)) {
		json_put_null(o);
		return;
	}
	for (int digits = 15; digits <= 17; digits++) {
		snprintf(text, sizeof text, "%.*g", digits, v);
		if (strtod(text, NULL) == v)
			break;
	}
	/* The locale's decimal point, of whatever bytes, becomes ".". */
	size_t head = strspn(text, "-0123456789e+");
	size_t mark = strcspn(text + head, "-0123456789e+");
	if (mark > 0) {
		text[head] = '.';
		memmove(text + head + 1, text + head + mark,
			strlen(text + head + mark) + 1);
	}
	json_put_raw(o, str_of(text));
}

void json_put_bool(struct json_out *o, bool v)
{
	json_put_raw(o, v ? STR("true") : STR("false"));
}

void json_put_null(struct json_out *o)
{
	json_put_raw(o, STR("null"));
}

void json_put_path(struct json_out *o, const char *key, struct str path)
{
	json_key(o, key);
	json_put_str(o, path);
	if (str_is_utf8(path) || o->err.code != ERR_NONE)
		return;
	scoped(buf_done) struct buf twin = BUF_INIT(SIZE_MAX);
	if (buf_addf(&twin, &o->err, "%s_b64", key) < 0)
		return;
	const char *name = buf_cstr(&twin);
	if (!name) {
		err_nomem(&o->err, twin.n);
		return;
	}
	json_key(o, name);
	separate(o);
	raw(o, STR("\""));
	if (o->err.code == ERR_NONE &&
	    json_base64_add(o->to, path, &o->err) < 0)
		return;
	raw(o, STR("\""));
}

void json_member_u64(struct json_out *o, const char *key, uint64_t v)
{
	json_key(o, key);
	json_put_u64(o, v);
}

void json_member_u64_if(struct json_out *o, const char *key, bool known,
			uint64_t v)
{
	json_key(o, key);
	if (known)
		json_put_u64(o, v);
	else
		json_put_null(o);
}

void json_member_str(struct json_out *o, const char *key, struct str s)
{
	json_key(o, key);
	json_put_str(o, s);
}

void json_member_name(struct json_out *o, const char *key, const char *name)
{
	json_key(o, key);
	if (name)
		json_put_str(o, str_of(name));
	else
		json_put_null(o);
}

int json_out_finish(struct json_out *o, struct err *err)
{
	if (o->err.code == ERR_NONE)
		return 0;
	*err = o->err;
	return -1;
}
