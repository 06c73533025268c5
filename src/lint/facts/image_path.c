/* SPDX-License-Identifier: Apache-2.0 */
/* Places in the image: words become absolute, clean paths without the image at
 * hand.
 *
 * Stricter than the shell and looser than it: no file is looked up, so symlinks
 * are names like others, and .. cuts a component off; a variable that nobody
 * knows stays as ${NAME}, so two words with it compare equal and nothing else
 * does. With WORKDIR /srv,
 *
 *	cd app && cp ../x $D/y      has the places /srv/x and /srv/app/${D}/y
 */
#include "lint/facts/image_path.h"

#include <fnmatch.h>

#include "base/chars.h"
#include "lint/facts/values.h"

enum { PLACE_MAX = 64 << 10 };

static bool is_name(char c)
{
	return is_alpha(c) || is_digit(c) || c == '_';
}

/* The name of an expansion $NAME or ${NAME} at the front of s, and how many
 * bytes it takes; 0: it is none of these. */
static size_t simple_expansion(struct str s, struct str *name)
{
	bool brace = s.n > 1 && s.p[1] == '{';
	size_t from = brace ? 2 : 1, to = from;
	while (to < s.n && is_name(s.p[to]))
		to++;
	*name = (struct str){ s.p + from, to - from };
	if (to == from || (brace && (to == s.n || s.p[to] != '}')))
		return 0;
	return to + brace;
}

static int add_value(const struct df_var *vars, struct str name, struct buf *b,
		     struct err *err)
{
	const struct df_var *v = dockerfile_scope_find(vars, name);
	if (v && v->set && v->known)
		return buf_str_add(b, v->value, err);
	if (str_eqz(name, "HOME"))
		return buf_byte(b, '~', err);
	return buf_addf(b, err, "${%.*s}", STR_ARG(name));
}

static int text_with(const struct lint_file *f, const struct df_var *vars,
		     struct str raw, struct str *out, struct err *err)
{
	scoped(buf_done) struct buf b = BUF_INIT(PLACE_MAX);
	for (size_t i = 0; i < raw.n;) {
		struct str rest = str_from(raw, i), name;
		size_t n = raw.p[i] == '$' ? simple_expansion(rest, &name) : 0;
		if (n) {
			if (add_value(vars, name, &b, err) < 0)
				return -1;
			i += n;
			continue;
		}
		if (raw.p[i] != '"' && raw.p[i] != '\'' &&
		    buf_byte(&b, raw.p[i], err) < 0)
			return -1;
		i++;
	}
	return arena_str(f->arena, buf_str(&b), out, err);
}

int lint_place_text(const struct lint_file *f, const struct df_instr *in,
		    struct str raw, struct str *out, struct err *err)
{
	return text_with(f, lint_vars_at(f, in), raw, out, err);
}

/* Appends the components of path to b, which is clean before and after. ".." at
 * the root stays there, as the kernel has it; "~" counts only as the first
 * component. */
static int add_parts(struct buf *b, struct str path, struct err *err)
{
	while (path.n) {
		struct str part, rest = { 0 };
		if (!str_cut(path, '/', &part, &rest))
			part = path;
		path = rest;
		if (part.n == 0 || str_eqz(part, "."))
			continue;
		if (str_eqz(part, "..")) {
			while (b->n && b->p[b->n - 1] != '/')
				b->n--;
			b->n -= b->n > 0;
			continue;
		}
		bool home = b->n == 0 && str_eqz(part, "~");
		if ((!home && buf_byte(b, '/', err) < 0) ||
		    buf_str_add(b, part, err) < 0)
			return -1;
	}
	return 0;
}

static int finish(const struct lint_file *f, struct buf *b, struct str *out,
		  struct err *err)
{
	if (b->n == 0 && buf_byte(b, '/', err) < 0)
		return -1;
	return arena_str(f->arena, buf_str(b), out, err);
}

int lint_place_join(const struct lint_file *f, struct str directory,
		    struct str name, struct str *out, struct err *err)
{
	scoped(buf_done) struct buf b = BUF_INIT(PLACE_MAX);
	bool absolute = name.n && (name.p[0] == '/' || name.p[0] == '~');
	if ((!absolute && add_parts(&b, directory, err) < 0) ||
	    add_parts(&b, name, err) < 0)
		return -1;
	return finish(f, &b, out, err);
}

int lint_place_of(const struct lint_file *f, const struct df_instr *in,
		  struct str directory, struct str raw, struct str *out,
		  struct err *err)
{
	struct str text;
	if (lint_place_text(f, in, raw, &text, err) < 0)
		return -1;
	return lint_place_join(f, directory, text, out, err);
}

