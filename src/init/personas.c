/* SPDX-License-Identifier: Apache-2.0 */
/* The command lines of tini, dumb-init, catatonit and gosu (su-exec). Each is
 * read as its users write it, except that no option is ever looked for behind
 * the program's name. */
#include "init/init.h"

/* From DUMB_INIT on, a line each: the letters (':' those with a value), the
 * version, the usage. A letter means the same to all who know it. */
static const char tables[] = {
	"cr:vhV\0dumb-init v1.2.5\n\0"
	"Usage: dumb-init [-cvhV] [-r S:R] [--] PROGRAM [ARGUMENTS]\n\0"
	"swgvlhe:p:\0tini version 0.19.0 - git.pare-init\n\0"
	"Usage: tini [-sgwvlh] [-e CODE] [-p SIGNAL] [--] PROGRAM "
	"[ARGUMENTS]\n\0"
	"gPLVh\0tini version 0.2.1_catatonit\n\0"
	"Usage: catatonit [-gPLVh] [--] PROGRAM [ARGUMENTS]\n"
};

static const char long_names[] =
	"csingle-child\0rrewrite\0vverbose\0hhelp\0Vversion\0";

static const char *row(const struct init *in, int column)
{
	const char *p = tables;

	for (int n = 3 * ((int)in->persona - DUMB_INIT) + column; n; n--)
		p += str_len(p) + 1;
	return p;
}

static NORETURN void tell(const struct init *in, const char *text)
{
	print(in->persona == DUMB_INIT ? 2 : 1, "%s", text);
	sys_exit(0);
}

static NORETURN void bad(const struct init *in, const char *word)
{
	die(in, "not understood: %s", word);
}

static void set_rewrite(struct init *in, char *value)
{
	int from = parse_signal(cut(&value, ':')), to = parse_signal(value);

	if (!from || (!to && !str_eq(value, "0")))
		bad(in, value);
	in->rewrite[from] = (uint8_t)to;
	in->rewritten |= SIGNAL_BIT(from);
}

static void set_value(struct init *in, char letter, char *value)
{
	long code;

	if (letter == 'r') {
		set_rewrite(in, value);
	} else if (letter == 'e') {
		code = parse_number(value, 255);
		if (code < 0)
			bad(in, value);
		in->exit_map[code] = 0;
	} else if (!(in->parent_death = parse_signal(value))) {
		bad(in, value);
	}
}

static void set_letter(struct init *in, char letter)
{
	switch (letter) {
	case 'c':
		in->to = TO_CHILD;
		break;
	case 'g':
		in->kill_group = true;
		break;
	case 'w':
		in->warn_reaped = true;
		break;
	case 'P':
		in->pause = true;
		break;
	case 'v':
		if (in->persona == DUMB_INIT || ++in->verbosity > DEBUG)
			in->verbosity = DEBUG;
		break;
	case 'l':
	case 'L':
		tell(in, "Apache-2.0\n");
	case 'V':
		tell(in, row(in, 1));
	case 'h':
		tell(in, row(in, 2));
	default: /* -s: we adopt orphans without being asked */
		break;
	}
}

/* One letter and, where it has one, its value: the rest of the word, or the
 * next. Returns how many words are used up by it, 0 when letters follow. */
static int take(struct init *in, char letter, const char *rest, char **next)
{
	const char *known = str_find(row(in, 0), letter);

	if (!*known || letter == ':') {
		const char word[] = { '-', letter, 0 };

		bad(in, word);
	}
	if (known[1] != ':') {
		set_letter(in, letter);
		return !*rest;
	}
	if (!*rest && !*next)
		die(in, "a value is missing");
	set_value(in, letter, *rest ? (char *)rest : *next);
	return *rest ? 1 : 2;
}

