/* SPDX-License-Identifier: Apache-2.0 */
/* lint/rules/copy/context_source.h - what of the context a source of COPY
 * names.
 *
 * Counts what the ignore file leaves. Links are not followed; beyond
 * SENT_FILES_MAX files counting ends, and what was counted is less than what
 * there is. */
#pragma once
#include "lint/facts/facts.h"

enum { SENT_FILES_MAX = 20000 };

struct sent {
	uint64_t bytes, files;
	bool is_dir;
	unsigned mode; /* permission bits of the one that was found last */
};

/* 1: the context has the source (a last part with * or ? may match several);
 * 0: it has not, it is excluded, or the context is not known; -1. */
must_check int lint_context_source_look(const struct lint_file *f,
					struct str source, struct sent *out,
					struct err *err);
/* The same without counting. */
must_check int lint_context_source_has(const struct lint_file *f,
				       struct str source, struct err *err);
/* The first bytes of a file that is there, at most max; 1, 0 or -1. */
must_check int lint_context_source_read(const struct lint_file *f,
					struct str source, size_t max,
					struct str *out, struct err *err);
