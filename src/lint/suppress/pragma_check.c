/* SPDX-License-Identifier: Apache-2.0 */
/* BuildKit's word to its checks: "# check=skip=A,B;error=true". */
#include <stdio.h>

#include "base/chars.h"
#include "base/nearest.h"
#include "lint/internal.h"

static struct str trim(struct str s)
{
	while (s.n && is_blank(s.p[0]))
		s = str_from(s, 1);
	while (s.n && is_blank(s.p[s.n - 1]))
		s.n--;
	return s;
}

/* Names between commas, as spans of the file or of nothing. */
static void list_names(struct str file, struct str list, struct said *out)
{
	struct str head;
	for (bool more = true; more && out->n < PRAGMA_NAMES_MAX;) {
		more = str_cut(list, ',', &head, &list);
		head = trim(more ? head : list);
		if (head.n)
			out->names[out->n++] =
				(struct span){ (uint32_t)(head.p - file.p),
					       (uint32_t)head.n };
	}
}

static bool is_true(struct str v)
{
	static const char *const yes[] = {
		"1", "t", "T", "TRUE", "true", "True"
	};
	for (size_t i = 0; i < ARRAY_LEN(yes); i++)
		if (str_eqz(v, yes[i]))
			return true;
	return false;
}

/* Rules that are off until somebody asks for them. */
static void switch_on(struct lint_job *job, struct str file,
		      const struct said *wanted)
{
	for (size_t i = 0; i < job->in.rules->n; i++) {
		const char *own = lint_buildkit_name(job->in.rules->v[i]);
		for (size_t k = 0; own && k < wanted->n; k++) {
			struct str name = span_str(file, wanted->names[k]);
			if (str_eqz(name, own) || str_eqz(name, "all"))
				job->states[i].on = true;
		}
	}
}

/* What an option of check is, and which of them may have been meant by what
 * stands in front of a "=". */
static int tell_unknown(struct pragmas *ps, struct span at, struct str key)
{
	static const char *const options[] = { "skip", "error",
					       "experimental" };
	struct quoted name = str_quoted(key);
	struct nearest near = nearest_to(name.text);
	char text[160];
	for (size_t i = 0; i < ARRAY_LEN(options); i++)
		nearest_try(&near, options[i]);
	/* Of one that is right, the value is missing. */
	snprintf(text, sizeof text,
		 "an option of check is skip, error or experimental%s",
		 near.distance ? nearest_hint(&near, "").text : "");
	return lint_tell(ps->job, &rule_syntax, at, str_of(text), ps->err);
}

/* skip=A,B|all;error=BOOL;experimental=A|all. Returns false when BuildKit
 * would not take it. */
static bool read_check(struct pragmas *ps, struct str value, bool of_file,
		       struct said *skip, struct str *unknown)
{
	struct lint_job *job = ps->job;
	struct str part, key, v, whole = trim(value);
	for (bool more = true; more;) {
		more = str_cut(value, ';', &part, &value);
		if (!more)
			part = value;
		*unknown = trim(part);
		if (!str_cut(part, '=', &key, &v))
			return of_file ? unknown->n == 0 : whole.n == 0;
		*unknown = key = trim(key);
		v = trim(v);
		struct said wanted = { .n = 0 };
		if (str_eqz(key, "skip")) {
			list_names(job->df.text, v, skip);
		} else if (str_eqz(key, "experimental")) {
			list_names(job->df.text, v, &wanted);
			if (of_file && !job->in.choice->n_select)
				switch_on(job, job->df.text, &wanted);
		} else if (str_eqz(key, "error")) {
			job->fail_on_checks |= of_file && is_true(v);
		} else {
			return false;
		}
	}
	return true;
}

int lint_pragma_read_directives(struct pragmas *ps)
{
	const struct dockerfile *df = &ps->job->df;
	for (size_t i = 0; i < df->n_directives; i++) {
		const struct df_directive *d = &df->directives[i];
		struct said said = { .kind = PRAGMA_CHECK_FILE };
		struct str unknown;
		if (!str_eqz(d->key, "check"))
			continue;
		struct str value = span_str(df->text, d->value);
		value.n = str_find(value, ' ');
		if (!read_check(ps, value, true, &said, &unknown) &&
		    tell_unknown(ps, d->value, unknown) < 0)
			return -1;
		if (said.n && lint_pragma_keep(ps, &said, d->at, false) < 0)
			return -1;
	}
	return 0;
}

/* "check=..." as a comment right above an instruction. */
static int read_check_comment(struct pragmas *ps, const struct df_comment *c)
{
	struct str key, value, unknown;
	struct said said = { .kind = PRAGMA_CHECK };
	if (c->inside || !str_cut(c->text, '=', &key, &value) ||
	    !str_eq_nocase(trim(key), STR("check")) || c->text.p == NULL)
		return 0;
	/* BuildKit ends the value at the first blank: what stands behind is a
	 * reason, "skip=A, B" skips A alone, and "skip=A; error=true" is none
	 * of its forms. */
	value = trim(value);
	size_t end = 0;
	while (end < value.n && !is_blank(value.p[end]))
		end++;
	value.n = end;
	if (!read_check(ps, value, false, &said, &unknown) || !said.n)
		return 0;
	return lint_pragma_keep(ps, &said, c->at, false);
}

int lint_pragma_read_checks(struct pragmas *ps, const struct df_instr *in)
{
	const struct df_comment *comments = ps->job->df.comments;
	for (uint32_t i = 0; i < in->n_comments; i++)
		if (read_check_comment(ps, &comments[in->first_comment + i]) <
		    0)
			return -1;
	return 0;
}
