/* SPDX-License-Identifier: Apache-2.0 */
/* What BuildKit's instruction layer refuses (instructions/parse.go): flags that
 * are not there, too few arguments, values that no builder takes.
 *
 * Only the first error of an instruction is told (dockerfile_bad), so the order
 * of checks is that of what a reader mends first. Values with a variable are
 * believed: they are known when it is built. */
#include <stdlib.h>

#include "base/nearest.h"
#include "base/chars.h"
#include "dockerfile/device.h"
#include "dockerfile/heredoc.h"
#include "dockerfile/internal.h"
#include "dockerfile/mount.h"

static struct span where(const struct df_instr *in)
{
	return in->rest.at.n ? in->rest.at : in->keyword.at;
}

static const struct flag_desc *find_flag(const struct kind_desc *d,
					 struct str key)
{
	for (const struct flag_desc *f = d->flags; f->name; f++)
		if (str_eqz(key, f->name))
			return f;
	return NULL;
}

static struct nearest_hint flag_hint(const struct kind_desc *d,
				     const char *wanted)
{
	struct nearest near = nearest_to(wanted);
	for (const struct flag_desc *f = d->flags; f->name; f++)
		nearest_try(&near, f->name);
	return nearest_hint(&near, "--");
}

static bool is_repeated(const struct df_instr *in, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (str_eq(in->flags[k].key, in->flags[i].key))
			return true;
	return false;
}

/* A flag that is not there comes first: to say that it needs a value would be
 * beside the point. */
static void check_flag(struct reader *r, struct df_instr *in,
		       const struct kind_desc *d, size_t i)
{
	const struct df_flag *f = &in->flags[i];
	const struct flag_desc *fd = find_flag(d, f->key);
	struct quoted name = str_quoted(f->key);
	if (!fd)
		dockerfile_bad(r, in, f->at, "%s has no flag --%s%s", d->name,
			       name.text, flag_hint(d, name.text).text);
	else if (fd->type != FLAG_LIST && is_repeated(in, i))
		dockerfile_bad(r, in, f->at,
			       "--%s stands twice, and the builder takes it "
			       "once; leave one out",
			       name.text);
	else if (fd->type != FLAG_BOOL && !f->has_value)
		dockerfile_bad(r, in, f->at,
			       "--%s needs a value; write --%s=...", name.text,
			       name.text);
	else if (fd->type == FLAG_BOOL && f->has_value &&
		 !str_eq_nocase(f->text, STR("true")) &&
		 !str_eq_nocase(f->text, STR("false")))
		dockerfile_bad(r, in, f->value.n ? f->value : f->at,
			       "--%s=%s: the value is true or false", name.text,
			       str_quoted(f->text).text);
}

/* BuildKit parses the flags of a HEALTHCHECK only after it has seen CMD, so
 * those of NONE go by unread. */
static void check_flags(struct reader *r, struct df_instr *in)
{
	const struct kind_desc *d = dockerfile_kind_desc(in->keyword.text);
	bool none = in->kind == DF_HEALTHCHECK && in->n_words &&
		    str_eq_nocase(in->words[0].text, STR("NONE"));
	for (size_t i = 0; i < in->n_flags && !d->any_flag && !none; i++)
		check_flag(r, in, d, i);
}

static const struct df_flag *flag(const struct df_instr *in, const char *key)
{
	for (size_t i = 0; i < in->n_flags; i++)
		if (str_eqz(in->flags[i].key, key))
			return &in->flags[i];
	return NULL;
}

/* ^[a-z][a-z0-9-_.]*$ in any case.
 *
 * A name that begins with a digit could not be told from a stage's number. */
static bool is_stage_name(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_alpha(s.p[i]) &&
		    (i == 0 || (!is_digit(s.p[i]) &&
				(!s.p[i] || !strchr("-_.", s.p[i])))))
			return false;
	return s.n > 0;
}

