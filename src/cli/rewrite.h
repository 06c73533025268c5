/* SPDX-License-Identifier: Apache-2.0 */
/* cli/rewrite.h - what optimize, squash and flatten share: their options, the
 * work from source to destination, and the report. */
#pragma once
#include "cli/base_option.h"
#include "cli/drop_option.h"
#include "oci/engines.h"

/* First member of a command's own options. */
struct rewrite_cli {
	const char *base, *tag;
	struct compression {
		bool named; /* else keep */
		bool best;
		struct codec_spec spec;
	} compression;
	int64_t long_log;
	int order; /* enum rewrite_order */
};
enum rewrite_order {
	REWRITE_ORDER_AUTO,
	REWRITE_ORDER_PATH,
	REWRITE_ORDER_KIND,
};

must_check int cli_rewrite_parse_compression(const char *value, void *target,
					     struct err *err);
extern const char *const rewrite_compressions[];
extern const char *const rewrite_orders[];

#define REWRITE_BASE(unless)                                                   \
	{                                                                      \
		.name = "base", .arg = "REF|N|none|auto", .type = OPT_STRING,  \
		.kind = VALUE_IMAGE, .at = offsetof(struct rewrite_cli, base), \
		.help = "which lowest layers pass bit for bit, so that they "  \
			"stay shared: those of an image, a number, none, or "  \
			"told from the history",                               \
		.initial = unless, .since = "0.1"                              \
	}
#define REWRITE_COMPRESSION                                                    \
	{                                                                      \
		.name = "compression",                                         \
		.arg = "keep|none|gzip[:L]|zstd[:L]|best", .type = OPT_PARSED, \
		.parse = cli_rewrite_parse_compression,                        \
		.choices = rewrite_compressions,                               \
		.at = offsetof(struct rewrite_cli, compression),               \
		.help = "how rewritten layers are compressed, and layers "     \
			"that are not yet; best is zstd:best, what "           \
			"stock engines can unpack at its smallest: level "     \
			"19, a window of 2^27, --order kind; zstd needs "      \
			"docker 23, containerd 1.5 or podman, gzip:best "      \
			"nothing new",                                         \
		.initial = "keep", .since = "0.1"                              \
	}
#define REWRITE_LONG                                                    \
	{                                                               \
		.name = "long", .arg = "N", .type = OPT_INT, .min = 10, \
		.max = ENGINES_WINDOW_LOG_MAX,                          \
		.at = offsetof(struct rewrite_cli, long_log),           \
		.help = "let zstd look 2^N bytes back; past 27, zstd "  \
			"itself and pare need to be told",              \
		.since = "0.1"                                          \
	}
#define REWRITE_ORDER                                                         \
	{                                                                     \
		.name = "order", .type = OPT_ENUM, .choices = rewrite_orders, \
		.at = offsetof(struct rewrite_cli, order),                    \
		.help = "how the files of a rewritten layer follow each "     \
			"other: by path, or files of one kind side by "       \
			"side, which compress better and take room for a "    \
			"temporary file; auto is kind for best, else path",   \
		.initial = "auto", .since = "0.1"                             \
	}
#define REWRITE_TAG                                                           \
	{                                                                     \
		.name = "tag", .arg = "NAME", .type = OPT_STRING,             \
		.at = offsetof(struct rewrite_cli, tag),                      \
		.help = "name of the result; the source's is never taken by " \
			"itself",                                             \
		.since = "0.1"                                                \
	}

/* One run of such a command. Points into itself: never copied. */
struct rewrite {
	const struct invocation *inv;
	struct session session;
	struct base_option base;
	struct source *source;
	struct dest *dest; /* NULL: dry run */
	struct ref to;	   /* what dest was opened from */
	struct work_optimize job;
	struct work_optimized out;
	struct drop_option drop;
};
#define REWRITE_INIT                      \
	{                                 \
		.drop = DROP_OPTION_INIT, \
	}

/* What is read besides the source is not replaced, either, unless --force was
 * said: ERR_USAGE. */
must_check int cli_rewrite_keep_read(const struct rewrite *w,
				     const struct source *read,
				     struct err *err);
void cli_rewrite_done(struct rewrite *w);
/* Opens all that the command line names and fills w->job from the shared
 * options; the command's own are set by the caller. */
must_check int cli_rewrite_open(const struct invocation *inv, struct rewrite *w,
				struct err *err);
must_check int cli_rewrite_run(struct rewrite *w, struct err *err);
