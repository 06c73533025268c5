/* SPDX-License-Identifier: Apache-2.0 */
/* Where does the base image end? No document says so: a layer is a digest, and
 * the config lists all of them alike. What builders leave in the history
 * decides, and each builder leaves something else:
 *
 *	buildah		comment "FROM alpine:3.20" at its first step
 *	BuildKit	comment "buildkit.dockerfile.v0" at its own steps
 *	kaniko, Jib ..	their name as the author of theirs
 *	docker build	nothing; but the base brought a CMD, and the steps
 *			of a build follow each other within the hour
 *	anything	a first step that adds a root file system
 *
 * Each sign may stop too low (a base that stands on another base), so the
 * highest one counts. A guess that is too low rewrites layers that other images
 * share; one that is too high only keeps dead bytes. */
#include "shrink/base.h"

#include "oci/history.h"

/* A base is older than what is built on it; instructions of one build follow
 * each other closer than this. */
#define APART_NS (3600ll * 1000000000)

static bool contains(struct str s, const char *word)
{
	return str_contains(s, str_of(word));
}

enum command { COMMAND_NONE, COMMAND_CMD, COMMAND_ENTRYPOINT };

static enum command command_of(const struct oci_history *h)
{
	struct str instruction = oci_history_instruction(h);
	return str_starts(instruction, STR("CMD ")) ? COMMAND_CMD
	       : str_starts(instruction, STR("ENTRYPOINT "))
		       ? COMMAND_ENTRYPOINT
		       : COMMAND_NONE;
}

/* Layers made by the entries before entry i. */
static uint32_t layers_before(const struct oci_config *c, size_t i)
{
	return (uint32_t)oci_history_layers(c, i);
}

/* Buildah notes below each step what it stands on: the image that FROM names,
 * for later steps the short id of the one before, which is no image that
 * anybody else has.
 *
 * "FROM 3f53bb00af94" is a step of this build: 12 or 64 hex digits are an id.
 * "FROM cafe" is an image of that name. */
static bool names_image(struct str comment)
{
	if (!str_starts(comment, STR("FROM ")))
		return false;
	struct str name = str_from(comment, 5);
	size_t hex = 0;
	while (hex < name.n && strchr("0123456789abcdef", name.p[hex]) &&
	       name.p[hex])
		hex++;
	return hex < name.n || (name.n != 12 && name.n != 64);
}

/* Where a builder says itself what the last step stands on, nothing else needs
 * to be asked. True: *n is exact, 0 included. */
static bool says_from(const struct oci_config *c, uint32_t *n)
{
	if (!str_starts(c->history[c->n_history - 1].comment, STR("FROM ")))
		return false;
	for (size_t i = c->n_history; i--;)
		if (names_image(c->history[i].comment)) {
			*n = layers_before(c, i);
			return true;
		}
	return false;
}

/* The same for a base that buildah made, below another builder's layers. */
static uint32_t from_buildah(const struct oci_config *c)
{
	for (size_t i = c->n_history; i--;)
		if (names_image(c->history[i].comment))
			return layers_before(c, i);
	return 0;
}

/* author NULL: BuildKit, which signs in the comment. */
static bool is_made_by(const struct oci_history *h, const char *author)
{
	return author ? str_eqz(h->author, author)
		      : contains(h->comment, "buildkit");
}

/* Builders that sign their own entries, in the comment or as the author: where
 * those of the topmost one begin, its base ends. */
static uint32_t from_builder(const struct oci_config *c)
{
	static const char *const authors[] = { NULL, "kaniko", "Jib", "ko",
					       "Bazel" };
	size_t i = c->n_history;
	for (size_t k = 0; k < ARRAY_LEN(authors); k++) {
		while (i && is_made_by(&c->history[i - 1], authors[k]))
			i--;
		if (i < c->n_history)
			return layers_before(c, i);
	}
	return 0;
}

/* Another build's layers follow the command: later by an hour, or they bring a
 * command of the same kind, and a Dockerfile has but one.
 *
 *	ADD rootfs, CMD ["bash"]; RUN x, CMD ["app"]
 *
 * The first CMD is an older image's, since a second one follows with a layer
 * (RUN x) in between. Without that layer it may be one build that says CMD
 * twice. */
static bool is_anothers(const struct oci_config *c, size_t i,
			enum command command)
{
	int64_t then, next;
	if (oci_time_ns(c->history[i].created, &then) &&
	    oci_time_ns(c->history[i + 1].created, &next) &&
	    next - then >= APART_NS)
		return true;
	bool layer = !c->history[i].empty_layer;
	for (size_t k = i + 1; k < c->n_history; k++) {
		if (command_of(&c->history[k]) == command)
			return layer;
		layer |= !c->history[k].empty_layer;
	}
	return false;
}

/* The last command that another build's layers follow. */
static uint32_t from_command(const struct oci_config *c)
{
	uint32_t all = layers_before(c, c->n_history), n = all;
	for (size_t i = c->n_history; i--;) {
		enum command command = command_of(&c->history[i]);
		if (n < all && command && is_anothers(c, i, command))
			return n;
		n -= !c->history[i].empty_layer;
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

struct base_guess shrink_guess_base(const struct image *img)
{
	static const char said_from[] = "the history says where FROM ended";
	static const struct {
		uint32_t (*find)(const struct oci_config *c);
		const char *why;
	} signs[] = {
		{ from_buildah, said_from },
		{ from_builder, "the builder's own entries begin there" },
		{ from_command, "an older image's command stands there" },
		{ from_rootfs, "the first layer is a root file system" },
	};
	const struct oci_config *c = &img->config;
	struct base_guess none = { 0, "no sign of a base in the history" };
	/* A history of more or fewer entries than layers tells nothing of
	 * positions. */
	bool in_step =
		c->n_history && layers_before(c, c->n_history) == c->n_diff_ids;
	uint32_t n;
	if (in_step && says_from(c, &n))
		return n ? (struct base_guess){ n, said_from } : none;
	/* Each of the others may miss a base on top of the one that it sees. */
	struct base_guess best = none;
	for (size_t i = 0; in_step && i < ARRAY_LEN(signs); i++) {
		n = signs[i].find(c);
		if (n > best.n_layers && n < c->n_diff_ids)
			best = (struct base_guess){ n, signs[i].why };
	}
	if (best.n_layers)
		return best;
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

int shrink_find_base(const struct image *img, enum base_mode mode, uint32_t n,
		     const struct image *base, struct base_guess *out,
		     struct err *err)
{
	switch (mode) {
	case BASE_AUTO:
		*out = shrink_guess_base(img);
		return 0;
	case BASE_NONE:
		*out = (struct base_guess){ 0, "none asked for" };
		return 0;
	case BASE_LAYERS:
		if (n > img->n_layers)
			return err_set(
				err, ERR_USAGE, "--base %u: %.*s has %zu %s", n,
				STR_ARG(img->name), img->n_layers,
				plural(img->n_layers, "layer", "layers"));
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
