/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/terminal.h"

#include <stdlib.h>
#include <sys/ioctl.h>

enum { NO_TERMINAL_WIDE = 80, NARROWEST = 20, WIDEST = 1000000 };

unsigned terminal_width(int fd)
{
	const char *columns = getenv("COLUMNS");
	struct winsize w = { 0 };
	uint64_t n = 0;
	if (columns && str_to_u64(str_of(columns), &n) && n > 0)
		return (unsigned)MIN(MAX(n, (uint64_t)NARROWEST),
				     (uint64_t)WIDEST);
	if (ioctl(fd, TIOCGWINSZ, &w) == 0 && w.ws_col > 0)
		return MAX((unsigned)w.ws_col, (unsigned)NARROWEST);
	return NO_TERMINAL_WIDE;
}

struct text_style terminal_style(const struct common *c, int fd)
{
	return (struct text_style){
		.color = option_color(c, fd),
		.verbose = c->verbose,
		.width = terminal_width(fd),
	};
}
