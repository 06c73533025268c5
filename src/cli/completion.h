/* SPDX-License-Identifier: Apache-2.0 */
/* cli/completion.h - what the writers of completion scripts share. */
#pragma once
#include "cli/option.h"

/* The prefixes that name an image; ends with NULL. */
extern const char *const completion_transports[];
/* "a b c" */
void cli_completion_words(const char *const *words, FILE *to);

void cli_completion_bash(const struct command *const *commands, FILE *to);
void cli_completion_zsh(const struct command *const *commands, FILE *to);
void cli_completion_fish(const struct command *const *commands, FILE *to);
