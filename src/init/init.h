/* SPDX-License-Identifier: Apache-2.0 */
/* init/init.h - what the parts of pare-init share.
 *
 * The program is one process without a heap: `struct init` lives in the first
 * stack frame. Start-up may take memory from one bounded mapping (`arena_`);
 * it is given back once the program runs, so that what stays is one page of
 * code and the stack. Functions marked RESIDENT are that page. */
#pragma once
#include "init/sys.h"

#define RESIDENT __attribute__((section(".text.resident"), noinline))
#define NORETURN __attribute__((noreturn))

#define OWN_FAILURE 125	     /* native: pare-init itself failed */
#define ARENA_SIZE (8 << 20) /* a ceiling; pages cost only when touched */
#define GIVEN_MAX 48
#define DELAYS_MAX 4

/* The order is that of the tables in say.c and personas.c. */
enum persona { NATIVE, PROBE, GOSU, SU_EXEC, DUMB_INIT, CATATONIT, TINI };
enum target { TO_CHILD, TO_GROUP, TO_SESSION };
enum level { FATAL, WARN, INFO, DEBUG, TO_FD };

/* The stop sequence of --grace; see stop.c. */
enum phase { RUNNING, ASKED, TERMED, KILLED };

/* An option that may be given more than once, kept in order. */
struct given {
	char letter;
	char *value;
};

struct user {
	uint32_t uid, gid;
	uint32_t n_groups;
	bool keep_gid; /* gosu: a uid that passwd does not know */
	uint32_t *groups;
	const char *name; /* NULL: no entry of passwd */
	const char *home;
	const char *shell;
};

struct delay {
	int64_t wait_ns;
	int64_t due_ns; /* 0: not pending */
	int sig;
};

/* What is used most stands first, where code reaches it with short offsets. */
struct init {
	enum persona persona;
	int pid;  /* the child, 0 once it is gone */
	int code; /* what it returned */
	enum phase phase;
	int64_t deadline_ns; /* of the phase */
	int64_t grace_ns;    /* 0: no stop sequence */
	enum target to;	     /* what the child is made */
	bool gave_tty; /* the child's group has the terminal's foreground */
	bool switched; /* the user was changed, not found in place */
	bool env_moved;
	bool strangers; /* left below us, and no children: of `docker exec` */
	int fail_code;
	enum level verbosity;
	uint32_t euid;
	uint32_t asked;	  /* a bit for each option without a value */
	const char *word; /* the option that is looked at */
	char *spec;	  /* of the user; NULL: stay */
	char **argv, **envp;
	char *arena, *arena_at; /* the one mapping */
	int parent_death;
	int stop_sig; /* the first signal that asked for the end */
	unsigned n_delays, n_given;
	uint32_t tty_uid[3]; /* of standard descriptors that were given */
	int tty_given;	     /* a bit for each that is a terminal */
	struct user user;
	uint64_t mask;		/* inherited, given to the child */
	struct kaction on_chld; /* the same of SIGCHLD */
	uint64_t rewritten;	/* by an option, not by a persona's habit */
	uint8_t rewrite[N_SIGNALS + 1]; /* 0: not forwarded */
	uint8_t exit_map[256];
	struct delay delays[DELAYS_MAX];
	struct given given[GIVEN_MAX];
};

#define LETTER_BIT(letter) (1u << ((letter)&31))

/* Whether an option without a value was given, by its letter; see
 * options.def. 'g': signals go to the child's group, else to itself. */
static inline bool asked(const struct init *in, char letter)
{
	return in->asked & LETTER_BIT(letter);
}

NORETURN void sys_exit(int code);

/* text.c; the first three also because the compiler calls them */
void *memcpy(void *to, const void *from, size_t n);
void *memset(void *to, int c, size_t n);
int memcmp(const void *a, const void *b, size_t n);
size_t str_len(const char *s);
bool str_eq(const char *a, const char *b);
/* What follows `prefix` in s, or NULL. */
const char *str_after(const char *s, const char *prefix);
/* The first c in s, or its end. */
const char *str_find(const char *s, char c);
/* The part of *rest up to `at`, which becomes a NUL; *rest moves behind it. */
char *cut(char **rest, char at);
/* Decimal digits up to max at *s, which moves behind them; -1: none. */
long take_number(const char **s, long max);
/* The same, and nothing else behind them. */
long parse_number(const char *s, long max);
/* "5", "5s", "500ms", "2m" up to an hour, in ns; -1: it is not. */
int64_t parse_duration(const char *s);
/* A name with or without SIG, RTMIN+n, RTMAX-n, or a number; 0: neither. */
int parse_signal(const char *s);
/* Decimal digits of n >= 0; buf holds 12 bytes. Returns where they start. */
char *format_number(int n, char *buf);
const char *error_text(int err);

/* say.c: %s a string, %d an int that is not negative, %e a negative errno.
 * From TO_FD on, the text alone goes to the descriptor level - TO_FD. */
void say(const struct init *in, int level, const char *format, ...);
NORETURN void die(const struct init *in, const char *format, ...);

/* arena.c: memory of start-up; dies when it is used up. */
void *arena_take(struct init *in, size_t n);
/* The whole of a file with a NUL behind it; -errno. What a pipe or a FIFO has
 * not brought to its end after wait_ns is -ETIMEDOUT; 0 does not wait. */
int arena_read(struct init *in, const char *path, size_t max, int64_t wait_ns,
	       char **out);

/* env.c */
const char *env_get(const struct init *in, const char *name);
void env_set(struct init *in, const char *name, const char *value);
/* Reads the file named by NAME_FILE into NAME. */
void env_read_secret(struct init *in, const char *name);
void env_expand_args(struct init *in);
/* Splits one --pre command at blanks, quotes kept together. */
char **split_command(struct init *in, const char *command);

/* user.c: reads the image's passwd and group, sets HOME and the like. */
void user_find(struct init *in);
NORETURN void die_user(const struct init *in, const char *why, int err);
/* drop.c */
void user_switch(struct init *in);
void user_chown_stdio(struct init *in);
void user_return_ttys(const struct init *in);
/* chown.c: what cannot be given is an error; of chown_try a word. */
void chown_path(struct init *in, const char *path);
void chown_try(struct init *in, const char *path);

/* exec.c: the directories that a program is looked for in; the next file that
 * is tried for a name there, false: none is left. path holds PATH_LIMIT. */
#define PATH_LIMIT 4096
const char *exec_path(const struct init *in);
bool exec_candidate(const char **dirs, const char *name, char *path);
/* Leaves by execve or by exit. */
NORETURN void exec_program(struct init *in, char **argv);

/* loop.c: runs argv and stays until it has ended; returns its code. */
int supervise(struct init *in, char **argv, bool last);
int64_t now_ns(void);
/* stop.c: kill(2), also without CAP_KILL; pid < -1 is a group. */
int signal_send(const struct init *in, int pid, int sig);
/* To every process below us. */
void signal_all(struct init *in, int sig);

/* options.c, probe.c: each reads the words behind its own name and returns the
 * program's argv. */
char **read_options(struct init *in, char **argv);
char **gosu_options(struct init *in, char **argv);
NORETURN __attribute__((noinline)) void probe_main(struct init *in,
						   char **argv);
