/* SPDX-License-Identifier: Apache-2.0 */
#include "tar/pax.h"

enum { NS_DIGITS = 9 };

/* The fraction in nanoseconds; *rest says that smaller digits were not 0. */
static bool parse_fraction(struct str s, uint64_t *ns, bool *rest)
{
	*ns = 0;
	*rest = false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		if (i < NS_DIGITS)
			*ns = *ns * 10 + (uint64_t)(s.p[i] - '0');
		else if (s.p[i] != '0')
			*rest = true;
	}
	for (size_t i = s.n; i < NS_DIGITS; i++)
		*ns *= 10;
	return true;
}

/* Whole seconds; more than 64 bits of them saturate. */
static bool parse_seconds(struct str s, uint64_t *out)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	if (!str_to_u64(s, out))
		*out = UINT64_MAX;
	return s.n > 0;
}

bool pax_parse_time(struct str s, int64_t *ns)
{
	struct str whole = s, fraction = { 0 };
	uint64_t seconds, nano, sum;
	bool below, negative = s.n && s.p[0] == '-';
	if (negative)
		whole = str_from(s, 1);
	str_cut(whole, '.', &whole, &fraction);
	if (!parse_seconds(whole, &seconds) ||
	    !parse_fraction(fraction, &nano, &below))
		return false;
	bool over = ckd_mul(&sum, seconds, 1000000000u) ||
		    ckd_add(&sum, sum, nano) ||
		    ckd_add(&sum, sum, negative && below);
	if (over || sum > INT64_MAX)
		*ns = negative ? INT64_MIN : INT64_MAX;
	else
		*ns = negative ? -(int64_t)sum : (int64_t)sum;
	return true;
}
