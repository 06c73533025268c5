/* SPDX-License-Identifier: Apache-2.0 */
/* source/read/testlook.h - a look at a source, as one line of text. */
#pragma once
#include "source/read/testpipe.h"

/* What source_open tells of a name: "KIND PLATFORM[ TAG...] | LAYER...", one
 * part an image, joined by "; "; the layers as their bytes. " +N" counts
 * attestations. On failure "CODE: text". Until the next call. */
const char *testimage_look(const char *ref, const char *platform);
/* What it noted meanwhile, joined by "; ". Until the next testimage_look. */
const char *testimage_notes(void);
