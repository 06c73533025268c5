/* SPDX-License-Identifier: Apache-2.0 */
/* source/read/testlayout.h - OCI layouts for tests, over every kind that is
 * shaped so.
 *
 * An image goes by the same letter in all of them, and what is expected is the
 * same to the letter, too, but for the kind's name. */
#pragma once
#include "source/read/testlook.h"

#define REF_NAME(name) ",\"annotations\":{\"" OCI_REF_NAME "\":\"" name "\"}"
#define BOTH_NAMES(name, full)                           \
	",\"annotations\":{\"" OCI_REF_NAME "\":\"" name \
	"\",\"" OCI_IMAGE_NAME "\":\"" full "\"}"
#define PLATFORM(arch) \
	",\"platform\":{\"os\":\"linux\",\"architecture\":\"" arch "\"}"
#define ATTESTATION                                                        \
	",\"platform\":{\"os\":\"unknown\",\"architecture\":\"unknown\"}," \
	"\"annotations\":{\"vnd.docker.reference.type\":"                  \
	"\"attestation-manifest\",\"vnd.docker.reference.digest\":"        \
	"\"sha256:aa\"}"

enum { TESTLAYOUT_KINDS = 3 };
extern const struct testlayout_kind {
	char path;
	const char *kind;
} testlayout_kinds[TESTLAYOUT_KINDS];

/* As every kind, each under its letter. */
void testlayout_write(const struct testimage *t);
/* What a look at LETTER and name tells of each; "D" in want stands for the
 * letter. */
void testlayout_expect(const char *name, const char *platform,
		       const char *want);
/* The same, of an image: want follows the kind's name. */
void testlayout_expect_platform(const char *name, const char *platform,
				const char *want);
void testlayout_expect_image(const char *name, const char *want);

/* "A,B". */
struct testtext testlayout_join(const char *a, const char *b);
/* The descriptor of an index of these; extra: ,"key":value.. */
struct testtext testlayout_index_of(struct testimage *t, const char *manifests,
				    const char *extra);
/* A manifest over given descriptors of config and layer. */
void testlayout_index_with(struct testimage *t, const char *config,
			   const char *layer);
/* The config of an image of testimage_other. */
struct testtext testlayout_config_of(struct testimage *t);
