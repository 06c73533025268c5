/* SPDX-License-Identifier: Apache-2.0 */
/* Names of images by the grammar of distribution/reference:
 *
 *	[host[:port]/]path[/path]...[:tag][@digest]
 *
 *	localhost:5000/a/b:1.0@sha256:..	host, path a/b, tag, digest
 *	a.b/c					host a.b: it has a dot
 *	a/b					path a/b
 *
 * The regular expressions of the original are written as loops: no engine, no
 * backtracking, no allocation. */
#include "oci/name.h"

enum { TAG_MAX = 128, NAME_MAX_BYTES = 255 };

static bool is_lower(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool is_alnum(char c)
{
	return is_lower(c) || (c >= 'A' && c <= 'Z');
}

/* [a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*
 *
 * "a", "a.b", "a__b", "a---b" are parts; "a..b", "a_._b", "-a" and "A" are
 * none. */
static bool is_path_part(struct str s)
{
	size_t i = 0;
	for (;;) {
		size_t start = i;
		while (i < s.n && is_lower(s.p[i]))
			i++;
		if (i == start)
			return false;
		if (i == s.n)
			return true;
		char sep = s.p[i++];
		if (sep != '.' && sep != '_' && sep != '-')
			return false;
		if (sep == '_' && i < s.n && s.p[i] == '_')
			i++;
		while (sep == '-' && i < s.n && s.p[i] == '-')
			i++;
	}
}

static bool is_path(struct str s)
{
	struct str part, rest;
	while (str_cut(s, '/', &part, &rest)) {
		if (!is_path_part(part))
			return false;
		s = rest;
	}
	return is_path_part(s);
}

static bool is_tag(struct str s)
{
	if (s.n == 0 || s.n > TAG_MAX || !(is_alnum(s.p[0]) || s.p[0] == '_'))
		return false;
	for (size_t i = 1; i < s.n; i++)
		if (!is_alnum(s.p[i]) && s.p[i] != '_' && s.p[i] != '.' &&
		    s.p[i] != '-')
			return false;
	return true;
}

/* Labels joined by dots; a label neither begins nor ends with "-". */
static bool is_dns_name(struct str s)
{
	char before = '.';
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (!is_alnum(c) && c != '.' && c != '-')
			return false;
		if (!is_alnum(c) && before == '.')
			return false;
		if (c == '.' && before == '-')
			return false;
		before = c;
	}
	return is_alnum(before);
}

static bool is_ipv6(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_alnum(s.p[i]) && s.p[i] != ':')
			return false;
	return s.n >= 2;
}

/* "localhost:5000", "[::1]:5000", "a.b-c.d"; a port is at most 65535. */
static bool is_host(struct str s)
{
	struct str port = { 0 };
	uint64_t number;
	if (s.n > 0 && s.p[0] == '[') {
		size_t end = str_find(s, ']');
		if (end == s.n || !is_ipv6((struct str){ s.p + 1, end - 1 }))
			return false;
		port = str_from(s, end + 1);
		if (port.n == 0)
			return true;
		if (port.p[0] != ':')
			return false;
		port = str_from(port, 1);
	} else {
		struct str name;
		if (!str_cut(s, ':', &name, &port))
			return is_dns_name(s);
		if (!is_dns_name(name))
			return false;
	}
	return str_to_u64(port, &number) && number <= UINT16_MAX;
}

static bool has_upper(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] >= 'A' && s.p[i] <= 'Z')
			return true;
	return false;
}

/* A first part is a host when it could not be a path part, or is localhost. */
static bool looks_like_host(struct str part)
{
	return str_find(part, '.') < part.n || str_find(part, ':') < part.n ||
	       has_upper(part) || str_eqz(part, "localhost");
}

static int refuse(struct str text, const char *what, struct err *err)
{
	return err_set(err, ERR_USAGE, "\"%s\" is no image name: %s",
		       str_quoted(text).text, what);
}

/* The digest behind "@", when there is one, leaves *s. */
static int cut_digest(struct str text, struct str *s, struct oci_name *out,
		      struct err *err)
{
	struct str digest;
	struct err why = { 0 };
	if (!str_cut(*s, '@', s, &digest))
		return 0;
	if (digest_parse(digest, &out->digest, &why) < 0)
		return refuse(text, why.text, err);
	out->has_digest = true;
	return 0;
}

int oci_parse_name(struct str text, struct oci_name *out, struct err *err)
{
	struct oci_name name = { 0 };
	struct str s = text, first, rest;
	if (cut_digest(text, &s, &name, err) < 0)
		return -1;
	/* Of the name alone: tag and digest do not count into the 255 bytes. */
	size_t name_size = s.n;
	if (str_cut(s, '/', &first, &rest) && looks_like_host(first)) {
		if (!is_host(first))
			return refuse(text, "the host is not valid", err);
		name.host = first;
		s = rest;
	}
	if (str_cut(s, ':', &name.path, &name.tag)) {
		name_size -= name.tag.n + 1;
		if (!is_tag(name.tag))
			return refuse(text,
				      "a tag is 1 to 128 of A-Z a-z 0-9 _ . -, "
				      "and does not begin with . or -",
				      err);
	} else {
		name.path = s;
	}
	if (!is_path(name.path))
		return refuse(text,
			      "a repository is parts of a-z and 0-9, with . _ "
			      "__ or - between, joined by /",
			      err);
	if (name_size > NAME_MAX_BYTES)
		return refuse(text, "longer than 255 bytes", err);
	*out = name;
	return 0;
}