/* "FROM a b c" has three words, too, and its second one is not AS. */
static void check_from(struct reader *r, struct df_instr *in)
{
	const struct df_word *w = in->words;
	if (in->n_words == 0)
		dockerfile_bad(r, in, where(in),
			       "FROM is empty; write FROM IMAGE");
	else if (in->n_words != 1 &&
		 (in->n_words != 3 || !str_eq_nocase(w[1].text, STR("as"))))
		dockerfile_bad(
			r, in, where(in),
			"FROM %s: the builder takes one image, and AS with a "
			"name behind it",
			str_quoted(in->rest.text).text);
	else if (in->n_words == 3 && !is_stage_name(w[2].text))
		dockerfile_bad(
			r, in, w[2].at,
			"the builder takes no stage name %s: one starts with a "
			"letter and has letters, digits, '-', '_' and '.' only",
			str_quoted(w[2].text).text);
}

/* A heredoc as destination would be read as one more source. */
static void check_copy(struct reader *r, struct df_instr *in)
{
	struct err err = { 0 };
	struct df_heredoc h;
	if (in->n_words < 2) {
		dockerfile_bad(r, in, where(in),
			       "%s needs a source and a destination; write "
			       "%s SOURCE /PATH",
			       dockerfile_kind_name(in->kind),
			       dockerfile_kind_name(in->kind));
		return;
	}
	const struct df_word *last = &in->words[in->n_words - 1];
	if (dockerfile_heredoc_word(last->text, &r->df->arena, &h, &err) > 0)
		dockerfile_bad(
			r, in, last->at,
			"the heredoc %s is no destination; write a path of "
			"the image behind it",
			str_quoted(last->text).text);
}

/* --network=hots gets "did you mean host", --network=x gets the list. */
static void one_of(struct reader *r, struct df_instr *in, const char *key,
		   const char *const *modes, const char *all)
{
	const struct df_flag *f = flag(in, key);
	if (!f)
		return;
	struct quoted mode = str_quoted(f->text);
	struct nearest near = nearest_to(mode.text);
	for (; *modes; modes++) {
		if (str_eqz(f->text, *modes))
			return;
		nearest_try(&near, *modes);
	}
	if (near.best)
		dockerfile_bad(r, in, f->value, "--%s has no mode %s%s", key,
			       mode.text, nearest_hint(&near, "").text);
	else
		dockerfile_bad(r, in, f->value, "--%s is %s, not %s", key, all,
			       mode.text);
}

/* One line of CSV has a field. */
static bool is_empty_list(struct reader *r, struct df_instr *in,
			  const struct df_flag *f)
{
	if (f->text.n == 0)
		dockerfile_bad(r, in, f->at, "--%.*s= is empty",
			       STR_ARG(f->key));
	return f->text.n == 0;
}

static void check_mount(struct reader *r, struct df_instr *in,
			const struct df_flag *f)
{
	struct err err = { 0 };
	struct df_mount m;
	struct span at;
	const char *why;
	if (!is_empty_list(r, in, f) &&
	    dockerfile_mount_read(f, &r->df->arena, &m, &at, &why, &err) == 0)
		dockerfile_bad(r, in, at, "--mount: %s: %s",
			       str_quoted(span_str(r->df->text, at)).text, why);
}

static void check_device(struct reader *r, struct df_instr *in,
			 const struct df_flag *f)
{
	struct err err = { 0 };
	struct span at;
	const char *why;
	if (!is_empty_list(r, in, f) &&
	    dockerfile_device_check(f, &r->df->arena, &at, &why, &err) == 0)
		dockerfile_bad(r, in, at, "--device=%s: %s",
			       str_quoted(f->text).text, why);
}

static void check_run(struct reader *r, struct df_instr *in)
{
	static const char *const networks[] = { "default", "none", "host",
						NULL };
	static const char *const securities[] = { "sandbox", "insecure", NULL };
	one_of(r, in, "network", networks, "default, none or host");
	one_of(r, in, "security", securities, "sandbox or insecure");
	for (size_t i = 0; i < in->n_flags; i++) {
		const struct df_flag *f = &in->flags[i];
		if (str_eqz(f->key, "mount"))
			check_mount(r, in, f);
		else if (str_eqz(f->key, "device"))
			check_device(r, in, f);
	}
}

