/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/range.h - layers that follow one another, as people name them. */
#pragma once
#include "shrink/layer.h"
#include "source/read/source.h"

/* Reads "FROM..TO", "FROM..", "..TO" or the name of one layer. A layer's name
 * is its number, from 1 up as analyze shows them; the start (four hex digits or
 * more) of its digest, of its DiffID or of the name that docker save gave it;
 * "top"; or "base": as FROM the first layer above the base, as TO the base's
 * last one. ERR_USAGE for what names no layer, several, or none in between. */
must_check int shrink_find_range(const struct image *img, struct str text,
				 uint32_t n_base, struct layer_range *out,
				 struct err *err);
