/* SPDX-License-Identifier: Apache-2.0 */
/* A config loses some of its layers (the first byte says which) and others get
 * new digests: what comes out is a config with just those layers and as many
 * history entries; every byte outside rootfs and history stands as it was. */
#include <stdlib.h>

#include "fuzz.h"
#include "json/key.h"
#include "json/span.h"
#include "oci/config.h"
#include "oci/history.h"

enum { LAYERS = 8 };

static const struct limits small = {
	.layers_max = LAYERS,
	.manifest_max = 64 << 10,
	.config_max = 64 << 10,
	.json_depth_max = 16,
};

static void must(bool holds)
{
	if (!holds)
		abort();
}

/* Member by member: the same keys in the same order, the same values. */
static void same_but_spliced(struct str before, struct str after)
{
	struct err err = { 0 };
	struct json_walk a, b;
	struct json_item was, is;
	must(json_walk_begin(&a, before, &err) == 0);
	must(json_walk_begin(&b, after, &err) == 0);
	while (json_walk_next(&a, &was, &err) == 1) {
		must(json_walk_next(&b, &is, &err) == 1);
		must(str_eq(was.key, is.key));
		if (!json_key_is(was.key, "rootfs") &&
		    !json_key_is(was.key, "history"))
			must(str_eq(json_span_str(before, was.value),
				    json_span_str(after, is.value)));
	}
	must(!err.code && json_walk_next(&b, &is, &err) == 0);
}

static void splice(const struct oci_config *c, unsigned mask, struct arena *a)
{
	bool keeps[LAYERS];
	struct digest ids[LAYERS];
	size_t n = 0;
	struct err err = { 0 };
	struct oci_config after;
	scoped(buf_done) struct buf text = BUF_INIT(1 << 20);
	for (size_t i = 0; i < c->n_diff_ids; i++) {
		keeps[i] = mask & 1u << i;
		if (keeps[i])
			must(digest_of(DIGEST_SHA256, &i, sizeof i, &ids[n++],
				       &err) == 0);
	}
	must(oci_rewrite_config(c, ids, n, keeps, &text, &err) == 0);
	same_but_spliced(c->text, buf_str(&text));
	if (text.n > small.config_max)
		return;
	must(oci_parse_config(buf_str(&text), &small, a, &after, &err) == 0);
	must(after.n_diff_ids == n && after.n_history == c->n_history);
	for (size_t i = 0; i < n; i++)
		must(digest_eq(&after.diff_ids[i], &ids[i]));
	bool in_step = c->n_diff_ids && oci_history_of(c, 0);
	for (size_t i = 0; in_step && i < n; i++)
		must(oci_history_of(&after, i) != NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct err err = { 0 };
	struct oci_config c;
	scoped(arena_done) struct arena a = { 0 };
	if (size == 0)
		return 0;
	struct str text = { (const char *)data + 1, size - 1 };
	if (oci_parse_config(text, &small, &a, &c, &err) == 0)
		splice(&c, data[0], &a);
	return 0;
}
