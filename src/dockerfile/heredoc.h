/* SPDX-License-Identifier: Apache-2.0 */
/* dockerfile/heredoc.h - the word that announces a here-document. */
#pragma once
#include "dockerfile/dockerfile.h"

/* Reads N<<-WORD, quoted or not: 1 with name, fd, expand and strip_tabs set
 * and no spans; 0: word is no such thing; -1: ERR_CORRUPT (a quote or a brace
 * without end), ERR_NOMEM. */
must_check int dockerfile_heredoc_word(struct str word, struct arena *a,
				       struct df_heredoc *out, struct err *err);
