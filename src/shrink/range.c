/* SPDX-License-Identifier: Apache-2.0 */
/* A range of layers as people write it:
 *
 *	3..5	base..	..base	top	7	sha256:4f5a1b..top
 *
 * Layers count from 1 and from the lowest, as "analyze" numbers them. */
#include "shrink/range.h"

#include <ctype.h>

#include "base/nearest.h"

/* Four hex digits are the least that people type of a digest; five decimal
 * digits name any layer there can be, and what is longer is the start of a
 * digest that happens to have no letter. */
enum { ID_MIN = 4, NUMBER_MAX = 5 };

static bool is_id(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!isxdigit((unsigned char)s.p[i]))
			return false;
	return s.n >= ID_MIN;
}

static bool has_digest(const struct digest *d, struct str id)
{
	return d->alg != DIGEST_NONE &&
	       str_starts(str_of(digest_hex(d).text), id);
}

/* Layers have three names: the digest of the blob, that of the tar in it, and
 * in a docker-archive a directory or file (v1 ids, "<hex>/layer.tar"). */
static bool has_id(const struct source_layer *l, struct str id)
{
	return has_digest(&l->desc.digest, id) || has_digest(&l->diff_id, id) ||
	       str_starts(l->file, id);
}

static int refuse_name(const struct image *img, struct str text,
		       struct err *err)
{
	struct quoted name = str_quoted(text);
	struct nearest near = nearest_to(name.text);
	nearest_try(&near, "base");
	nearest_try(&near, "top");
	if (near.best)
		return err_set(err, ERR_USAGE,
			       "\"%s\" names no layer of %.*s%s", name.text,
			       STR_ARG(img->name),
			       nearest_hint(&near, "").text);
	return err_set(err, ERR_USAGE,
		       "\"%s\" names no layer of %.*s (a number from 1 to %zu, "
		       "base, top, or the start of a digest)",
		       name.text, STR_ARG(img->name), img->n_layers);
}

/* Equal layers (empty ones of several steps) have one name, so it names
 * several. */
static int find_id(const struct image *img, struct str text, uint32_t *out,
		   struct err *err)
{
	struct str id = text;
	uint32_t found = 0, at = 0;
	if (str_starts(id, STR("sha256:")))
		id = str_from(id, 7);
	for (uint32_t i = 0; is_id(id) && i < img->n_layers; i++)
		if (has_id(&img->layers[i], id)) {
			at = i;
			found++;
		}
	if (found > 1)
		return err_set(err, ERR_USAGE, "\"%s\" names %u layers of %.*s",
			       str_quoted(text).text, found,
			       STR_ARG(img->name));
	if (found == 0)
		return refuse_name(img, text, err);
	*out = at;
	return 0;
}

static int find_layer(const struct image *img, struct str name, uint32_t base,
		      uint32_t *out, struct err *err)
{
	uint64_t number;
	if (str_eqz(name, "top")) {
		*out = (uint32_t)img->n_layers - 1;
		return 0;
	}
	if (str_eqz(name, "base")) {
		*out = base;
		return 0;
	}
	if (name.n > NUMBER_MAX || !str_to_u64(name, &number))
		return find_id(img, name, out, err);
	if (number == 0 || number > img->n_layers)
		return err_set(
			err, ERR_USAGE, "there is no layer %u, %.*s has %zu",
			(unsigned)number, STR_ARG(img->name), img->n_layers);
	*out = (uint32_t)number - 1;
	return 0;
}

/* "2..4" into "2" and "4"; what is left out on either side is the lowest or the
 * highest layer. False for one name, which is both ends. */
static bool split(struct str text, struct str *from, struct str *to)
{
	const char *dots = memmem(text.p, text.n, "..", 2);
	*from = *to = text;
	if (!dots)
		return false;
	from->n = (size_t)(dots - text.p);
	*to = str_from(text, from->n + 2);
	if (from->n == 0)
		*from = STR("1");
	if (to->n == 0)
		*to = STR("top");
	return true;
}

/* "base" is the border itself. As FROM it is the first layer above, which has
 * the index n_base; as TO it is the last one below, n_base - 1. Without a base
 * the latter wraps around to a number that no image has and is refused by its
 * own message. */
int shrink_find_range(const struct image *img, struct str text, uint32_t n_base,
		      struct layer_range *out, struct err *err)
{
	struct str name_from, name_to;
	uint32_t from, to;
	bool two = split(text, &name_from, &name_to);
	if (img->n_layers == 0)
		return err_set(err, ERR_USAGE, "%.*s has no layer",
			       STR_ARG(img->name));
	if (find_layer(img, name_from, n_base, &from, err) < 0 ||
	    find_layer(img, name_to, two ? n_base - 1 : n_base, &to, err) < 0)
		return -1;
	if (n_base == 0 && two && str_eqz(name_to, "base"))
		return err_set(err, ERR_USAGE,
			       "%.*s has no base that could be told: name the "
			       "layers by number",
			       STR_ARG(img->name));
	if (from > to || from >= img->n_layers)
		return err_set(err, ERR_USAGE,
			       "no layers in \"%s\": they are named from the "
			       "lowest up",
			       str_quoted(text).text);
	out->from = (uint16_t)from;
	out->to = (uint16_t)to;
	return 0;
}
