/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/session.h"

#include <stdarg.h>
#include <stdio.h>

#include "cli/print.h"
#include "codec/codec.h"
#include "report/human.h"

static void hear_note(void *self, enum work_level level, const char *text)
{
	struct session *s = self;
	if (level >= WORK_NOTE || s->inv->common.verbose)
		cli_session_warn(s, "%s", text);
}

static void hear_slow(void *self, uint64_t bytes, const struct codec_spec *spec)
{
	cli_session_warn(
		self,
		"compressing %s with %s at level %d, which takes long; "
		"lower levels are much faster",
		report_human_bytes(bytes).text,
		spec->codec == CODEC_ZSTD ? "zstd" : "gzip", spec->level);
}

int cli_session_open(const struct invocation *inv, struct session *s,
		     struct err *err)
{
	const struct common *c = &inv->common;
	struct work_options opt = {
		.limits = &c->limits,
		.platform = c->platform,
		.threads = (unsigned)c->jobs,
		.no_cache = c->no_cache,
		.no_follow = c->no_follow,
		.events = {
			.progress = &s->progress,
			.note = hear_note,
			.slow = hear_slow,
			.self = s,
		},
	};
	*s = (struct session){ .inv = inv };
	work_session_open(&opt, &s->work);
	return cli_progress_line_open(&s->progress, c->quiet, &s->line, err);
}

void cli_session_close(struct session *s)
{
	cli_progress_line_close(&s->line);
	work_session_close(&s->work);
}

int cli_session_print(struct session *s, const struct buf *text,
		      struct err *err)
{
	cli_progress_line_close(&s->line);
	return cli_print_result(buf_str(text), err);
}

void cli_session_warn(struct session *s, const char *fmt, ...)
{
	if (s->inv->common.quiet)
		return;
	cli_progress_line_pause(s->line);
	va_list ap;
	va_start(ap, fmt);
	fputs("pare: ", stderr);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
	cli_progress_line_resume(s->line);
}
