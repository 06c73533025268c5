/* SPDX-License-Identifier: Apache-2.0 */
/* context/commands/command_text.h - words and commands in the text of scripts.
 *
 * The text is what collect_commands.h gathers: scripts as they are written, one
 * a line, and the JSON of exec forms. It is searched, not parsed: a command may
 * stand in a here-document, in the argument of sh -c or in a script that no
 * parser reads, and still counts. */
#pragma once
#include "base/str.h"

/* Bytes that a command's or a file's name is made of: letters, digits and
 * "_-+.", not the slash. */
bool context_is_name_byte(char c);

/* Offset of the next place at or behind `from` where the word stands alone:
 * "npm" is found in "/usr/bin/npm ci", not in "pnpm" or "npm-debug.log".
 * text.n: there is none. */
size_t context_find_word(struct str text, struct str word, size_t from);

/* The word at `at`, or the path that it ends, stands where a command's name
 * does: at the start of a line, behind && or a bracket, in the quotes of an
 * exec form, behind sudo or NAME=value. */
bool context_at_command(struct str text, size_t at);

/* From `from` to where the command ends: at ";", "&", "|", ")", a line feed. */
struct str context_arguments(struct str text, size_t from);

/* Takes the next word off a list with blanks between its words. false: the
 * list is empty. */
bool context_next_word(struct str *list, struct str *word);
