/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "report/human.h"
#include "report/removed.h"

static void layer_fate(const struct layer_result *l, bool removed, char *to,
		       size_t n)
{
	uint64_t was = l->stored_before, now = l->stored_after;
	if (layer_is_previous(l->fate))
		snprintf(to, n, "the previous image's layer %u",
			 l->previous + 1u);
	else if (l->fate == LAYER_VANISHED)
		snprintf(to, n, "gone: nothing of it is live");
	else if (l->fate == LAYER_REWRITTEN && now > was)
		snprintf(to, n, "took in %s of hard-linked files",
			 human_bytes(now - was).text);
	else if (l->fate == LAYER_REWRITTEN)
		snprintf(to, n, "lost %s%s", human_bytes(was - now).text,
			 removed ? "" : " of dead files");
	else if (l->recompressed)
		snprintf(to, n, "compressed anew, same DiffID");
	else
		snprintf(to, n, "kept");
}

static int put_layer(const struct layer_result *l, bool removed,
		     struct buf *out, struct err *err)
{
	char which[32], fate[96];
	snprintf(which, sizeof which, "%u", l->from + 1u);
	if (l->fate == LAYER_LAID)
		snprintf(which, sizeof which, "-");
	else if (l->to != l->from)
		snprintf(which, sizeof which, "%u-%u", l->from + 1u,
			 l->to + 1u);
	layer_fate(l, removed, fate, sizeof fate);
	return buf_addf(out, err, "%9s %10s %10s %10s %10s  %s\n", which,
			human_bytes(l->stored_before).text,
			human_bytes(l->stored_after).text,
			human_bytes(l->size_before).text,
			human_bytes(l->size_after).text, fate);
}

static int put_proof(const struct image_result *r, bool written,
		     struct buf *out, struct err *err)
{
	const char *how = written ? " (read back)" : " (planned)";
	if (r->n_removed == 0)
		return buf_addf(
			out, err,
			"proof  %s files, %s live; tree before and after\n"
			"       %s\n       %s%s\n",
			human_count(r->before.files).text,
			human_bytes(r->before.live).text,
			digest_text(&r->loaded.digest).text,
			digest_text(&r->digest_after).text, how);
	return buf_addf(out, err,
			"proof  %s files, %s live; tree of the source, the "
			"same without the %s names that are gone, and after\n"
			"       %s\n       %s\n       %s%s\n",
			human_count(r->after.files).text,
			human_bytes(r->after.live).text,
			human_count(r->n_removed).text,
			digest_text(&r->loaded.digest).text,
			digest_text(&r->expected).text,
			digest_text(&r->digest_after).text, how);
}

static int put_image(const struct image_result *r, const struct dropping *drop,
		     const struct text_style *style, bool written,
		     struct buf *out, struct err *err)
{
	const char *bold = style->color ? "\033[1m" : "";
	const char *plain = style->color ? "\033[0m" : "";
	scoped(buf_done) struct buf platform = BUF_INIT(4096);
	scoped(buf_done) struct buf name = BUF_INIT(1 << 20);
	if (oci_platform_text(&r->image->platform, &platform, err) < 0 ||
	    buf_quoted(&name, r->image->name, err) < 0 ||
	    buf_addf(out, err, "%s%.*s%s  %.*s\n", bold,
		     STR_ARG(buf_str(&name)), plain,
		     STR_ARG(buf_str(&platform))) < 0 ||
	    buf_addf(out, err, "%s%9s %10s %10s %10s %10s%s\n", bold, "LAYER",
		     "FILES", "NEW FILES", "BLOB", "NEW BLOB", plain) < 0)
		return -1;
	for (uint32_t i = 0; i < r->n_layers; i++)
		if (put_layer(&r->layers[i], r->n_removed > 0, out, err) < 0)
			return -1;
	if (buf_addf(out, err, "%9s %10s %10s %10s %10s  %s smaller\n\n", "all",
		     human_bytes(r->before.stored).text,
		     human_bytes(r->after.stored).text,
		     human_bytes(r->size_before).text,
		     human_bytes(r->size_after).text,
		     human_part(r->size_before > r->size_after
					? r->size_before - r->size_after
					: 0,
				r->size_before)
			     .text) < 0)
		return -1;
	if (r->n_base &&
	    buf_addf(out, err, "base   %u %s kept bit for bit (%s)\n",
		     r->n_base, r->n_base == 1 ? "layer" : "layers",
		     r->base_why) < 0)
		return -1;
	if (r->after.dead_base &&
	    buf_addf(out, err,
		     "       --base none would drop %s more, and share "
		     "nothing\n",
		     human_bytes(r->after.dead_base).text) < 0)
		return -1;
	if (drop && removed_text(drop, out, err) < 0)
		return -1;
	return put_proof(r, written, out, err);
}

/* Why every layer stayed as it was. */
static const char *nothing_gained(const struct report_job *job)
{
	if (strcmp(job->command, "optimize") == 0)
		return "Nothing to gain: no layer above the base holds enough "
		       "dead bytes.\n";
	return "Nothing to do: no two layers become one, and no byte of them "
	       "is dead.\n";
}

int report_optimize_text(const struct optimize_result *r,
			 const struct report_job *job,
			 const struct text_style *style, struct buf *out,
			 struct err *err)
{
	bool gained = false;
	for (size_t i = 0; i < r->n; i++) {
		gained |= r->images[i].plan.changed;
		if (put_image(&r->images[i], job->drops ? &job->drops[i] : NULL,
			      style, r->written, out, err) < 0)
			return -1;
	}
	if (!gained && buf_str_add(out, str_of(nothing_gained(job)), err) < 0)
		return -1;
	if (r->written)
		return buf_addf(out, err, "written to %.*s\n",
				STR_ARG(job->destination));
	return buf_addf(out, err,
			"Nothing was written: this is what "
			"`pare %s %.*s -o OUT` gives.\n",
			job->command, STR_ARG(job->source));
}
