/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "report/human.h"
#include "report/removed.h"
#include "report/table.h"

/* Rewritten, though no byte of a file goes. */
static void anew_fate(const struct image_result *r,
		      const struct layer_result *l, char *to, size_t n)
{
	const struct tree *t = r->loaded.tree;
	bool is_case = tree_has_case(t, l->from, ENGINE_CURE_FLATTEN);
	bool is_dead = false, has_marker = false;
	for (uint32_t i = 0; i < tree_n_markers(t); i++)
		has_marker |= tree_marker(t, i)->layer == l->from;
	for (uint32_t i = 0; i < tree_n_entries(t); i++) {
		const struct tree_entry *e = tree_entry(t, i);
		is_dead |= e->born == l->from && e->node != TREE_NONE &&
			   !tree_is_marker(e) && e->type != TAR_DIR &&
			   e->died != TREE_ALIVE;
	}
	if (l->from != l->to)
		snprintf(to, n, "%u layers made one", l->to - l->from + 1u);
	else if (is_case)
		snprintf(to, n, "written so that engines agree");
	else if (is_dead)
		snprintf(to, n, "lost dead names without bytes");
	else if (has_marker)
		snprintf(to, n, "lost whiteouts hiding nothing");
	else
		snprintf(to, n, "rewritten with the same files");
}

/* has_laid: the rewritten layer is what previous layers lack, not what the
 * source's layers lost. */
static void layer_fate(const struct image_result *r,
		       const struct layer_result *l, bool has_laid, char *to,
		       size_t n)
{
	uint64_t was = l->stored_before, now = l->stored_after;
	if (layer_is_previous(l->fate))
		snprintf(to, n, "the previous image's layer %u",
			 l->previous + 1u);
	else if (l->fate == LAYER_VANISHED)
		snprintf(to, n, "gone: nothing of it is live");
	else if (l->fate == LAYER_REWRITTEN && has_laid)
		snprintf(to, n, "what the previous image lacks");
	else if (l->fate == LAYER_REWRITTEN && now > was)
		snprintf(to, n, "took in %s of hard-linked files",
			 report_human_bytes(now - was).text);
	else if (l->fate == LAYER_REWRITTEN && now == was)
		anew_fate(r, l, to, n);
	else if (l->fate == LAYER_REWRITTEN)
		snprintf(to, n, "lost %s%s", report_human_bytes(was - now).text,
			 r->n_removed ? "" : " of dead files");
	else if (l->recompressed)
		snprintf(to, n, "%s, same DiffID",
			 l->codec == CODEC_NONE ? "stored uncompressed"
						: "recompressed");
	else
		snprintf(to, n, "kept");
}

static int add_sizes(struct table *t, const uint64_t sizes[4], struct err *err)
{
	for (int i = 0; i < 4; i++)
		if (report_table_cell(t,
				      str_of(report_human_bytes(sizes[i]).text),
				      err) < 0)
			return -1;
	return 0;
}

static int add_layer(const struct image_result *r, const struct layer_result *l,
		     bool has_laid, struct table *t, struct err *err)
{
	char which[32], fate[96];
	const uint64_t sizes[] = { l->stored_before, l->stored_after,
				   l->size_before, l->size_after };
	snprintf(which, sizeof which, "%u", l->from + 1u);
	if (l->fate == LAYER_LAID)
		snprintf(which, sizeof which, "-");
	else if (l->to != l->from)
		snprintf(which, sizeof which, "%u-%u", l->from + 1u,
			 l->to + 1u);
	layer_fate(r, l, has_laid, fate, sizeof fate);
	if (report_table_cell(t, str_of(which), err) < 0 ||
	    add_sizes(t, sizes, err) < 0)
		return -1;
	return report_table_cell(t, str_of(fate), err);
}

static bool has_laid(const struct image_result *r)
{
	for (uint32_t i = 0; i < r->n_layers; i++)
		if (r->layers[i].fate == LAYER_LAID)
			return true;
	return false;
}

