/* SPDX-License-Identifier: Apache-2.0 */
/* The one place where another program is run. It gets file names of digits
 * (nothing of a script can pass for an option), no input, an environment
 * without its own options, a process group of its own, and a deadline. Whatever
 * happens, process_done leaves no child behind: the group is killed and waited
 * for.
 *
 * Both pipes are read at once. A program that fills one while it is read on the
 * other alone would wait for ever. */
#include "lint/shellcheck/shellcheck_process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/cancel.h"
#include "base/io.h"

extern char **environ;

/* --- where it is ---------------------------------------------------------- */

static bool is_program(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISREG(st.st_mode) &&
	       access(path, X_OK) == 0;
}

static int find_file(const char *named, struct str *out, struct arena *a,
		     struct err *err)
{
	char *real = realpath(named, NULL);
	if (!real)
		return err_sys(err, "%s", named);
	int r = is_program(real)
			? arena_str(a, str_of(real), out, err)
			: err_set(err, ERR_USAGE, "%s is no program", named);
	free(real);
	return r < 0 ? -1 : 1;
}

/* Relative directories in PATH are passed over: "." would run what lies in the
 * tree that is looked at. */
static int find_in_path(const char *program, struct str *out, struct arena *a,
			struct err *err)
{
	scoped(buf_done) struct buf path = BUF_INIT(64 << 10);
	const char *list = getenv("PATH");
	struct str rest = str_of(list ? list : "/usr/local/bin:/usr/bin:/bin");
	while (rest.n) {
		struct str dir = rest;
		if (!str_cut(rest, ':', &dir, &rest))
			rest = (struct str){ 0 };
		if (dir.n == 0 || dir.p[0] != '/')
			continue;
		buf_reset(&path);
		if (buf_addf(&path, err, "%.*s/%s", STR_ARG(dir), program) < 0)
			return -1;
		const char *name = buf_cstr(&path);
		if (!name)
			return err_nomem(err, path.n);
		if (!is_program(name))
			continue;
		return arena_str(a, buf_str(&path), out, err) < 0 ? -1 : 1;
	}
	return 0;
}

int lint_shellcheck_program_find(const char *named, struct str *out,
				 struct arena *a, struct err *err)
{
	if (!named)
		return find_in_path("shellcheck", out, a, err);
	if (strchr(named, '/'))
		return find_file(named, out, a, err);
	int r = find_in_path(named, out, a, err);
	return r ? r : err_set(err, ERR_NOT_FOUND, "%s is not in PATH", named);
}

/* --- its directory -------------------------------------------------------- */

void lint_shellcheck_dir_done(struct check_dir *d)
{
	int sys = errno;
	char name[24];
	for (size_t i = 0; d->fd >= 0 && i < d->n; i++) {
		snprintf(name, sizeof name, "%zu", i);
		unlinkat(d->fd, name, 0);
	}
	if (d->fd >= 0)
		close(d->fd);
	if (d->path)
		rmdir(d->path);
	free(d->path);
	*d = (struct check_dir)CHECK_DIR_INIT;
	errno = sys;
}

int lint_shellcheck_dir_make(struct check_dir *d, struct err *err)
{
	const char *tmp = getenv("TMPDIR");
	char *path;
	if (!tmp || tmp[0] != '/')
		tmp = "/tmp";
	if (asprintf(&path, "%s/pare-lint-XXXXXX", tmp) < 0)
		return err_nomem(err, strlen(tmp));
	if (!mkdtemp(path)) {
		err_sys(err, "a directory in %s", tmp);
		free(path);
		return -1;
	}
	d->path = path;
	d->fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return d->fd < 0 ? err_sys(err, "%s", path) : 0;
}

int lint_shellcheck_dir_add(struct check_dir *d, struct str text,
			    struct err *err)
{
	char name[24];
	snprintf(name, sizeof name, "%zu", d->n);
	int fd = openat(d->fd, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
			0600);
	if (fd < 0)
		return err_sys(err, "%s/%s", d->path, name);
	d->n++;
	int r = io_write(fd, text.p, text.n, err);
	if (r < 0)
		err_ctx(err, "%s/%s", d->path, name);
	close(fd);
	return r;
}

/* --- a process ------------------------------------------------------------ */

struct process {
	pid_t pid;  /* 0: none; leads a group of its own */
	int out[2]; /* pipes: read, write; -1 when closed */
	int error[2];
};
#define PROCESS_INIT                       \
	{                                  \
		0, { -1, -1 }, { -1, -1 }, \
	}

/* Kills what still runs and waits for it. */
static void process_done(struct process *p)
{
	int sys = errno;
	fd_close(&p->out[0]);
	fd_close(&p->out[1]);
	fd_close(&p->error[0]);
	fd_close(&p->error[1]);
	if (p->pid > 0) {
		kill(-p->pid, SIGKILL);
		kill(p->pid, SIGKILL);
		while (waitpid(p->pid, NULL, 0) < 0 && errno == EINTR)
			;
	}
	p->pid = 0;
	errno = sys;
}

/* The user's, without options for shellcheck and without a locale that could
 * not print what it finds. NULL: no memory. */
static char **environment(void)
{
	size_t n = 0, k = 0;
	while (environ[n])
		n++;
	char **v = calloc(n + 2, sizeof *v);
	for (size_t i = 0; v && i < n; i++)
		if (strncmp(environ[i], "SHELLCHECK_OPTS=", 16) != 0 &&
		    strncmp(environ[i], "LC_ALL=", 7) != 0)
			v[k++] = environ[i];
	if (v)
		v[k] = (char *)"LC_ALL=C.UTF-8";
	return v;
}

