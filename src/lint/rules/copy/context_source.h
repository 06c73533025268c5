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
/* Names that a search of directories takes, and directories that it stays out
 * of. A directory that is taken is not entered. */
struct context_search {
	bool (*takes)(struct str name);
	bool (*avoids)(struct str name);
};
enum { CONTEXT_FOUND_MAX = 16 };
/* Paths below the source (or of what is the source itself), in the order of
 * bytes; *n is at most CONTEXT_FOUND_MAX, those that come first. 0 or -1. */
must_check int lint_context_source_find(const struct lint_file *f,
					struct str source,
					const struct context_search *search,
					struct str paths[CONTEXT_FOUND_MAX],
					size_t *n, struct err *err);
/* The first bytes of a file that is there, at most max; 1, 0 or -1. */
must_check int lint_context_source_read(const struct lint_file *f,
					struct str source, size_t max,
					struct str *out, struct err *err);
