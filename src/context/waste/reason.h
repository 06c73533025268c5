/* SPDX-License-Identifier: Apache-2.0 */
/* context/waste/reason.h - why an entry has no business in a build context.
 *
 * Told by its name and by what lies beside or inside it: target beside a
 * Cargo.toml is build output, alone it has no reason. Contents are never
 * read. */
#pragma once
#include "context/files/file_tree.h"

enum context_reason {
	REASON_NONE,
	REASON_VERSION_CONTROL,
	REASON_DEPENDENCIES,
	REASON_BUILD_OUTPUT,
	REASON_TEST_DATA,
	REASON_ARCHIVES,
	REASON_MEDIA,
	REASON_SECRETS,
	REASON_IDE,
	REASON_LOGS,
	REASON_DOCKER,
	REASONS,
};

/* "version control", "reinstalled dependencies", ... */
const char *context_reason_name(enum context_reason r);

/* When an entry may be left out although COPY . copies it. */
enum context_safe_when {
	SAFE_ALWAYS,  /* no image needs it */
	SAFE_IF_MADE, /* if a RUN makes it again (made_by), or a command that
		       * produces a replacement (made_else) is run, provided
		       * no command mentions its name */
	SAFE_WITHOUT_GIT, /* if no command needs the repository (git_use.h) */
	SAFE_NEVER, /* its name alone does not tell: only if no COPY copies it */
};

struct context_waste {
	const char *name; /* "node_modules", "*.log", "id_rsa*": one star */
	enum context_reason reason;
	char type; /* 'd': a directory, 'f': no directory, 0: any */
	enum context_safe_when safe_when;
	const char *made_by, *made_else; /* lists: command_search.h */
	const char *beside; /* names in the same directory, one is enough;
			      * "*.csproj" is a suffix */
	const char *inside; /* a name in the directory itself */
	uint64_t bytes_min; /* smaller files are left alone */
};

extern const struct context_waste context_reasons[];
extern const size_t context_n_reasons;

enum { REASON_ROW_NONE = UINT16_MAX };

/* Gives each entry the row that matches it or a directory above it, the outermost
 * one, or REASON_ROW_NONE. rows has t->n elements. */
void context_find_reasons(const struct context_tree *t, uint16_t *rows);

/* Whether the row's name matches this one. */
bool context_reason_matches(const struct context_waste *row, struct str name);

static inline enum context_reason context_reason_of(uint16_t row)
{
	return row == REASON_ROW_NONE ? REASON_NONE
				      : context_reasons[row].reason;
}