/* A long option as a letter; it may be cut short while no other begins so. */
static int take_long(struct init *in, const char *word, char **next)
{
	const char *name = word + 2, *end = str_find(name, '=');
	const char *found = NULL, *s;

	for (const char *p = long_names; *p; p = str_find(p, 0) + 1) {
		for (s = name; s < end && *s == p[1 + (s - name)];)
			s++;
		if (s < end || !*str_find(row(in, 0), *p))
			continue;
		if (found)
			bad(in, word);
		found = p;
	}
	/* Only dumb-init has more than one. */
	if (!found || (in->persona != DUMB_INIT && *found != 'V') ||
	    (*end && *found != 'r'))
		bad(in, word);
	return take(in, *found, *end ? end + 1 : end, next);
}

static char **walk(struct init *in, char **argv)
{
	for (; *argv && **argv == '-' && (*argv)[1];) {
		const char *s = *argv;
		int used = 0;

		if (str_eq(s, "--"))
			return argv + 1;
		if (s[1] == '-')
			used = take_long(in, s, argv + 1);
		for (s++; !used; s++)
			used = take(in, *s, s + 1, argv + 1);
		argv += used;
	}
	return argv;
}

static void tini_environment(struct init *in)
{
	const char *value = env_get(in, "TINI_VERBOSITY");

	if (env_get(in, "TINI_KILL_PROCESS_GROUP"))
		in->kill_group = true;
	if (value) /* like atoi: no digit is 0 */
		in->verbosity = *value > '3'   ? DEBUG
				: *value < '1' ? FATAL
					       : (enum level)(*value - '0');
}

static void dumb_init_environment(struct init *in)
{
	const char *debug = env_get(in, "DUMB_INIT_DEBUG");
	const char *setsid = env_get(in, "DUMB_INIT_SETSID");

	if (debug && str_eq(debug, "1"))
		in->verbosity = DEBUG;
	if (setsid && str_eq(setsid, "0"))
		in->to = TO_CHILD;
	in->kill_group = in->to == TO_SESSION;
}

static void catatonit_environment(struct init *in)
{
	if (env_get(in, "CATATONIT_LOG"))
		die(in, "CATATONIT_LOG is reserved");
	if (env_get(in, "CATATONIT_DEBUG"))
		in->verbosity = DEBUG;
}

/* catatonit keeps the terminal's stop signals to itself. dumb-init makes them
 * STOP where the child has a session: an orphaned process group, which that
 * is, ignores the others. */
static void tame_stops(struct init *in)
{
	for (int sig = SIGTSTP; sig <= SIGTTOU; sig++)
		if (!(in->rewritten & SIGNAL_BIT(sig)))
			in->rewrite[sig] =
				in->persona == DUMB_INIT ? SIGSTOP : 0;
}

char **persona_options(struct init *in, char **argv)
{
	in->to = in->persona == DUMB_INIT ? TO_SESSION : TO_GROUP;
	if (in->persona == TINI && *argv && !argv[1] &&
	    str_eq(*argv, "--version"))
		tell(in, row(in, 1));
	argv = walk(in, argv);
	if (in->persona == TINI)
		tini_environment(in);
	else if (in->persona == DUMB_INIT)
		dumb_init_environment(in);
	else
		catatonit_environment(in);
	if (in->persona == CATATONIT || in->to == TO_SESSION)
		tame_stops(in);
	if (!*argv && !in->pause)
		die(in, "no program given");
	return argv;
}

char **gosu_options(struct init *in, char **argv)
{
	bool gosu = in->persona == GOSU;
	int fd = gosu ? 2 : 1;
	int code = 1;

	if (gosu && *argv && **argv == '-') {
		if (str_eq(*argv, "-v") || str_eq(*argv, "--version")) {
			print(1, "1.19 (pare-init " VERSION ")\n");
			sys_exit(0);
		}
		if (str_eq(*argv, "-h") || str_eq(*argv, "--help") ||
		    str_eq(*argv, "-?")) {
			fd = 1;
			code = 0;
		}
	}
	if (!*argv || !argv[1] || !code) {
		print(fd, "Usage: %s USER[:GROUP] PROGRAM [ARGUMENTS]\n",
		      gosu ? "gosu" : "su-exec");
		sys_exit(code);
	}
	in->asked |= 1u << OPT_EXEC;
	in->spec = *argv;
	return argv + 1;
}
