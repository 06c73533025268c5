/* SPDX-License-Identifier: Apache-2.0 */
#include "base/limits.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/nearest.h"
#include "base/size.h"

const struct limits limits_default = {
	.layers_max = 500,
	.entries_max = 5000000,
	.path_max = 4096,
	.name_max = 255,
	.depth_max = 1024,
	.pax_max = 1 << 20,
	.xattr_max = 64 << 10,
	.xattrs_max = 1 << 28,
	.listed_xattrs_max = 1 << 30,
	.sparse_max = 1000000,
	.sparse_size_max = 1ull << 40,
	.link_chain_max = 40,
	.link_bytes_max = 1 << 28,
	.blob_max = 1ull << 40,
	.layer_max = 1ull << 38,
	/* Trees of files have 2 to 10; zeros in gzip 1,029, in xz 6,800, in zstd
	 * 32,000, in bzip2 over a million. Real layers hold files of zeros (a
	 * hole of a sparse file is written out), of 1 GB and of 4 GiB: these
	 * pass by themselves, and with the rest of a layer larger ones. */
	.inflate_ratio_max = 250,
	.inflate_free_max = 9ull << 29,
	.window_max = 128 << 20,
	.compress_memory_max = 2ull << 30,
	.manifest_max = 4 << 20,
	.config_max = 8 << 20,
	.json_depth_max = 64,
	.index_depth_max = 4,
	.manifests_max = 10000,
};

#define ROW(field, text)                                              \
	{                                                             \
#field, text, offsetof(struct limits, field##_max), 0 \
	}
/* What no tree can keep, and no file system either. */
#define ROW_TO(field, text, ceiling)                                        \
	{                                                                   \
#field, text, offsetof(struct limits, field##_max), ceiling \
	}
const struct limit_desc limit_table[] = {
	ROW_TO(layers, "layers of one image", UINT16_MAX - 1),
	ROW_TO(entries, "tar members in all layers of one image",
	       UINT32_MAX - 1),
	ROW_TO(path, "bytes of a path", 1 << 19),
	ROW_TO(name, "bytes of one part of a path", UINT8_MAX),
	ROW(depth, "parts of a path"),
	ROW(pax, "bytes of one tar extended header"),
	ROW(xattr, "bytes of one extended attribute"),
	ROW(xattrs, "bytes of different sets of extended attributes in one "
		    "image"),
	ROW(listed_xattrs, "bytes of extended attributes of all names of one "
			   "image"),
	ROW(sparse, "regions of one sparse file"),
	ROW(sparse_size, "logical bytes of the sparse files of a layer"),
	ROW(link_chain, "symbolic links followed for one path"),
	ROW(link_bytes, "bytes of symlink targets resolved in one image"),
	ROW(blob, "bytes of one blob"),
	ROW(layer, "bytes of one layer, inflated"),
	ROW(inflate_ratio, "inflated bytes for one compressed byte"),
	ROW(inflate_free, "inflated bytes whatever their ratio is"),
	ROW(window, "bytes a compressed layer may look back"),
	ROW(compress_memory, "bytes that threads hold which compress a layer"),
	ROW(manifest, "bytes of a manifest or an index"),
	ROW(config, "bytes of an image config"),
	ROW(json_depth, "nesting of a JSON document"),
	ROW(index_depth, "nesting of image indices"),
	ROW(manifests, "manifests of one index"),
};
const size_t limit_table_len = ARRAY_LEN(limit_table);

static uint64_t *limit_field(struct limits *lim, size_t offset)
{
	return (uint64_t *)(void *)((char *)lim + offset);
}

/* An amount whose only fault is its number. */
static bool is_too_much(struct str value)
{
	size_t digits = 0;
	uint64_t v;
	while (digits < value.n && value.p[digits] >= '0' &&
	       value.p[digits] <= '9')
		digits++;
	return digits && size_parse(str_from(value, digits - 1), &v);
}

static int refuse_value(struct str assignment, struct str name,
			struct str value, struct err *err)
{
	if (name.n && is_too_much(value))
		return err_set(err, ERR_USAGE,
			       "--limit %s: %s does not fit in 64 bits",
			       str_quoted(name).text, str_quoted(value).text);
	return err_set(err, ERR_USAGE, "--limit takes NAME=VALUE, not \"%s\"",
		       str_quoted(assignment).text);
}

/* The nearest name, else all of them. */
static int refuse_name(struct str name, struct err *err)
{
	struct quoted q = str_quoted(name);
	struct nearest near = nearest_to(q.text);
	for (size_t i = 0; i < limit_table_len; i++)
		nearest_try(&near, limit_table[i].name);
	err_set(err, ERR_USAGE, "--limit knows no \"%s\"%s", q.text,
		nearest_hint(&near, "").text);
	size_t n = strlen(err->text);
	for (size_t i = 0; !near.best && i < limit_table_len; i++)
		n += (size_t)snprintf(err->text + n, sizeof err->text - n,
				      "%s%s", i ? ", " : "; the limits are ",
				      limit_table[i].name);
	return -1;
}

int limits_set(struct limits *lim, struct str assignment, struct err *err)
{
	struct str name, value;
	uint64_t v;
	if (!str_cut(assignment, '=', &name, &value))
		return refuse_value(assignment, STR(""), STR(""), err);
	if (!size_parse(value, &v))
		return refuse_value(assignment, name, value, err);
	for (size_t i = 0; i < limit_table_len; i++) {
		if (!str_eqz(name, limit_table[i].name))
			continue;
		if (limit_table[i].ceiling && v > limit_table[i].ceiling)
			return err_set(err, ERR_USAGE,
				       "--limit %s: %" PRIu64
				       " is the most that can be had",
				       limit_table[i].name,
				       limit_table[i].ceiling);
		*limit_field(lim, limit_table[i].offset) = v;
		return 0;
	}
	return refuse_name(name, err);
}

int limits_exceeded(const struct limits *lim, const uint64_t *field,
		    uint64_t seen, struct err *err)
{
	size_t offset = (size_t)((const char *)field - (const char *)lim);
	const struct limit_desc *d = limit_table;
	while (d->offset != offset)
		d++;
	err_set(err, ERR_LIMIT, "%" PRIu64 " %s, over the limit of %" PRIu64,
		seen, d->help, *field);
	/* No advice that would be refused. */
	size_t n = strlen(err->text);
	if (!d->ceiling || *field < d->ceiling)
		snprintf(err->text + n, sizeof err->text - n,
			 " (raise it with --limit %s=N)", d->name);
	return -1;
}
