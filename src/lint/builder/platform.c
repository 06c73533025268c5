/* SPDX-License-Identifier: Apache-2.0 */
/* OS[(VERSION+FEATURE...)]/ARCHITECTURE[/VARIANT], or one of the first two
 * alone (containerd's platforms). Two parts may be anything of the right
 * letters; one alone has to be a name that is known. */
#include "base/chars.h"
#include "lint/builder/builder.h"
#include "lint/facts/words.h"

static const char systems[] =
	"aix android darwin dragonfly freebsd hurd illumos ios js linux macos "
	"nacl netbsd openbsd plan9 solaris windows zos";
static const char architectures[] =
	"386 amd64 amd64p32 arm armbe arm64 arm64be ppc64 ppc64le loong64 mips "
	"mipsle mips64 mips64le mips64p32 mips64p32le ppc riscv riscv64 s390 "
	"s390x sparc sparc64 wasm i386 x86_64 x86-64 aarch64 armhf armel";

static bool has_only(struct str s, const char *more)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_alpha(s.p[i]) && !is_digit(s.p[i]) &&
		    (!s.p[i] || !strchr(more, s.p[i])))
			return false;
	return s.n > 0;
}

/* linux, windows(10.0.17763+win32k) */
static bool is_system(struct str s, struct str *name)
{
	struct str options;
	*name = s;
	if (!str_cut(s, '(', name, &options))
		return has_only(s, "_-");
	bool closed = options.n && options.p[options.n - 1] == ')';
	options.n -= closed;
	return closed && has_only(*name, "_-") &&
	       (options.n == 0 || has_only(options, "_.%-+"));
}

static bool is_known(struct str name, const char *list)
{
	char text[32];
	if (name.n == 0 || name.n >= sizeof text)
		return false;
	for (size_t i = 0; i < name.n; i++)
		text[i] = lower(name.p[i]);
	return lint_word_in((struct str){ text, name.n }, list);
}

const char *lint_platform_fault(struct str platform)
{
	struct str part, rest = platform, name;
	size_t n = 0;
	if (str_find(platform, '*') < platform.n)
		return "it has no wildcards";
	for (bool more = true; more; n++) {
		more = str_cut(rest, '/', &part, &rest);
		if (!more)
			part = rest;
		if (n == 3)
			return "it has three parts at most";
		if (n == 0 && !is_system(part, &name))
			return "its first part is no system";
		if (n > 0 && !has_only(part, "_.-"))
			return "a part is empty, or has other characters than "
			       "letters, digits, _, . and -";
	}
	if (n == 1 && !is_known(name, systems) &&
	    !is_known(platform, architectures))
		return "no system and no architecture is called so";
	return NULL;
}
