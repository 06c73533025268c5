/* SPDX-License-Identifier: Apache-2.0 */
/* lint/facts/option_words.h - options whose value is a word of its own.
 *
 * One table for all that look for a command's verb or operands: without it
 * the value of `npm --loglevel error ci` is taken for the verb. */
#pragma once
#include <stdbool.h>

#include "base/str.h"

/* The next word belongs to the option; also where a bundle of letters ends
 * with it ("-yt"). tool is the name of the command without its path. */
bool lint_option_takes_word(struct str tool, struct str option);
