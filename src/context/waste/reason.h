/* SPDX-License-Identifier: Apache-2.0 */
/* context/waste/reason.h - why a file has no business in a build context.
 *
 * Told by names and by what lies beside them (a target beside a Cargo.toml is
 * build output, alone it is nothing); contents are never read. */
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

/* When an entry may be left out although COPY . takes it. */
enum reason_surety {
	SURE,	 /* no image needs it */
	IF_MADE, /* a RUN makes it anew (made_by), or what takes its place
		  * (made_else) while no command speaks of its name */
	NO_GIT,	 /* no RUN asks the version control for something */
	NEVER,	 /* a name alone does not tell: only what no COPY takes */
};

struct reason_row {
	const char *name; /* "node_modules", "*.log", "id_rsa*" */
	enum context_reason reason;
	char type; /* 'd': a directory, 'f': no directory, 0: any */
	enum reason_surety surety;
	const char *made_by, *made_else; /* see words.h */
	const char *beside; /* names in the same directory, one is enough;
			      * "*.csproj" is a suffix */
	const char *inside; /* a name in the directory itself */
	uint64_t bytes_min; /* smaller files are left alone */
};

extern const struct reason_row context_reasons[];
extern const size_t context_n_reasons;

enum { REASON_ROW_NONE = UINT16_MAX };

/* Of every entry the row that names it or a directory it is in, the outermost
 * one; REASON_ROW_NONE. rows has t->n elements. */
void context_reason_rows(const struct context_tree *t, uint16_t *rows);

/* Whether the row has this name among those it means. */
bool reason_row_matches(const struct reason_row *row, struct str name);

static inline enum context_reason context_reason_of(uint16_t row)
{
	return row == REASON_ROW_NONE ? REASON_NONE
				      : context_reasons[row].reason;
}
