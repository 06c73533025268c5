/* SPDX-License-Identifier: Apache-2.0 */
/* source/write/testdest.h - tiny images into destinations of any kind, for
 * tests. What fails ends the test, but for testdest_open. */
#pragma once
#include "source/read/testlook.h"
#include "source/write/testcallback.h"

/* An image of layers that are their own diff: what dest_finish takes. */
struct testdest {
	struct desc layers[2];
	struct digest diff_ids[2];
	struct testtext manifest;
	struct dest_image image;
};

extern const struct dest_around testdest_nothing;

/* Of the kinds of testcallback.h. */
must_check int testdest_open(const char *name, struct dest **d,
			     struct err *err);
/* Its blobs and documents. */
void testdest_put_image(struct dest *d, const char *arch, unsigned n,
			const char *const *layers, struct testdest *m);
/* dest_finish with that image alone. */
void testdest_finish(struct dest *d, const struct testdest *m, const char *tag);
/* All of it, committed. */
void testdest_write(const char *name, const char *tag, unsigned n,
		    const char *const *layers);
