/* SPDX-License-Identifier: Apache-2.0 */
/* The instructions, their flags and how their arguments are split.
 *
 * A flag of a newer BuildKit is one more element here; how its value expands is
 * access.c's, what it may be check.c's. */
#include "base/nearest.h"
#include "base/chars.h"
#include "dockerfile/internal.h"

/* As of BuildKit's dispatch tables (instructions/parse.go). ARG and STOPSIGNAL
 * take flags and forget them. DF_UNKNOWN ends the table. */
static const struct kind_desc kinds[] = {
	{ DF_ADD,
	  "ADD",
	  ARGS_JSON_OR_BLANKS,
	  false,
	  { { "chown", FLAG_STRING },
	    { "chmod", FLAG_STRING },
	    { "link", FLAG_BOOL },
	    { "keep-git-dir", FLAG_BOOL },
	    { "checksum", FLAG_STRING },
	    { "unpack", FLAG_BOOL },
	    { "exclude", FLAG_LIST } } },
	{ DF_ARG, "ARG", ARGS_NAMES, true, { { 0 } } },
	{ DF_CMD, "CMD", ARGS_JSON_OR_LINE, false, { { 0 } } },
	{ DF_COPY,
	  "COPY",
	  ARGS_JSON_OR_BLANKS,
	  false,
	  { { "chown", FLAG_STRING },
	    { "from", FLAG_STRING },
	    { "chmod", FLAG_STRING },
	    { "link", FLAG_BOOL },
	    { "exclude", FLAG_LIST },
	    { "parents", FLAG_BOOL } } },
	{ DF_ENTRYPOINT, "ENTRYPOINT", ARGS_JSON_OR_LINE, false, { { 0 } } },
	{ DF_ENV, "ENV", ARGS_PAIRS, false, { { 0 } } },
	{ DF_EXPOSE, "EXPOSE", ARGS_BLANKS, false, { { 0 } } },
	{ DF_FROM,
	  "FROM",
	  ARGS_BLANKS,
	  false,
	  { { "platform", FLAG_STRING } } },
	{ DF_HEALTHCHECK,
	  "HEALTHCHECK",
	  ARGS_HEALTH,
	  false,
	  { { "interval", FLAG_STRING },
	    { "timeout", FLAG_STRING },
	    { "start-period", FLAG_STRING },
	    { "start-interval", FLAG_STRING },
	    { "retries", FLAG_STRING } } },
	{ DF_LABEL, "LABEL", ARGS_PAIRS, false, { { 0 } } },
	{ DF_MAINTAINER, "MAINTAINER", ARGS_LINE, false, { { 0 } } },
	{ DF_ONBUILD, "ONBUILD", ARGS_INNER, false, { { 0 } } },
	{ DF_RUN,
	  "RUN",
	  ARGS_JSON_OR_LINE,
	  false,
	  { { "mount", FLAG_LIST },
	    { "network", FLAG_STRING },
	    { "security", FLAG_STRING },
	    { "device", FLAG_LIST } } },
	{ DF_SHELL, "SHELL", ARGS_JSON_OR_LINE, false, { { 0 } } },
	{ DF_STOPSIGNAL, "STOPSIGNAL", ARGS_LINE, true, { { 0 } } },
	{ DF_USER, "USER", ARGS_LINE, false, { { 0 } } },
	{ DF_VOLUME, "VOLUME", ARGS_JSON_OR_BLANKS, false, { { 0 } } },
	{ DF_WORKDIR, "WORKDIR", ARGS_LINE, false, { { 0 } } },
	{ DF_UNKNOWN, NULL, ARGS_NONE, true, { { 0 } } },
};

/* In any case: "from", "From" and "FROM" are one to BuildKit. */
const struct kind_desc *dockerfile_kind_desc(struct str keyword)
{
	size_t i = 0;
	while (kinds[i].name && !str_eq_nocase(keyword, str_of(kinds[i].name)))
		i++;
	return &kinds[i];
}

void dockerfile_kind_nearest(struct nearest *near)
{
	for (size_t i = 0; kinds[i].name; i++)
		nearest_try(near, kinds[i].name);
}

const char *dockerfile_kind_name(enum df_kind kind)
{
	size_t i = 0;
	while (kinds[i].name && kinds[i].kind != kind)
		i++;
	return kinds[i].name;
}
