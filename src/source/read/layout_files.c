/* SPDX-License-Identifier: Apache-2.0 */
/* OCI layouts as directory and as archive. */
#include "source/read/layout_files.h"

#include <stdio.h>

#include "source/read/oci_layout.h"

/* rules_oci makes layouts whose blobs are symlinks to where the build keeps
 * them. Whatever such a link leads to counts only when it has the digest. */
static int find_linked(const struct file_source *f, struct str name,
		       struct file *out, struct err *err)
{
	int r = source_files_find_outside(&f->files, name, out, err);
	if (r > 0 && f->no_follow) {
		source_file_done(out);
		return err_set(err, ERR_UNSUPPORTED,
			       "%.*s is a symbolic link out of the layout, "
			       "which --no-follow refuses",
			       STR_ARG(name));
	}
	return r < 0 ? err_ctx(err, "%.*s", STR_ARG(name)) : r;
}

int source_layout_find(const struct file_source *f, const struct desc *d,
		       bool is_document, struct file *out, struct err *err)
{
	char name[32 + DIGEST_TEXT_MAX];
	if (!f->format->blob_name)
		return 0;
	int n = f->format->blob_name(&d->digest, is_document, name,
				     sizeof name);
	struct str z = { name, (size_t)n };
	int r = source_files_find(&f->files, z, out, err);
	if (r < 0)
		return err_ctx(err, "%s", name);
	if (r == 0 && f->format->links_blobs)
		return find_linked(f, z, out, err);
	return r;
}

int source_layout_find_layer(const struct file_source *f,
			     const struct source_layer *l, struct file *out,
			     struct err *err)
{
	if (l->desc.has_data)
		return 0;
	int r = source_layout_find(f, &l->desc, false, out, err);
	return r == 0 ? source_oci_refuse_missing(&l->desc, err) : r;
}

static int blob_name(const struct digest *d, bool is_document, char *out,
		     size_t size)
{
	(void)is_document;
	return snprintf(out, size, "blobs/%s/%s", digest_alg_name(d->alg),
			digest_hex(d).text);
}

static bool taste(const struct file_source *f)
{
	return source_files_has(&f->files, "index.json") ||
	       source_files_has(&f->files, "oci-layout");
}

static int images(struct file_source *f, struct err *err)
{
	return source_oci_images(&f->source, err);
}

const struct file_format source_oci_dir = {
	.name = "oci",
	.transport = REF_OCI,
	.directory = true,
	.links_blobs = true,
	.marks = "index.json or oci-layout",
	.taste = taste,
	.images = images,
	.find_layer = source_layout_find_layer,
	.blob_name = blob_name,
};

const struct file_format source_oci_archive = {
	.name = "oci-archive",
	.transport = REF_OCI_ARCHIVE,
	.marks = "index.json or oci-layout",
	.taste = taste,
	.images = images,
	.find_layer = source_layout_find_layer,
	.blob_name = blob_name,
};
