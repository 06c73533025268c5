/* SPDX-License-Identifier: Apache-2.0 */
/* Finding the program as a shell does, and saying why it did not start. */
#include "init/init.h"

#define DEFAULT_PATH \
	"/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

/* A file that the kernel cannot run and that has no `#!` is a shell script,
 * unless it holds a NUL byte where text has none: then it is a program for
 * another machine, or a broken one. */
static bool is_script(const char *path)
{
	char head[128];
	int fd = sys_open(AT_FDCWD, path, O_RDONLY);
	int n = fd < 0 ? 0 : SYS3(read, fd, head, sizeof head);

	for (int i = 0; i < n; i++)
		if (!head[i])
			return false;
	return fd >= 0;
}

/* The slot before argv is ours in every case. Returns the errno. */
static int try(struct init *in, const char *path, char **argv)
{
	int r = SYS3(execve, path, argv, in->envp);
	char *name = *argv;

	if (r != -ENOEXEC || in->persona == GOSU || !is_script(path))
		return -r;
	argv[-1] = (char *)"/bin/sh";
	argv[0] = (char *)path;
	SYS3(execve, argv[-1], argv - 1, in->envp);
	argv[0] = name;
	return ENOEXEC;
}

const char *exec_path(const struct init *in)
{
	const char *dirs = env_get(in, "PATH");

	return dirs ? dirs : DEFAULT_PATH;
}

bool exec_candidate(const char **dirs, const char *name, char *path)
{
	size_t n_name = str_len(name);

	while (*dirs) {
		const char *dir = *dirs, *end = str_find(dir, ':');
		size_t n = (size_t)(end - dir);

		*dirs = *end ? end + 1 : NULL;
		if (n + n_name + 2 > PATH_LIMIT)
			continue;
		memcpy(path, dir, n);
		if (n) /* an empty part is the current directory */
			path[n++] = '/';
		memcpy(path + n, name, n_name + 1);
		return true;
	}
	return false;
}

static int search(struct init *in, char **argv)
{
	char *path = arena_take(in, PATH_LIMIT); /* keeps the stack small */
	const char *dirs = exec_path(in);
	int err = ENOENT;

	while (exec_candidate(&dirs, *argv, path)) {
		int r = try(in, path, argv);

		if (r == EACCES)
			err = r;
		else if (r != ENOENT && r != ENOTDIR)
			return r;
	}
	return err;
}

static int exit_code(const struct init *in, int err)
{
	switch (in->persona) {
	case NATIVE: /* as a shell: 127 not found, 126 found but not run */
		return err == ENOENT ? 127 : 126;
	case TINI:
		return err == ENOENT ? 127 : err == EACCES ? 126 : 1;
	case DUMB_INIT:
		return 2;
	default:
		return 1;
	}
}

void exec_program(struct init *in, char **argv)
{
	const char *name = *argv;
	int err = ENOENT;

	if (*str_find(name, '/'))
		err = try(in, name, argv);
	else if (*name)
		err = search(in, argv);
	in->fail_code = exit_code(in, err);
	die(in, "%s: %e", name, -err);
}
