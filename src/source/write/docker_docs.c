/* SPDX-License-Identifier: Apache-2.0 */
/* What docker save writes beside the blobs. */
#include "source/write/docker_docs.h"

#include <stdio.h>
#include <sys/utsname.h>

#include "json/write.h"
#include "oci/full_name.h"

const struct dest_image *dest_docker_image(const struct dest_image *images,
					   size_t n)
{
	struct utsname host;
	if (uname(&host) == 0)
		for (size_t i = 0; i < n; i++)
			if (oci_platform_matches(&images[i].manifest.platform,
						 str_of(host.machine)))
				return &images[i];
	return &images[0];
}

static void put_file(struct json_out *o, const struct digest *d,
		     const char *prefix, const char *suffix)
{
	char name[64 + DIGEST_TEXT_MAX];
	snprintf(name, sizeof name, "%s%s%s", prefix, digest_hex(d).text,
		 suffix);
	json_put_str(o, str_of(name));
}

static void put_repo_tags(struct json_out *o, struct str tag, struct buf *name)
{
	json_key(o, "RepoTags");
	if (tag.n == 0) {
		json_put_null(o);
		return;
	}
	json_open_array(o);
	json_put_str(o, buf_str(name));
	json_close_array(o);
}

int dest_manifest_json(const struct dest_result *r,
		       const struct dest_naming *names, struct buf *out,
		       struct err *err)
{
	scoped(buf_done) struct buf tag = BUF_INIT(4096);
	const struct dest_image *img = dest_docker_image(r->images, r->n);
	struct json_out o;
	if (r->tag.n && oci_name_tagged(r->tag, &tag, err) < 0)
		return -1;
	json_out_begin(&o, out, false);
	json_open_array(&o);
	json_open_object(&o);
	json_key(&o, "Config");
	put_file(&o, &img->config.digest, names->prefix, names->config_suffix);
	put_repo_tags(&o, r->tag, &tag);
	json_key(&o, "Layers");
	json_open_array(&o);
	for (size_t i = 0; i < img->n_layers; i++)
		put_file(&o, &img->layers[i].digest, names->prefix,
			 names->layer_suffix);
	json_close_array(&o);
	json_close_object(&o);
	json_close_array(&o);
	return json_out_finish(&o, err);
}

/* {"NAME":{"TAG":"HEX"}}, HEX being the uppermost layer: for engines before
 * manifest.json. */
int dest_repositories(const struct dest_result *r, struct buf *out,
		      struct err *err)
{
	scoped(buf_done) struct buf name = BUF_INIT(4096);
	const struct dest_image *img = dest_docker_image(r->images, r->n);
	struct json_out o;
	if (oci_name_tagged(r->tag, &name, err) < 0)
		return -1;
	size_t at = name.n;
	while (name.p[at - 1] != ':')
		at--;
	struct str tag = str_from(buf_str(&name), at);
	json_out_begin(&o, out, false);
	json_open_object(&o);
	name.p[at - 1] = 0;
	json_key(&o, name.p);
	json_open_object(&o);
	scoped(buf_done) struct buf key = BUF_INIT(4096);
	if (buf_str_add(&key, tag, err) < 0)
		return -1;
	const char *z = buf_cstr(&key);
	json_key(&o, z ? z : "");
	json_put_str(&o,
		     str_of(digest_hex(&img->layers[img->n_layers - 1].digest)
				    .text));
	json_close_object(&o);
	json_close_object(&o);
	return json_out_finish(&o, err);
}
