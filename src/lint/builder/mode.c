/* SPDX-License-Identifier: Apache-2.0 */
/* --chmod: an octal number, or chmod(1)'s changes, as in u=rwX,go-w. */
#include "base/chars.h"
#include "lint/builder/builder.h"

static const char *octal_fault(struct str s)
{
	unsigned v = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '7')
			return "that is no octal number";
		v = v * 8 + (unsigned)(s.p[i] - '0');
		if (v > 07777)
			return "a mode ends at 7777";
	}
	return NULL;
}

static size_t skip(struct str s, size_t at, const char *any)
{
	while (at < s.n && s.p[at] && strchr(any, s.p[at]))
		at++;
	return at;
}

/* WHO OP PERM, of which OP PERM may repeat, with commas between. */
const char *lint_mode_fault(struct str s)
{
	static const char bad[] = "that is no mode";
	size_t at = 0;
	if (s.n && is_digit(s.p[0]))
		return octal_fault(s);
	for (;;) {
		at = skip(s, at, "augo");
		do {
			if (at == s.n || !s.p[at] || !strchr("+-=", s.p[at]))
				return bad;
			at = skip(s, at + 1, "rstwXxugo");
		} while (at < s.n && s.p[at] != ',');
		if (at == s.n)
			return NULL;
		at++;
	}
}
