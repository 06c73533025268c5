/* SPDX-License-Identifier: Apache-2.0 */
/* layer/testsource.h - whole images of layers in the language of testlayer.h,
 * written where a source finds them. What fails ends the test. */
#pragma once
#include "codec/codec.h"
#include "layer/testlayer.h"
#include "source/read/source.h"
#include "source/read/testimage.h"

struct testspec {
	const char *layers[TESTLAYERS_MAX + 1]; /* lowest first, then NULL */
	enum codec codec;			/* of every layer */
	const char *platform;			/* NULL: "linux/amd64" */
	const char *config;	 /* members before rootfs: "KEY":VALUE,.. */
	const char *history;	 /* the array; NULL: an entry a layer */
	const char *annotations; /* of the manifest: an object, or NULL */
};

/* Blobs of one image; appends its descriptor, with EXTRA before the brace. */
void testsource_add(struct testimage *t, const struct testspec *spec,
		    const char *extra, struct buf *desc);
/* A layout of n images; index: they are one, of several platforms. ref: of
 * what index.json names, or NULL. */
void testsource_oci(const char *dir, const struct testspec *v, size_t n,
		    bool index, const char *ref);
/* docker save's form, one image; tag may be NULL. */
void testsource_docker(const char *file, const struct testspec *spec,
		       const char *tag);

/* A source by its name, as the command line takes it. */
void testsource_open(const char *name, struct source **out);
/* Its first image. */
const struct image *testsource_image(struct source *s);
