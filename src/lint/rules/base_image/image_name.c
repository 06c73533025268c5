/* SPDX-License-Identifier: Apache-2.0 */
/* A reference as it is written, maybe with variables in it, and whether it is
 * one (distribution's reference grammar: domain/path:tag@digest).
 *
 * From the right: @ begins the digest, a : behind the last slash the tag; the
 * first part is a registry when it looks like a host:
 *
 *	localhost/a      registry localhost
 *	a.b/c:1          registry a.b, tag 1
 *	a/b              Docker Hub's a/b
 *	host:5000/a      the : is a port: it stands in front of a slash
 */
#include "lint/rules/base_image/image_name.h"

#include "base/chars.h"
#include "lint/builder/builder.h"
#include "lint/facts/words.h"

/* localhost, or with a dot, a port or a capital in it. */
static bool is_registry(struct str s)
{
	return str_eqz(s, "localhost") || lint_word_find(s, 0, ".:") < s.n ||
	       (!lint_word_has_expansion(s) && !lint_word_is_lower(s));
}

struct image_name lint_image_name_of(struct str reference)
{
	struct image_name i = { .name = reference };
	size_t at = lint_word_find(i.name, 0, "@");
	if (at < i.name.n) {
		i.digest = str_from(i.name, at + 1);
		i.name.n = at;
	}
	size_t slash = 0, next;
	while ((next = lint_word_find(i.name, slash, "/")) < i.name.n)
		slash = next + 1;
	size_t colon = lint_word_find(i.name, slash, ":");
	if (colon < i.name.n) {
		i.tag = str_from(i.name, colon + 1);
		i.has_tag = true;
		i.name.n = colon;
	}
	size_t first = lint_word_find(i.name, 0, "/");
	struct str host = { i.name.p, first };
	if (first < i.name.n && is_registry(host)) {
		i.registry = host;
		i.name = str_from(i.name, first + 1);
	}
	return i;
}

static bool is_small(char c)
{
	return (c >= 'a' && c <= 'z') || is_digit(c);
}

/* [a-z0-9]+ parts, joined by ".", "_", "__" or hyphens. */
static bool is_component(struct str s)
{
	size_t i = 0;
	while (i < s.n) {
		size_t from = i;
		while (i < s.n && is_small(s.p[i]))
			i++;
		if (i == from)
			return false;
		if (i == s.n)
			return true;
		char c = s.p[i];
		from = i;
		while (i < s.n && s.p[i] == c)
			i++;
		size_t max = c == '-' ? s.n : c == '_' ? 2 : c == '.';
		if (i - from > max)
			return false;
	}
	return false;
}

static bool is_tag(struct str s)
{
	if (s.n == 0 || s.n > 128)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool word = is_alpha(c) || is_digit(c) || c == '_';
		if (!word && (i == 0 || (c != '.' && c != '-')))
			return false;
	}
	return true;
}

/* [::1], then maybe a port. */
static bool is_ipv6_host(struct str s)
{
	size_t end = str_find(s, ']');
	if (end < 2 || end == s.n)
		return false;
	for (size_t i = 1; i < end; i++)
		if (s.p[i] != ':' && !is_digit(s.p[i]) &&
		    !(lower(s.p[i]) >= 'a' && lower(s.p[i]) <= 'f'))
			return false;
	for (size_t i = end + 2; i < s.n; i++)
		if (!is_digit(s.p[i]))
			return false;
	return end + 1 == s.n || (s.p[end + 1] == ':' && end + 2 < s.n);
}

/* Letters, digits, dots and hyphens, then maybe a port. */
static bool is_host(struct str s)
{
	struct str name, port = STR("0");
	if (s.n && *s.p == '[')
		return is_ipv6_host(s);
	if (!str_cut(s, ':', &name, &port))
		name = s;
	for (size_t i = 0; i < port.n; i++)
		if (!is_digit(port.p[i]))
			return false;
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];
		bool edge = i == 0 || i + 1 == name.n || name.p[i - 1] == '.' ||
			    name.p[i + 1] == '.';
		if (!is_alpha(c) && !is_digit(c) &&
		    (edge || (c != '-' && c != '.')))
			return false;
	}
	return name.n && port.n;
}

/* 64 hexadecimal digits are an identifier, which is no name. */
static bool is_identifier(struct str s)
{
	size_t k = 0;
	while (k < s.n &&
	       (is_digit(s.p[k]) || (s.p[k] >= 'a' && s.p[k] <= 'f')))
		k++;
	return s.n == 64 && k == 64;
}

static const char *path_fault(struct str path)
{
	static const char *const bad =
		"a name is parts of a-z and 0-9, joined by single dots, one or "
		"two _, or hyphens, with / between";
	struct str part, rest = path;
	for (size_t i = 0; i < path.n; i++)
		if (path.p[i] >= 'A' && path.p[i] <= 'Z')
			return "the names of images are in lower case";
	for (bool more = true; more;) {
		more = str_cut(rest, '/', &part, &rest);
		if (!is_component(more ? part : rest))
			return bad;
	}
	return path.n > 255 ? "a name has 255 characters at most" : NULL;
}

const char *lint_image_name_fault(struct str reference)
{
	struct image_name i = lint_image_name_of(reference);
	/* What is no host may still be a directory: a_b.c/d. */
	if (i.registry.n && !is_host(i.registry)) {
		if (!is_component(i.registry))
			return "its registry is no host name";
		i.name = (struct str){ i.registry.p,
				       i.registry.n + 1 + i.name.n };
	}
	const char *why = path_fault(i.name);
	if (why)
		return why;
	if (i.has_tag && !is_tag(i.tag))
		return "a tag is one, behind the only colon, of letters, "
		       "digits, _, . and -, 128 characters at most";
	if (str_has(reference, '@'))
		return lint_checksum_fault(i.digest);
	return is_identifier(reference)
		       ? "64 hexadecimal digits are an identifier and no name"
		       : NULL;
}

bool lint_image_name_is_valid(struct str reference)
{
	return lint_image_name_fault(reference) == NULL;
}
