/* SPDX-License-Identifier: Apache-2.0 */
/* source/read/testimage.h - tiny images for tests, as files in a list that is
 * written as a tar or as a directory. Anything that fails ends the test. */
#pragma once
#include "base/digest.h"

struct testfile {
	char *name;
	struct buf content;
	char *target; /* of a link */
	bool hard;
};

struct testimage {
	struct testfile *v;
	size_t n;
};

void testimage_done(struct testimage *t);
void testimage_add(struct testimage *t, const char *name, const char *content);
void testimage_link(struct testimage *t, const char *name, const char *target,
		    bool hard);
void testimage_tar(const struct testimage *t, const char *path);
void testimage_dir(const struct testimage *t, const char *path);

struct testtext {
	char text[2048];
};
/* "sha256:..." of a text. */
struct testtext testimage_digest(const char *content);
/* The config of an image with these layers. platform: "os/arch[/variant]". */
struct testtext testimage_config(const char *platform, unsigned n,
				 const char *const *layers);
/* {"mediaType":..,"digest":..,"size":..EXTRA}; the blob is added as well,
 * unless t is NULL. extra: ,"key":value.. */
struct testtext testimage_blob(struct testimage *t, const char *media_type,
			       const char *content, const char *extra);
/* Blobs of config, layers and manifest; returns the manifest's descriptor. */
struct testtext testimage_manifest(struct testimage *t, const char *platform,
				   unsigned n, const char *const *layers,
				   const char *extra);
/* oci-layout and index.json with these descriptors, joined by commas. */
void testimage_index(struct testimage *t, const char *manifests);

/* A new directory that the test runs in. */
struct testplace {
	char dir[32];
};
struct testplace testplace_new(void);
void testplace_done(struct testplace *p);
/* Called at the end of each; NULL: nothing. */
extern void (*testplace_also)(void);
#define IN_NEW_PLACE                                             \
	scoped(testplace_done)                                   \
		__attribute__((unused)) struct testplace place = \
			testplace_new()

/* Descriptors that are open, to see that none is left. */
unsigned testimage_open_files(void);

/* A shell command that must succeed. */
void testimage_run(const char *cmd);
/* What one prints, without the last newline. Until the next call. */
const char *testimage_output(const char *cmd);

/* The layers of most images: bytes that are their own diff. */
extern const char *const testimage_two[2], *const testimage_other[1];

/* snprintf that must fit. */
int testimage_print(char *to, size_t n, const char *fmt, ...) printf_like(3, 4);
