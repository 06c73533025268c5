/* SPDX-License-Identifier: Apache-2.0 */
/* The command lines of tini, dumb-init, catatonit and gosu (su-exec). Each is
 * read as its users write it, except that no option is ever looked for behind
 * the program's name. */
#include "init/init.h"

/* From DUMB_INIT on, for each: the letters (':' behind those with a value),
 * the name, the version. A letter means the same to all who know it. */
static const char tables[] = "cr:vhV\0dumb-init\0dumb-init v1.2.5\n\0"
			     "gPLVh\0catatonit\0"
			     "tini version 0.2.1_catatonit\n\0"
			     "swgvlhe:p:\0tini\0"
			     "tini version 0.19.0 - git.pare-init\n";

static const char usage[] = "Usage: %s %s%s PROGRAM [ARGUMENTS]\n";

static const char long_names[] =
	"csingle-child\0rrewrite\0vverbose\0hhelp\0Vversion\0";

static const char *row(const struct init *in, int column)
{
	const char *p = tables;

	for (int n = 3 * ((int)in->persona - DUMB_INIT) + column; n; n--)
		p += str_len(p) + 1;
	return p;
}

/* dumb-init's go to standard error. */
static NORETURN void tell(const struct init *in, const char *format,
			  const char *a, const char *b)
{
	say(in, TO_FD + (in->persona == DUMB_INIT ? 2 : 1), format, a, b,
	    " [--]");
	sys_exit(0);
}

static void set_rewrite(struct init *in, char *value)
{
	int from = parse_signal(cut(&value, ':')), to = parse_signal(value);

	if (!from || (!to && !str_eq(value, "0")))
		bad(in, "value", value);
	in->rewrite[from] = (uint8_t)to;
	in->rewritten |= SIGNAL_BIT(from);
}

static void set_value(struct init *in, char letter, char *value)
{
	int code;

	if (letter == 'r') {
		set_rewrite(in, value);
	} else if (letter == 'e') {
		code = (int)parse_number(value, 255);
		if (code < 0)
			bad(in, "value", value);
		in->exit_map[code] = 0;
	} else if (!(in->parent_death = parse_signal(value))) {
		bad(in, "value", value);
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
		if (in->persona != TINI || ++in->verbosity > DEBUG)
			in->verbosity = DEBUG;
		break;
	case '!': /* kept for later by catatonit */
		bad(in, "CATATONIT_LOG", "");
	case 'l':
	case 'L':
		tell(in, "Apache-2.0\n", NULL, NULL);
	case 'V':
		tell(in, row(in, 2), NULL, NULL);
	case 'h':
		tell(in, usage, row(in, 1), row(in, 0));
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
		const char word[] = { letter, 0 };

		bad(in, "option", word);
	}
	if (known[1] != ':') {
		set_letter(in, letter);
		return !*rest;
	}
	if (!*rest && !*next)
		bad(in, "value", "missing");
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
			bad(in, "option", word);
		found = p;
	}
	/* Only dumb-init has more than one. */
	if (!found || (in->persona != DUMB_INIT && *found != 'V') ||
	    (*end && *found != 'r'))
		bad(in, "option", word);
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

/* Variables that stand for a letter: its persona, the letter, the name, and
 * the value where only that one counts. */
static const char variables[] = { "4vDUMB_INIT_DEBUG=1\0"
				  "4cDUMB_INIT_SETSID=0\0"
				  "5!CATATONIT_LOG\0"
				  "5vCATATONIT_DEBUG\0"
				  "6gTINI_KILL_PROCESS_GROUP\0" };

static bool is_in_environment(const struct init *in, const char *want)
{
	for (char **e = in->envp; *e; e++) {
		const char *rest = str_after(*e, want);

		if (rest && (!*rest || (*rest == '=' && !*str_find(want, '='))))
			return true;
	}
	return false;
}

static void read_environment(struct init *in)
{
	const char *value = env_get(in, "TINI_VERBOSITY");

	for (const char *p = variables; *p; p = str_find(p, 0) + 1)
		if (*p - '0' == (int)in->persona &&
		    is_in_environment(in, p + 2))
			set_letter(in, p[1]);
	if (value && in->persona == TINI) /* like atoi: no digit is 0 */
		in->verbosity = *value > '3'   ? DEBUG
				: *value < '1' ? FATAL
					       : (enum level)(*value - '0');
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
		set_letter(in, 'V');
	argv = walk(in, argv);
	read_environment(in);
	in->kill_group |= in->to == TO_SESSION;
	if (in->persona == CATATONIT || in->to == TO_SESSION)
		tame_stops(in);
	if (!*argv && !in->pause)
		bad(in, "no program", "");
	return argv;
}

char **gosu_options(struct init *in, char **argv)
{
	bool gosu = in->persona == GOSU;
	int fd = gosu ? 2 : 1, code = 1;

	if (gosu && *argv && **argv == '-') {
		const char *letter = *argv + 1;

		if (*letter == '-')
			letter++;
		if (*letter == 'v') {
			say(in, TO_FD + 1, "1.19 (pare-init " VERSION ")\n");
			sys_exit(0);
		}
		if (*letter == 'h' || *letter == '?') {
			fd = 1;
			code = 0;
		}
	}
	if (!*argv || !argv[1] || !code) {
		say(in, TO_FD + fd, usage, gosu ? "gosu" : "su-exec",
		    "USER[:GROUP]", "");
		sys_exit(code);
	}
	in->asked |= 1u << OPT_EXEC;
	in->spec = *argv;
	return argv + 1;
}
