/* SPDX-License-Identifier: Apache-2.0 */
/* work/testwork.h - a caller of use cases for tests: plain options, and what it
 * hears as one text. */
#pragma once
#include "work/session.h"

/* Stays where it is while anything that it opened is open. */
struct testwork {
	struct work_session s;
	char notes[2000]; /* "note: TEXT\n" or "detail: TEXT\n" each */
};

/* Without a cache. platform may be NULL. */
void testwork_open(struct testwork *t, const char *platform);
void testwork_done(struct testwork *t);
/* For use cases without a session. */
struct work_events testwork_events(struct testwork *t);
/* Writes a file whose directory is there. */
void testwork_write(const char *name, const char *text);
/* Bytes that the layers of an image store. */
uint64_t testwork_stored(const struct loaded_image *li);
