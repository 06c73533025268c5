/* SPDX-License-Identifier: Apache-2.0 */
/* Is a name one of a secret, and may its value be one? Names are read word by
 * word ("dbPassword" is db, Password), as parts of words hit what is none:
 *
 *	POSTGRES_PASSWORD=hunter2	a secret
 *	TOKENIZERS_PARALLELISM=false	no word of the list
 *	SORT_KEY=name			nobody's key: to BuildKit alone a secret
 *	SECRET_FILE=/run/secrets/x	says where it is
 *	MAX_TOKENS=4096			says how many */
#include "lint/rules/secret/secret_name.h"

#include "base/chars.h"
#include "lint/facts/words.h"

/* hadolint's list, but for names of accounts, addresses and systems in it,
 * which are no secrets (DOCKER_USERNAME, OKTA_CLIENT_ORGURL, TRAVIS_OS_NAME). */
static bool is_listed(struct str key)
{
	return lint_word_in_nocase(
		key,
		"ACCESS_TOKEN APPLICATION_KEY APP_SECRET AUTH_TOKEN "
		"AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY BITTREX_API_KEY "
		"BITTREX_API_SECRET CF_PASSWORD CIRCLE_TOKEN "
		"CI_DEPLOY_PASSWORD DOCKERHUB_PASSWORD DOCKER_PASSWORD "
		"FACEBOOK_ACCESS_TOKEN FACEBOOK_APP_SECRET "
		"FIREBASE_API_TOKEN FIREBASE_TOKEN FOSSA_API_KEY "
		"GH_ENTERPRISE_TOKEN GH_TOKEN GITHUB_ENTERPRISE_TOKEN "
		"GITHUB_TOKEN HEROKU_API_KEY NPM_AUTH_TOKEN NPM_TOKEN "
		"OKTA_CLIENT_TOKEN OKTA_OAUTH2_CLIENTSECRET OPENAI_API_KEY "
		"OS_PASSWORD POSTGRES_PASSWORD SLACK_TOKEN STRIPE_API_KEY "
		"TRAVIS_SECURE_ENV_VARS VAULT_CLIENT_KEY VAULT_TOKEN");
}

/* The next word of a name: _, - and . end one, and so does a capital behind a
 * small letter (dbPassword). */
static bool next_word(struct str *key, struct str *word)
{
	while (key->n && !is_alpha(*key->p) && !is_digit(*key->p))
		*key = str_from(*key, 1);
	size_t n = 0;
	while (n < key->n && (is_alpha(key->p[n]) || is_digit(key->p[n]))) {
		bool small = n && key->p[n - 1] >= 'a' && key->p[n - 1] <= 'z';
		if (small && key->p[n] >= 'A' && key->p[n] <= 'Z')
			break;
		n++;
	}
	*word = (struct str){ key->p, n };
	*key = str_from(*key, n);
	return n;
}

static bool ends_nocase(struct str word, const char *list)
{
	struct str end;
	while (lint_word_next(&list, &end))
		if (word.n >= end.n &&
		    str_eq_nocase(str_from(word, word.n - end.n), end))
			return true;
	return false;
}

/* PGPASSWORD and CLIENTSECRET end so; TOKENIZERS and SECRETARY do not. A key is
 * one only where the word in front says whose: SSH_KEY, but not SORT_KEY. */
bool secret_name_of_hadolint(struct str key)
{
	struct str word, before = { 0 }, rest = key;
	if (is_listed(key))
		return true;
	while (next_word(&rest, &word)) {
		if (ends_nocase(word, "password secret token "
				      "apikey privatekey secretkey") ||
		    (lint_word_in_nocase(word, "key") &&
		     lint_word_in_nocase(before,
					 "api client private secret access "
					 "encryption signing ssh")))
			return true;
		before = word;
	}
	return false;
}

/* A word between underscores is one of the list's. */
static bool has_word(struct str key, const char *list)
{
	struct str word, rest = key;
	for (bool more = true; more;) {
		more = str_cut(rest, '_', &word, &rest);
		if (lint_word_in_nocase(more ? word : rest, list))
			return true;
	}
	return false;
}

bool secret_name_of_buildkit(struct str key)
{
	return has_word(key, "apikey auth credential credentials key password "
			     "pword passwd secret token");
}

bool secret_name_describes(struct str key)
{
	struct str word, first = { 0 }, last = { 0 }, rest = key;
	while (next_word(&rest, &word)) {
		first = first.n ? first : word;
		last = word;
	}
	/* BuildKit's excuses stand anywhere in the name. */
	if (has_word(key, "public file version"))
		return true;
	/* The one identifier that is kept as secret as its key. */
	if (is_listed(key))
		return false;
	return lint_word_in_nocase(
		       last,
		       "file path dir directory folder name names id ids url "
		       "uri endpoint host port type method mode module "
		       "provider "
		       "backend driver algorithm alg format header prefix "
		       "suffix length len size limit count max min ttl expiry "
		       "expires expiration timeout interval enabled disabled "
		       "enable disable required rotation policy server service "
		       "realm domain issuer audience scope scopes db database "
		       "field column parallelism fingerprint") ||
	       lint_word_in_nocase(
		       first, "max min num total use enable disable skip allow "
			      "require has is no with");
}

/* 4096, -1, 0.5, 30s, 10MB. */
static bool is_number(struct str v)
{
	size_t digits = 0, unit = 0;
	if (v.n && (*v.p == '-' || *v.p == '+'))
		v = str_from(v, 1);
	for (size_t i = 0; i < v.n; i++) {
		if (is_alpha(v.p[i]))
			unit++;
		else if (unit || !(is_digit(v.p[i]) || v.p[i] == '.'))
			return false;
		else
			digits++;
	}
	return digits && unit <= 2;
}

/* Absolute, or from a directory that is named or in a variable. A base64 text
 * may begin with a slash, too, and rarely has none but that. */
static bool is_path(struct str v)
{
	if (str_starts(v, STR("./")) || str_starts(v, STR("../")) ||
	    str_starts(v, STR("~/")))
		return true;
	if (v.n && *v.p == '$')
		return str_find(v, '/') < v.n;
	return v.n > 1 && *v.p == '/' && v.p[v.n - 1] != '=';
}

/* https://host/x has no secret, https://user:word@host/x has one. */
static bool is_url(struct str v)
{
	for (size_t i = 0; i + 3 < v.n; i++)
		if (str_starts(str_from(v, i), STR("://")))
			return str_find(v, '@') == v.n;
	return false;
}

/* GPG_KEY of the images of python: whoever signs is told by a fingerprint. */
static bool is_fingerprint(struct str key, struct str v)
{
	if (!has_word(key, "gpg pgp") || (v.n != 40 && v.n != 16 && v.n != 8))
		return false;
	for (size_t i = 0; i < v.n; i++)
		if (!is_digit(v.p[i]) && !strchr("abcdefABCDEF", v.p[i]))
			return false;
	return true;
}

bool secret_value_is_harmless(struct str key, struct str value)
{
	/* Whoever writes POSTGRES_PASSWORD=123456 means it. */
	bool word = ends_nocase(key, "password passwd passphrase");
	if (is_number(value))
		return !(word && value.n >= 4);
	return lint_word_in_nocase(value,
				   "true false yes no on off y n enable "
				   "enabled disable disabled none null nil "
				   "auto required optional always never "
				   "dummy placeholder") ||
	       is_path(value) || is_url(value) || is_fingerprint(key, value);
}
