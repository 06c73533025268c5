/* SPDX-License-Identifier: Apache-2.0 */
#include "json/span.h"

#include "json/key.h"
#include "json/scan.h"
#include "json/write.h"

static int unexpected(size_t at, const char *want, struct err *err)
{
	return err_set(err, ERR_CORRUPT, "JSON at byte %zu: expected %s", at,
		       want);
}

int json_walk_begin(struct json_walk *w, struct str text, struct err *err)
{
	struct json_token t;
	size_t at = 0;
	if (!json_scan(text, &at, &t) || (t.kind != '{' && t.kind != '['))
		return unexpected(at, "an object or an array", err);
	*w = (struct json_walk){ text, at, t.kind == '{', false };
	return 0;
}

/* Reads the key and its colon when the walk is through an object. */
static int walk_key(struct json_walk *w, struct str *key, struct err *err)
{
	struct json_token t;
	*key = (struct str){ 0 };
	if (!w->object)
		return 0;
	if (!json_scan(w->text, &w->at, &t) || t.kind != JSON_MARK_STRING)
		return unexpected(w->at, "a key", err);
	*key = json_token_inside(w->text, t);
	if (!json_scan(w->text, &w->at, &t) || t.kind != ':')
		return unexpected(w->at, "a colon", err);
	return 0;
}

int json_walk_next(struct json_walk *w, struct json_item *out, struct err *err)
{
	struct json_token t;
	size_t at = w->at;
	if (!json_scan(w->text, &at, &t))
		return unexpected(at, "a closing bracket", err);
	if (t.kind == (w->object ? '}' : ']'))
		return 0;
	if (w->started) {
		if (t.kind != ',')
			return unexpected(t.at.start, "a comma", err);
		w->at = at;
	}
	w->started = true;
	struct json_item item = { 0 };
	if (walk_key(w, &item.key, err) < 0)
		return -1;
	if (!json_scan_value(w->text, &w->at, &item.value))
		return unexpected(w->at, "a value", err);
	*out = item;
	return 1;
}

static int begin_object(struct json_walk *w, struct str text, struct err *err)
{
	if (json_walk_begin(w, text, err) < 0)
		return -1;
	return w->object ? 0 : unexpected(0, "an object", err);
}

int json_span_of(struct str text, const char *key, struct json_span *value,
		 struct err *err)
{
	struct json_walk w;
	struct json_item item;
	int r;
	if (begin_object(&w, text, err) < 0)
		return -1;
	while ((r = json_walk_next(&w, &item, err)) > 0) {
		if (!json_key_is(item.key, key))
			continue;
		*value = item.value;
		return 1;
	}
	return r;
}

static const struct json_edit *edit_of(const struct json_edit *edits, size_t n,
				       struct str key)
{
	for (size_t i = 0; i < n; i++)
		if (json_key_is(key, edits[i].key))
			return &edits[i];
	return NULL;
}

/* Members that the text does not have; any tells whether one stands before. */
static int append_missing(struct str text, const struct json_edit *edits,
			  size_t n_edits, bool any, struct buf *out,
			  struct err *err)
{
	struct json_span span;
	for (size_t i = 0; i < n_edits; i++) {
		int r = json_span_of(text, edits[i].key, &span, err);
		if (r < 0)
			return -1;
		if (r > 0)
			continue;
		if (any && buf_byte(out, ',', err) < 0)
			return -1;
		if (json_add_quoted(out, str_of(edits[i].key), err) < 0 ||
		    buf_byte(out, ':', err) < 0 ||
		    buf_str_add(out, edits[i].value, err) < 0)
			return -1;
		any = true;
	}
	return 0;
}

int json_splice(struct str text, const struct json_edit *edits, size_t n_edits,
		struct buf *out, struct err *err)
{
	struct json_walk w;
	struct json_item item;
	size_t copied = 0;
	int r;
	if (begin_object(&w, text, err) < 0)
		return -1;
	while ((r = json_walk_next(&w, &item, err)) > 0) {
		const struct json_edit *e = edit_of(edits, n_edits, item.key);
		if (!e)
			continue;
		struct json_span keep = { copied, item.value.start };
		if (buf_str_add(out, json_span_str(text, keep), err) < 0 ||
		    buf_str_add(out, e->value, err) < 0)
			return -1;
		copied = item.value.end;
	}
	if (r < 0)
		return -1;
	struct json_span keep = { copied, w.at };
	if (buf_str_add(out, json_span_str(text, keep), err) < 0 ||
	    append_missing(text, edits, n_edits, w.started, out, err) < 0)
		return -1;
	return buf_str_add(out, str_from(text, w.at), err);
}

static bool is_one_of(const char *const *keys, struct str key)
{
	for (; *keys; keys++)
		if (json_key_is(key, *keys))
			return true;
	return false;
}

static int copy(struct str text, size_t from, size_t to, struct buf *out,
		struct err *err)
{
	struct json_span keep = { from, to };
	return to > from ? buf_str_add(out, json_span_str(text, keep), err) : 0;
}

/* With each member goes the comma before it; with the first ones, the comma
 * behind. */
int json_remove(struct str text, const char *const *keys, struct buf *out,
		struct err *err)
{
	struct json_walk w;
	struct json_item item;
	size_t copied = 0, kept_end = 0; /* 0: none is kept yet */
	bool skips = false;
	int r;
	if (begin_object(&w, text, err) < 0)
		return -1;
	while ((r = json_walk_next(&w, &item, err)) > 0) {
		size_t start = (size_t)(item.key.p - text.p) - 1;
		if (!is_one_of(keys, item.key)) {
			copied = skips ? start : copied;
			skips = false;
			kept_end = item.value.end;
			continue;
		}
		if (!skips && copy(text, copied, kept_end ? kept_end : start,
				   out, err) < 0)
			return -1;
		skips = kept_end == 0;
		copied = item.value.end;
	}
	if (r < 0)
		return -1;
	return copy(text, copied, text.n, out, err);
}
