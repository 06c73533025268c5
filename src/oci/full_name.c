/* SPDX-License-Identifier: Apache-2.0 */
/* Docker's short names, as distribution/reference has them:
 *
 *	alpine			docker.io/library/alpine:latest
 *	grafana/grafana:11	docker.io/grafana/grafana:11
 *	index.docker.io/a	docker.io/library/a:latest
 *	ghcr.io/a/b		ghcr.io/a/b:latest */
#include "oci/full_name.h"

#include "oci/name.h"

struct parts {
	struct str host, path, tag;
	bool library; /* "library/" belongs in front of the path */
};

static int split(struct str name, struct parts *out, struct err *err)
{
	struct oci_name n;
	if (oci_parse_name(name, &n, err) < 0)
		return -1;
	*out = (struct parts){ n.host, n.path, n.tag, false };
	if (out->tag.n == 0)
		out->tag = STR("latest");
	if (out->host.n == 0 || str_eqz(out->host, "index.docker.io"))
		out->host = STR("docker.io");
	if (!str_eqz(out->host, "docker.io"))
		return 0;
	if (str_starts(out->path, STR("library/")))
		out->path = str_from(out->path, 8);
	out->library = str_find(out->path, '/') == out->path.n;
	return 0;
}

/* "alpine" in a docker-archive is what a user calls
 * docker.io/library/alpine:latest. Names that are none are the same only when
 * their bytes are. */
bool oci_name_same(struct str a, struct str b)
{
	struct err why = { 0 };
	struct parts pa, pb;
	if (str_eq(a, b))
		return true;
	return split(a, &pa, &why) == 0 && split(b, &pb, &why) == 0 &&
	       str_eq(pa.host, pb.host) && str_eq(pa.path, pb.path) &&
	       str_eq(pa.tag, pb.tag);
}

int oci_name_full(struct str name, struct buf *out, struct err *err)
{
	struct parts p;
	if (split(name, &p, err) < 0)
		return -1;
	return buf_addf(out, err, "%.*s/%s%.*s:%.*s", STR_ARG(p.host),
			p.library ? "library/" : "", STR_ARG(p.path),
			STR_ARG(p.tag));
}

int oci_name_tagged(struct str name, struct buf *out, struct err *err)
{
	struct oci_name n;
	if (oci_parse_name(name, &n, err) < 0 ||
	    buf_str_add(out, name, err) < 0)
		return -1;
	return n.tag.n ? 0 : buf_str_add(out, STR(":latest"), err);
}

struct str oci_name_tag(struct str name)
{
	struct err why = { 0 };
	struct parts p;
	return split(name, &p, &why) == 0 ? p.tag : (struct str){ 0 };
}

bool oci_name_is_full(struct str name)
{
	return str_find(name, ':') < name.n || str_find(name, '/') < name.n;
}
