/* SPDX-License-Identifier: Apache-2.0 */
/* work/events.h - what whoever started a use case hears while it runs.
 *
 * A command line prints notes and draws a line of progress, a screen shows
 * both, a server logs them; tests collect them, or leave all NULL. Results and
 * failures do not come this way: those are what the call returns. */
#pragma once
#include "base/macros.h"
#include "base/progress.h"

struct codec_spec;

enum work_level {
	WORK_DETAIL, /* for who wants to know everything */
	WORK_NOTE,   /* what people should know of the result */
};

/* Plain data, copied with =; what it points to outlives the use case. */
struct work_events {
	/* Counted on while layers are read and written; or NULL. */
	struct progress *progress;
	/* One line without its end, borrowed for the call. Always called on
	 * the thread that runs the use case; or NULL. */
	void (*note)(void *self, enum work_level level, const char *text);
	/* Compressing begins that takes minutes: so many bytes of tar, in this
	 * way. On the same thread; or NULL. */
	void (*slow)(void *self, uint64_t bytes, const struct codec_spec *spec);
	void *self;
};

void work_note(const struct work_events *e, enum work_level level,
	       const char *fmt, ...) printf_like(3, 4);
void work_slow(const struct work_events *e, uint64_t bytes,
	       const struct codec_spec *spec);
