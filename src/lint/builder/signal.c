/* SPDX-License-Identifier: Apache-2.0 */
/* Signals that STOPSIGNAL may name: those of Linux, in any case of letters and
 * with or without SIG, or a number. */
#include "base/chars.h"
#include "lint/builder/builder.h"
#include "lint/facts/words.h"

static const char names[] =
	"abrt alrm bus chld cld cont fpe hup ill int io iot kill pipe poll "
	"prof pwr quit segv stkflt stop sys term trap tstp ttin ttou urg usr1 "
	"usr2 vtalrm winch xcpu xfsz rtmin rtmax";

/* RTMIN+1 to RTMIN+15, RTMAX-1 to RTMAX-14. */
static bool is_realtime(struct str s)
{
	uint64_t n;
	bool min = str_starts(s, STR("rtmin+"));
	if (!min && !str_starts(s, STR("rtmax-")))
		return false;
	struct str digits = str_from(s, 6);
	return digits.n && *digits.p != '0' && str_to_u64(digits, &n) &&
	       n <= (min ? 15 : 14);
}

bool lint_is_signal(struct str name)
{
	char text[16];
	uint64_t n;
	bool sign = name.n && (*name.p == '+' || *name.p == '-');
	if (str_to_u64(str_from(name, sign), &n) && n <= INT64_MAX)
		return n != 0;
	if (name.n == 0 || name.n >= sizeof text)
		return false;
	for (size_t i = 0; i < name.n; i++)
		text[i] = lower(name.p[i]);
	struct str s = { text, name.n };
	if (str_starts(s, STR("sig")))
		s = str_from(s, 3);
	return is_realtime(s) || (s.n && lint_word_in(s, names));
}
