/* SPDX-License-Identifier: Apache-2.0 */
/* tree/load.h - an image's layers read and laid over one another. */
#pragma once
#include "layer/read.h"
#include "tree/tree.h"

struct loaded_image {
	const struct image *image;
	struct layer_index *layers;	 /* records empty unless kept */
	const struct layer_index **used; /* a layer's own, or a known one */
	size_t n_layers;
	struct tree *tree;
	struct digest digest; /* of the tree */
};

void tree_loaded_image_done(struct loaded_image *li);
/* One worker a layer, largest first, and a second thread that inflates one which
 * is more than an even share; every digest, size and DiffID checked.
 * Errors begin with the image and the layer. */
must_check int tree_load_image(const struct image *img,
			       const struct load_options *opt,
			       struct loaded_image *out, struct err *err);
/* Lays the layers of an image that was loaded with its indices over one another
 * once more: the same tree again, for who changes it. */
must_check int tree_lay_again(const struct loaded_image *li, struct tree **out,
			      struct err *err);
