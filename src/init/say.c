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

static void put_number(struct line *l, uint64_t n)
{
	char digits[21];

	put(l, format_number(n, digits));
}

/* %s a string, %d an unsigned long, %e a negative errno. */
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
			put_number(l, va_arg(*values, unsigned long));
		else
			put(l, error_text(-(int)va_arg(*values, long)));
	}
}

/* The words in front are those that scripts look for. */
static void put_prefix(struct line *l, enum persona persona, enum level level)
{
	static const char words[] = "pare-init: \0"
				    "pare-init: \0"
				    "error: \0"
				    "su-exec: \0"
				    "[dumb-init] \0"
				    "[FATAL tini (\0"
				    "ERROR (catatonit:\0";
	static const char levels[] = "FATAL\0WARN \0INFO \0DEBUG";
	const char *p = words;
	char *start = l->at;

	for (int i = 0; i < (int)persona; i++)
		p += str_len(p) + 1;
	put(l, p);
	if (persona < TINI)
		return;
	if (persona == TINI)
		memcpy(start + 1, levels + 6 * level, 5);
	put_number(l, (uint64_t)SYS0(getpid));
	put(l, persona == TINI ? ")] " : "): ");
}

void print(int fd, const char *format, ...)
{
	struct line l;
	va_list values;

	l.at = l.text;
	l.end = l.text + LINE_SIZE;
	va_start(values, format);
	put_format(&l, format, &values);
	va_end(values);
	SYS3(write, fd, l.text, l.at - l.text);
}

static void say_values(const struct init *in, enum level level,
		       const char *format, va_list *values)
{
	struct line l;

	if (level > in->verbosity)
		return;
	l.at = l.text;
	l.end = l.text + LINE_SIZE - 1;
	put_prefix(&l, in->persona, level);
	put_format(&l, format, values);
	*l.at++ = '\n';
	SYS3(write, 2, l.text, l.at - l.text);
}

void say(const struct init *in, enum level level, const char *format, ...)
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
