/* SPDX-License-Identifier: Apache-2.0 */
/* cli/terminal.h - what text for people is laid out for. */
#pragma once
#include "cli/option.h"
#include "report/report.h"

/* Columns of a table: COLUMNS, when it is a number, else the terminal's, and
 * 80 where there is none. */
unsigned terminal_width(int fd);
/* Colours, width and how much is told. */
struct text_style terminal_style(const struct common *c, int fd);
