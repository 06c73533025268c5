/* SPDX-License-Identifier: Apache-2.0 */
/* Where an image lies, as skopeo and podman spell it
 * (containers-transports(5)):
 *
 *	oci:DIR[:TAG|@N]	docker-archive:FILE[:NAME|@N]	dir:DIR
 *	oci-archive:FILE[..]	docker://NAME	docker-daemon:NAME	a path
 */
#include "oci/ref.h"

#include "oci/name.h"

struct transport {
	enum ref_transport id;
	const char *name;
	const char *prefix;
	/* Reads what stands behind the prefix into path, tag and index. */
	int (*read)(struct str rest, struct ref *out, struct err *err);
};

static int refuse(const struct ref *r, const char *want, struct err *err)
{
	return err_set(err, ERR_USAGE, "\"%s\": expected %s",
		       str_quoted(r->text).text, want);
}

static int read_path(struct str rest, struct ref *out, struct err *err)
{
	(void)err;
	out->path = rest;
	return 0;
}

static int read_dir(struct str rest, struct ref *out, struct err *err)
{
	if (rest.n == 0)
		return refuse(out, "dir:DIR", err);
	out->path = rest;
	return 0;
}

/* PATH[:REST], split at the first colon as skopeo does; REST may be @N. 1:
 * out->tag is to be judged, 0: it is none.
 *
 * So a path with a colon in it has no name here, in skopeo neither; it can be
 * read without a transport, as a path. */
static int read_split(struct str rest, const char *want, struct ref *out,
		      struct err *err)
{
	struct str tag = { 0 };
	bool has_tag = str_cut(rest, ':', &out->path, &tag);
	if (!has_tag)
		out->path = rest;
	if (out->path.n == 0)
		return refuse(out, want, err);
	if (tag.n > 0 && tag.p[0] == '@') {
		if (!str_to_u64(str_from(tag, 1), &out->index))
			return refuse(out, want, err);
		out->has_index = true;
		return 0;
	}
	out->tag = tag;
	return has_tag;
}

static int read_docker_archive(struct str rest, struct ref *out,
			       struct err *err)
{
	static const char want[] = "docker-archive:FILE[:REF|@N]";
	struct oci_name name;
	int r = read_split(rest, want, out, err);
	if (r <= 0)
		return r;
	if (out->tag.n == 0)
		return refuse(out, want, err);
	if (oci_parse_name(out->tag, &name, err) < 0)
		return -1;
	if (name.has_digest)
		return refuse(out, "a name without a digest", err);
	return 0;
}

static int read_oci(struct str rest, struct ref *out, struct err *err)
{
	int r = read_split(rest, "oci:DIR[:TAG|@N]", out, err);
	return r < 0 ? r : 0;
}

static int read_oci_archive(struct str rest, struct ref *out, struct err *err)
{
	int r = read_split(rest, "oci-archive:FILE[:TAG|@N]", out, err);
	return r < 0 ? r : 0;
}

static int read_docker(struct str rest, struct ref *out, struct err *err)
{
	struct oci_name name;
	if (oci_parse_name(rest, &name, err) < 0)
		return -1;
	out->path = rest;
	out->tag = name.tag;
	return 0;
}

/* A name, or the ID of an image: its config's digest. */
static int read_daemon(struct str rest, struct ref *out, struct err *err)
{
	struct oci_name name;
	struct digest id;
	struct err why = { 0 };
	out->path = rest;
	if (str_starts(rest, STR("sha256:")) && rest.n == 7 + 64 &&
	    digest_parse(rest, &id, &why) == 0)
		return 0;
	if (oci_parse_name(rest, &name, err) < 0)
		return -1;
	out->tag = name.tag;
	return 0;
}

static const struct transport transports[] = {
	{ REF_PATH, "path", NULL, read_path },
	{ REF_DOCKER_ARCHIVE, "docker-archive",
	  "docker-archive:", read_docker_archive },
	{ REF_OCI, "oci", "oci:", read_oci },
	{ REF_OCI_ARCHIVE, "oci-archive", "oci-archive:", read_oci_archive },
	{ REF_DIR, "dir", "dir:", read_dir },
	{ REF_DOCKER, "docker", "docker://", read_docker },
	{ REF_DOCKER_DAEMON, "docker-daemon", "docker-daemon:", read_daemon },
};

const char *oci_ref_transport_name(enum ref_transport t)
{
	return transports[t].name;
}

static const struct transport *transport_of(struct str text, struct str *rest)
{
	for (size_t i = 0; i < ARRAY_LEN(transports); i++) {
		if (!transports[i].prefix)
			continue;
		struct str prefix = str_of(transports[i].prefix);
		if (!str_starts(text, prefix))
			continue;
		*rest = str_from(text, prefix.n);
		return &transports[i];
	}
	*rest = text;
	return &transports[0];
}

/* "SCHEME://": a path could hold it, but nobody means a path.
 *
 * "https://registry/a" as a path would end as "no such file", which helps
 * nobody. */
static bool has_scheme(struct str text)
{
	size_t colon = str_find(text, ':');
	return colon > 0 && colon == MIN(colon, str_find(text, '/')) &&
	       str_starts(str_from(text, colon), STR("://"));
}

int oci_parse_ref(struct str text, struct arena *a, struct ref *out,
		  struct err *err)
{
	struct ref r = { .text = text };
	struct str rest;
	if (text.n == 0)
		return err_set(err, ERR_USAGE, "an empty image name");
	if (str_find(text, '\0') < text.n)
		return refuse(&r, "a name without NUL", err);
	const struct transport *t = transport_of(text, &rest);
	if (t->id == REF_PATH && has_scheme(text))
		return refuse(&r,
			      "docker://, docker-archive:, docker-daemon:, "
			      "oci:, oci-archive:, dir: or a path",
			      err);
	r.transport = t->id;
	if (t->read(rest, &r, err) < 0 ||
	    arena_str(a, r.text, &r.text, err) < 0 ||
	    arena_str(a, r.path, &r.path, err) < 0 ||
	    arena_str(a, r.tag, &r.tag, err) < 0)
		return -1;
	*out = r;
	return 0;
}
