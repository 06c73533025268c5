/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/session.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/pool.h"
#include "cli/print.h"
#include "store/cache.h"

/* Without a cache all is read anew; that is no error. */
static void open_cache(struct session *s)
{
	struct err err = { 0 };
	if (cache_open(NULL, 0, &s->cache, &err) == 0)
		s->load.cache = s->cache;
	else if (s->inv->common.verbose)
		session_warn(s, "no cache: %s", err.text);
}

int session_open(const struct invocation *inv, struct session *s,
		 struct err *err)
{
	const struct common *c = &inv->common;
	*s = (struct session){ .inv = inv };
	s->load = (struct load_options){
		.limits = &inv->common.limits,
		.threads = c->jobs ? (unsigned)c->jobs : pool_cpus(),
		.progress = &s->progress,
	};
	if (!c->no_cache)
		open_cache(s);
	return progress_line_open(&s->progress, c->quiet, &s->line, err);
}

void session_close(struct session *s)
{
	progress_line_close(&s->line);
	cache_close(&s->cache);
	arena_done(&s->arena);
}

static void warn_note(void *self, const char *text)
{
	session_warn(self, "%s", text);
}

int session_source(struct session *s, const char *name, struct source **out,
		   struct err *err)
{
	struct ref ref;
	const char *platform = s->inv->common.platform;
	struct source_options opt = {
		.limits = s->load.limits,
		.platform = platform ? str_of(platform) : (struct str){ 0 },
		.no_follow = s->inv->common.no_follow,
		.progress = &s->progress,
		.note = warn_note,
		.note_self = s,
	};
	if (oci_parse_ref(str_of(name), &s->arena, &ref, err) < 0)
		return -1;
	return source_open(&ref, &opt, out, err);
}

int session_print(struct session *s, const struct buf *text, struct err *err)
{
	progress_line_close(&s->line);
	return print_result(buf_str(text), err);
}

void session_warn(struct session *s, const char *fmt, ...)
{
	if (s->inv->common.quiet)
		return;
	progress_line_pause(s->line);
	va_list ap;
	va_start(ap, fmt);
	fputs("pare: ", stderr);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
	progress_line_resume(s->line);
}
