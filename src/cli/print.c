/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/print.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "base/cancel.h"
#include "base/io.h"

/* More than any page has: what fails is the last flush, with its errno. */
enum { BUFFER = 1 << 20 };

static bool pipe_kills; /* SIGPIPE was not ignored by the caller */

void cli_print_begin(void)
{
	static const int wrong[] = { O_WRONLY, O_RDONLY, O_WRONLY };
	static char buffer[BUFFER];
	for (int fd = 0; fd < (int)ARRAY_LEN(wrong); fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
			(void)!open("/dev/null", wrong[fd]);
	pipe_kills = signal(SIGPIPE, SIG_IGN) != SIG_IGN;
	setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
}

int cli_print_result(struct str text, struct err *err)
{
	/* JSON is a document; a file that ends with it ends its line, too. */
	bool ends = text.n == 0 || text.p[text.n - 1] == '\n';
	if (io_write(STDOUT_FILENO, text.p, text.n, err) < 0 ||
	    (!ends && io_write(STDOUT_FILENO, "\n", 1, err) < 0))
		return err_ctx(err, "standard output");
	return 0;
}

int cli_print_flush(struct err *err)
{
	errno = 0;
	if (fflush(stdout) == 0 && !ferror(stdout))
		return 0;
	if (errno == EINTR && cancel_check(err) < 0)
		return -1;
	if (errno == 0)
		errno = EIO;
	return err_sys(err, "standard output");
}

void cli_print_die_of_pipe(const struct err *err)
{
	if (err->sys != EPIPE || !pipe_kills)
		return;
	signal(SIGPIPE, SIG_DFL);
	raise(SIGPIPE);
}