static int put_layers(const struct image_result *r,
		      const struct text_style *style, struct buf *out,
		      struct err *err)
{
	static const struct column columns[] = {
		{ "LAYER", COLUMN_NUMBER, 5, 0 },
		{ "FILES", COLUMN_NUMBER, 10, 1 },
		{ "NEW FILES", COLUMN_NUMBER, 10, 1 },
		{ "BLOB", COLUMN_NUMBER, 10, 1 },
		{ "NEW BLOB", COLUMN_NUMBER, 10, 1 },
		{ "", COLUMN_WRAP, 20, 2 },
	};
	scoped(report_table_done) struct table t =
		TABLE_INIT(columns, style->width);
	const uint64_t all[] = { r->before.stored, r->after.stored,
				 r->size_before, r->size_after };
	bool laid = has_laid(r);
	t.color = style->color;
	for (uint32_t i = 0; i < r->n_layers; i++)
		if (add_layer(r, &r->layers[i], laid, &t, err) < 0)
			return -1;
	/* Blobs of two kinds are not compared: see put_tars. */
	if (report_table_cell(&t, STR("all"), err) < 0 ||
	    add_sizes(&t, all, err) < 0 ||
	    report_table_cell(
		    &t,
		    r->alike ? str_of(report_human_change(r->size_before,
							  r->size_after)
					      .text)
			     : STR(""),
		    err) < 0)
		return -1;
	return report_table_put(&t, out, err);
}

static const char *codecs_text(const struct image_result *r)
{
	size_t raw_before = 0, raw_after = 0, n_after = 0;
	for (size_t i = 0; i < r->image->n_layers; i++)
		raw_before += r->loaded.layers[i].codec == CODEC_NONE;
	for (uint32_t i = 0; i < r->n_layers; i++) {
		if (r->layers[i].fate == LAYER_VANISHED)
			continue;
		n_after++;
		raw_after += r->layers[i].codec == CODEC_NONE;
	}
	if (raw_before == r->image->n_layers && raw_after == 0)
		return "the source is not compressed, the result is";
	if (raw_before == 0 && raw_after == n_after)
		return "the source is compressed, the result is not";
	return "some layers are compressed on one side only";
}

/* Where blobs cannot be compared, the tars in them can. */
static int put_tars(const struct image_result *r, struct buf *out,
		    struct err *err)
{
	if (r->alike)
		return 0;
	return buf_addf(out, err,
			"tars   %s, now %s: %s\n"
			"       (%s, so their blobs do not compare)\n",
			report_human_bytes(r->tar_before).text,
			report_human_bytes(r->tar_after).text,
			report_human_change(r->tar_before, r->tar_after).text,
			codecs_text(r));
}

/* What a node that has the previous image must fetch. */
static int put_previous(const struct image_result *r, struct buf *out,
			struct err *err)
{
	uint64_t fetched = 0;
	uint32_t n = 0;
	if (!r->previous.image)
		return 0;
	for (uint32_t i = 0; i < r->n_layers; i++) {
		bool has = r->layers[i].fate == LAYER_VANISHED;
		for (size_t k = 0; k < r->previous.n_layers; k++)
			has |= digest_eq(&r->layers[i].desc.digest,
					 &r->previous.layers[k].blob);
		fetched += has ? 0 : r->layers[i].size_after;
		n += !has;
	}
	return buf_addf(out, err,
			"fetch  a node that has the previous image fetches %s "
			"in %s, of %s\n",
			report_human_bytes(fetched).text,
			report_human_things(n, "layer", "layers").text,
			report_human_bytes(r->size_after).text);
}

static int put_base(const struct image_result *r, bool promise, struct buf *out,
		    struct err *err)
{
	const char *how = "bit for bit";
	for (uint32_t i = 0; i < r->n_layers; i++)
		if (r->layers[i].recompressed && r->layers[i].to < r->n_base)
			how = r->layers[i].codec == CODEC_NONE
				      ? "tar for tar, stored uncompressed"
				      : "tar for tar, recompressed";
	if (r->n_base &&
	    buf_addf(out, err, "base   %s kept %s (%s)\n",
		     report_human_things(r->n_base, "layer", "layers").text,
		     how, r->base_why) < 0)
		return -1;
	if (!r->after.dead_base || !promise)
		return 0;
	return buf_addf(out, err,
			"       --base none would drop up to %s more, and "
			"share nothing\n",
			report_human_bytes(r->after.dead_base).text);
}

