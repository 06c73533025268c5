/* SPDX-License-Identifier: Apache-2.0 */
/* What a file's instructions weigh in an image that was built from it.
 *
 * An image does not say which Dockerfile it comes from, so its history is held
 * against the file from the end: the last entry with the last instruction of the
 * target, and so on upwards, through the stages that it stands on. The first pair
 * that does not agree ends it. What was matched until then is measured, the rest
 * is estimated as without an image:
 *
 *	FROM debian:12			(the base's own entries)
 *	RUN apt-get update		RUN /bin/sh -c apt-get update # buildkit
 *	COPY . /app			COPY . /app # buildkit
 *	CMD ["app"]			CMD ["app"]
 */
#include "work/lint_image.h"

#include <assert.h>
#include <stdlib.h>

#include "base/chars.h"
#include "catalog/catalog.h"
#include "oci/history.h"

enum { SAME_MAX = 400 };

/* --- history -------------------------------------------------------------- */

/* The keyword of an instruction that the history notes. A command by itself,
 * which the classic builder notes for RUN, begins with a path, or with |N where
 * N build arguments stand in front of it. */
static struct str keyword_of(const struct oci_history *h)
{
	struct str word = oci_history_instruction(h);
	size_t n = 0;
	while (n < word.n && is_alpha(word.p[n]))
		n++;
	word.n = n;
	return n ? word : STR("RUN");
}

/* Does the history's text contain that of the instruction? Engines join lines
 * and change blanks, so both are compared without any. SAME_MAX bytes are
 * proof enough, and bound what a hostile history costs. */
static bool tells_of(struct str by, struct str text)
{
	char want[SAME_MAX], got[16 * SAME_MAX];
	size_t n = 0, m = 0;
	for (size_t i = 0; i < text.n && n < sizeof want; i++)
		if (!is_blank(text.p[i]) && text.p[i] != '\n')
			want[n++] = text.p[i];
	for (size_t i = 0; i < by.n && m < sizeof got; i++)
		if (!is_blank(by.p[i]) && by.p[i] != '\n')
			got[m++] = by.p[i];
	return n == 0 || memmem(got, m, want, n) != NULL;
}

static bool is_made_by(const struct oci_history *h, const struct df_instr *in)
{
	const char *name = dockerfile_kind_name(in->kind);
	if (!name || !str_eq_nocase(keyword_of(h), str_of(name)))
		return false;
	/* Words of the others are expanded before they are written down. */
	return in->kind != DF_RUN || in->n_heredocs ||
	       in->form == DF_FORM_JSON ||
	       tells_of(h->created_by, in->rest.text);
}

/* The layer of history entry i, or SIZE_MAX. */
static size_t layer_of(const struct oci_config *c, size_t i)
{
	return c->history[i].empty_layer ? SIZE_MAX : oci_history_layers(c, i);
}

/* --- weighing ------------------------------------------------------------- */

/* What is in a cache alone goes with it: bytes that another name of the layer
 * needs (uv, pnpm and conda link what they install) stay. *out has the kinds
 * of each of the layer's entries. */
static int find_kinds(const struct tree *t, const struct tree_layer *l,
		      uint64_t *out, struct err *err)
{
	scoped(buf_done) struct buf path = BUF_INIT(1 << 16);
	for (uint32_t i = 0; i < l->count; i++)
		out[i] = UINT64_MAX;
	for (uint32_t i = l->first; i < l->first + l->count; i++) {
		const struct tree_entry *e = tree_entry(t, i);
		uint32_t inode = tree_id(t, tree_inode(t, e));
		if (e->node == TREE_NONE || inode < l->first ||
		    inode - l->first >= l->count)
			continue;
		buf_reset(&path);
		if (tree_path(t, e->node, &path, err) < 0)
			return -1;
		out[inode - l->first] &= catalog_caches_at(buf_str(&path));
	}
	return 0;
}

/* Puts the entry's bytes to those that lie in the same caches. */
static int add_share(struct lint_measured *m, size_t *cap, uint64_t caches,
		     uint64_t bytes, struct arena *a, struct err *err)
{
	struct lint_measured_share *v = (void *)m->shares;
	size_t i = 0;
	while (i < m->n_shares && v[i].caches != caches)
		i++;
	if (i == m->n_shares) {
		if (arena_grow(a, &v, i, cap, sizeof *v, err) < 0)
			return -1;
		v[m->n_shares++] = (struct lint_measured_share){ caches, 0 };
	}
	v[i].bytes += bytes;
	m->shares = v;
	return 0;
}

