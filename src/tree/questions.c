/* SPDX-License-Identifier: Apache-2.0 */
/* What is asked of a tree from outside. Who asks knows ids and entries, never
 * the arrays in which they lie. */
#include "tree/internal.h"

uint32_t tree_n_nodes(const struct tree *t)
{
	return t->n_nodes;
}

uint32_t tree_n_entries(const struct tree *t)
{
	return t->n_entries;
}

uint32_t tree_n_layers(const struct tree *t)
{
	return t->n_layers;
}

uint32_t tree_n_markers(const struct tree *t)
{
	return t->n_markers;
}

const struct limits *tree_limits(const struct tree *t)
{
	return t->lim;
}

uint32_t tree_parent(const struct tree *t, uint32_t node)
{
	return t->nodes[node].parent;
}

struct str tree_name(const struct tree *t, uint32_t node)
{
	return node_name(t, node);
}

const struct tree_entry *tree_top(const struct tree *t, uint32_t node)
{
	return node_top(t, node);
}

const struct tree_entry *tree_newest(const struct tree *t, uint32_t node)
{
	uint32_t top = t->nodes[node].top;
	return top == TREE_NONE ? NULL : &t->entries[top].e;
}

const struct tree_entry *tree_newest_at(const struct tree *t, uint32_t node,
					uint16_t layer)
{
	uint32_t v = t->nodes[node].top;
	while (v != TREE_NONE && t->entries[v].e.born > layer)
		v = t->entries[v].older;
	return v == TREE_NONE ? NULL : &t->entries[v].e;
}

const struct tree_entry *tree_entry(const struct tree *t, uint32_t id)
{
	return &t->entries[id].e;
}

uint32_t tree_id(const struct tree *t, const struct tree_entry *e)
{
	return entry_id(t, e);
}

const struct tree_entry *tree_link_inode(const struct tree *t,
					 const struct tree_entry *link)
{
	return &t->entries[version_of(link)->ref].e;
}

const struct tree_entry *tree_continued(const struct tree *t,
					const struct tree_entry *e)
{
	return e->flags & ENTRY_AGAIN ? &t->entries[version_of(e)->older].e
				      : NULL;
}

const struct tree_entry *tree_birth(const struct tree *t,
				    const struct tree_entry *e)
{
	while (e->flags & ENTRY_AGAIN)
		e = &t->entries[version_of(e)->older].e;
	return e;
}

const struct tree_entry *tree_declared(const struct tree *t,
				       const struct tree_entry *e)
{
	const uint8_t implied_again = ENTRY_IMPLIED | ENTRY_AGAIN;
	while ((e->flags & implied_again) == implied_again)
		e = &t->entries[version_of(e)->older].e;
	return e;
}

const struct tree_meta *tree_meta(const struct tree *t,
				  const struct tree_entry *inode)
{
	return &t->metas[version_of(inode)->meta];
}

const uint8_t *tree_content(const struct tree *t,
			    const struct tree_entry *inode)
{
	return version_of(inode)->ref == TREE_NONE
		       ? NULL
		       : t->contents[version_of(inode)->ref].sha256;
}

struct tree_device tree_device(const struct tree *t,
			       const struct tree_entry *device)
{
	return t->devices[version_of(device)->ref];
}

const struct tree_layer *tree_layer(const struct tree *t, uint32_t layer)
{
	return &t->layers[layer];
}

uint64_t tree_layer_dead(const struct tree_layer *l)
{
	uint64_t dead = 0;
	for (int k = 0; k < DEAD_KINDS; k++)
		dead += l->dead[k];
	return dead;
}

const struct tree_marker *tree_marker(const struct tree *t, uint32_t i)
{
	return &t->markers[i];
}

const struct engine_note *tree_note(const struct tree *t, uint32_t i)
{
	return i < t->n_notes ? &t->notes[i] : NULL;
}

bool tree_has_case(const struct tree *t, uint32_t layer,
		   enum engine_cure at_least)
{
	for (uint32_t i = 0; i < t->n_notes; i++)
		if (t->notes[i].layer == layer &&
		    tree_engine_cure(t->notes[i].what) >= at_least)
			return true;
	return false;
}