static int put_proof(const struct image_result *r, bool written,
		     struct buf *out, struct err *err)
{
	const char *how = written ? " (read back)" : " (planned)";
	if (r->n_removed == 0)
		return buf_addf(
			out, err,
			"proof  %s, %s live; tree before and after\n"
			"       %s\n       %s%s\n",
			report_human_things(r->before.files, "file", "files")
				.text,
			report_human_bytes(r->before.live).text,
			digest_text(&r->loaded.digest).text,
			digest_text(&r->digest_after).text, how);
	return buf_addf(
		out, err,
		"proof  %s, %s live; tree of the source, the same "
		"without the %s gone, and after\n"
		"       %s\n       %s\n       %s%s\n",
		report_human_things(r->after.files, "file", "files").text,
		report_human_bytes(r->after.live).text,
		report_human_things(r->n_removed, "name that is",
				    "names that are")
			.text,
		digest_text(&r->loaded.digest).text,
		digest_text(&r->expected).text,
		digest_text(&r->digest_after).text, how);
}

static int put_image(const struct image_result *r, const struct dropping *drop,
		     const struct report_rewrite *w,
		     const struct text_style *style, bool written,
		     struct buf *out, struct err *err)
{
	const char *bold = style->color ? "\033[1m" : "";
	const char *plain = style->color ? "\033[0m" : "";
	/* What squash takes together is not a matter of the base alone. */
	bool promise = strcmp(w->command, "squash") != 0;
	scoped(buf_done) struct buf platform = BUF_INIT(4096);
	scoped(buf_done) struct buf name = BUF_INIT(1 << 20);
	if (oci_platform_text(&r->image->platform, &platform, err) < 0 ||
	    buf_shown(&name, r->image->name, err) < 0 ||
	    buf_addf(out, err, "%s%.*s%s  %.*s\n", bold,
		     STR_ARG(buf_str(&name)), plain,
		     STR_ARG(buf_str(&platform))) < 0 ||
	    put_layers(r, style, out, err) < 0 ||
	    buf_byte(out, '\n', err) < 0 || put_tars(r, out, err) < 0 ||
	    put_base(r, promise, out, err) < 0 || put_previous(r, out, err) < 0)
		return -1;
	if (drop && report_removed_text(drop, out, err) < 0)
		return -1;
	return put_proof(r, written, out, err);
}

/* Some layer is another blob, though none lost a file: what was done to it;
 * NULL: there is none. */
static const char *recompressed(const struct optimize_result *r)
{
	const char *how = NULL;
	for (size_t i = 0; i < r->n; i++)
		for (uint32_t k = 0; k < r->images[i].n_layers; k++) {
			const struct layer_result *l = &r->images[i].layers[k];
			if (l->recompressed && l->codec != CODEC_NONE)
				return "Layers are compressed, no more: none "
				       "above the base holds enough dead "
				       "bytes.\n";
			if (l->recompressed)
				how = "Layers are stored uncompressed, no "
				      "more: none above the base holds enough "
				      "dead bytes.\n";
		}
	return how;
}

/* Why every layer holds what it held. */
static const char *nothing_gained(const struct report_rewrite *w)
{
	if (strcmp(w->command, "optimize") != 0)
		return "Nothing to do: no two layers become one, and no byte "
		       "of them is dead.\n";
	if (recompressed(w->result))
		return recompressed(w->result);
	return "Nothing to gain: no layer above the base holds enough dead "
	       "bytes.\n";
}

int report_rewrite_text(const struct report_rewrite *w,
			const struct text_style *style, struct buf *out,
			struct err *err)
{
	const struct optimize_result *r = w->result;
	bool gained = false;
	for (size_t i = 0; i < r->n; i++) {
		gained |= r->images[i].plan.changed;
		if (put_image(&r->images[i], w->drops ? &w->drops[i] : NULL, w,
			      style, r->written, out, err) < 0)
			return -1;
	}
	return gained ? 0 : buf_str_add(out, str_of(nothing_gained(w)), err);
}
