/* SPDX-License-Identifier: Apache-2.0 */
#include "shrink/base.h"

/* A base is older than what is built on it; instructions of one build follow
 * each other closer than this. */
#define APART_NS (3600ll * 1000000000)

static bool contains(struct str s, const char *word)
{
	return s.n && memmem(s.p, s.n, word, strlen(word)) != NULL;
}

/* "CMD [...]", "/bin/sh -c #(nop)  CMD [...]", the same with ENTRYPOINT. */
static bool is_command(struct str created_by)
{
	struct str nop = STR("#(nop)");
	const char *at = memmem(created_by.p ? created_by.p : "", created_by.n,
				nop.p, nop.n);
	if (at)
		created_by = str_from(created_by,
				      (size_t)(at - created_by.p) + nop.n);
	while (str_starts(created_by, STR(" ")))
		created_by = str_from(created_by, 1);
	return str_starts(created_by, STR("CMD ")) ||
	       str_starts(created_by, STR("ENTRYPOINT "));
}

/* Layers made by the entries before entry i. */
static uint32_t layers_before(const struct oci_config *c, size_t i)
{
	uint32_t n = 0;
	for (size_t k = 0; k < i; k++)
		n += !c->history[k].empty_layer;
	return n;
}

static uint32_t from_buildah(const struct oci_config *c)
{
	for (size_t i = c->n_history; i--;)
		if (str_starts(c->history[i].comment, STR("FROM ")))
			return layers_before(c, i);
	return 0;
}

static uint32_t from_buildkit(const struct oci_config *c)
{
	size_t i = c->n_history;
	while (i && contains(c->history[i - 1].comment, "buildkit"))
		i--;
	return i < c->n_history ? layers_before(c, i) : 0;
}

/* The last command that another build's layers follow. */
static uint32_t from_command(const struct oci_config *c)
{
	uint32_t all = layers_before(c, c->n_history);
	for (size_t i = c->n_history; i--;) {
		int64_t then, next;
		uint32_t n = layers_before(c, i + 1);
		if (n == all || !is_command(c->history[i].created_by))
			continue;
		if (oci_time_ns(c->history[i].created, &then) &&
		    oci_time_ns(c->history[i + 1].created, &next) &&
		    next - then >= APART_NS)
			return n;
	}
	return 0;
}

static uint32_t from_rootfs(const struct oci_config *c)
{
	const struct oci_history *h = &c->history[0];
	if (h->empty_layer || c->n_diff_ids < 2)
		return 0;
	bool rootfs = str_starts(h->comment, STR("Imported from")) ||
		      contains(h->comment, "debuerreotype") ||
		      contains(h->created_by, "debuerreotype") ||
		      (contains(h->created_by, "ADD ") &&
		       str_ends(h->created_by, STR(" in / "))) ||
		      (contains(h->created_by, "ADD ") &&
		       str_ends(h->created_by, STR(" in /"))) ||
		      contains(h->created_by, "ADD rootfs") ||
		      contains(h->created_by, "ADD alpine-minirootfs") ||
		      contains(h->created_by, "COPY rootfs");
	return rootfs ? 1 : 0;
}

/* image-spec annotations.md: org.opencontainers.image.base.name and .digest, in
 * the manifest or, as builders do, among the config's labels. They tell that
 * there is a base, not where it ends. */
static bool names_base(const struct image *img)
{
	return contains(img->config.text, "org.opencontainers.image.base.") ||
	       (img->has_manifest &&
		contains(img->manifest.text, "org.opencontainers.image.base."));
}

struct base_guess base_guess(const struct image *img)
{
	static const struct {
		uint32_t (*find)(const struct oci_config *c);
		const char *why;
	} signs[] = {
		{ from_buildah, "the history says where FROM ended" },
		{ from_buildkit, "BuildKit's own entries begin there" },
		{ from_command, "an older image's command stands there" },
		{ from_rootfs, "the first layer is a root file system" },
	};
	const struct oci_config *c = &img->config;
	struct base_guess none = { 0, "no sign of a base in the history" };
	bool in_step =
		c->n_history && layers_before(c, c->n_history) == c->n_diff_ids;
	for (size_t i = 0; in_step && i < ARRAY_LEN(signs); i++) {
		uint32_t n = signs[i].find(c);
		if (n && n < c->n_diff_ids)
			return (struct base_guess){ n, signs[i].why };
	}
	if (names_base(img) && c->n_diff_ids > 1)
		return (struct base_guess){
			1, "an annotation names a base; where it ends is not "
			   "known"
		};
	return none;
}

/* How many lowest layers two images share, told by DiffIDs. */
static uint32_t count_shared(const struct image *img, const struct image *base)
{
	uint32_t n = 0;
	while (n < img->n_layers && n < base->n_layers &&
	       digest_eq(&img->layers[n].diff_id, &base->layers[n].diff_id))
		n++;
	return n;
}

int base_find(const struct image *img, enum base_mode mode, uint32_t n,
	      const struct image *base, struct base_guess *out, struct err *err)
{
	switch (mode) {
	case BASE_AUTO:
		*out = base_guess(img);
		return 0;
	case BASE_NONE:
		*out = (struct base_guess){ 0, "none asked for" };
		return 0;
	case BASE_LAYERS:
		if (n > img->n_layers)
			return err_set(err, ERR_USAGE,
				       "--base %u: %.*s has %zu layers", n,
				       STR_ARG(img->name), img->n_layers);
		*out = (struct base_guess){ n, "as asked for" };
		return 0;
	case BASE_IMAGE:
		n = count_shared(img, base);
		if (n < base->n_layers)
			return err_set(err, ERR_USAGE,
				       "--base: %.*s is not built on %.*s: "
				       "they share %u of its %zu layers",
				       STR_ARG(img->name), STR_ARG(base->name),
				       n, base->n_layers);
		*out = (struct base_guess){ n, "shared with the given base" };
		return 0;
	}
	return 0;
}
