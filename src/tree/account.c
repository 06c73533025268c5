/* SPDX-License-Identifier: Apache-2.0 */
/* Who stores bytes, and what makes them dead.
 *
 * An inode is dead when its last name is. Names may come and go within a layer
 * ("f a; h b >a; l a >x" leaves b), so inodes that lose a last name are listed
 * and judged at the end of the layer. Of several losses in one layer the lowest
 * enum tree_loss decides; a loss in a later layer takes the place of all earlier
 * ones, since it took the name that was left.
 *
 * Bytes in brackets, one image:
 *
 *	0	f a[10]  f b[5]		stored 15
 *	1	f a[10] with mode 600	stored 10; a of 0: metadata_only
 *	2	.wh.b			b of 0: removed
 *
 * stored 25 = live 10 (a of layer 1) + dead 15. Dead bytes are booked to the
 * layer that stores them, not to the one that hid them: a rewrite makes the
 * former smaller. */
#include <stdlib.h>

#include "base/vec.h"
#include "tree/layering.h"

const char *const tree_dead_kind_name[DEAD_KINDS] = {
	[DEAD_OVERWRITTEN] = "overwritten", [DEAD_REMOVED] = "removed",
	[DEAD_HIDDEN] = "hidden",	    [DEAD_REPLACED] = "replaced",
	[DEAD_METADATA] = "metadata_only",
};

enum dead_kind tree_dead_kind(enum tree_loss loss)
{
	switch (loss) {
	case LOSS_OVERWRITTEN:
		return DEAD_OVERWRITTEN;
	case LOSS_METADATA:
		return DEAD_METADATA;
	case LOSS_REPLACED:
	case LOSS_REPLACED_PARENT:
		return DEAD_REPLACED;
	case LOSS_HIDDEN:
		return DEAD_HIDDEN;
	case LOSS_REMOVED:
	case LOSS_NONE:
		break;
	}
	return DEAD_REMOVED;
}

int tree_entry_new(struct tree *t, const struct version *v, uint32_t *out,
		   struct err *err)
{
	if (vec_room((void **)&t->entries, t->n_entries, &t->cap_entries,
		     sizeof *t->entries, err) < 0)
		return -1;
	*out = t->n_entries;
	t->entries[t->n_entries++] = *v;
	return 0;
}

void tree_entry_stores(struct layering *l, uint32_t entry)
{
	struct tree_entry *e = &l->t->entries[entry].e;
	if (e->type != TAR_FILE || e->flags & ENTRY_STORES)
		return;
	e->flags |= ENTRY_STORES;
	l->t->layers[e->born].stored += tree_payload(l->t, e);
}

/* An inode without a name left: its bytes are dead, in the layer that stores
 * them.
 *
 * An inode without ENTRY_STORES (a directory, a device, what AUFS left and no
 * link showed) never counted as stored, so it must not count as dead either. */
static void inode_lost(struct tree *t, const struct tree_entry *ino)
{
	if (!(ino->flags & ENTRY_STORES))
		return;
	enum dead_kind kind =
		tree_dead_kind((enum tree_loss)tree_fate(t, ino).loss);
	t->layers[ino->born].dead[kind] += tree_payload(t, ino);
	t->layers[ino->born].dead_compressed[kind] += tree_cost(t, ino);
}

int tree_name_lost(struct layering *l, uint32_t entry, enum tree_loss loss,
		   struct err *err)
{
	struct tree *t = l->t;
	struct tree_entry *e = &t->entries[entry].e;
	e->died = l->layer;
	e->name_loss = (uint8_t)loss;
	if (e->born == l->layer)
		e->flags |= ENTRY_UNSEEN;
	struct tree_entry *ino =
		e->flags & ENTRY_LINK ? &t->entries[version_of(e)->ref].e : e;
	if (ino->flags & ENTRY_SHARED) {
		struct tree_fate *f = tree_shared_fate(t, ino);
		/* The loss in an earlier layer took another name and left this
		 * one, so it says nothing of why the bytes are dead now. */
		if (f->lost != l->layer || loss < (enum tree_loss)f->loss)
			f->loss = (uint8_t)loss;
		f->lost = l->layer;
		f->n_names--;
	}
	if (tree_fate(t, ino).n_names || ino->flags & ENTRY_LOST)
		return 0;
	/* A link further on in the layer may give it a name again. */
	if (vec_room((void **)&l->lost, l->n_lost, &l->cap_lost,
		     sizeof *l->lost, err) < 0)
		return -1;
	ino->flags |= ENTRY_LOST;
	l->lost[l->n_lost++] = entry_id(t, ino);
	return 0;
}

/* Judged here and not in tree_name_lost: until the last member is placed a hard
 * link may still give the inode a name back. */
void tree_account_lost(struct layering *l)
{
	for (uint32_t i = 0; i < l->n_lost; i++) {
		struct tree_entry *ino = &l->t->entries[l->lost[i]].e;
		ino->flags &= (uint16_t)~ENTRY_LOST;
		if (tree_fate(l->t, ino).n_names == 0)
			inode_lost(l->t, ino);
	}
}

/* Contents are interned: equal ones have one id. */
static bool same_content(const struct tree *t, const struct tree_entry *a,
			 const struct tree_entry *b)
{
	switch (a->type) {
	case TAR_FILE:
		return version_of(a)->ref == version_of(b)->ref;
	case TAR_SYMLINK:
		return str_eq(tree_target(t, a), tree_target(t, b));
	case TAR_CHAR:
	case TAR_BLOCK:
		return memcmp(&t->devices[version_of(a)->ref],
			      &t->devices[version_of(b)->ref],
			      sizeof *t->devices) == 0;
	default:
		return true;
	}
}

enum tree_loss tree_loss_between(const struct tree *t, uint32_t older,
				 uint32_t newer)
{
	const struct tree_entry *a = entry_inode(t, &t->entries[older].e);
	const struct tree_entry *b = entry_inode(t, &t->entries[newer].e);
	if (a->type != b->type)
		return LOSS_REPLACED;
	return same_content(t, a, b) ? LOSS_METADATA : LOSS_OVERWRITTEN;
}
