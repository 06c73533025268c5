/* SPDX-License-Identifier: Apache-2.0 */
#include "analyze/verify.h"

#include <stdlib.h>

#include "json/json.h"

struct config_compare {
	tree_difference_fn *fn;
	void *self;
	uint64_t n;
};

/* Equal values have equal text: keys are sorted, and blanks left out. */
static int value_text(const json_t *v, struct buf *out, struct err *err)
{
	buf_reset(out);
	if (!v)
		return 0;
	char *text =
		json_dumps(v, JSON_ENCODE_ANY | JSON_COMPACT | JSON_SORT_KEYS);
	if (!text)
		return err_nomem(err, 0);
	int r = buf_str_add(out, str_of(text), err);
	free(text);
	return r;
}

static int compare_value(struct config_compare *c, const char *prefix,
			 const char *key, const json_t *a, const json_t *b,
			 struct err *err)
{
	scoped(buf_done) struct buf field = BUF_INIT(1 << 20);
	scoped(buf_done) struct buf x = BUF_INIT(1 << 30);
	scoped(buf_done) struct buf y = BUF_INIT(1 << 30);
	if (value_text(a, &x, err) < 0 || value_text(b, &y, err) < 0)
		return -1;
	if (str_eq(buf_str(&x), buf_str(&y)))
		return 0;
	if (buf_addf(&field, err, "%s%s", prefix, key) < 0)
		return -1;
	const char *name = buf_cstr(&field);
	if (!name)
		return err_nomem(err, field.n);
	struct tree_difference d = { { 0 }, name, buf_str(&x), buf_str(&y) };
	c->n++;
	return c->fn ? c->fn(c->self, &d, err) : 0;
}

/* All keys of a, then those that only b has; "config" a level deeper. */
static int compare_objects(struct config_compare *c, const char *prefix,
			   json_t *a, json_t *b, struct err *err)
{
	const char *key;
	json_t *value;
	bool top = strcmp(prefix, "config:") == 0;
	json_object_foreach(a, key, value)
	{
		json_t *other = json_object_get(b, key);
		int r;
		if (top && strcmp(key, "config") == 0 && json_is_object(other))
			r = compare_objects(c, "config:config.", value, other,
					    err);
		else
			r = compare_value(c, prefix, key, value, other, err);
		if (r < 0)
			return -1;
	}
	json_object_foreach(b, key,
			    value) if (!json_object_get(a, key) &&
				       compare_value(c, prefix, key, NULL,
						     value, err) < 0) return -1;
	return 0;
}

static int canonical(const struct image *img, const struct limits *lim,
		     json_t **out, struct err *err)
{
	scoped(buf_done) struct buf text =
		BUF_INIT((size_t)lim->config_max * 8);
	struct limits wide = *lim;
	wide.config_max = text.max;
	if (oci_canonical_config(img->config.text, lim, &text, err) < 0)
		return err_ctx(err, "%.*s", STR_ARG(img->name));
	return json_parse(buf_str(&text), &wide, &wide.config_max, out, err);
}

int analyze_verify(const struct loaded_image *a, const struct loaded_image *b,
		   unsigned ignore, bool ignore_config, tree_difference_fn *fn,
		   void *self, uint64_t *n, struct err *err)
{
	scoped(json_free) json_t *x = NULL, *y = NULL;
	struct config_compare c = { fn, self, 0 };
	if (tree_compare(a->tree, b->tree, ignore, fn, self, n, err) < 0)
		return -1;
	if (ignore_config)
		return 0;
	if (canonical(a->image, tree_limits(a->tree), &x, err) < 0 ||
	    canonical(b->image, tree_limits(b->tree), &y, err) < 0 ||
	    compare_objects(&c, "config:", x, y, err) < 0)
		return -1;
	*n += c.n;
	return 0;
}
