/* SPDX-License-Identifier: Apache-2.0 */
/* Messages go out in one write, so that lines of several processes do not
 * mix; what is too long is cut. */
#include <stdarg.h>
#include "init/init.h"

#define LINE_SIZE 640

struct line {
	char *at, *end;
	char text[LINE_SIZE];
};

static void put(struct line *l, const char *s)
{
	while (*s && l->at < l->end)
		*l->at++ = *s++;
}

static void put_number(struct line *l, int n)
{
	char digits[21];

	put(l, format_number(n, digits));
}

/* %s a string, %d an int that is not negative, %e a negative errno. */
static void put_format(struct line *l, const char *format, va_list *values)
{
	char one[2] = { 0 };

	for (; *format; format++) {
		one[0] = *format;
		if (*format != '%')
			put(l, one);
		else if (*++format == 's')
			put(l, va_arg(*values, const char *));
		else if (*format == 'd')
			put_number(l, va_arg(*values, int));
		else
			put(l, error_text(-va_arg(*values, int)));
	}
}

/* The words in front are those that scripts look for; tini has one for each
 * level. */
static void put_prefix(struct line *l, enum persona persona, int level)
{
	static const char words[] = "pare-init: \0"
				    "pare-init: \0"
				    "error: \0"
				    "su-exec: \0"
				    "[dumb-init] \0"
				    "ERROR (catatonit:\0"
				    "[FATAL tini (\0"
				    "[WARN  tini (\0"
				    "[INFO  tini (\0"
				    "[DEBUG tini (";
	const char *p = words;
	int row = (int)persona;

	if (persona == TINI)
		row += level;
	while (row--)
		p = str_find(p, 0) + 1;
	put(l, p);
	if (persona < CATATONIT)
		return;
	put_number(l, SYS0(getpid));
	put(l, persona == TINI ? ")] " : "): ");
}

static void say_values(const struct init *in, int level, const char *format,
		       va_list *values)
{
	struct line l;
	int fd = 2;

	l.at = l.text;
	l.end = l.text + LINE_SIZE - 1;
	if (level >= TO_FD)
		fd = level - TO_FD;
	else if (level > (int)in->verbosity)
		return;
	else
		put_prefix(&l, in->persona, level);
	put_format(&l, format, values);
	if (level < TO_FD)
		*l.at++ = '\n';
	SYS3(write, fd, l.text, l.at - l.text);
}

void say(const struct init *in, int level, const char *format, ...)
{
	va_list values;

	va_start(values, format);
	say_values(in, level, format, &values);
	va_end(values);
}

void die(const struct init *in, const char *format, ...)
{
	va_list values;

	va_start(values, format);
	say_values(in, FATAL, format, &values);
	va_end(values);
	sys_exit(in->fail_code);
}

void sys_exit(int code)
{
	for (;;)
		SYS1(exit_group, code);
}
