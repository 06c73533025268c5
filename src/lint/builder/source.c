/* SPDX-License-Identifier: Apache-2.0 */
/* Sources that are fetched (Dockerfile reference, ADD): an http(s) URL, or a git
 * repository, which is a git:// or ssh:// URL, USER@HOST:PATH, or an http(s) URL
 * whose path ends in .git. Everything else is a path, ftp:// too. */
#include "base/chars.h"
#include "lint/builder/builder.h"
#include "lint/facts/words.h"

static bool is_name_char(char c)
{
	return is_alpha(c) || is_digit(c) || c == '-' || c == '_';
}

/* git@github.com:moby/buildkit.git */
static bool is_scp(struct str s)
{
	size_t at = 0;
	while (at < s.n && is_name_char(s.p[at]))
		at++;
	if (at == 0 || at == s.n || s.p[at] != '@')
		return false;
	size_t host = ++at;
	while (at < s.n && (is_alpha(s.p[at]) || is_digit(s.p[at]) ||
			    s.p[at] == '-' || s.p[at] == '.'))
		at++;
	return at > host && at < s.n && s.p[at] == ':';
}

/* Without query and fragment. */
static struct str path_of(struct str url)
{
	url.n = str_find(url, '#');
	url.n = str_find(url, '?');
	return url;
}

static bool is_switch_value(struct str v)
{
	return lint_word_in(v, "1 t T TRUE true True 0 f F FALSE false False");
}

/* One KEY=VALUE of a git source's query. */
static const char *field_fault(struct str key, struct str value)
{
	static const char switches[] =
		"submodules keep-git-dir fetch-by-commit";
	bool on_off = lint_word_in(key, switches);
	if (!on_off && value.n == 0)
		return "a key of its query has no value";
	if (on_off)
		return value.n == 0 || is_switch_value(value)
			       ? NULL
			       : "a switch of its query is neither true nor "
				 "false";
	if (str_eqz(key, "mtime"))
		return lint_word_in(value, "checkout commit")
			       ? NULL
			       : "mtime is checkout or commit";
	return lint_word_in(key, "ref tag branch subdir checksum commit")
		       ? NULL
		       : "its query takes ref, tag, branch, subdir, checksum, "
			 "keep-git-dir, submodules, mtime and fetch-by-commit";
}

/* Encoded queries are left alone. */
static const char *query_fault(struct str url)
{
	struct str query, one, key, value;
	url.n = str_find(url, '#');
	if (!str_cut(url, '?', &key, &query) || query.n == 0 ||
	    lint_word_find(query, 0, "%+;") < query.n)
		return NULL;
	for (bool more = true; more;) {
		more = str_cut(query, '&', &one, &query);
		if (!more)
			one = query;
		key = one;
		value = STR("");
		str_cut(one, '=', &key, &value);
		const char *why = one.n ? field_fault(key, value) : NULL;
		if (why)
			return why;
	}
	return NULL;
}

static bool has_scheme(struct str s, const char *scheme)
{
	struct str want = str_of(scheme);
	return s.n >= want.n &&
	       str_eq_nocase((struct str){ s.p, want.n }, want);
}

enum copy_source_kind lint_source_kind_of(struct str source, const char **fault)
{
	bool http = str_starts(source, STR("http://")) ||
		    str_starts(source, STR("https://"));
	bool any_http =
		has_scheme(source, "http://") || has_scheme(source, "https://");
	bool git = has_scheme(source, "git://") ||
		   has_scheme(source, "ssh://") || is_scp(source);
	if (any_http && str_ends(path_of(source), STR(".git")))
		git = true;
	*fault = git ? query_fault(source) : NULL;
	return git ? SOURCE_GIT : http ? SOURCE_HTTP : SOURCE_PATH;
}