/* Arguments have the values that are known already. What is left in them is not
 * known, whatever ARG has the name: in `D=$(mktemp -d) && rm -r $D` the script
 * gives D a value of its own. */
int lint_place_in(const struct lint_file *f, struct str directory,
		  struct str arg, struct str *out, struct err *err)
{
	struct str text;
	if (text_with(f, NULL, arg, &text, err) < 0)
		return -1;
	return lint_place_join(f, directory, text, out, err);
}

int lint_place_home(const struct lint_file *f, struct str place,
		    struct str *out, struct err *err)
{
	size_t n = 0;
	if (lint_place_within(place, STR("/root")))
		n = 5;
	else if (str_starts(place, STR("/home/")))
		n = 6 + str_find(str_from(place, 6), '/');
	*out = place;
	if (n == 0)
		return 0;
	scoped(buf_done) struct buf b = BUF_INIT(PLACE_MAX);
	if (buf_byte(&b, '~', err) < 0 ||
	    buf_str_add(&b, str_from(place, n), err) < 0)
		return -1;
	return arena_str(f->arena, buf_str(&b), out, err);
}

bool lint_place_within(struct str place, struct str directory)
{
	if (str_eqz(directory, "/"))
		return place.n && place.p[0] == '/';
	return str_starts(place, directory) &&
	       (place.n == directory.n || place.p[directory.n] == '/');
}

bool lint_place_has_glob(struct str pattern)
{
	for (size_t i = 0; i < pattern.n; i++)
		if (strchr("*?[\\", pattern.p[i]) && pattern.p[i])
			return true;
	return false;
}

/* Longer ones than the arrays are no places that people write. Each parent is
 * tried, the deepest first: rm -r of /a/b* takes /a/bc/d. */
bool lint_place_matches(struct str pattern, struct str place)
{
	if (!lint_place_has_glob(pattern))
		return !str_eqz(pattern, "/") &&
		       lint_place_within(place, pattern);
	char p[1024], s[1024];
	if (pattern.n >= sizeof p || place.n >= sizeof s)
		return false;
	memcpy(p, pattern.p, pattern.n);
	memcpy(s, place.p, place.n);
	p[pattern.n] = s[place.n] = 0;
	for (size_t n = place.n; n; n--) {
		if (n != place.n && place.p[n] != '/')
			continue;
		s[n] = 0;
		if (fnmatch(p, s, FNM_PATHNAME) == 0)
			return true;
	}
	return false;
}

struct str lint_place_base(struct str place)
{
	size_t from = 0;
	while (place.n && place.p[place.n - 1] == '/')
		place.n--;
	for (size_t i = 0; i < place.n; i++)
		if (place.p[i] == '/')
			from = i + 1;
	return str_from(place, from);
}

bool lint_place_is_url(struct str word)
{
	return str_starts(word, STR("http://")) ||
	       str_starts(word, STR("https://")) ||
	       str_starts(word, STR("ftp://"));
}

struct str lint_place_of_wget(struct str url)
{
	url.n = str_find(url, '#');
	struct str path = { url.p, str_find(url, '?') };
	struct str query = str_from(url, path.n);
	struct str name = lint_place_base(path);
	if (query.n == 0)
		return name;
	bool plain = name.n && name.p + name.n == query.p &&
		     str_find(query, '/') == query.n;
	return (struct str){ name.p, plain ? name.n + query.n : 0 };
}

struct str lint_place_of_url(struct str url)
{
	url.n = MIN(str_find(url, '?'), str_find(url, '#'));
	return lint_place_base(url);
}

static bool ends_in_any(struct str name, const char *const *ends, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (name.n > strlen(ends[i]) && str_ends(name, str_of(ends[i])))
			return true;
	return false;
}

bool lint_place_add_unpacks(struct str name)
{
	static const char *const ends[] = {
		".tar",	    ".tar.gz", ".tgz",	    ".taz",    ".tar.bz2",
		".tbz2",    ".tbz",    ".tb2",	    ".tar.xz", ".txz",
		".tar.zst", ".tzst",   ".tar.zstd",
	};
	return ends_in_any(name, ends, ARRAY_LEN(ends));
}

bool lint_place_is_archive(struct str name)
{
	static const char *const others[] = {
		".tar.lz4", ".tar.lz", ".tar.lzma", ".tlz",
		".tar.Z",   ".zip",    ".7z",
	};
	return lint_place_add_unpacks(name) ||
	       ends_in_any(name, others, ARRAY_LEN(others));
}