static void check_pairs(struct reader *r, struct df_instr *in)
{
	if (in->n_pairs == 0)
		dockerfile_bad(r, in, where(in),
			       "%s is empty; write %s NAME=VALUE",
			       dockerfile_kind_name(in->kind),
			       dockerfile_kind_name(in->kind));
	for (size_t i = 0; i < in->n_pairs; i++)
		if (in->pairs[i].key.text.n == 0)
			dockerfile_bad(r, in, in->pairs[i].at,
				       "%s has no name; write NAME=VALUE",
				       str_quoted(span_str(r->df->text,
							   in->pairs[i].at))
					       .text);
}

/* What triggers may not do: fire again, begin a stage (Dockerfile reference,
 * ONBUILD). */
static void check_onbuild(struct reader *r, struct df_instr *in)
{
	if (!in->inner)
		dockerfile_bad(
			r, in, where(in),
			"ONBUILD is empty; write the instruction that it "
			"fires behind it");
	else if (in->inner->kind & (DF_ONBUILD | DF_FROM | DF_MAINTAINER))
		dockerfile_bad(
			r, in, in->inner->keyword.at,
			"ONBUILD %s is refused: what fires in a later build "
			"may not be one",
			dockerfile_kind_name(in->inner->kind));
}

/* VOLUME [" "] is one, which only its JSON form can write. */
static void check_volume(struct reader *r, struct df_instr *in)
{
	for (size_t i = 0; i < in->n_words; i++)
		if (str_trim(in->words[i].text, NULL).n == 0)
			dockerfile_bad(
				r, in, in->words[i].at,
				"VOLUME has an empty path, which the builder "
				"refuses; name a directory of the image");
}

static void check_shell(struct reader *r, struct df_instr *in)
{
	if (in->form == DF_FORM_LINE)
		dockerfile_bad(
			r, in, where(in),
			"SHELL %s is no JSON array; write each word in double "
			"quotes, as in SHELL [\"/bin/bash\", \"-c\"]",
			str_quoted(in->rest.text).text);
}

static void check_count(struct reader *r, struct df_instr *in)
{
	const enum df_kind one = DF_MAINTAINER | DF_WORKDIR | DF_USER |
				 DF_STOPSIGNAL | DF_EXPOSE | DF_VOLUME |
				 DF_SHELL;
	if ((in->kind & one) && in->n_words == 0)
		dockerfile_bad(r, in, where(in),
			       "%s is empty, and the builder stops at it; "
			       "write what it sets, or leave it out",
			       dockerfile_kind_name(in->kind));
}

/* Arguments before flags, both before what is inside of a flag. */
void dockerfile_check(struct reader *r, struct df_instr *in)
{
	static const struct {
		unsigned kinds;
		void (*check)(struct reader *r, struct df_instr *in);
	} checks[] = {
		{ DF_FROM, check_from },
		{ DF_COPY | DF_ADD, check_copy },
		{ DF_HEALTHCHECK, dockerfile_check_health },
		{ DF_ENV | DF_LABEL | DF_ARG, check_pairs },
		{ DF_ONBUILD, check_onbuild },
		{ DF_VOLUME, check_volume },
		{ DF_SHELL, check_shell },
	};
	if (in->kind == DF_UNKNOWN) {
		struct quoted word = str_quoted(in->keyword.text);
		struct nearest near = nearest_to(word.text);
		dockerfile_kind_nearest(&near);
		dockerfile_bad(r, in, in->keyword.at,
			       "there is no instruction %s%s", word.text,
			       nearest_hint(&near, "").text);
		return;
	}
	check_count(r, in);
	for (size_t i = 0; i < ARRAY_LEN(checks) && !in->bad; i++)
		if (in->kind & checks[i].kinds)
			checks[i].check(r, in);
	if (!in->bad)
		check_flags(r, in);
	if (!in->bad && in->kind == DF_RUN)
		check_run(r, in);
}

/* What ONBUILD holds is parsed when it fires (BuildKit, initOnBuildTriggers),
 * so that `ONBUILD COPY --chwon=x a b` builds until somebody stands on it. */
void dockerfile_check_trigger(struct dockerfile *df, struct df_instr *in,
			      struct diag_sink *sink)
{
	struct reader r = { .df = df, .sink = sink };
	if (!in->bad)
		dockerfile_check(&r, in);
}
