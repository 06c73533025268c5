/* SPDX-License-Identifier: Apache-2.0 */
/* lint/rules/zone/zone.h - time zones and locales: who names one, who brings
 * the data. */
#pragma once
#include "lint/facts/facts.h"

/* Whether data are there: as bases.h has it for the image below the result,
 * and 1 when the file itself brings them. */
int zone_data(const struct lint_file *f);
int locale_data(const struct lint_file *f);
/* A RUN that ships takes tzdata away again. */
bool zone_data_removed(const struct lint_file *f);
/* The image below the result, as FROM names it; empty: none, or not known. */
struct str base_image(const struct lint_file *f);

/* "Europe/Paris" of a path below a zoneinfo directory; empty else. */
struct str zone_of_path(struct str path);
/* A name that needs a file: not UTC, not a POSIX rule. */
bool zone_needs_file(struct str zone);
/* The command links or copies a zone to /etc/localtime: 1 with its name; its
 * text may hold a variable. */
bool zone_is_set(const struct lint_command *c, struct str *zone, bool *link);
/* It installs the package, or one that begins so and then has = or -. */
bool installs(const struct lint_command *c, const char *package);
