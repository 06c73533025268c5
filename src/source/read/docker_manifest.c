/* SPDX-License-Identifier: Apache-2.0 */
#include "source/read/docker_manifest.h"

#include <inttypes.h>

#include "json/key.h"
#include "oci/full_name.h"

/* What a message says of several images; it is cut behind that anyway. */
enum { LIST_MAX = 300 };

/* The key as the document spells it: Go's decoder, which all its readers use,
 * takes "repoTags" for RepoTags. json_parse refused two that differ in case
 * alone, as readers would differ in which of them counts. */
static const char *spelled(const json_t *obj, const char *key)
{
	const struct json_key want = { str_of(key), false };
	const char *is;
	json_t *value;
	json_object_foreach((json_t *)obj, is, value)
	{
		const struct json_key k = { str_of(is), false };
		if (json_key_cmp(k, want, true) == 0)
			return is;
	}
	return key;
}

int source_docker_entry_str(const struct docker_entry *e, const char *key,
			    struct str *out, struct err *err)
{
	return json_get_str(e->obj, spelled(e->obj, key), out, err);
}

int source_docker_entry_array(const struct docker_entry *e, const char *key,
			      json_t **out, struct err *err)
{
	return json_get_array(e->obj, spelled(e->obj, key), out, err);
}

int source_docker_entry_object(const struct docker_entry *e, const char *key,
			       json_t **out, struct err *err)
{
	return json_get_object(e->obj, spelled(e->obj, key), out, err);
}

int source_docker_manifest_entry(const json_t *list, size_t i,
				 struct docker_entry *out, struct err *err)
{
	*out = (struct docker_entry){ .obj = json_array_get(list, i) };
	if (!json_is_object(out->obj))
		return err_set(err, ERR_CORRUPT,
			       "manifest.json: element %zu is not an object",
			       i);
	if (source_docker_entry_array(out, "RepoTags", &out->tags, err) < 0)
		return err_ctx(err, "manifest.json: element %zu", i);
	return 0;
}

int source_docker_string(const json_t *list, size_t i, const char *what,
			 struct str *out, struct err *err)
{
	const json_t *v = json_array_get(list, i);
	if (!json_is_string(v))
		return err_set(err, ERR_CORRUPT,
			       "manifest.json: %s[%zu] is not a string", what,
			       i);
	*out = (struct str){ json_string_value(v), json_string_length(v) };
	return 0;
}

/* Does the image bear the name? */
static int is_named(const struct docker_entry *e, struct str name,
		    struct err *err)
{
	struct str tag;
	for (size_t i = 0; i < json_array_size(e->tags); i++) {
		if (source_docker_string(e->tags, i, "RepoTags", &tag, err) < 0)
			return -1;
		if (oci_name_same(tag, name))
			return 1;
	}
	return 0;
}

/* Is it the name of another image, too? */
static int is_shared(const json_t *list, size_t i, struct str tag,
		     struct err *err)
{
	struct docker_entry e;
	int r = 0;
	for (size_t k = 0; r == 0 && k < json_array_size(list); k++) {
		if (k == i)
			continue;
		r = source_docker_manifest_entry(list, k, &e, err);
		if (r == 0)
			r = is_named(&e, tag, err);
	}
	return r;
}

static int list_tags(const json_t *list, size_t i, const struct docker_entry *e,
		     struct buf *out, struct err *err)
{
	struct str tag;
	for (size_t k = 0; k < json_array_size(e->tags) && out->n < LIST_MAX;
	     k++) {
		if (source_docker_string(e->tags, k, "RepoTags", &tag, err) < 0)
			return -1;
		int shared = is_shared(list, i, tag, err);
		if (shared < 0 || buf_addf(out, err, "%s%s", out->n ? ", " : "",
					   str_quoted(tag).text) < 0)
			return -1;
		if (shared && buf_addf(out, err, " (@%zu)", i) < 0)
			return -1;
	}
	return 0;
}

