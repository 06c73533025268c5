/* SPDX-License-Identifier: Apache-2.0 */
/* What is the same for every kind: birth, end, and what is told meanwhile. */
#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "source/read/kind.h"

void source_close(struct source **s)
{
	int saved = errno;
	if (!*s)
		return;
	if ((*s)->kind->close)
		(*s)->kind->close(*s);
	source_images_done(&(*s)->set);
	arena_done(&(*s)->arena);
	free(*s);
	*s = NULL;
	errno = saved;
}

const char *source_kind(const struct source *s)
{
	return s->kind->name(s);
}

const struct ref *source_ref(const struct source *s)
{
	return &s->ref;
}

void source_note(struct source *s, const char *fmt, ...)
{
	char text[1024];
	int n = snprintf(text, sizeof text, "%.*s: ", STR_ARG(s->ref.text));
	if (!s->note || n < 0 || (size_t)n >= sizeof text)
		return;
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(text + n, sizeof text - (size_t)n, fmt, ap);
	va_end(ap);
	s->note(s->note_self, text);
}

/* The caller's strings need not outlive the call. */
static int keep_options(struct source *s, const struct ref *ref,
			const struct source_options *opt, struct err *err)
{
	s->arena.max = SOURCE_DOCS_MAX;
	s->lim = opt->limits ? *opt->limits : limits_default;
	s->ref = *ref;
	s->note = opt->note;
	s->note_self = opt->note_self;
	if (arena_str(&s->arena, ref->text, &s->ref.text, err) < 0 ||
	    arena_str(&s->arena, ref->path, &s->ref.path, err) < 0 ||
	    arena_str(&s->arena, ref->tag, &s->ref.tag, err) < 0)
		return -1;
	return arena_str(&s->arena, opt->platform, &s->platform, err);
}

int source_new(const struct source_kind *kind, const struct ref *ref,
	       const struct source_options *opt, struct source **out,
	       struct err *err)
{
	assert(kind->size >= sizeof(struct source));
	scoped(source_close) struct source *s = calloc(1, kind->size);
	if (!s)
		return err_nomem(err, kind->size);
	s->kind = kind;
	if (keep_options(s, ref, opt, err) < 0)
		return -1;
	*out = take(&s);
	return 0;
}

int source_images(struct source *s, const struct image_set **out,
		  struct err *err)
{
	if (!s->ready && s->kind->images(s, err) < 0)
		return err_ctx(err, "%.*s", STR_ARG(s->ref.text));
	s->ready = true;
	*out = &s->set;
	return 0;
}
