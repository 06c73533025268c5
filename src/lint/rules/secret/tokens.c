/* SPDX-License-Identifier: Apache-2.0 */
/* Secrets that are told by how they begin: makers of tokens give them prefixes
 * so that scanners find them. A prefix, an alphabet and a length leave hardly a
 * chance hit; what remains are examples of documentation, which is_placeholder
 * and is_made_up let pass. */
#include "lint/rules/secret/tokens.h"

#include "base/macros.h"
#include "base/chars.h"

enum alphabet { WORD, UPPER, URL64 };

static const struct {
	const char *prefix, *what;
	enum alphabet alphabet;
	size_t least, most; /* characters behind the prefix */
} kinds[] = {
	{ "ghp_", "a GitHub token", WORD, 36, 255 },
	{ "gho_", "a GitHub token", WORD, 36, 255 },
	{ "ghu_", "a GitHub token", WORD, 36, 255 },
	{ "ghs_", "a GitHub token", WORD, 36, 255 },
	{ "ghr_", "a GitHub token", WORD, 36, 255 },
	{ "github_pat_", "a GitHub token", WORD, 40, 255 },
	{ "glpat-", "a GitLab token", URL64, 20, 255 },
	{ "AKIA", "an AWS access key", UPPER, 16, 16 },
	{ "ASIA", "an AWS access key", UPPER, 16, 16 },
	{ "xoxb-", "a Slack token", URL64, 20, 255 },
	{ "xoxp-", "a Slack token", URL64, 20, 255 },
	{ "xoxa-", "a Slack token", URL64, 20, 255 },
	{ "sk_live_", "a Stripe key", WORD, 20, 255 },
	{ "rk_live_", "a Stripe key", WORD, 20, 255 },
	{ "npm_", "an npm token", WORD, 36, 36 },
	{ "AIza", "a Google API key", URL64, 35, 35 },
	{ "hf_", "a Hugging Face token", WORD, 34, 40 },
	{ "dckr_pat_", "a Docker token", URL64, 20, 255 },
	{ "pypi-AgEI", "a PyPI token", URL64, 40, 255 },
	{ "AGE-SECRET-KEY-1", "an age key", UPPER, 58, 58 },
};

static bool is_of(char c, enum alphabet a)
{
	bool upper = c >= 'A' && c <= 'Z';
	if (a == UPPER)
		return upper || is_digit(c);
	return is_alpha(c) || is_digit(c) || c == '_' ||
	       (a == URL64 && c == '-');
}

/* xxxxxxxx, 00000000 and EXAMPLE are no secrets.
 *
 * A random token of 36 characters has over 20 different ones; fewer than 7 are
 * typed by a person. */
static bool is_placeholder(struct str s)
{
	bool seen[256] = { false };
	size_t different = 0;
	for (size_t i = 0; i < s.n; i++) {
		different += !seen[(unsigned char)s.p[i]];
		seen[(unsigned char)s.p[i]] = true;
		if (str_starts(str_from(s, i), STR("EXAMPLE")) ||
		    str_starts(str_from(s, i), STR("example")))
			return true;
	}
	return different < 7;
}

static bool known_prefix(struct str text, size_t i, struct token *out)
{
	for (size_t k = 0; k < ARRAY_LEN(kinds); k++) {
		struct str p = str_of(kinds[k].prefix);
		if (!str_starts(str_from(text, i), p))
			continue;
		size_t n = 0;
		while (i + p.n + n < text.n &&
		       is_of(text.p[i + p.n + n], kinds[k].alphabet))
			n++;
		struct str rest = { text.p + i + p.n, n };
		if (n < kinds[k].least || n > kinds[k].most ||
		    is_placeholder(rest))
			continue;
		*out = (struct token){ i, p.n + n, kinds[k].what, p.n };
		return true;
	}
	return false;
}

/* -----BEGIN ... PRIVATE KEY----- */
static bool private_key(struct str text, size_t i, struct token *out)
{
	struct str s = str_from(text, i);
	static const char begin[] = "-----BEGIN ", end[] = "PRIVATE KEY-----";
	if (!str_starts(s, STR("-----BEGIN ")))
		return false;
	for (size_t k = sizeof begin - 1; k < MIN(s.n, 40u); k++)
		if (str_starts(str_from(s, k), STR("PRIVATE KEY-----"))) {
			size_t n = k + sizeof end - 1;
			*out = (struct token){ i, n, "a private key", n };
			return true;
		}
	return false;
}

/* What stands for a password in examples. */
static bool is_made_up(struct str password)
{
	static const char *const words[] = {
		"password", "pass", "passwd",	     "pwd",	 "secret",
		"token",    "user", "x-oauth-basic", "changeme", "x",
	};
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_eq_nocase(password, str_of(words[i])))
			return true;
	for (size_t i = 0; i < password.n; i++)
		if (strchr("$<>{}*%", password.p[i]))
			return true;
	return password.n < 3;
}

/* https://user:password@host
 *
 * The user ends at the first colon, the password at the first @. One in a path
 * or a query ("https://h:80/a@b") ends no password, so a slash stops the
 * search. */
static bool credentials(struct str text, size_t i, struct token *out)
{
	static const char *const schemes[] = { "https://", "http://",
					       "ftp://" };
	for (size_t k = 0; k < ARRAY_LEN(schemes); k++) {
		struct str scheme = str_of(schemes[k]);
		if (!str_starts(str_from(text, i), scheme))
			continue;
		size_t colon = 0, j = i + scheme.n;
		while (j < text.n && text.p[j] > ' ' &&
		       !strchr("/@\"'?#", text.p[j])) {
			if (text.p[j] == ':' && !colon)
				colon = j;
			j++;
		}
		if (!colon || j == text.n || text.p[j] != '@')
			return false;
		struct str password = { text.p + colon + 1, j - colon - 1 };
		if (is_made_up(password))
			return false;
		*out = (struct token){ i, j - i, "a password in a URL",
				       scheme.n };
		return true;
	}
	return false;
}

/* A token begins where a word does: "xghp_..." is another word's middle. */
bool lint_token_find(struct str text, size_t from, struct token *out)
{
	for (size_t i = from; i < text.n; i++) {
		bool begins = i == 0 || !is_of(text.p[i - 1], WORD);
		if (begins &&
		    (known_prefix(text, i, out) || private_key(text, i, out) ||
		     credentials(text, i, out)))
			return true;
	}
	return false;
}
