/* SPDX-License-Identifier: Apache-2.0 */
#include "analyze/internal.h"

#include <stdlib.h>

/* What the findings of a kind of dead bytes say. */
static const struct {
	const char *id, *title, *remedy;
} dead_words[DEAD_KINDS] = {
	[DEAD_OVERWRITTEN] = {
		"PARE-OVERWRITTEN",
		"files stored here are overwritten by a later layer",
		"write each file once: join the two instructions, or copy "
		"the final version only",
	},
	[DEAD_REMOVED] = {
		"PARE-REMOVED",
		"files stored here are removed by a later layer",
		"remove files in the instruction that makes them, or keep "
		"them out with a cache mount or .dockerignore",
	},
	[DEAD_HIDDEN] = {
		"PARE-HIDDEN",
		"files stored here lie in a directory that a later layer "
		"recreates",
		"remove the old directory in the instruction that fills it",
	},
	[DEAD_REPLACED] = {
		"PARE-REPLACED",
		"files stored here are replaced by something of another type",
		"make the final form in the first place",
	},
	[DEAD_METADATA] = {
		"PARE-METADATA",
		"files are stored again because mode, owner, xattrs or times "
		"changed",
		"set them when the files arrive: COPY --chown and --chmod, "
		"or chmod and chown in the same RUN",
	},
};

/* Within one layer a name can only be written again. */
static const struct {
	const char *title, *remedy;
} same_layer_words[DEAD_KINDS] = {
	[DEAD_OVERWRITTEN] = {
		"files are written twice in the same layer: engines show the "
		"last copy, or refuse the layer",
		"have the tool that makes the layer write each name once",
	},
	[DEAD_REPLACED] = {
		"files are replaced in the same layer by something of another "
		"type",
		"have the tool that makes the layer write the final form alone",
	},
	[DEAD_METADATA] = {
		"files are written twice in the same layer, with the same "
		"content",
		"have the tool that makes the layer write each name once",
	},
};

/* By layer, then who took them out of sight and how, then the costliest, then
 * tar order. */
static int compare_dead(const void *x, const void *y, void *arg)
{
	const struct tree *t = arg;
	const struct dead_copy *a = x, *b = y;
	const struct tree_entry *p = tree_entry(t, a->inode);
	const struct tree_entry *q = tree_entry(t, b->inode);
	struct tree_fate f = tree_fate(t, p), g = tree_fate(t, q);
	enum dead_kind k = tree_dead_kind((enum tree_loss)f.loss);
	enum dead_kind l = tree_dead_kind((enum tree_loss)g.loss);
	if (p->born != q->born)
		return p->born < q->born ? -1 : 1;
	if (f.lost != g.lost)
		return f.lost < g.lost ? -1 : 1;
	if (k != l)
		return k < l ? -1 : 1;
	if (a->bytes != b->bytes)
		return a->bytes > b->bytes ? -1 : 1;
	return (a->inode > b->inode) - (a->inode < b->inode);
}

/* The copies of one layer that the same layer took out of sight in the same way
 * are one finding. They are neighbours in the order of compare_dead. */
static bool same_finding(const struct tree *t, const struct dead_copy *a,
			 const struct dead_copy *b)
{
	const struct tree_entry *p = tree_entry(t, a->inode);
	const struct tree_entry *q = tree_entry(t, b->inode);
	struct tree_fate f = tree_fate(t, p), g = tree_fate(t, q);
	return p->born == q->born && f.lost == g.lost &&
	       tree_dead_kind((enum tree_loss)f.loss) ==
		       tree_dead_kind((enum tree_loss)g.loss);
}

