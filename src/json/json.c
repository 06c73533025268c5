/* SPDX-License-Identifier: Apache-2.0 */
#include "json/json.h"

#include <inttypes.h>
#include <limits.h>

#include "json/check.h"
#include "json/key.h"

static int report(const json_error_t *e, struct err *err)
{
	switch (json_error_code(e)) {
	case json_error_out_of_memory:
		return err_set(err, ERR_NOMEM, "out of memory (JSON)");
	case json_error_stack_overflow:
		return err_set(err, ERR_LIMIT,
			       "JSON at byte %d (line %d): nested too deep",
			       e->position, e->line);
	default:
		break;
	}
	/* What follows "near" repeats bytes of the document. */
	struct str what = str_of(e->text);
	const char *near = strstr(e->text, " near ");
	if (near)
		what.n = (size_t)(near - e->text);
	return err_set(err, ERR_CORRUPT, "JSON at byte %d (line %d): %.*s",
		       e->position, e->line, STR_ARG(what));
}

int json_parse(struct str text, const struct limits *lim,
	       const uint64_t *size_max, json_t **out, struct err *err)
{
	json_error_t e;
	size_t depth;
	if (text.n > *size_max)
		return limits_exceeded(lim, size_max, text.n, err);
	if (text.n > INT_MAX) /* jansson counts positions in an int */
		return err_set(err, ERR_LIMIT, "a JSON document over 2 GiB");
	if (str_starts(text, STR("\xef\xbb\xbf")))
		return err_set(err, ERR_CORRUPT,
			       "JSON begins with a byte order mark");
	if (json_check_shape(text, lim, &depth, err) < 0)
		return -1;
	scoped(json_free) json_t *doc =
		json_loadb(text.p ? text.p : "", text.n,
			   JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &e);
	if (!doc)
		return report(&e, err);
	if (json_check_twins(text, depth, err) < 0)
		return -1;
	*out = take(&doc);
	return 0;
}

void json_free(json_t **doc)
{
	json_decref(*doc);
	*doc = NULL;
}

static const char *type_text(const json_t *v)
{
	switch (json_typeof(v)) {
	case JSON_OBJECT:
		return "an object";
	case JSON_ARRAY:
		return "an array";
	case JSON_STRING:
		return "a string";
	case JSON_INTEGER:
		return "an integer";
	case JSON_REAL:
		return "a number with a fraction or an exponent";
	case JSON_TRUE:
	case JSON_FALSE:
		return "a boolean";
	default:
		return "null";
	}
}

static int refuse_other_case(const json_t *obj, const char *key,
			     struct err *err)
{
	struct json_key want = { str_of(key), false };
	void *it = json_object_iter((json_t *)(uintptr_t)obj);
	for (; it; it = json_object_iter_next((json_t *)(uintptr_t)obj, it)) {
		struct json_key k = { str_of(json_object_iter_key(it)), false };
		if (json_key_cmp(k, want, true) == 0)
			return err_set(err, ERR_CORRUPT,
				       "key \"%s\" should be spelled \"%s\"",
				       str_quoted(k.text).text, key);
	}
	return 0;
}

static int find(const json_t *obj, const char *key, json_t **v, struct err *err)
{
	if (!json_is_object(obj))
		return err_set(err, ERR_CORRUPT,
			       "expected an object with \"%s\", not %s", key,
			       obj ? type_text(obj) : "nothing");
	*v = json_object_get(obj, key);
	if (!*v)
		return refuse_other_case(obj, key, err);
	return 1;
}

int json_has(const json_t *obj, const char *key, struct err *err)
{
	json_t *v;
	return find(obj, key, &v, err);
}

/* 1 with *v, 0 when missing or null, -1. */
static int get(const json_t *obj, const char *key, json_t **v, struct err *err)
{
	int r = find(obj, key, v, err);
	return r > 0 ? !json_is_null(*v) : r;
}

static int wrong_type(const char *key, const json_t *v, const char *want,
		      struct err *err)
{
	return err_set(err, ERR_CORRUPT, "\"%s\" is %s, expected %s", key,
		       type_text(v), want);
}

int json_get_str(const json_t *obj, const char *key, struct str *out,
		 struct err *err)
{
	json_t *v;
	int r = get(obj, key, &v, err);
	if (r <= 0)
		return r;
	if (!json_is_string(v))
		return wrong_type(key, v, "a string", err);
	*out = (struct str){ json_string_value(v), json_string_length(v) };
	return 1;
}

int json_get_u64(const json_t *obj, const char *key, uint64_t *out,
		 struct err *err)
{
	json_t *v;
	int r = get(obj, key, &v, err);
	if (r <= 0)
		return r;
	if (!json_is_integer(v))
		return wrong_type(key, v, "an integer", err);
	if (json_integer_value(v) < 0)
		return err_set(err, ERR_CORRUPT,
			       "\"%s\" is %" JSON_INTEGER_FORMAT
			       ", expected 0 or more",
			       key, json_integer_value(v));
	*out = (uint64_t)json_integer_value(v);
	return 1;
}

int json_get_bool(const json_t *obj, const char *key, bool *out,
		  struct err *err)
{
	json_t *v;
	int r = get(obj, key, &v, err);
	if (r <= 0)
		return r;
	if (!json_is_boolean(v))
		return wrong_type(key, v, "true or false", err);
	*out = json_is_true(v);
	return 1;
}

int json_get_array(const json_t *obj, const char *key, json_t **out,
		   struct err *err)
{
	json_t *v;
	int r = get(obj, key, &v, err);
	if (r <= 0)
		return r;
	if (!json_is_array(v))
		return wrong_type(key, v, "an array", err);
	*out = v;
	return 1;
}

int json_get_object(const json_t *obj, const char *key, json_t **out,
		    struct err *err)
{
	json_t *v;
	int r = get(obj, key, &v, err);
	if (r <= 0)
		return r;
	if (!json_is_object(v))
		return wrong_type(key, v, "an object", err);
	*out = v;
	return 1;
}
