/* SPDX-License-Identifier: Apache-2.0 */
/* The first half of the proof: what was written is opened as any image, read in
 * full and compared. It shares the reading code with the first pass, so it
 * cannot show that images are read rightly; it shows that the bytes on the disk
 * mean what the plan meant, whatever planner, writer, codec or disk did. */
#include "shrink/prove.h"

#include "shrink/phantom.h"

/* Canonical: without diff_ids, history and times, which a rewrite may change,
 * and with keys in one order (oci/canonical.c). All else decides what runs. */
static int compare_config(const struct image *a, const struct image *b,
			  const struct limits *lim, struct err *err)
{
	scoped(buf_done) struct buf x = BUF_INIT((size_t)lim->config_max * 8);
	scoped(buf_done) struct buf y = BUF_INIT((size_t)lim->config_max * 8);
	if (oci_canonical_config(a->config.text, lim, &x, err) < 0 ||
	    oci_canonical_config(b->config.text, lim, &y, err) < 0)
		return -1;
	if (str_eq(buf_str(&x), buf_str(&y)))
		return 0;
	return err_set(err, ERR_MISMATCH,
		       "the result has another config than the source");
}

static int prove_image(struct image_result *r, const struct image *written,
		       const struct shrink_options *opt, struct err *err)
{
	scoped(tree_loaded_image_done) struct loaded_image li = { 0 };
	struct load_options load = opt->load;
	/* The point is to read what is on the disk, not what we meant to write.
	 * Layers that pass bit for bit are hashed only: their indices are known
	 * from the source or from the previous result, which were both read in
	 * this run, and the digest ties the two together. */
	load.trust_cache = false;
	load.phase = "proving";
	load.keep_indices = false;
	load.known[0] =
		(struct known_layers){ r->loaded.layers, r->loaded.n_layers };
	load.known[1] = (struct known_layers){ r->previous.layers,
					       r->previous.n_layers };
	if (tree_load_image(written, &load, &li, err) < 0)
		return -1;
	if (!digest_eq(&li.digest, &r->expected))
		return err_set(err, ERR_MISMATCH,
			       "the result shows the tree %s, expected was %s",
			       digest_text(&li.digest).text,
			       digest_text(&r->expected).text);
	/* Equal trees prove that the layers mean the same by our own rules.
	 * Engines mount them by theirs. */
	if (shrink_check_phantoms(li.tree, r->loaded.tree,
				  (uint32_t)r->loaded.n_layers, err) < 0)
		return -1;
	r->digest_after = li.digest;
	return tree_sum(li.tree, r->n_base, &r->after, err);
}

int shrink_prove(struct dest *dst, struct optimize_result *res,
		 const struct shrink_options *opt, struct err *err)
{
	scoped(source_close) struct source *staged = NULL;
	const struct image_set *set;
	struct source_options so = { .limits = opt->load.limits,
				     .tmpdir = opt->tmpdir };
	if (dest_stage(dst, &so, &staged, err) < 0 ||
	    source_images(staged, &set, err) < 0)
		return err_ctx(err, "reading the result back");
	/* A layout may have held images before: the staged name must lead to
	 * just those that were written. */
	if (set->n != res->n)
		return err_set(err, ERR_MISMATCH,
			       "the result holds %zu images, expected %zu",
			       set->n, res->n);
	for (size_t i = 0; i < res->n; i++) {
		struct image_result *r = &res->images[i];
		if (compare_config(r->image, set->images[i], opt->load.limits,
				   err) < 0 ||
		    prove_image(r, set->images[i], opt, err) < 0)
			return err_ctx(err, "proof of %.*s",
				       STR_ARG(r->image->name));
	}
	return 0;
}
