/* SPDX-License-Identifier: Apache-2.0 */
#include "json/check.h"

#include <stdlib.h>

#include "base/checked.h"
#include "json/key.h"
#include "json/scan.h"

int json_check_shape(struct str text, const struct limits *lim, size_t *depth,
		     struct err *err)
{
	struct json_token t;
	size_t open = 0, deepest = 0, values = 0;
	for (size_t at = 0; json_scan(text, &at, &t);) {
		if ((t.kind == '}' || t.kind == ']') && open > 0)
			open--;
		if (t.kind == '{' || t.kind == '[')
			deepest = MAX(deepest, ++open);
		if (deepest > lim->json_depth_max)
			return limits_exceeded(lim, &lim->json_depth_max,
					       deepest, err);
		/* Every value but the first of its array or object has a
		 * comma before it. */
		if (t.kind == ',' || t.kind == '{' || t.kind == '[')
			values++;
		if (values > JSON_VALUES_MAX)
			return err_set(err, ERR_LIMIT,
				       "over %d values in one JSON document",
				       JSON_VALUES_MAX);
	}
	*depth = deepest;
	return 0;
}

struct seen_key {
	struct json_key key;
	uint64_t hash; /* comparing it first is what makes the sort quick */
	size_t at;     /* of its opening quote */
};

/* Keys of all objects that are open, the outermost first; frames tell where
 * those of each one begin. An array has a frame with no keys. */
struct twins {
	struct seen_key *keys;
	size_t n_keys, cap_keys;
	size_t *frames;
	size_t n_frames;
};

static void twins_done(struct twins *w)
{
	free(w->keys);
	free(w->frames);
	*w = (struct twins){ 0 };
}

static int push_key(struct twins *w, struct str inside, size_t at,
		    struct err *err)
{
	if (w->n_keys == w->cap_keys) {
		size_t cap = MAX(w->cap_keys * 2, (size_t)64), bytes;
		struct seen_key *grown = NULL;
		if (!ckd_mul(&bytes, cap, sizeof *grown))
			grown = realloc(w->keys, bytes);
		if (!grown)
			return err_nomem(err, cap);
		w->keys = grown;
		w->cap_keys = cap;
	}
	struct json_key k = { inside, true };
	w->keys[w->n_keys++] = (struct seen_key){ k, json_key_hash(k), at };
	return 0;
}

static int by_folded_key(const void *a, const void *b)
{
	const struct seen_key *x = a, *y = b;
	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	int c = json_key_cmp(x->key, y->key, true);
	return c ? c : (x->at > y->at) - (x->at < y->at);
}

/* The later one of two keys that are one, of several pairs the first in the
 * text: hashes have another order in every process. NULL: there are none. */
static const struct seen_key *find_twin(const struct seen_key *k, size_t n)
{
	const struct seen_key *twin = NULL;
	for (size_t i = 1; i < n; i++)
		if (k[i - 1].hash == k[i].hash &&
		    json_key_cmp(k[i - 1].key, k[i].key, true) == 0 &&
		    (!twin || k[i].at < twin->at))
			twin = &k[i];
	return twin;
}

/* The innermost object or array ends. */
static int pop_frame(struct twins *w, struct err *err)
{
	size_t first = w->frames[--w->n_frames], n = w->n_keys - first;
	w->n_keys = first;
	if (n < 2)
		return 0;
	struct seen_key *k = w->keys + first;
	qsort(k, n, sizeof *k, by_folded_key);
	const struct seen_key *twin = find_twin(k, n);
	if (!twin)
		return 0;
	return err_set(err, ERR_CORRUPT,
		       "JSON keys \"%s\" at byte %zu and \"%s\" at byte %zu "
		       "differ in case alone",
		       str_quoted(twin[-1].key.text).text, twin[-1].at,
		       str_quoted(twin->key.text).text, twin->at);
}

static bool is_followed_by_colon(struct str text, size_t at)
{
	struct json_token t;
	return json_scan(text, &at, &t) && t.kind == ':';
}

int json_check_twins(struct str text, size_t depth, struct err *err)
{
	scoped(twins_done) struct twins w = { 0 };
	struct json_token t;
	w.frames = calloc(depth + 1, sizeof *w.frames);
	if (!w.frames)
		return err_nomem(err, depth);
	for (size_t at = 0; json_scan(text, &at, &t);) {
		if ((t.kind == '{' || t.kind == '[') && w.n_frames < depth)
			w.frames[w.n_frames++] = w.n_keys;
		if ((t.kind == '}' || t.kind == ']') && w.n_frames > 0 &&
		    pop_frame(&w, err) < 0)
			return -1;
		/* A colon follows keys and nothing else. */
		if (t.kind == JSON_MARK_STRING &&
		    is_followed_by_colon(text, at) &&
		    push_key(&w, json_token_inside(text, t), t.at.start, err) <
			    0)
			return -1;
	}
	return 0;
}
