/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/shellcheck/shellcheck_noise.h"

#include <string.h>

#include "base/chars.h"

/* What these print is one word by their manuals, without a character that the
 * shell would take for a pattern; so quotes change nothing. */
static const char *const one_word[] = {
	"apk --print-arch",
	"arch",
	"date +%F",
	"date +%Y%m%d",
	"date +%s",
	"dpkg --print-architecture",
	"getconf LONG_BIT",
	"getconf _NPROCESSORS_ONLN",
	"go env GOARCH",
	"go env GOOS",
	"id -g",
	"id -gn",
	"id -u",
	"id -un",
	"lsb_release -cs",
	"lsb_release -rs",
	"lsb_release -sc",
	"lsb_release -sr",
	"nproc",
	"nproc --all",
	"rpm -E %fedora",
	"rpm -E %rhel",
	"uname",
	"uname -m",
	"uname -r",
	"uname -s",
	"whoami",
};

/*	make -j$(nproc)		true
 *	make -j`nproc`		true
 *	rm -r $(nproc; ls)	false: only the whole is known */
static bool prints_one_word(struct str substitution)
{
	struct str s = substitution;
	if (str_starts(s, STR("$(")) && str_ends(s, STR(")")) && s.n > 3)
		s = (struct str){ s.p + 2, s.n - 3 };
	else if (str_starts(s, STR("`")) && str_ends(s, STR("`")) && s.n > 2)
		s = (struct str){ s.p + 1, s.n - 2 };
	else
		return false;
	s = str_trim(s, &(size_t){ 0 });
	for (size_t i = 0; i < ARRAY_LEN(one_word); i++)
		if (str_eqz(s, one_word[i]))
			return true;
	return false;
}

/* "a && b || true": that true also runs when a fails is what is meant. The
 * text begins behind the &&; the next || is looked for without regard to
 * quotes, and one within them is followed by no `true` that ends a command. */
static bool ends_in_true(struct str rest)
{
	static const struct str nothing[] = { STR("true"), STR(":") };
	size_t i = 0;
	while (i < rest.n && !str_starts(str_from(rest, i), STR("||")))
		i++;
	rest = str_from(rest, MIN(i + 2, rest.n));
	while (rest.n && is_blank(*rest.p))
		rest = str_from(rest, 1);
	for (size_t k = 0; k < ARRAY_LEN(nothing); k++) {
		struct str end = str_from(rest, MIN(nothing[k].n, rest.n));
		if (str_starts(rest, nothing[k]) &&
		    (end.n == 0 || (*end.p && strchr(" \t\r\n;&)", *end.p))))
			return true;
	}
	return false;
}

bool lint_shellcheck_is_noise(const struct lint_run *run, uint64_t code,
			      struct span at)
{
	struct str text = run->file->df->text;
	struct span rest = span_of(span_end(at), span_end(run->in->at));
	switch (code) {
	case 2015: /* A && B || C is not if-then-else */
		return rest.at <= span_end(run->in->at) &&
		       ends_in_true(span_str(text, rest));
	case 2046: /* quote this to prevent word splitting */
		return prints_one_word(span_str(text, at));
	default:
		return false;
	}
}
