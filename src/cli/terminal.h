/* SPDX-License-Identifier: Apache-2.0 */
/* cli/terminal.h - what text for people is laid out for. */
#pragma once
/* Columns of a table: COLUMNS, when it is a number, else the terminal's, and
 * 80 where there is none. */
unsigned cli_terminal_width(int fd);
/* The same for lists that programs read by lines: 0, no end, in place of 80. */
unsigned cli_terminal_width_of_list(int fd);
