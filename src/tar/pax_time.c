/* SPDX-License-Identifier: Apache-2.0 */
/* Times of PAX: decimal seconds with a sign and a fraction of any length
 * (POSIX.1-2024, pax, "pax Extended Header File Times").
 *
 *	1.5		{ 1, 500000000 }
 *	-0.5		{ -1, 500000000 }: nanoseconds count forward
 *	0.0000000019	{ 0, 1 }: digits past the ninth are cut ...
 *	-0.0000000001	{ -1, 999999999 }: ... towards the past, always */
#include "tar/pax.h"

enum { NS_DIGITS = 9 };

/* The fraction in nanoseconds; *rest says that smaller digits were not 0. */
static bool parse_fraction(struct str s, uint32_t *ns, bool *rest)
{
	*ns = 0;
	*rest = false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		if (i < NS_DIGITS)
			*ns = *ns * 10 + (uint32_t)(s.p[i] - '0');
		else if (s.p[i] != '0')
			*rest = true;
	}
	for (size_t i = s.n; i < NS_DIGITS; i++)
		*ns *= 10;
	return true;
}

/* One nanosecond further away from 1970.
 *
 * For a negative time whose cut digits were not zero. */
static bool add_one(struct instant_parts *p)
{
	if (++p->ns < INSTANT_NS)
		return true;
	p->ns = 0;
	return !ckd_add(&p->s, p->s, 1u);
}

static bool all_digits(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0;
}

const char *tar_pax_parse_time(struct str s, struct instant *out)
{
	static const char far[] = "is a time that 64 bits of seconds do not "
				  "reach";
	struct str whole = s, fraction = { 0 };
	struct instant_parts p = { .negative = s.n && s.p[0] == '-' };
	bool rest;
	if (p.negative)
		whole = str_from(s, 1);
	str_cut(whole, '.', &whole, &fraction);
	if (!all_digits(whole) || !parse_fraction(fraction, &p.ns, &rest))
		return "is no time in seconds";
	if (!str_to_u64(whole, &p.s) || (p.negative && rest && !add_one(&p)) ||
	    !instant_of(p, out))
		return far;
	return NULL;
}
