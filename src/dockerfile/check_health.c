/* SPDX-License-Identifier: Apache-2.0 */
/* HEALTHCHECK: NONE, or CMD with a command and options of their own kinds. */
#include "base/chars.h"
#include "dockerfile/access.h"
#include "dockerfile/internal.h"

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
	const struct df_flag *f = dockerfile_flag(in, key);
	if (!f || f->text.n == 0)
		return;
	if (!duration(f->text, &ns))
		dockerfile_bad(r, in, f->value,
			       "--%s=%s is no duration; write a number with "
			       "its unit, such as 30s",
			       key, str_quoted(f->text).text);
	else if (ns != 0 && ns < 1e6)
		dockerfile_bad(r, in, f->value,
			       "--%s=%s is less than 1ms, the least that the "
			       "builder takes",
			       key, str_quoted(f->text).text);
}

/* Go's ParseInt with 32 bits: "+3" is a number, "-3" is none here. */
static void check_retries(struct reader *r, struct df_instr *in)
{
	uint64_t v;
	const struct df_flag *f = dockerfile_flag(in, "retries");
	if (!f || f->text.n == 0)
		return;
	struct str digits = str_from(f->text, *f->text.p == '+');
	if (!str_to_u64(digits, &v) || v > INT32_MAX)
		dockerfile_bad(r, in, f->value,
			       "--retries=%s is no number of tries; write a "
			       "whole number such as 3",
			       str_quoted(f->text).text);
}

/* NONE's flags are not looked at, whatever they are (check_flags). */
void dockerfile_check_health(struct reader *r, struct df_instr *in)
{
	static const char *const keys[] = { "interval", "timeout",
					    "start-period", "start-interval" };
	if (in->n_words == 0) {
		dockerfile_bad(
			r, in, in->rest.at.n ? in->rest.at : in->keyword.at,
			"HEALTHCHECK is empty; write HEALTHCHECK CMD and "
			"a command, or HEALTHCHECK NONE");
		return;
	}
	struct str type = in->words[0].text;
	bool cmd = in->n_words > 1;
	if (str_eq_nocase(type, STR("NONE"))) {
		if (cmd)
			dockerfile_bad(
				r, in, in->words[1].at,
				"HEALTHCHECK NONE takes nothing behind it");
		return;
	}
	if (!str_eq_nocase(type, STR("CMD"))) {
		dockerfile_bad(
			r, in, in->words[0].at,
			"the builder knows no HEALTHCHECK %s; put CMD in "
			"front of the command, or write NONE",
			str_quoted(type).text);
		return;
	}
	if (!cmd)
		dockerfile_bad(
			r, in, in->rest.at.n ? in->rest.at : in->keyword.at,
			"HEALTHCHECK CMD has no command; write one behind it");
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		check_interval(r, in, keys[i]);
	check_retries(r, in);
}
