/* SPDX-License-Identifier: Apache-2.0 */
/* COPY of a file that the builder never sent fails the build.
 *
 * BuildKit's check of that name passes an ignore file with any "!" over, since
 * what that re-includes depends on which files there are. Here they are looked
 * at: with
 *
 *	docs
 *	!docs/keep.md
 *
 * COPY docs is sent for the sake of keep.md, COPY docs/other.md is not. What is
 * not in the context either is judged where nothing below could come back. */
#include "lint/rule.h"
#include "lint/facts/image_path.h"
#include "lint/facts/values.h"
#include "lint/facts/words.h"
#include "lint/rules/copy/context_source.h"

static bool is_remote(struct str source)
{
	return lint_word_starts(source, "http:// https:// git:// ssh:// git@");
}

/* Patterns that leave nothing of the context. */
static bool is_all_ignored(const struct ignore *ig)
{
	for (size_t i = 0; i < ig->n; i++)
		if (lint_word_in(ig->patterns[i].text, "* ** **/*"))
			return true;
	return false;
}

/* Without empty parts, "." and what ".." takes back; the root is empty. */
static int clean(const struct lint_file *f, struct str source, struct str *out,
		 struct err *err)
{
	char *to = arena_bytes(f->arena, source.n + 1, err);
	struct str rest = source, part;
	size_t n = 0;
	if (!to)
		return -1;
	for (bool more = true; more;) {
		more = str_cut(rest, '/', &part, &rest);
		if (!more)
			part = rest;
		if (str_eqz(part, "..")) {
			while (n && to[--n] != '/')
				;
			continue;
		}
		if (part.n == 0 || str_eqz(part, "."))
			continue;
		if (n)
			to[n++] = '/';
		memcpy(to + n, part.p, part.n);
		n += part.n;
	}
	*out = (struct str){ to, n };
	return 0;
}

static int look(const struct lint_file *f, struct str source, bool *ignored,
		struct err *err)
{
	struct ignore_result r;
	struct str path;
	if (clean(f, source, &path, err) < 0)
		return -1;
	if (path.n == 0) {
		*ignored = is_all_ignored(f->ignore);
		return 0;
	}
	if (ignore_path(f->ignore, path, &r, err) < 0) {
		if (err->code != ERR_LIMIT)
			return -1;
		/* No file has such a name. */
		err_clear(err);
		return 0;
	}
	*ignored = r.excluded;
	return 0;
}

/* Does the context, as it lies on the disk, have the source? */
static int is_there(const struct lint_file *f, struct str path, struct err *err)
{
	struct lint_file all = *f;
	all.ignore = NULL;
	return lint_context_source_has(&all, path, err);
}

/* The same where some pattern re-includes. */
static int look_beyond(const struct lint_file *f, struct str source,
		       bool *ignored, struct err *err)
{
	struct ignore_result r = { 0 };
	struct sent sent;
	struct str path;
	if (clean(f, source, &path, err) < 0)
		return -1;
	if (path.n == 0)
		return 0;
	bool pattern = lint_place_has_glob(path);
	if (!pattern && ignore_path(f->ignore, path, &r, err) < 0) {
		if (err->code != ERR_LIMIT)
			return -1;
		err_clear(err);
		return 0;
	}
	if (!pattern && (!r.excluded || r.skip_below)) {
		*ignored = r.excluded;
		return 0;
	}
	int there = is_there(f, path, err);
	if (there <= 0)
		return there;
	int found = lint_context_source_look(f, path, &sent, err);
	if (found < 0)
		return -1;
	*ignored = !found || (sent.is_dir && sent.files == 0 && !pattern);
	return 0;
}

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	size_t n;
	const struct df_word *src = dockerfile_copy_sources(in, &n);
	const struct df_flag *from = dockerfile_flag(in, "from");
	if (!f->ignore || f->ignore->n == 0 || (from && in->kind == DF_COPY))
		return 0;
	for (size_t i = 0; i < n; i++) {
		struct str path;
		bool ignored = false;
		if (dockerfile_copy_heredoc(in, &src[i]))
			continue;
		int known = lint_value(f, in, src[i].text, &path, err);
		if (known < 0)
			return -1;
		if (!known || is_remote(path))
			continue;
		if ((f->ignore->negations ? look_beyond
					  : look)(f, path, &ignored, err) < 0)
			return -1;
		if (ignored &&
		    lint_find(out, src[i].at, err,
			      "%s names %s, which the ignore file leaves out "
			      "of the context, so the builder does not find "
			      "it; take it out of the ignore file, or copy "
			      "something else",
			      dockerfile_kind_name(in->kind),
			      str_quoted(path).text) < 0)
			return -1;
	}
	return 0;
}

const struct lint_rule rule_copy_ignored_file = {
	.id = "CopyIgnoredFile",
	.severity = SEV_WARN,
	.on = DF_COPY | DF_ADD,
	.summary = "COPY of a file that the ignore file leaves out",
	.check_instr = check,
};
