/* SPDX-License-Identifier: Apache-2.0 */
/* A directory as skopeo's dir: writes it: manifest.json with the bytes that a
 * registry would give, blobs as HEX, version; with several platforms
 * manifest.json is the index and HEX.manifest.json are its manifests. */
#include <stdio.h>

#include "source/read/layout_files.h"
#include "source/read/oci_layout.h"
#include "source/read/skopeo_dir.h"

static bool taste(const struct file_source *f)
{
	return source_files_has(&f->files, "manifest.json") &&
	       (f->source.ref.transport == REF_DIR ||
		source_files_has(&f->files, "version"));
}

int source_skopeo_blob_name(const struct digest *d, bool is_document, char *out,
			    size_t size)
{
	bool is_sha256 = d->alg == DIGEST_SHA256;
	return snprintf(out, size, "%s%s%s%s",
			is_sha256 ? "" : digest_alg_name(d->alg),
			is_sha256 ? "" : "-", digest_hex(d).text,
			is_document ? ".manifest.json" : "");
}

static int check_version(struct file_source *f, struct err *err)
{
	struct str text;
	int r = source_read_named(f, "version", &f->source.lim.manifest_max,
				  &text, err);
	if (r <= 0)
		return r;
	if (str_starts(text, STR(SKOPEO_DIR_VERSION_1)))
		return 0;
	return err_set(err, ERR_UNSUPPORTED,
		       "version: \"%s\", expected \"" SKOPEO_DIR_VERSION "\"",
		       str_quoted(text).text);
}

/* Nothing says what digest manifest.json has; what it leads to is verified. */
static int images(struct file_source *f, struct err *err)
{
	struct desc top = { .has_data = true };
	const struct desc *at = &top;
	if (check_version(f, err) < 0)
		return -1;
	int r = source_read_named(f, "manifest.json",
				  &f->source.lim.manifest_max, &top.data, err);
	if (r == 0)
		return err_set(err, ERR_NOT_FOUND, "manifest.json is missing");
	if (r < 0)
		return -1;
	top.size = top.data.n;
	if (digest_of(DIGEST_SHA256, top.data.p, top.data.n, &top.digest, err) <
	    0)
		return -1;
	return source_oci_walk(&f->source, NULL, 0, &at, 1, err);
}

const struct file_format source_skopeo_dir = {
	.name = "dir",
	.transport = REF_DIR,
	.directory = true,
	.marks = "manifest.json",
	.taste = taste,
	.images = images,
	.find_layer = source_layout_find_layer,
	.blob_name = source_skopeo_blob_name,
};
