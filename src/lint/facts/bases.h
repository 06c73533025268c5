/* SPDX-License-Identifier: Apache-2.0 */
/* lint/facts/bases.h - what is known of public base images by their names.
 *
 * A local table, no network and no clock: what has ended is told as of the day
 * the table was last brought up to date (LINT_BASES_DATE), so that a file
 * gives the same findings on any day. The table has later dates, too, as far
 * as they were announced, for who says what day it is. */
#pragma once
#include "base/arena.h"
#include "lint/facts/facts.h"

extern const char LINT_BASES_DATE[]; /* "2026-11-24" */

/* An image's name taken apart; all of it is borrowed. */
struct lint_image {
	struct str repo;   /* Docker Hub's own without registry and library/ */
	struct str tag;	   /* empty: none; not "latest" */
	struct str digest; /* with its algorithm; empty: none */
};

struct lint_image lint_image_of(struct str reference);

/* The table has the image, whatever its tag. */
bool lint_base_known(struct str reference);
/* Facts of an image as FROM names it. *out is NULL when the table does not
 * know it; else it is in the arena, given is false. */
must_check int lint_base_find(struct str reference, struct arena *a,
			      const struct lint_base **out, struct err *err);

/* A release that is no longer mended. */
struct lint_ended {
	const char *what;    /* "Debian", "Python" */
	const char *repo;    /* image, blanks between several */
	const char *version; /* "3.4": of the tag, and what begins "3.4." */
	const char *name;    /* code name that stands in tags; or NULL */
	const char *date;    /* "2019-03-18" */
};

/* The image itself or the system it stands on, when its support ended before
 * or on the day (NULL: LINT_BASES_DATE); NULL: not known to be. */
const struct lint_ended *lint_base_ended(struct str reference,
					 const char *today);
/* Since the table was brought up to date: announced then, not seen. */
bool lint_ended_later(const struct lint_ended *e);

/* "debian", "alpine", ... of an image that the table knows; NULL. */
const char *lint_base_family(struct str reference);
/* "debian 12", "alpine 3.23": the release as the rows of the catalogue that were
 * measured on it name it. NULL: another one, or the name does not tell:
 * debian:stable and python:3.12 move on to the next release. */
const char *lint_base_release(struct str reference);
/* The same of os-release(5)'s ID, as lint spells it, and VERSION_ID. */
const char *lint_release_named(const char *family, struct str version);
/* Whether the image has zone files, or the data of a locale ("de_DE.UTF-8").
 * 1: it has; 0: it is a distribution's own image of a version that is known to
 * lack them; -1: not known, as of all that is built on one. */
int lint_base_zones(struct str reference);
int lint_base_locales(struct str reference, struct str locale);
/* What the name says of the system. 1: Windows; 0: Linux; -1: it says nothing,
 * since images of one tag may be there for both (golang:1.22). */
int lint_base_windows(struct str reference);
