/* SPDX-License-Identifier: Apache-2.0 */
/* lint/rules/zone/zone.h - time zones and locales: who names one, who brings
 * the data. */
#pragma once
#include "lint/facts/facts.h"

/* Whether the image that was built (--image), else the one below the result,
 * has the file of a zone: bases.h's answers, but sure where it was read. */
int lint_zone_brought(const struct lint_file *f, struct str zone);
/* The same of data, and 1 when the file itself brings them. */
int lint_zone_data(const struct lint_file *f, struct str zone);
int lint_locale_data(const struct lint_file *f, struct str locale);
/* A RUN that ships takes tzdata away again. */
bool lint_zone_data_removed(const struct lint_file *f);
/* Who lacks the data: the image that was built, when that was read, or the one
 * below it. */
struct str lint_zone_lacking(const struct lint_file *f);
/* The image below the result, as FROM names it; empty: none, or not known. */
struct str lint_base_image(const struct lint_file *f);

/* "Europe/Paris" of a path below a zoneinfo directory; empty else. */
struct str lint_zone_of_path(struct str path);
/* A name that needs a file: not UTC, not a POSIX rule. */
bool lint_zone_needs_file(struct str zone);
/* The command links or copies a zone to /etc/localtime: 1 with its name; its
 * text may hold a variable. */
bool lint_zone_is_set(const struct lint_command *c, struct str *zone,
		      bool *link);
/* It installs the package, or one that begins so and then has = or -. */
bool lint_installs(const struct lint_command *c, const char *package);
