/* SPDX-License-Identifier: Apache-2.0 */
#include <linux/auxvec.h>
#include "init/init.h"

ENTRY;

NORETURN __attribute__((used)) void start(long *stack);

/* In the order of the enum, the short names of each. */
static enum persona persona_of(const char *name)
{
	static const char names[] =
		"1probe\0002gosu\0003su-exec\0004dumb-init\0006tini\0006tini-"
		"static"
		"\0006docker-init\0005catatonit\0005podman-init\0";
	for (const char *p = names; *p; p = str_find(p, 0) + 1)
		if (str_eq(name, p + 1))
			return (enum persona)(*p - '0');
	return NATIVE;
}

static const char *last_part(const char *path)
{
	const char *name = path;

	for (; *path; path++)
		if (*path == '/')
			name = path + 1;
	return name;
}

/* By the name we were called, else by the first word, which is no path: those
 * are programs. */
static char **read_words(struct init *in, char **argv)
{
	if (*argv && !(in->persona = persona_of(last_part(*argv++))) && *argv &&
	    (in->persona = persona_of(*argv)))
		argv++;
	if (in->persona == PROBE)
		probe_main(in, argv);
	if (in->persona == GOSU || in->persona == SU_EXEC)
		return gosu_options(in, argv);
	return read_options(in, argv);
}

/* An installed set-user-ID bit would give root to everybody, and a file's
 * capabilities a part of it. Root's own run cannot be told from the former and
 * does no harm. AT_SECURE alone proves nothing: SELinux sets it, too. */
static void refuse_set_id(struct init *in, const long *aux)
{
	long ids[4] = { 0 };
	bool secure = false;

	for (; *aux != AT_NULL; aux += 2)
		if (*aux == AT_SECURE)
			secure = aux[1] != 0;
		else if (*aux >= AT_UID && *aux <= AT_EGID)
			ids[*aux - AT_UID] = aux[1];
	in->euid = (uint32_t)ids[1];
	if (ids[0] != ids[1] || ids[2] != ids[3])
		die(in, "must not be set-user-ID");
	if (secure && SYS4(getxattr, "/proc/self/exe", "security.capability",
			   NULL, 0) > 0)
		die(in, "must not have file capabilities");
}

/* A parent that ignores SIGCHLD would have the kernel throw away what our
 * children return, and us wait for ever. */
static void take_sigchld(struct init *in)
{
	const struct kaction normal = { 0 };

	sys_action(SIGCHLD, &normal, &in->on_chld);
}

static void each_given(struct init *in, char letter,
		       void (*act)(struct init *, const char *))
{
	for (unsigned i = 0; i < in->n_given; i++)
		if (in->given[i].letter == letter)
			act(in, in->given[i].value);
}

static void prepare(struct init *in)
{
	each_given(in, 'S', env_read_secret);
	if (in->spec)
		user_find(in);
	if (asked(in, 'E'))
		env_expand_args(in);
	each_given(in, 'k', chown_path);
	each_given(in, 'T', chown_try);
	if (in->spec && in->persona == NATIVE && !in->euid)
		user_chown_stdio(in);
}

static NORETURN void replace(struct init *in)
{
	user_switch(in);
	sys_mask(SIG_SETMASK, &in->mask, NULL);
	exec_program(in, in->argv);
}

static void run_pre(struct init *in, const char *command)
{
	int code = supervise(in, split_command(in, command), false);

	if (in->stop_sig && !code)
		code = 128 + in->stop_sig;
	if (!code)
		return;
	user_return_ttys(in);
	sys_exit(in->exit_map[code]);
}

static NORETURN __attribute__((noinline)) void run(struct init *in, long *stack)
{
	char **p;
	int code;

	in->verbosity = WARN;
	in->fail_code = 1;
	for (int i = 0; i < 256; i++)
		in->exit_map[i] = (uint8_t)i;
	for (int i = 1; i <= N_SIGNALS; i++)
		in->rewrite[i] = (uint8_t)i;
	p = in->envp = (char **)stack + *stack + 2;
	while (*p++)
		;
	refuse_set_id(in, (long *)p);
	in->argv = read_words(in, (char **)stack + 1);
	prepare(in);
	if (asked(in, 'x'))
		replace(in);
	take_sigchld(in);
	SYS3(prctl, PR_SET_CHILD_SUBREAPER, 1, 0);
	if (in->parent_death)
		SYS3(prctl, PR_SET_PDEATHSIG, in->parent_death, 0);
	each_given(in, 'R', run_pre);
	code = supervise(in, in->argv, true);
	user_return_ttys(in);
	sys_exit(in->exit_map[code]);
}

void start(long *stack)
{
	const uint64_t all = ALL_SIGNALS;
	struct init in;
	uint64_t mask;

	sys_mask(SIG_SETMASK, &all, &mask);
	memset(&in, 0, sizeof in);
	in.mask = mask;
	run(&in, stack);
}
