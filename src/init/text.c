/* SPDX-License-Identifier: Apache-2.0 */
#include "init/init.h"

/* The compiler calls these when it likes, also after linking. */
#define USED __attribute__((used))

USED void *memcpy(void *to, const void *from, size_t n)
{
	for (size_t i = 0; i < n; i++)
		((char *)to)[i] = ((const char *)from)[i];
	return to;
}

USED void *memset(void *to, int c, size_t n)
{
	for (size_t i = 0; i < n; i++)
		((char *)to)[i] = (char)c;
	return to;
}

USED int memcmp(const void *a, const void *b, size_t n)
{
	const unsigned char *x = a, *y = b;

	for (; n && *x == *y; n--)
		x++, y++;
	return n ? *x - *y : 0;
}

size_t str_len(const char *s)
{
	size_t n = 0;

	while (s[n])
		n++;
	return n;
}

const char *str_after(const char *s, const char *prefix)
{
	for (; *prefix; s++, prefix++)
		if (*s != *prefix)
			return NULL;
	return s;
}

const char *str_find(const char *s, char c)
{
	while (*s && *s != c)
		s++;
	return s;
}

bool str_eq(const char *a, const char *b)
{
	const char *rest = str_after(a, b);

	return rest && !*rest;
}

char *cut(char **rest, char at)
{
	char *part = *rest, *end = (char *)str_find(part, at);

	*rest = end;
	if (*end)
		*(*rest)++ = 0;
	return part;
}

long take_number(const char **s, long max)
{
	const char *p = *s;
	long n = 0;

	for (; (unsigned char)(*p - '0') <= 9 && n <= max; p++)
		n = n * 10 + *p - '0';
	if (p == *s || n > max)
		return -1;
	*s = p;
	return n;
}

long parse_number(const char *s, long max)
{
	long n = take_number(&s, max);

	return *s ? -1 : n;
}

int64_t parse_duration(const char *s)
{
	long n = take_number(&s, 3600000);
	int64_t unit = NS_PER_S;

	if (str_eq(s, "ms"))
		unit = NS_PER_MS;
	else if (str_eq(s, "m"))
		unit = 60 * NS_PER_S;
	else if (*s && !str_eq(s, "s"))
		return -1;
	n *= unit;
	return n > 3600 * NS_PER_S ? -1 : n;
}

/* In the kernel's order, both machines alike; NUL behind each. */
static const char signal_names[] =
	"HUP\0INT\0QUIT\0ILL\0TRAP\0ABRT\0BUS\0FPE\0KILL\0USR1\0SEGV\0USR2\0"
	"PIPE\0ALRM\0TERM\0STKFLT\0CHLD\0CONT\0STOP\0TSTP\0TTIN\0TTOU\0URG\0"
	"XCPU\0XFSZ\0VTALRM\0PROF\0WINCH\0IO\0PWR\0SYS\0";

/* RTMIN+n and RTMAX-n. RTMIN is 34 to the programs of both C libraries. */
static int parse_realtime(const char *s)
{
	const char *rest = str_after(s, "RTM");
	bool min = rest && str_after(rest, "IN");
	long n = 0;

	if (!rest || !(min || str_after(rest, "AX")))
		return 0;
	rest += 2;
	if (*rest && (*rest != (min ? '+' : '-') ||
		      (n = parse_number(rest + 1, 30)) < 0))
		return 0;
	return (int)(min ? 34 + n : N_SIGNALS - n);
}

int parse_signal(const char *s)
{
	const char *name = signal_names;
	const char *rest = str_after(s, "SIG");
	long n = parse_number(s, N_SIGNALS);

	if (n >= 0)
		return (int)n;
	if (rest)
		s = rest;
	for (int sig = 1; *name; sig++, name = str_find(name, 0) + 1)
		if (str_eq(s, name))
			return sig;
	return parse_realtime(s);
}

char *format_number(int number, char *buf)
{
	unsigned n = (unsigned)number;
	char *p = buf + 11;

	*p = 0;
	do {
		*--p = (char)('0' + n % 10);
		n /= 10;
	} while (n);
	return p;
}

/* errno, text, NUL; what exec, open, fork, chown and the ids can fail with. */
static const char errors[] = { "\x01Operation not permitted\0"
			       "\x02No such file or directory\0"
			       "\x05Input/output error\0"
			       "\x07"
			       "Argument list too long\0"
			       "\x08"
			       "Exec format error\0"
			       "\x0b"
			       "Resource temporarily unavailable\0"
			       "\x0c"
			       "Out of memory\0"
			       "\x0d"
			       "Permission denied\0"
			       "\x14Not a directory\0"
			       "\x15Is a directory\0"
			       "\x16Invalid argument\0"
			       "\x1b"
			       "File too large\0"
			       "\x1eRead-only file system\0"
			       "\x24"
			       "File name too long\0"
			       "\x28Too many symbolic links\0"
			       "\x6eTimed out\0"
			       "\x6f"
			       "Connection refused\0" };

const char *error_text(int err)
{
	for (const char *p = errors; *p; p = str_find(p, 0) + 1)
		if (*p == err)
			return p + 1;
	return "other error";
}
