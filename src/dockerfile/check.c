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
		dockerfile_bad(r, in, f->at, "--%s stands twice", name.text);
	else if (fd->type != FLAG_BOOL && !f->has_value)
		dockerfile_bad(r, in, f->at, "--%s needs a value", name.text);
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
	if (in->n_words != 1 &&
	    (in->n_words != 3 || !str_eq_nocase(w[1].text, STR("as"))))
		dockerfile_bad(r, in, where(in),
			       "FROM takes an image, and AS with a name");
	else if (in->n_words == 3 && !is_stage_name(w[2].text))
		dockerfile_bad(
			r, in, w[2].at,
			"a stage name starts with a letter and has letters, "
			"digits, '-', '_' and '.' only");
}

/* A heredoc as destination would be read as one more source. */
static void check_copy(struct reader *r, struct df_instr *in)
{
	struct err err = { 0 };
	struct df_heredoc h;
	if (in->n_words < 2) {
		dockerfile_bad(r, in, where(in),
			       "%s needs a source and a destination",
			       dockerfile_kind_name(in->kind));
		return;
	}
	const struct df_word *last = &in->words[in->n_words - 1];
	if (dockerfile_heredoc_word(last->text, &r->df->arena, &h, &err) > 0)
		dockerfile_bad(r, in, last->at, "a heredoc is no destination");
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
		dockerfile_bad(r, in, at, "--mount: %s", why);
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

/* Go's time.ParseDuration; *ns is capped.
 *
 * "1h30m", "1.5s", "-2ms": numbers with units, one behind the other, added up;
 * "0" alone needs no unit, "5" does. Both signs of micro are taken: U+00B5 and
 * the Greek letter U+03BC. */
static bool duration(struct str s, double *ns)
{
	static const struct {
		const char *name;
		double ns;
	} units[] = {
		{ "ns", 1 },	      { "us", 1e3 },   { "\xc2\xb5s", 1e3 },
		{ "\xce\xbcs", 1e3 }, { "ms", 1e6 },   { "s", 1e9 },
		{ "m", 60e9 },	      { "h", 3600e9 },
	};
	size_t at = s.n && (s.p[0] == '-' || s.p[0] == '+');
	double sign = s.n && s.p[0] == '-' ? -1 : 1;
	*ns = 0;
	if (str_eqz(str_from(s, at), "0"))
		return true;
	if (at == s.n)
		return false;
	while (at < s.n) {
		double v = 0, scale = 1;
		size_t digits = 0, unit, i;
		for (; at < s.n && is_digit(s.p[at]); at++, digits++)
			v = v * 10 + (s.p[at] - '0');
		if (at < s.n && s.p[at] == '.')
			for (at++; at < s.n && is_digit(s.p[at]);
			     at++, digits++)
				v += (s.p[at] - '0') * (scale /= 10);
		for (unit = at;
		     at < s.n && s.p[at] != '.' && !is_digit(s.p[at]);)
			at++;
		struct str u = { s.p + unit, at - unit };
		for (i = 0; i < ARRAY_LEN(units); i++)
			if (str_eqz(u, units[i].name))
				break;
		if (!digits || i == ARRAY_LEN(units))
			return false;
		*ns += sign * v * units[i].ns;
	}
	return *ns < 9223372036854775807.0 && *ns > -9223372036854775807.0;
}

static void check_interval(struct reader *r, struct df_instr *in,
			   const char *key)
{
	double ns;
	const struct df_flag *f = flag(in, key);
	if (!f || f->text.n == 0)
		return;
	if (!duration(f->text, &ns))
		dockerfile_bad(r, in, f->value, "--%s: %s is no duration", key,
			       str_quoted(f->text).text);
	else if (ns != 0 && ns < 1e6)
		dockerfile_bad(r, in, f->value, "--%s is less than 1ms", key);
}

/* Go's ParseInt with 32 bits: "+3" is a number, "-3" is none here. */
static void check_retries(struct reader *r, struct df_instr *in)
{
	uint64_t v;
	const struct df_flag *f = flag(in, "retries");
	if (!f || f->text.n == 0)
		return;
	struct str digits = str_from(f->text, *f->text.p == '+');
	if (!str_to_u64(digits, &v) || v > INT32_MAX)
		dockerfile_bad(r, in, f->value, "--retries: %s is no number",
			       str_quoted(f->text).text);
}

/* NONE's flags are not looked at, whatever they are (check_flags). */
static void check_health(struct reader *r, struct df_instr *in)
{
	static const char *const keys[] = { "interval", "timeout",
					    "start-period", "start-interval" };
	if (in->n_words == 0) {
		dockerfile_bad(r, in, where(in),
			       "HEALTHCHECK needs NONE or CMD");
		return;
	}
	struct str type = in->words[0].text;
	bool cmd = in->n_words > 1;
	if (str_eq_nocase(type, STR("NONE"))) {
		if (cmd)
			dockerfile_bad(r, in, in->words[1].at,
				       "HEALTHCHECK NONE takes no command");
		return;
	}
	if (!str_eq_nocase(type, STR("CMD"))) {
		dockerfile_bad(r, in, in->words[0].at,
			       "HEALTHCHECK knows NONE and CMD");
		return;
	}
	if (!cmd)
		dockerfile_bad(r, in, where(in),
			       "HEALTHCHECK CMD needs a command");
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		check_interval(r, in, keys[i]);
	check_retries(r, in);
}

static void check_pairs(struct reader *r, struct df_instr *in)
{
	if (in->n_pairs == 0)
		dockerfile_bad(r, in, where(in), "%s needs an argument",
			       dockerfile_kind_name(in->kind));
	for (size_t i = 0; i < in->n_pairs; i++)
		if (in->pairs[i].key.text.n == 0)
			dockerfile_bad(r, in, in->pairs[i].at,
				       "a name is empty");
}

/* What triggers may not do: fire again, begin a stage (Dockerfile reference,
 * ONBUILD). */
static void check_onbuild(struct reader *r, struct df_instr *in)
{
	if (!in->inner)
		dockerfile_bad(r, in, where(in),
			       "ONBUILD needs an instruction");
	else if (in->inner->kind & (DF_ONBUILD | DF_FROM | DF_MAINTAINER))
		dockerfile_bad(r, in, in->inner->keyword.at,
			       "ONBUILD takes no %s",
			       dockerfile_kind_name(in->inner->kind));
}

/* VOLUME [" "] is one, which only its JSON form can write. */
static void check_volume(struct reader *r, struct df_instr *in)
{
	for (size_t i = 0; i < in->n_words; i++)
		if (str_trim(in->words[i].text, NULL).n == 0)
			dockerfile_bad(r, in, in->words[i].at,
				       "a volume is empty");
}

static void check_shell(struct reader *r, struct df_instr *in)
{
	if (in->form == DF_FORM_LINE)
		dockerfile_bad(r, in, where(in), "SHELL takes a JSON array");
}

static void check_count(struct reader *r, struct df_instr *in)
{
	const enum df_kind one = DF_MAINTAINER | DF_WORKDIR | DF_USER |
				 DF_STOPSIGNAL | DF_EXPOSE | DF_VOLUME |
				 DF_SHELL;
	if ((in->kind & one) && in->n_words == 0)
		dockerfile_bad(r, in, where(in), "%s needs an argument",
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
		{ DF_HEALTHCHECK, check_health },
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