static int add_dead_findings(struct analysis *a, const struct dead_copy *v,
			     uint32_t n, struct err *err)
{
	const struct tree *t = a->loaded->tree;
	for (uint32_t i = 0; i < n;) {
		const struct tree_entry *e = tree_entry(t, v[i].inode);
		struct tree_fate fate = tree_fate(t, e);
		enum dead_kind k = tree_dead_kind((enum tree_loss)fate.loss);
		struct finding f = {
			.id = dead_words[k].id,
			.severity = SEV_WARN,
			.message = str_of(dead_words[k].title),
			.remedy = dead_words[k].remedy,
			.layer = e->born,
			.removed_in = fate.lost,
			.bytes_source = BYTES_MEASURED,
		};
		if (fate.lost == e->born && same_layer_words[k].title) {
			f.message = str_of(same_layer_words[k].title);
			f.remedy = same_layer_words[k].remedy;
		}
		uint32_t nodes[ANALYSIS_PATHS_MAX], n_nodes = 0, first = i;
		for (; i < n && same_finding(t, &v[first], &v[i]); i++) {
			f.bytes += v[i].bytes;
			f.compressed += v[i].compressed;
			f.n_paths_all++;
			if (n_nodes < ANALYSIS_PATHS_MAX)
				nodes[n_nodes++] =
					tree_entry(t, v[i].inode)->node;
		}
		if (analyze_add_finding(a, &f, nodes, n_nodes, err) < 0)
			return -1;
	}
	return 0;
}

/* Keeps the COSTLIEST_MAX costliest of all: most copies are cheaper than the
 * last one kept and cost one comparison. Of equal ones the first stays. */
static void keep_costliest(struct analysis *a, const struct dead_copy *d)
{
	uint32_t at = a->n_costliest;
	if (at == COSTLIEST_MAX) {
		if (a->costliest[at - 1].bytes >= d->bytes)
			return;
		at--;
	} else {
		a->n_costliest++;
	}
	while (at && a->costliest[at - 1].bytes < d->bytes) {
		a->costliest[at] = a->costliest[at - 1];
		at--;
	}
	a->costliest[at] = *d;
}

/* An entry that stores an inode no name of which is left. A hard link stores
 * nothing, and a name that died while others live costs nothing. */
static bool is_dead_copy(const struct tree *t, const struct tree_entry *e)
{
	return tree_stores(e) && e->node != TREE_NONE &&
	       tree_fate(t, e).n_names == 0;
}

static void free_copies(struct dead_copy **v)
{
	free(*v);
}

/* Two passes, as the list of dead copies can be as long as the entries of the
 * image and is mostly short: counted, then filled. */
static int find_dead(struct analysis *a, struct err *err)
{
	const struct tree *t = a->loaded->tree;
	uint32_t n = 0;
	for (uint32_t i = 0; i < tree_n_entries(t); i++)
		n += is_dead_copy(t, tree_entry(t, i)) &&
		     tree_payload(t, tree_entry(t, i));
	scoped(free_copies) struct dead_copy *v =
		calloc((size_t)n + 1, sizeof *v);
	if (!v)
		return err_nomem(err, n * sizeof *v);
	n = 0;
	for (uint32_t i = 0; i < tree_n_entries(t); i++) {
		const struct tree_entry *e = tree_entry(t, i);
		if (!is_dead_copy(t, e) || tree_payload(t, e) == 0)
			continue;
		v[n] = (struct dead_copy){ i, tree_payload(t, e),
					   tree_cost(t, e) };
		keep_costliest(a, &v[n++]);
	}
	qsort_r(v, n, sizeof *v, compare_dead, (void *)t);
	return add_dead_findings(a, v, n, err);
}

/* The costliest first; what costs nothing keeps its order behind. */
static int costlier(const void *x, const void *y)
{
	const struct finding *a = x, *b = y;
	if (a->bytes != b->bytes)
		return a->bytes > b->bytes ? -1 : 1;
	if (a->layer != b->layer)
		return a->layer < b->layer ? -1 : 1;
	if (a->removed_in != b->removed_in)
		return a->removed_in < b->removed_in ? -1 : 1;
	return str_cmp(a->message, b->message);
}

int analyze_image(const struct loaded_image *li, uint32_t n_base,
		  const char *base_why, struct analysis *out, struct err *err)
{
	scoped(analyze_done) struct analysis a = {
		.loaded = li,
		.n_base = n_base,
		.base_why = base_why,
	};
	if (tree_sum(li->tree, n_base, &a.totals, err) < 0 ||
	    analyze_live(li->tree, &a.live, err) < 0 ||
	    find_dead(&a, err) < 0 || analyze_engine_cases(&a, err) < 0 ||
	    analyze_engine_limits(&a, err) < 0)
		return -1;
	if (a.n_findings)
		qsort(a.findings, a.n_findings, sizeof *a.findings, costlier);
	*out = a;
	a = (struct analysis){ 0 };
	return 0;
}
