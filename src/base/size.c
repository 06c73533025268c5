/* SPDX-License-Identifier: Apache-2.0 */
#include "base/size.h"

#include "base/checked.h"

/* Takes the digits that s begins with off it; false where it has none. */
static bool take_digits(struct str *s, struct str *digits)
{
	size_t n = 0;
	while (n < s->n && s->p[n] >= '0' && s->p[n] <= '9')
		n++;
	*digits = (struct str){ s->p, n };
	*s = str_from(*s, n);
	return n > 0;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* "", "B", "k", "kB", "Ki", "KiB" and so on. */
static bool parse_unit(struct str s, uint64_t *unit)
{
	static const char letters[] = "kmgtpe";
	uint64_t step = 1000;
	size_t at = 0, power = 0;
	if (s.n && s.p[0] == ' ') {
		s = str_from(s, 1);
		if (s.n == 0)
			return false;
	}
	const char *letter = s.n ? strchr(letters, lower(s.p[0])) : NULL;
	if (letter && *letter) {
		power = (size_t)(letter - letters) + 1;
		at++;
	}
	if (power && at < s.n && lower(s.p[at]) == 'i') {
		step = 1024;
		at++;
	}
	if (at < s.n && lower(s.p[at]) == 'b')
		at++;
	*unit = 1;
	while (power--)
		*unit *= step;
	return at == s.n;
}

/* 0.DIGITS of a unit, cut to whole ones. Below 10^-18 of the largest unit
 * there is nothing to see. */
static uint64_t part_of(struct str digits, uint64_t unit)
{
	unsigned __int128 sum = 0;
	uint64_t scale = 1;
	for (size_t i = 0; i < digits.n && i < 18; i++) {
		sum = sum * 10 + (unsigned)(digits.p[i] - '0');
		scale *= 10;
	}
	return (uint64_t)(sum * unit / scale);
}

bool size_parse(struct str text, uint64_t *out)
{
	struct str whole, part = STR("");
	uint64_t v, unit;
	if (!take_digits(&text, &whole) || !str_to_u64(whole, &v))
		return false;
	bool point = str_starts(text, STR("."));
	if (point) {
		text = str_from(text, 1);
		if (!take_digits(&text, &part))
			return false;
	}
	if (!parse_unit(text, &unit) || (point && unit == 1) ||
	    ckd_mul(&v, v, unit) || ckd_add(&v, v, part_of(part, unit)))
		return false;
	*out = v;
	return true;
}
