/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/terminal.h"

#include <stdlib.h>
#include <sys/ioctl.h>

#include "base/macros.h"
#include "base/str.h"

enum { NO_TERMINAL_WIDE = 80, NARROWEST = 20, WIDEST = 1000000 };

unsigned cli_terminal_width_of_list(int fd)
{
	const char *columns = getenv("COLUMNS");
	struct winsize w = { 0 };
	uint64_t n = 0;
	if (columns && str_to_u64(str_of(columns), &n) && n > 0)
		return (unsigned)MIN(MAX(n, (uint64_t)NARROWEST),
				     (uint64_t)WIDEST);
	if (ioctl(fd, TIOCGWINSZ, &w) == 0 && w.ws_col > 0)
		return MAX((unsigned)w.ws_col, (unsigned)NARROWEST);
	return 0;
}

unsigned cli_terminal_width(int fd)
{
	unsigned width = cli_terminal_width_of_list(fd);
	return width ? width : NO_TERMINAL_WIDE;
}