/* Signals that pare handles or ignores are the program's own again. */
static int spawn(struct process *p, const char *dir, char *const *argv)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	sigset_t none, own;
	char **env = environment();
	if (!env)
		return ENOMEM;
	sigemptyset(&none);
	sigemptyset(&own);
	sigaddset(&own, SIGPIPE);
	posix_spawn_file_actions_init(&files);
	posix_spawnattr_init(&attr);
	posix_spawnattr_setpgroup(&attr, 0);
	posix_spawnattr_setsigmask(&attr, &none);
	posix_spawnattr_setsigdefault(&attr, &own);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETPGROUP |
						POSIX_SPAWN_SETSIGMASK |
						POSIX_SPAWN_SETSIGDEF);
	int r = posix_spawn_file_actions_addchdir_np(&files, dir);
	if (r == 0)
		r = posix_spawn_file_actions_addopen(&files, 0, "/dev/null",
						     O_RDONLY, 0);
	if (r == 0)
		r = posix_spawn_file_actions_adddup2(&files, p->out[1], 1);
	if (r == 0)
		r = posix_spawn_file_actions_adddup2(&files, p->error[1], 2);
	if (r == 0)
		r = posix_spawn(&p->pid, argv[0], &files, &attr, argv, env);
	posix_spawn_file_actions_destroy(&files);
	posix_spawnattr_destroy(&attr);
	free(env);
	if (r != 0)
		p->pid = 0;
	return r;
}

static int start(struct process *p, const char *dir, char *const *argv,
		 struct err *err)
{
	if (pipe2(p->out, O_CLOEXEC) < 0 || pipe2(p->error, O_CLOEXEC) < 0)
		return err_sys(err, "a pipe to %s", argv[0]);
	errno = spawn(p, dir, argv);
	if (errno != 0)
		return err_sys(err, "%s", argv[0]);
	fd_close(&p->out[1]);
	fd_close(&p->error[1]);
	return 0;
}

static int64_t now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Takes what is there; closes the end at its end. What is beyond the ceiling
 * of `to` is thrown away when it is only a message. */
static int drain(int *fd, struct buf *to, bool message, struct err *err)
{
	char part[16 << 10];
	ssize_t n = io_read(*fd, part, sizeof part, err);
	if (n < 0)
		return err_ctx(err, "its output");
	if (n == 0)
		fd_close(fd);
	size_t take = (size_t)n;
	if (message)
		take = MIN(take, to->max - to->n);
	return buf_add(to, part, take, err);
}

static int too_long(const char *program, uint32_t timeout_ms, struct err *err)
{
	return err_set(err, ERR_IO, "%s took over %u seconds", program,
		       timeout_ms / 1000);
}

/* Until both pipes are closed. */
static int listen_to(struct process *p, const char *program, int64_t deadline,
		     uint32_t timeout_ms, struct buf *out, struct buf *said,
		     struct err *err)
{
	while (p->out[0] >= 0 || p->error[0] >= 0) {
		struct pollfd fds[2] = { { .fd = p->out[0], .events = POLLIN },
					 { .fd = p->error[0],
					   .events = POLLIN } };
		int64_t left = deadline - now_ms();
		if (cancel_check(err) < 0)
			return -1;
		if (left <= 0)
			return too_long(program, timeout_ms, err);
		int n = poll(fds, 2, (int)MIN(left, 100));
		if (n < 0 && errno != EINTR)
			return err_sys(err, "poll");
		if (n <= 0)
			continue;
		if (fds[0].revents && drain(&p->out[0], out, false, err) < 0)
			return -1;
		if (fds[1].revents && drain(&p->error[0], said, true, err) < 0)
			return -1;
	}
	return 0;
}

/* Closed pipes do not mean that it has ended: it may close them and live on, so
 * the deadline holds here as well. */
static int exit_status(struct process *p, const char *program, int64_t deadline,
		       uint32_t timeout_ms, struct err *err)
{
	int status;
	for (;;) {
		pid_t pid = waitpid(p->pid, &status, WNOHANG);
		if (pid < 0 && errno != EINTR)
			return err_sys(err, "%s", program);
		if (pid > 0)
			break;
		if (now_ms() > deadline)
			return too_long(program, timeout_ms, err);
		if (cancel_check(err) < 0)
			return -1;
		nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
	}
	p->pid = 0;
	if (WIFEXITED(status))
		return WEXITSTATUS(status);
	return err_set(err, ERR_IO, "%s was ended by signal %d", program,
		       WTERMSIG(status));
}

int lint_shellcheck_process_run(const struct check_dir *d, char *const *argv,
				uint32_t timeout_ms, struct buf *out,
				struct quoted *said, struct err *err)
{
	scoped(process_done) struct process p = PROCESS_INIT;
	scoped(buf_done) struct buf message = BUF_INIT(4096);
	int64_t deadline = now_ms() + timeout_ms;
	if (start(&p, d->path, argv, err) < 0 ||
	    listen_to(&p, argv[0], deadline, timeout_ms, out, &message, err) <
		    0)
		return -1;
	int status = exit_status(&p, argv[0], deadline, timeout_ms, err);
	struct str line = buf_str(&message);
	line.n = str_find(line, '\n');
	*said = str_quoted(line);
	return status;
}