static int list_images(const json_t *list, struct buf *out, struct err *err)
{
	struct docker_entry e;
	for (size_t i = 0; i < json_array_size(list) && out->n < LIST_MAX;
	     i++) {
		if (source_docker_manifest_entry(list, i, &e, err) < 0)
			return -1;
		if (json_array_size(e.tags) == 0 &&
		    buf_addf(out, err, "%s@%zu", out->n ? ", " : "", i) < 0)
			return -1;
		if (list_tags(list, i, &e, out, err) < 0)
			return -1;
	}
	return 0;
}

static int refuse(const json_t *list, enum err_code code, const char *what,
		  struct err *err)
{
	scoped(buf_done) struct buf names = BUF_INIT(8 << 20);
	if (list_images(list, &names, err) < 0)
		return -1;
	const char *z = buf_cstr(&names);
	return err_set(err, code, "%s: %.300s", what, z ? z : "");
}

/* Two entries of one name are one image when they name the same files. */
static int is_same_image(const struct docker_entry *a,
			 const struct docker_entry *b, struct err *err)
{
	struct str x = { 0 }, y = { 0 };
	json_t *p = NULL, *q = NULL;
	if (source_docker_entry_str(a, "Config", &x, err) < 0 ||
	    source_docker_entry_str(b, "Config", &y, err) < 0 ||
	    source_docker_entry_array(a, "Layers", &p, err) < 0 ||
	    source_docker_entry_array(b, "Layers", &q, err) < 0)
		return -1;
	return str_eq(x, y) && (p == q || json_equal(p, q));
}

static int refuse_equal(struct str tag, size_t a, size_t b, struct err *err)
{
	return err_set(err, ERR_USAGE,
		       "several images are called \"%s\", name one of them: "
		       "@%zu, @%zu",
		       str_quoted(tag).text, a, b);
}

static int pick_named(const struct file_source *f, const json_t *list,
		      struct docker_entry *out, struct err *err)
{
	size_t n = json_array_size(list), found = n;
	for (size_t i = 0; i < n; i++) {
		struct docker_entry e;
		if (source_docker_manifest_entry(list, i, &e, err) < 0)
			return -1;
		int r = is_named(&e, f->source.ref.tag, err);
		if (r > 0 && found < n) {
			r = is_same_image(out, &e, err);
			if (r == 0)
				return refuse_equal(f->source.ref.tag, found, i,
						    err);
		} else if (r > 0) {
			*out = e;
			found = i;
		}
		if (r < 0)
			return -1;
	}
	if (found < n)
		return 0;
	return refuse(list, ERR_NOT_FOUND, "no such tag; there is", err);
}

int source_docker_manifest_pick(const struct file_source *f, const json_t *list,
				struct docker_entry *out, struct err *err)
{
	size_t n = json_array_size(list);
	if (n == 0)
		return err_set(err, ERR_NOT_FOUND,
			       "manifest.json lists no image");
	if (f->source.ref.has_index && f->source.ref.index >= n)
		return err_set(err, ERR_NOT_FOUND,
			       "no image @%" PRIu64 "; manifest.json has %zu",
			       f->source.ref.index, n);
	if (f->source.ref.has_index)
		return source_docker_manifest_entry(
			list, (size_t)f->source.ref.index, out, err);
	if (f->source.ref.tag.n)
		return pick_named(f, list, out, err);
	if (n > 1)
		return refuse(list, ERR_USAGE,
			      "holds several images, name one of them", err);
	return source_docker_manifest_entry(list, 0, out, err);
}

int source_docker_manifest_read(struct file_source *f, json_t **out,
				struct err *err)
{
	struct str text;
	int r = source_read_named(f, "manifest.json",
				  &f->source.lim.manifest_max, &text, err);
	if (r == 0)
		return err_set(err, ERR_NOT_FOUND, "manifest.json is missing");
	if (r < 0)
		return -1;
	if (json_parse(text, &f->source.lim, &f->source.lim.manifest_max, out,
		       err) < 0)
		return err_ctx(err, "manifest.json");
	if (!json_is_array(*out))
		return err_set(err, ERR_CORRUPT,
			       "manifest.json is not an array");
	return 0;
}
