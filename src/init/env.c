/* SPDX-License-Identifier: Apache-2.0 */
/* The environment and the arguments: what an entrypoint script would do to
 * them, without a shell. */
#include "init/init.h"

#define SECRET_MAX (128 << 10) /* the kernel's limit for one string */
/* Cut short, what a slow pipe brings would be another secret. */
#define SECRET_WAIT_NS (10 * NS_PER_S)
#define NAME_MAX_ 256
#define SPARE 64 /* variables that may be added */

/* The value of an entry "NAME=value"; NULL: it has another name. */
static char *value_of(char *entry, const char *name)
{
	const char *rest = str_after(entry, name);

	return rest && *rest == '=' ? (char *)rest + 1 : NULL;
}

const char *env_get(const struct init *in, const char *name)
{
	char *value = NULL;

	for (char **e = in->envp; *e && !value; e++)
		value = value_of(*e, name);
	return value;
}

/* The array that the kernel gave has no room behind it. */
static void make_room(struct init *in)
{
	size_t n = 0;
	char **copy;

	if (in->env_moved)
		return;
	while (in->envp[n])
		n++;
	copy = arena_take(in, (n + SPARE + 1) * sizeof *copy);
	memcpy(copy, in->envp, (n + 1) * sizeof *copy);
	in->envp = copy;
	in->env_moved = true;
}

static char *append(char *to, const char *s)
{
	while (*s)
		*to++ = *s++;
	*to = 0;
	return to;
}

static void unset_from(char **e, const char *name)
{
	char **to = e;

	for (; *e; e++)
		if (!value_of(*e, name))
			*to++ = *e;
	*to = NULL;
}

/* It stands there once: some programs take the last one of a name. */
void env_set(struct init *in, const char *name, const char *value)
{
	char *entry = arena_take(in, str_len(name) + str_len(value) + 2);
	char **e;

	append(append(append(entry, name), "="), value);
	for (e = in->envp; *e && !value_of(*e, name);)
		e++;
	if (*e) {
		unset_from(e + 1, name);
	} else {
		size_t at = (size_t)(e - in->envp);

		make_room(in);
		e = in->envp + at;
		e[1] = NULL;
	}
	*e = entry;
}

void env_read_secret(struct init *in, const char *name)
{
	char from[NAME_MAX_ + 8];
	const char *path, *value;
	char *text;
	int n;

	if (!*name || str_len(name) > NAME_MAX_)
		die(in, "secret: not a name: \"%s\"", name);
	append(append(from, name), "_FILE");
	path = env_get(in, from);
	if (!path)
		return;
	value = env_get(in, name);
	if (value && *value)
		die(in, "both %s and %s are set", name, from);
	n = arena_read(in, path, SECRET_MAX, SECRET_WAIT_NS, &text);
	if (n == -ETIMEDOUT)
		die(in, "%s: %s: no end of file within 10 s", from, path);
	if (n >= 0 && (int)str_len(text) != n)
		n = -EINVAL; /* a NUL, which no variable can hold */
	if (n < 0)
		die(in, "%s: %s: %e", from, path, n);
	while (n && text[n - 1] == '\n') /* as $(cat FILE) in a shell */
		text[--n] = 0;
	if (!n && !asked(in, 'A'))
		die(in, "%s: %s: is empty; --secret-empty allows it", from,
		    path);
	unset_from(in->envp, from);
	env_set(in, name, text);
}

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_';
}

/* *s stands at NAME} or NAME:-DEFAULT}; moves it behind and returns the value.
 * Writes into the argument, which is replaced as a whole. */
static const char *lookup(struct init *in, char **s)
{
	char *name = *s, *end = name;
	const char *rest, *value;

	while (is_name(*end))
		end++;
	rest = str_after(end, ":-");
	for (const char *p = rest; p && *p && *p != '}'; p++)
		if (str_after(p, "${"))
			die(in, "one in another: ${%s", name);
	if (end == name || (!rest && *end != '}') || !*str_find(end, '}'))
		die(in, "not a variable: ${%s", name);
	*s = end;
	if (rest)
		*s += 2;
	rest = cut(s, '}');
	*end = 0;
	value = env_get(in, name);
	if (rest != end && (!value || !*value))
		return rest;
	if (!value)
		die(in, "variable is not set: %s", name);
	return value;
}

/* Grows its result at the end of the arena: nothing else is taken meanwhile. */
static char *expand(struct init *in, char *s)
{
	char *text = arena_take(in, 0), *to = text;
	char one[2] = { 0 };

	while (*s) {
		const char *value = one;

		one[0] = *s;
		if (str_after(s, "$${")) { /* an escaped ${ */
			value = "${";
			s += 3;
		} else if (str_after(s, "${")) {
			s += 2;
			value = lookup(in, &s);
		} else {
			s++;
		}
		if (str_len(value) >= (size_t)(in->arena + ARENA_SIZE - to))
			die(in, "arguments too long");
		to = append(to, value);
	}
	*to = 0;
	return arena_take(in, (size_t)(to - text) + 1);
}

void env_expand_args(struct init *in)
{
	for (char **a = in->argv; *a; a++)
		if (*str_find(*a, '$'))
			*a = expand(in, *a);
}

/* Copies one word of *from to `to`; a quote keeps what stands in it. */
static char *split_word(struct init *in, const char **from, char *to)
{
	char quote = 0;
	const char *s = *from;

	for (; *s && (quote || (*s != ' ' && *s != '\t')); s++) {
		if (*s == quote)
			quote = 0;
		else if (!quote && (*s == '\'' || *s == '"'))
			quote = *s;
		else
			*to++ = *s;
	}
	if (quote)
		die(in, "open quote: %s", *from);
	*to++ = 0;
	*from = s;
	return to;
}

char **split_command(struct init *in, const char *command)
{
	size_t n = str_len(command);
	char *text = arena_take(in, n + 2);
	/* One word takes two bytes at least; a slot in front for exec.c. */
	char **words = (char **)arena_take(in, (n / 2 + 3) * sizeof *words) + 1;
	char **w = words;

	for (;;) {
		while (*command == ' ' || *command == '\t')
			command++;
		if (!*command)
			break;
		*w++ = text;
		text = split_word(in, &command, text);
	}
	*w = NULL;
	if (w == words)
		die(in, "--pre is empty");
	return words;
}
