/* SPDX-License-Identifier: Apache-2.0 */
/* The command lines: our own, and those of tini, dumb-init and catatonit.
 * Each is read as its users write it, except that no option is ever looked
 * for behind the program's name. Inside, every option is a letter, which
 * means the same to all who have it. */
#include "init/init.h"

/* A row is letter and name, argument, help, each with its NUL. One array, not
 * pointers: the program needs no relocation at its start. */
static const char own_options[] =
#define OPT(letter, name, arg, help, man) letter name "\0" arg "\0" help "\0"
#include "init/options.def"
#undef OPT
	;

static const char dumb_init_options[] = "csingle-child\0\0\0"
					"rrewrite\0:\0\0"
					"vverbose\0\0\0"
					"hhelp\0\0\0"
					"Vversion\0\0\0";

/* From DUMB_INIT on, then NATIVE: the letters (':' behind those with a value),
 * the name, the version. */
static const char personas[] = "cr:vhV\0dumb-init\0dumb-init v1.2.5\n\0"
			       "gPLVh\0catatonit\0"
			       "tini version 0.2.1_catatonit\n\0"
			       "swgvlhe:p:\0tini\0"
			       "tini version 0.19.0 - git.pare-init\n\0"
			       "hV\0pare-init\0pare-init " VERSION "\n";

static const char usage[] = "Usage: %s [-%s] PROGRAM [ARGUMENTS]\n";

static const char *skip(const char *s, int n)
{
	while (n--)
		s = str_find(s, 0) + 1;
	return s;
}

static const char *persona(const struct init *in, int column)
{
	if (in->persona == NATIVE)
		column += 9;
	else
		column += 3 * ((int)in->persona - DUMB_INIT);
	return skip(personas, column);
}

/* dumb-init's go to standard error. */
static NORETURN void tell(const struct init *in, int column)
{
	int level = TO_FD + (in->persona == DUMB_INIT ? 2 : 1);

	if (column == 2) {
		say(in, level, "%s", persona(in, 2));
		sys_exit(0);
	}
	say(in, level, usage, persona(in, 1), persona(in, 0));
	if (in->persona == NATIVE)
		for (const char *p = own_options; *p; p = skip(p, 3))
			say(in, level, "  --%s %s\n\t%s\n", p + 1, skip(p, 1),
			    skip(p, 2));
	sys_exit(0);
}

static NORETURN void bad(const struct init *in, const char *value)
{
	die(in, "not understood: %s %s", in->word, value);
}

static int to_signal(const struct init *in, const char *s)
{
	int sig = parse_signal(s);

	if (!sig)
		bad(in, s);
	return sig;
}

static uint8_t to_code(const struct init *in, const char *s)
{
	long n = parse_number(s, 255);

	if (n < 0)
		bad(in, s);
	return (uint8_t)n;
}

static int64_t to_duration(const struct init *in, const char *s)
{
	int64_t ns = parse_duration(s);

	if (ns <= 0)
		bad(in, s);
	return ns;
}

static void ask(struct init *in, char letter)
{
	in->asked |= LETTER_BIT(letter);
}

static void set_target(struct init *in, const char *value)
{
	if (str_eq(value, "group"))
		in->to = TO_GROUP;
	else if (str_eq(value, "session"))
		in->to = TO_SESSION;
	else if (!str_eq(value, "child"))
		bad(in, value);
	if (in->to != TO_CHILD)
		ask(in, 'g');
}

static void set_delay(struct init *in, int sig, const char *time)
{
	struct delay *d = &in->delays[in->n_delays];

	if (in->n_delays++ == DELAYS_MAX)
		bad(in, "once more");
	d->sig = sig;
	d->wait_ns = to_duration(in, time);
}

static void set_rewrite(struct init *in, int sig, const char *other)
{
	in->rewritten |= SIGNAL_BIT(sig);
	in->rewrite[sig] =
		str_eq(other, "0") ? 0 : (uint8_t)to_signal(in, other);
	/* dumb-init knows no real-time signals there, and no names. */
	if (in->persona == DUMB_INIT &&
	    (sig > 31 || parse_number(other, 31) < 0))
		bad(in, other);
}

static void keep(struct init *in, char letter, char *value)
{
	if (in->n_given == GIVEN_MAX)
		bad(in, "once more");
	in->given[in->n_given].letter = letter;
	in->given[in->n_given++].value = value;
}

static void set_signal(struct init *in, char letter, char *value)
{
	char *other = value;
	int sig = to_signal(in,
			    cut(&other, in->persona == DUMB_INIT ? ':' : '='));

	if (letter == 'r')
		set_rewrite(in, sig, other);
	else if (letter == 'D')
		set_delay(in, sig, other);
	else if (*other)
		bad(in, other);
	else if (letter == 'i')
		in->rewrite[sig] = 0;
	else
		in->parent_death = sig;
}

