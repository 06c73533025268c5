/* SPDX-License-Identifier: Apache-2.0 */
/* work/wins.h - which commands would make an image smaller, and by how much:
 * from plans alone. */
#pragma once
#include "analyze/analysis.h"

/* Plans what `pare optimize` would make of the image, by itself, with --drop
 * caches and with --base none, and sets a->wins to those that win anything, the
 * two others only where that is more than the first wins. Their bytes are
 * exact: what the same command then takes out. A plan that cannot be made wins
 * nothing. The image was loaded with its indices; a was made of it. */
must_check int work_wins_find(const struct loaded_image *li, struct analysis *a,
			      unsigned threads, struct err *err);
