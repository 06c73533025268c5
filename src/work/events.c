/* SPDX-License-Identifier: Apache-2.0 */
#include "work/events.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void work_note(const struct work_events *e, enum work_level level,
	       const char *fmt, ...)
{
	char *text = NULL;
	va_list ap;
	if (!e->note)
		return;
	va_start(ap, fmt);
	/* Names of files have any length, so no fixed room holds each note. */
	int n = vasprintf(&text, fmt, ap);
	va_end(ap);
	if (n < 0)
		return; /* a note that finds no memory is no reason to fail */
	e->note(e->self, level, text);
	free(text);
}

void work_slow(const struct work_events *e, uint64_t bytes,
	       const struct codec_spec *spec)
{
	if (e->slow)
		e->slow(e->self, bytes, spec);
}
