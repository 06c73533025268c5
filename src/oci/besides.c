/* SPDX-License-Identifier: Apache-2.0 */
/* Which members of a document or a descriptor say something that a rewrite does
 * not carry over by itself: all but those that it writes. Names of the image in
 * annotations are left out, as the new place gives the image its name. */
#include "json/key.h"
#include "json/span.h"
#include "oci/doc.h"

/* What every document or descriptor has, and what a rewrite takes care of. */
static bool is_plain(struct str key)
{
	static const char *const keys[] = {
		"schemaVersion", "mediaType", "manifests", "config",
		"layers",	 "digest",    "size",	   "platform",
	};
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (json_key_is(key, keys[i]))
			return true;
	return false;
}

static int add(struct str key, struct buf *out, struct err *err)
{
	if (out->n && buf_str_add(out, STR(", "), err) < 0)
		return -1;
	return buf_quoted(out, key, err);
}

static int add_annotations(struct str map, struct buf *out, struct err *err)
{
	struct json_walk w;
	struct json_item item;
	int r = json_walk_begin(&w, map, err);
	while (r >= 0 && (r = json_walk_next(&w, &item, err)) > 0)
		if (!json_key_is(item.key, OCI_REF_NAME) &&
		    !json_key_is(item.key, OCI_IMAGE_NAME) &&
		    add(item.key, out, err) < 0)
			return -1;
	return r;
}

/* null is as good as missing: Go writes it for an empty list. */
int oci_keys_besides(struct str text, struct buf *out, struct err *err)
{
	struct json_walk w;
	struct json_item item;
	int r = 0;
	if (text.n == 0)
		return 0;
	if (json_walk_begin(&w, text, err) < 0)
		return -1;
	while ((r = json_walk_next(&w, &item, err)) > 0) {
		struct str value = json_span_str(text, item.value);
		if (is_plain(item.key) || str_eqz(value, "null"))
			continue;
		if (json_key_is(item.key, "annotations")
			    ? add_annotations(value, out, err) < 0
			    : add(item.key, out, err) < 0)
			return -1;
	}
	return r;
}
