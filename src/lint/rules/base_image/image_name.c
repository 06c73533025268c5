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

static bool is_digest(struct str s)
{
	struct str algorithm, hex;
	if (!str_cut(s, ':', &algorithm, &hex) || algorithm.n == 0 ||
	    hex.n < 32)
		return false;
	for (size_t i = 0; i < hex.n; i++)
		if (!is_digit(hex.p[i]) &&
		    !(lower(hex.p[i]) >= 'a' && lower(hex.p[i]) <= 'f'))
			return false;
	if (str_eqz(algorithm, "sha256"))
		return hex.n == 64 && lint_word_is_lower(hex);
	if (str_eqz(algorithm, "sha512"))
		return hex.n == 128 && lint_word_is_lower(hex);
	return is_alpha(*algorithm.p);
}

/* Letters, digits, dots and hyphens, then maybe a port. */
static bool is_host(struct str s)
{
	struct str name, port = STR("0");
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

bool lint_image_name_is_valid(struct str reference)
{
	struct image_name i = lint_image_name_of(reference);
	struct str rest = i.name, part;
	size_t whole = i.registry.n ? i.registry.n + 1 + i.name.n : i.name.n;
	if (whole > 255 || (i.registry.n && !is_host(i.registry)))
		return false;
	if ((i.has_tag && !is_tag(i.tag)) ||
	    (memchr(reference.p ? reference.p : "", '@', reference.n) &&
	     !is_digest(i.digest)))
		return false;
	/* 64 hexadecimal digits are an identifier, which is no name. */
	if (rest.n == 64 && i.registry.n == 0) {
		size_t k = 0;
		while (k < 64 && (is_digit(rest.p[k]) ||
				  (rest.p[k] >= 'a' && rest.p[k] <= 'f')))
			k++;
		if (k == 64)
			return false;
	}
	for (bool more = true; more;) {
		more = str_cut(rest, '/', &part, &rest);
		if (!is_component(more ? part : rest))
			return false;
	}
	return true;
}