static void set_value(struct init *in, char letter, char *value)
{
	char *other = value;

	switch (letter) {
	case 'u':
		in->spec = value;
		break;
	case 't':
		set_target(in, value);
		break;
	case 'G':
		in->grace_ns = to_duration(in, value);
		break;
	case 'e': /* tini: to 0 */
		cut(&other, '=');
		if (in->persona == TINI && !*other)
			other = (char *)"0";
		in->exit_map[to_code(in, value)] = to_code(in, other);
		break;
	case 'k':
	case 'T':
	case 'S':
	case 'R':
		keep(in, letter, value);
		break;
	default:
		set_signal(in, letter, value);
	}
}

static void set_letter(struct init *in, char letter)
{
	ask(in, letter);
	switch (letter) {
	case 'c':
		in->to = TO_CHILD;
		break;
	case 'v':
		if (in->persona != TINI || ++in->verbosity > DEBUG)
			in->verbosity = DEBUG;
		if (in->persona == NATIVE)
			ask(in, 'w');
		break;
	case '!': /* catatonit keeps that variable for later */
		in->word = "CATATONIT_LOG";
		bad(in, "");
	case 'l':
	case 'L':
		say(in, TO_FD + 1, "Apache-2.0\n");
		sys_exit(0);
	case 'V':
		tell(in, 2);
	case 'h':
		tell(in, 0);
	default:
		break;
	}
}

/* One option: `value` is what came with it in its word, NULL: nothing; *next
 * is the word behind, taken where a value is needed. */
static void set(struct init *in, char letter, bool wants, char *value,
		char ***next)
{
	if (!wants) {
		if (value)
			bad(in, "");
		set_letter(in, letter);
		return;
	}
	if (!value && !(value = *(*next)++))
		bad(in, "without a value");
	set_value(in, letter, value);
}

static void take_letters(struct init *in, char *s, char ***next)
{
	for (; *s; s++) {
		const char *known = str_find(persona(in, 0), *s);
		bool wants = *known && known[1] == ':';

		if (!*known || *s == ':')
			bad(in, "");
		set(in, *s, wants, wants && s[1] ? s + 1 : NULL, next);
		if (wants)
			return;
	}
}

/* dumb-init's may be cut short while no other begins so; tini and catatonit
 * have --version alone. */
static void take_long(struct init *in, char *name, char ***next)
{
	bool own = in->persona == NATIVE, dumb = in->persona == DUMB_INIT;
	char *value = name;
	const char *found = NULL, *rest;

	if (!*str_find(name, '='))
		value = NULL;
	else
		cut(&value, '=');
	for (const char *p = own ? own_options : dumb_init_options; *p;
	     p = skip(p, 3)) {
		rest = str_after(p + 1, name);
		if (!rest || (*rest && !dumb) || (!own && !dumb && *p != 'V'))
			continue;
		if (found)
			bad(in, "");
		found = p;
	}
	if (!found)
		bad(in, "");
	set(in, *found, *skip(found, 1), value, next);
}

static char **walk(struct init *in, char **argv)
{
	while (*argv && **argv == '-' && (*argv)[1]) {
		char *word = *argv++;

		in->word = word;
		if (word[1] != '-')
			take_letters(in, word + 1, &argv);
		else if (word[2])
			take_long(in, word + 2, &argv);
		else
			break;
	}
	return argv;
}

/* Variables that stand for a letter: its persona, the letter, the name, and
 * the value where only that one counts. */
static const char variables[] = "4vDUMB_INIT_DEBUG=1\0"
				"4cDUMB_INIT_SETSID=0\0"
				"5!CATATONIT_LOG\0"
				"5vCATATONIT_DEBUG\0"
				"6gTINI_KILL_PROCESS_GROUP\0";

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

	for (const char *p = variables; *p; p = skip(p, 1))
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

static void finish_persona(struct init *in)
{
	read_environment(in);
	if (in->to == TO_SESSION)
		ask(in, 'g');
	if (in->persona == CATATONIT || in->to == TO_SESSION)
		tame_stops(in);
}

char **read_options(struct init *in, char **argv)
{
	if (in->persona == NATIVE)
		in->fail_code = OWN_FAILURE;
	else
		in->to = in->persona == DUMB_INIT ? TO_SESSION : TO_GROUP;
	/* tini takes it as the only argument alone. */
	if (in->persona == TINI && *argv && argv[1] &&
	    str_eq(*argv, "--version"))
		die(in, "--version stands alone");
	argv = walk(in, argv);
	if (in->persona != NATIVE)
		finish_persona(in);
	if (!*argv && !asked(in, 'P'))
		die(in, "no program, see -h");
	if (asked(in, 'x') && (in->grace_ns || in->n_delays))
		die(in, "--exec cannot wait");
	return argv;
}

char **gosu_options(struct init *in, char **argv)
{
	bool gosu = in->persona == GOSU;
	int fd = gosu ? 2 : 1, code = 1;

	if (*argv && **argv == '-') {
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
		    "hv] USER[:GROUP");
		sys_exit(code);
	}
	ask(in, 'x');
	in->spec = *argv;
	return argv + 1;
}
