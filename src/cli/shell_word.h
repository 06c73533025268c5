/* SPDX-License-Identifier: Apache-2.0 */
/* cli/shell_word.h - words as a shell reads them back. */
#pragma once
#include "base/str.h"

/* Appends word, quoted where it must be: '...', and $'...' (POSIX.1-2024) where
 * there are control bytes or what is no UTF-8. */
must_check int cli_shell_word_add(struct buf *b, struct str word,
				  struct err *err);
