/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/style.h"

#include "cli/terminal.h"

struct text_style cli_style_for(const struct common *c, int fd)
{
	return (struct text_style){
		.color = cli_option_color(c, fd),
		.verbose = c->verbose,
		.width = cli_terminal_width(fd),
	};
}
