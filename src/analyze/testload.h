/* SPDX-License-Identifier: Apache-2.0 */
/* analyze/testload.h - an image written, opened and loaded, for tests.
 *
 * Files are made in the directory at hand. What fails ends the test. */
#pragma once
#include "layer/testsource.h"
#include "tree/load.h"

struct testload {
	struct source *source;
	struct loaded_image image;
};

/* file is written in docker save's form. */
void testload_image(struct testload *t, const char *file,
		    const struct testspec *spec);
void testload_done(struct testload *t);
/* The node of a path in the final tree; it has to be there. */
uint32_t testload_node(const struct testload *t, const char *path);
