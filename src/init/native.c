/* SPDX-License-Identifier: Apache-2.0 */
#include "init/init.h"

/* name, argument, help, each with its NUL, in the order of the enum. One
 * array, not pointers: the program needs no relocation at its start. */
static const char options[] =
#define OPT(id, name, arg, help, man) name "\0" arg "\0" help "\0"
#include "init/options.def"
#undef OPT
	;

static const char *skip(const char *s)
{
	return s + str_len(s) + 1;
}

static NORETURN void help(const struct init *in)
{
	say(in, TO_FD + 1,
	    "Usage: pare-init [OPTIONS] [--] PROGRAM [ARGUMENTS]\n"
	    "       pare-init probe [--timeout TIME] TARGET\n"
	    "       pare-init tini|dumb-init|catatonit|gosu|su-exec ...\n");
	for (const char *p = options; *p; p = skip(skip(skip(p)))) {
		const char *arg = skip(p);

		say(in, TO_FD + 1, "  %s%s%s\n\t%s\n", p, *arg ? "=" : "", arg,
		    skip(arg));
	}
	sys_exit(0);
}

struct value {
	struct init *in;
	const char *option;
	char *text;  /* up to the first '=' of a pair */
	char *other; /* what stands behind it; NULL: nothing */
};

static int to_signal(const struct value *v, const char *s)
{
	int sig = parse_signal(s);

	if (!sig)
		bad(v->in, v->option, s);
	return sig;
}

static uint8_t to_code(const struct value *v, const char *s)
{
	int n = (int)parse_number(s, 255);

	if (n < 0)
		bad(v->in, v->option, s);
	return (uint8_t)n;
}

static int64_t to_duration(const struct value *v, const char *s)
{
	int64_t ns = parse_duration(s);

	if (ns <= 0)
		bad(v->in, v->option, s);
	return ns;
}

static void set_target(const struct value *v)
{
	struct init *in = v->in;

	if (str_eq(v->text, "group"))
		in->to = TO_GROUP;
	else if (str_eq(v->text, "session"))
		in->to = TO_SESSION;
	else if (!str_eq(v->text, "child"))
		bad(v->in, v->option, v->text);
	in->kill_group = in->to != TO_CHILD;
}

static void set_delay(const struct value *v)
{
	struct delay *d = &v->in->delays[v->in->n_delays];

	if (v->in->n_delays++ == DELAYS_MAX)
		bad(v->in, v->option, "once more");
	d->sig = to_signal(v, v->text);
	d->wait_ns = to_duration(v, v->other);
}

static void keep(const struct value *v, enum option id)
{
	struct init *in = v->in;

	if (in->n_given == GIVEN_MAX)
		bad(v->in, v->option, "once more");
	in->given[in->n_given].id = id;
	in->given[in->n_given++].value = v->text;
}

static void set(struct value *v, enum option id)
{
	struct init *in = v->in;

	switch (id) {
	case OPT_USER:
		in->spec = v->text;
		break;
	case OPT_TO:
		set_target(v);
		break;
	case OPT_GRACE:
		in->grace_ns = to_duration(v, v->text);
		break;
	case OPT_EXIT_CODE:
		in->exit_map[to_code(v, v->text)] = to_code(v, v->other);
		break;
	case OPT_DELAY:
		set_delay(v);
		break;
	case OPT_REWRITE:
		in->rewrite[to_signal(v, v->text)] =
			(uint8_t)to_signal(v, v->other);
		break;
	case OPT_IGNORE:
		in->rewrite[to_signal(v, v->text)] = 0;
		break;
	case OPT_PARENT_DEATH:
		in->parent_death = to_signal(v, v->text);
		break;
	default:
		keep(v, id);
	}
}

static void set_flag(struct init *in, enum option id)
{
	in->asked |= 1u << id;
	if (id == OPT_VERBOSE) {
		in->verbosity = DEBUG;
		in->warn_reaped = true;
	}
	if (id == OPT_HELP)
		help(in);
	if (id == OPT_VERSION) {
		say(in, TO_FD + 1, "pare-init " VERSION "\n");
		sys_exit(0);
	}
}

/* Takes one option and its value; returns where the next word stands. */
static char **take(struct init *in, char **argv)
{
	const char *word = *argv++;
	struct value v = { .in = in };
	enum option id = 0;

	for (const char *p = options; *p; p = skip(skip(skip(p))), id++) {
		const char *rest = str_after(word, p);

		if (!rest || (*rest && *rest != '='))
			continue;
		if (!*skip(p)) {
			if (*rest)
				bad(in, p, rest);
			set_flag(in, id);
			return argv;
		}
		v.option = p;
		v.text = *rest ? (char *)rest + 1 : *argv++;
		if (!v.text)
			bad(in, p, "without a value");
		if (*str_find(skip(p), '=')) { /* the value is a pair */
			v.other = v.text;
			cut(&v.other, '=');
		}
		set(&v, id);
		return argv;
	}
	bad(in, word, "as an option");
}

char **native_options(struct init *in, char **argv)
{
	while (*argv && **argv == '-') {
		const char *rest = str_after(*argv, "--");

		if (!rest)
			bad(in, *argv, "as an option");
		if (!*rest) {
			argv++;
			break;
		}
		argv = take(in, argv);
	}
	if (!*argv)
		bad(in, "no program;", "see --help");
	if (asked(in, OPT_EXEC) && (in->grace_ns || in->n_delays))
		bad(in, "--exec", "with grace or delay");
	return argv;
}
