/* SPDX-License-Identifier: Apache-2.0 */
#include "report/history.h"

#include <stdlib.h>

#include "oci/history.h"

void report_history_rows_done(struct history_rows *h)
{
	free(h->v);
	*h = (struct history_rows){ 0 };
}

static void set_layer(const struct loaded_image *li, uint32_t layer,
		      struct history_row *row)
{
	const struct tree_layer *l = tree_layer(li->tree, layer);
	row->has_layer = row->known = true;
	row->layer = layer;
	row->stored = l->stored;
	row->compressed = l->compressed ? l->blob_size : 0;
	for (int k = 0; k < DEAD_KINDS; k++)
		row->dead += l->dead[k];
}

/* Entries and layers side by side, oldest first. */
static void add_in_step(const struct loaded_image *li, struct history_rows *h)
{
	const struct oci_config *c = &li->image->config;
	uint32_t layer = 0;
	for (size_t i = 0; i < c->n_history; i++) {
		struct history_row *row = &h->v[h->n++];
		row->entry = &c->history[i];
		row->known = true;
		if (!row->entry->empty_layer)
			set_layer(li, layer++, row);
	}
}

/* Which entry made which layer is not known: the layers stand for themselves,
 * below what the history says. */
static void add_apart(const struct loaded_image *li, struct history_rows *h)
{
	const struct oci_config *c = &li->image->config;
	for (uint32_t i = 0; i < li->n_layers; i++)
		set_layer(li, i, &h->v[h->n++]);
	for (size_t i = 0; i < c->n_history; i++)
		h->v[h->n++].entry = &c->history[i];
}

int report_history_rows(const struct loaded_image *li, struct history_rows *out,
			struct err *err)
{
	const struct oci_config *c = &li->image->config;
	struct history_rows h = { 0 };
	size_t n = li->n_layers + c->n_history;
	h.v = calloc(n + 1, sizeof *h.v);
	if (!h.v)
		return err_nomem(err, n * sizeof *h.v);
	h.in_step = oci_history_layers(c, c->n_history) == li->n_layers;
	if (h.in_step)
		add_in_step(li, &h);
	else
		add_apart(li, &h);
	for (size_t i = 0; i < h.n / 2; i++) {
		struct history_row row = h.v[i];
		h.v[i] = h.v[h.n - 1 - i];
		h.v[h.n - 1 - i] = row;
	}
	*out = h;
	return 0;
}
