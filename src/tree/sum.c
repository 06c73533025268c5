/* SPDX-License-Identifier: Apache-2.0 */
/* The sums of a tree, counted twice over in different ways. stored and dead
 * were added up while layers were laid, event by event; live is added up here
 * from the inodes that have a name in the end. That stored = live + dead is
 * therefore a check of the accounts, and it runs in every analysis, not in
 * tests alone. */
#include <stdlib.h>

#include "tree/internal.h"

/* Every live inode has a live name; its own entry is looked at once. A
 * file below .wh..wh.plnk that links show is an inode without a name of its own. */
static bool is_live_file(const struct tree *t, const struct tree_entry *e)
{
	return e->type == TAR_FILE && e->flags & ENTRY_STORES &&
	       tree_fate(t, e).n_names;
}

static int sum_live(const struct tree *t, struct tree_totals *out,
		    struct err *err)
{
	size_t n = t->n_contents / 8 + 1;
	uint8_t *seen = calloc(n, 1); /* a bit a content */
	if (!seen)
		return err_nomem(err, n);
	for (uint32_t i = 0; i < t->n_entries; i++) {
		const struct tree_entry *e = &t->entries[i].e;
		if (!is_live_file(t, e))
			continue;
		uint64_t size = tree_size(t, e);
		out->files++;
		out->apparent += size;
		out->live += tree_payload(t, e);
		if (size == 0)
			continue;
		uint8_t *byte = &seen[version_of(e)->ref / 8];
		uint8_t bit = (uint8_t)(1u << version_of(e)->ref % 8);
		if (*byte & bit)
			out->duplicate += size;
		*byte |= bit;
	}
	free(seen);
	return 0;
}

int tree_sum(const struct tree *t, uint32_t n_base, struct tree_totals *out,
	     struct err *err)
{
	struct tree_totals s = { 0 };
	uint64_t tar = 0;
	for (uint32_t i = 0; i < t->n_layers; i++) {
		const struct tree_layer *l = &t->layers[i];
		s.stored += l->stored;
		s.entries += l->count;
		s.compressed += l->blob_size;
		s.has_compressed |= l->compressed;
		tar += l->tar_size;
		for (int k = 0; k < DEAD_KINDS; k++) {
			s.by_kind[k] += l->dead[k];
			s.dead += l->dead[k];
			if (i < n_base)
				s.dead_base += l->dead[k];
		}
	}
	/* Payload in markers and AUFS leftovers is overhead, too: nobody
	 * stores it. */
	s.overhead = tar - s.stored;
	if (sum_live(t, &s, err) < 0)
		return -1;
	/* The one identity of the accounts: each stored byte is live or dead,
	 * and once. stored and dead were counted layer by layer, live is
	 * counted here, from the final tree. */
	if (s.stored != s.live + s.dead)
		return err_set(err, ERR_MISMATCH,
			       "stored %llu is not live %llu + dead %llu: "
			       "please report this",
			       (unsigned long long)s.stored,
			       (unsigned long long)s.live,
			       (unsigned long long)s.dead);
	*out = s;
	return 0;
}
