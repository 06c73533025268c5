/* SPDX-License-Identifier: Apache-2.0 */
/* Findings of an image that is past what an engine takes (oci/engines.h). */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "analyze/internal.h"
#include "oci/engines.h"

/* One more finding; its message is printed. */
static int add(struct analysis *a, struct finding *f, const uint32_t *nodes,
	       uint32_t n_nodes, struct err *err, const char *message, ...)
	printf_like(6, 7);

static int add(struct analysis *a, struct finding *f, const uint32_t *nodes,
	       uint32_t n_nodes, struct err *err, const char *message, ...)
{
	char text[256];
	struct str kept;
	va_list ap;
	va_start(ap, message);
	vsnprintf(text, sizeof text, message, ap);
	va_end(ap);
	if (arena_str(&a->texts, str_of(text), &kept, err) < 0)
		return -1;
	f->id = "PARE-ENGINE";
	f->message = kept;
	f->removed_in = FINDING_NO_LAYER;
	return analyze_add_finding(a, f, nodes, n_nodes, err);
}

static int check_layers(struct analysis *a, struct err *err)
{
	const struct engine *e = oci_engines_fewest_layers();
	size_t n = a->loaded->n_layers;
	if (n <= e->layers_max)
		return 0;
	struct finding f = {
		.severity = SEV_WARN,
		.layer = e->layers_max, /* the first that is too many */
		.remedy = a->n_base < e->layers_max
				  ? "join layers; optimize does"
				  : "join layers of the base, too; optimize "
				    "--base none does",
	};
	return add(a, &f, NULL, 0, err,
		   "the image has %zu layers: %s takes at most %u", n, e->name,
		   e->layers_max);
}

/* The codecs that no media type of OCI names. */
static bool is_nameless(enum codec c)
{
	return c == CODEC_XZ || c == CODEC_BZIP2;
}

static int check_codecs(struct analysis *a, struct err *err)
{
	const struct layer_index *ix = a->loaded->layers;
	const struct engine *e = oci_engines_no_zstd();
	uint32_t n_zstd = 0, first = 0;
	for (uint32_t i = 0; i < a->loaded->n_layers; i++) {
		struct finding f = {
			.severity = SEV_WARN,
			.layer = i,
			.remedy = "compress it with gzip; optimize does",
		};
		if (ix[i].codec == CODEC_ZSTD && n_zstd++ == 0)
			first = i;
		if (is_nameless(ix[i].codec) &&
		    a->loaded->image->layers[i].has_desc &&
		    add(a, &f, NULL, 0, err,
			"the layer is compressed with %s, for which there is "
			"no media type: engines refuse it",
			codec_name(ix[i].codec)) < 0)
			return -1;
	}
	struct finding f = {
		.severity = SEV_INFO,
		.layer = first,
		.remedy = "where such a node is left, compress with gzip: "
			  "optimize --compression gzip --recompress does",
	};
	if (n_zstd == 0)
		return 0;
	return add(a, &f, NULL, 0, err,
		   "%u of the layers, from this one on, %s compressed with "
		   "zstd: %s cannot read %s",
		   n_zstd, n_zstd == 1 ? "is" : "are", e->name,
		   n_zstd == 1 ? "it" : "them");
}

static void free_lengths(uint32_t **v)
{
	free(*v);
}

/* Lengths of paths by node, each from its parent's: a parent's node comes
 * before its children's. No path is put together, as a deep tree has long
 * ones. */
static int check_paths(struct analysis *a, struct err *err)
{
	const struct engine *e = oci_engines_shortest_path();
	const struct tree *t = a->loaded->tree;
	uint32_t nodes[ANALYSIS_PATHS_MAX], n_nodes = 0;
	struct finding f = {
		.severity = SEV_WARN,
		.layer = UINT32_MAX,
		.remedy = "shorten it where it is made",
	};
	if (tree_limits(a->loaded->tree)->path_max <= e->path_max)
		return 0;
	scoped(free_lengths) uint32_t *n =
		calloc((size_t)tree_n_nodes(t) + 1, sizeof *n);
	if (!n)
		return err_nomem(err, tree_n_nodes(t) * sizeof *n);
	for (uint32_t i = TREE_ROOT + 1; i < tree_n_nodes(t); i++) {
		uint32_t parent = tree_parent(t, i);
		n[i] = n[parent] + (parent != TREE_ROOT) +
		       (uint32_t)tree_name(t, i).n;
		const struct tree_entry *newest = tree_newest(t, i);
		if (n[i] <= e->path_max || !newest)
			continue;
		f.layer = MIN(f.layer, (uint32_t)newest->born);
		if (n_nodes < ANALYSIS_PATHS_MAX)
			nodes[n_nodes++] = i;
		f.n_paths_all++;
	}
	if (f.n_paths_all == 0)
		return 0;
	return add(a, &f, nodes, n_nodes, err,
		   "a path is longer than the %u bytes that %s "
		   "takes",
		   e->path_max, e->name);
}

int analyze_engine_limits(struct analysis *a, struct err *err)
{
	if (check_layers(a, err) < 0 || check_codecs(a, err) < 0)
		return -1;
	return check_paths(a, err);
}
