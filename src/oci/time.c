/* SPDX-License-Identifier: Apache-2.0 */
/* "2024-02-29T23:59:60.5+02:00" is read as RFC 3339 has it and checked to the
 * day. Times of a history decide where a base ends (shrink/base.c), so a wrong
 * one must be no time, not another one. */
#include "oci/config.h"

#include "base/checked.h"

/* n digits, then the byte that ends the field (0: none). */
static bool field(struct str *s, size_t n, char end, int *out)
{
	uint64_t v;
	if (s->n < n + (end != 0) || !str_to_u64((struct str){ s->p, n }, &v) ||
	    (end && s->p[n] != end))
		return false;
	*s = str_from(*s, n + (end != 0));
	*out = (int)v;
	return true;
}

/* Any number of digits; those past the ninth are cut off.
 *
 * ".5" is 500000000; "." alone is no fraction. */
static bool fraction(struct str *s, int64_t *ns)
{
	int64_t unit = 100000000;
	size_t i = 1;
	*ns = 0;
	if (s->n == 0 || s->p[0] != '.')
		return true;
	for (; i < s->n && s->p[i] >= '0' && s->p[i] <= '9'; i++) {
		*ns += unit * (s->p[i] - '0');
		unit /= 10;
	}
	*s = str_from(*s, i);
	return i > 1;
}

static bool offset(struct str *s, int *minutes)
{
	int hour, minute;
	if (s->n == 1 && (s->p[0] == 'Z' || s->p[0] == 'z')) {
		*minutes = 0;
		return true;
	}
	if (s->n != 6 || (s->p[0] != '+' && s->p[0] != '-'))
		return false;
	int sign = s->p[0] == '-' ? -1 : 1;
	*s = str_from(*s, 1);
	if (!field(s, 2, ':', &hour) || !field(s, 2, 0, &minute) || hour > 23 ||
	    minute > 59)
		return false;
	*minutes = sign * (hour * 60 + minute);
	return true;
}

static bool is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30,
				    31, 31, 30, 31, 30, 31 };
	return days[month - 1] + (month == 2 && is_leap(year));
}

/* Days since 1970 of a Gregorian date, year 0 to 9999. Years begin in March,
 * so that the leap day comes last.
 *
 * (153 * m + 2) / 5 is the days before month m, counted from March: 0, 31, 61,
 * 92, 122, ... 719468 days lie between the first of March of year 0 and 1970.
 */
static int64_t day_number(int year, int month, int day)
{
	int64_t y = month > 2 ? year : year - 1;
	int64_t m = month > 2 ? month - 3 : month + 9;
	int64_t era = y >= 0 ? y / 400 : -1; /* year 0 begins in year -1 */
	int64_t in_era = y - era * 400;
	return era * 146097 + in_era * 365 + in_era / 4 - in_era / 100 +
	       (153 * m + 2) / 5 + day - 1 - 719468;
}

/* RFC 3339 section 5.6. A leap second is the second that follows it. Times
 * that 64 bits of nanoseconds cannot hold (before 1677, after 2262) are none:
 * Go's zero time is one of them. */
bool oci_time_ns(struct str text, int64_t *out)
{
	int year, month, day, hour, minute, second, minutes_east;
	int64_t ns;
	struct str s = text;
	if (!field(&s, 4, '-', &year) || !field(&s, 2, '-', &month) ||
	    !field(&s, 2, 0, &day) || s.n == 0 ||
	    (s.p[0] != 'T' && s.p[0] != 't'))
		return false;
	s = str_from(s, 1);
	if (!field(&s, 2, ':', &hour) || !field(&s, 2, ':', &minute) ||
	    !field(&s, 2, 0, &second) || !fraction(&s, &ns) ||
	    !offset(&s, &minutes_east))
		return false;
	if (month < 1 || month > 12 || day < 1 || day > days_in(year, month) ||
	    hour > 23 || minute > 59 || second > 60)
		return false;
	int64_t t = day_number(year, month, day) * 86400 + hour * 3600 +
		    (minute - minutes_east) * 60 + second;
	/* Borrow one second, so that the product fits whenever the sum does. */
	if (t < 0 && ns > 0) {
		t += 1;
		ns -= 1000000000;
	}
	if (ckd_mul(&t, t, (int64_t)1000000000) || ckd_add(&t, t, ns))
		return false;
	*out = t;
	return true;
}
