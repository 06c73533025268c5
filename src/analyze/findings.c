/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "analyze/internal.h"
#include "base/vec.h"

void analyze_done(struct analysis *a)
{
	analyze_live_done(&a->live);
	free(a->findings);
	arena_done(&a->texts);
	*a = (struct analysis){ 0 };
}

double analyze_efficiency(const struct tree_totals *t)
{
	return t->stored ? (double)t->live / (double)t->stored : 1.0;
}

/* The rules of an analysis, in the order of their ids. */
static const struct {
	const char *id, *summary;
	enum severity severity;
} rules[] = {
	{ "PARE-ENGINE", "what engines refuse or do not agree on", SEV_WARN },
	{ "PARE-HIDDEN", "bytes that a later opaque directory hides",
	  SEV_WARN },
	{ "PARE-METADATA", "files stored again for their metadata alone",
	  SEV_WARN },
	{ "PARE-OVERWRITTEN", "bytes that a later layer overwrites", SEV_WARN },
	{ "PARE-REMOVED", "bytes that a later layer removes", SEV_WARN },
	{ "PARE-REPLACED", "bytes replaced by something of another type",
	  SEV_WARN },
};

static void add_rule(struct finding *f)
{
	for (size_t i = 0; i < ARRAY_LEN(rules); i++)
		if (strcmp(rules[i].id, f->id) == 0) {
			f->summary = rules[i].summary;
			f->usual = rules[i].severity;
		}
}

/* The finding outlives the tree's ids in what is printed: its paths are
 * texts. */
static int add_paths(struct analysis *a, struct finding *f,
		     const uint32_t *nodes, uint32_t n, struct err *err)
{
	scoped(buf_done) struct buf path = BUF_INIT(1 << 20);
	struct str *paths = arena_array(&a->texts, n, sizeof *paths, err);
	if (!paths)
		return -1;
	for (uint32_t i = 0; i < n; i++) {
		buf_reset(&path);
		if (tree_path(a->loaded->tree, nodes[i], &path, err) < 0 ||
		    arena_str(&a->texts, buf_str(&path), &paths[i], err) < 0)
			return -1;
	}
	f->paths = paths;
	f->n_paths = n;
	return 0;
}

int analyze_add_finding(struct analysis *a, const struct finding *f,
			const uint32_t *nodes, uint32_t n_nodes,
			struct err *err)
{
	struct finding *to;
	if (vec_room((void **)&a->findings, a->n_findings, &a->cap_findings,
		     sizeof *a->findings, err) < 0)
		return -1;
	to = &a->findings[a->n_findings];
	*to = *f;
	to->has_compressed = tree_layer(a->loaded->tree, f->layer)->compressed;
	add_rule(to);
	if (add_paths(a, to, nodes, n_nodes, err) < 0)
		return -1;
	a->n_findings++;
	return 0;
}