static int weigh_kinds(const struct tree *t, size_t layer, struct arena *a,
		       struct lint_measured *m, struct err *err)
{
	const struct tree_layer *l = tree_layer(t, (uint32_t)layer);
	struct lint_measured_kind *kinds =
		arena_array(a, CATALOG_CACHES_MAX, sizeof *kinds, err);
	scoped(arena_done) struct arena scratch = { 0 };
	uint64_t *held = arena_array(&scratch, l->count, sizeof *held, err);
	if (!kinds || !held || find_kinds(t, l, held, err) < 0)
		return -1;
	struct catalog_at at = { 0 };
	const struct catalog_cache *c;
	size_t n = 0, cap = 0;
	for (; (c = catalog_next_cache(&at)); n++)
		kinds[n] = (struct lint_measured_kind){ .name = c->name,
							.key = c->key };
	for (uint32_t i = 0; i < l->count; i++) {
		const struct tree_entry *e = tree_entry(t, l->first + i);
		if (tree_stores(e) && e->node != TREE_NONE && held[i] &&
		    add_share(m, &cap, held[i], tree_payload(t, e), a, err) < 0)
			return -1;
	}
	for (size_t i = 0; i < m->n_shares; i++)
		for (size_t k = 0; k < n; k++)
			if (m->shares[i].caches >> k & 1)
				kinds[k].bytes += m->shares[i].bytes;
	m->kinds = kinds;
	m->n_kinds = n;
	return 0;
}

/* Is the node there, or below it? */
static bool is_under(const struct tree *t, uint32_t node, uint32_t top)
{
	while (node != top && node != TREE_ROOT)
		node = tree_parent(t, node);
	return node == top;
}

static uint64_t below(const struct lint_measured *m, struct str place,
		      bool dead)
{
	const struct work_lint_image *image = m->image;
	const struct tree *t = image->li.tree;
	const struct tree_layer *l = tree_layer(t, m->layer);
	while (place.n && place.p[0] == '/')
		place = str_from(place, 1);
	uint32_t top = place.n ? tree_find(t, place) : TREE_ROOT;
	uint64_t sum = 0;
	for (uint32_t i = l->first; top != TREE_NONE && i < l->first + l->count;
	     i++) {
		const struct tree_entry *e = tree_entry(t, i);
		if (!tree_stores(e) || e->node == TREE_NONE ||
		    !is_under(t, e->node, top))
			continue;
		if (!dead || tree_fate(t, tree_inode(t, e)).n_names == 0)
			sum += tree_payload(t, e);
	}
	return sum;
}

static int weigh(const struct work_lint_image *image, size_t history,
		 struct arena *a, struct lint_measured *m, struct err *err)
{
	const struct tree *t = image->li.tree;
	size_t layer = layer_of(&image->image->config, history);
	m->known = true;
	if (layer == SIZE_MAX || layer >= tree_n_layers(t))
		return 0;
	m->image = image;
	m->below = below;
	m->layer = (uint32_t)layer;
	m->stored = tree_layer(t, (uint32_t)layer)->stored;
	m->dead = tree_layer_dead(tree_layer(t, (uint32_t)layer));
	return weigh_kinds(t, layer, a, m, err);
}

/* Instructions of the target and of the stages below it, from the last one
 * up, as long as history goes with them. */
static int measure(const struct lint_measurer *self, const struct lint_file *f,
		   const struct lint_measured **out, struct err *err)
{
	const struct work_lint_image *image =
		container_of(self, struct work_lint_image, measurer);
	const struct oci_config *c = &image->image->config;
	size_t at = c->n_history;
	struct lint_measured *v =
		arena_array(f->arena, f->df->n_instrs, sizeof *v, err);
	if (!v)
		return -1;
	for (uint32_t s = f->target; s != DF_NO_STAGE;
	     s = f->graph->stages[s].base) {
		const struct df_stage *stage = &f->graph->stages[s];
		for (uint32_t i = stage->end; i-- > stage->first;) {
			if (at == 0 || !is_made_by(&c->history[at - 1],
						   f->df->instrs[i])) {
				*out = v;
				return 0;
			}
			if (weigh(image, --at, f->arena, &v[i], err) < 0)
				return -1;
		}
	}
	*out = v;
	return 0;
}

static bool has(const struct lint_seen *seen, struct str path)
{
	const struct tree *t =
		container_of(seen, struct work_lint_image, seen)->li.tree;
	uint32_t node = tree_find(t, path);
	return node != TREE_NONE && tree_top(t, node);
}

int work_lint_image_open(struct work_session *s, const char *name,
			 struct work_lint_image **out, struct err *err)
{
	scoped(work_lint_image_close) struct work_lint_image *image =
		calloc(1, sizeof *image);
	const struct image_set *set;
	if (!image)
		return err_nomem(err, sizeof *image);
	image->measurer.measure = measure;
	image->seen.has = has;
	if (work_open_images(s, name, &image->source, &set, err) < 0)
		return -1;
	if (set->n == 0)
		return err_set(err, ERR_NOT_FOUND, "%s holds no image", name);
	if (work_look_at(s, set->images[0], &image->li, err) < 0)
		return -1;
	image->image = set->images[0];
	*out = take(&image);
	return 0;
}

const struct lint_measurer *work_lint_image_measurer(
	const struct work_lint_image *image)
{
	return &image->measurer;
}

const struct lint_seen *work_lint_image_seen(
	const struct work_lint_image *image)
{
	return &image->seen;
}

void work_lint_image_close(struct work_lint_image **image)
{
	if (!*image)
		return;
	tree_loaded_image_done(&(*image)->li);
	source_close(&(*image)->source);
	free(*image);
	*image = NULL;
}
