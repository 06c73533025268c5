/* SPDX-License-Identifier: Apache-2.0 */
/* work/session.h - what every use case that reads images works with: how they
 * are read, the cache of layer indices, and who hears about it.
 *
 * Nothing here knows of options, environments of a terminal, or printing.
 * One session serves any number of use cases, one after the other. */
#pragma once
#include "base/arena.h"
#include "source/write/dest.h"
#include "tree/load.h"
#include "work/events.h"

struct work_options {
	const struct limits *limits; /* borrowed; never NULL */
	const char *platform;	     /* "os/arch[/variant]"; NULL: every one */
	unsigned threads;	     /* 0: one a processor */
	bool no_cache;		     /* every layer is read again */
	bool no_follow; /* symlinks within layouts are not followed */
	/* What names may lead to, the first kind that takes one; each list ends
	 * with NULL. NULL: the kinds that are built in. A server that keeps
	 * images elsewhere brings its own here. */
	const struct source_kind *const *source_kinds;
	const struct dest_kind *const *dest_kinds;
	struct work_events events;
};

/* Opened sources point back to it: it stays where it is until they are
 * closed. */
struct work_session {
	struct work_options opt;
	struct arena arena; /* names and references that a session keeps */
	struct load_options load;
	struct cache *cache;
};

/* A cache that cannot be opened is told as WORK_DETAIL and done without. The
 * platform's text and the limits are borrowed. */
void work_session_open(const struct work_options *opt, struct work_session *s);
void work_session_close(struct work_session *s);

/* Opens what a user named: a path, "-", or TRANSPORT:WHERE. The source is the
 * caller's to close, before the session. ERR_USAGE: the name is none; else the
 * errors of source_open. */
must_check int work_open_source(struct work_session *s, const char *name,
				struct source **out, struct err *err);
/* Opens where a result goes; closed before the session. The errors of
 * dest_open. */
must_check int work_open_dest(struct work_session *s, const struct ref *to,
			      struct dest **out, struct err *err);
/* Opens a source, and the images that the name names; they belong to the source. */
must_check int work_open_images(struct work_session *s, const char *name,
				struct source **out,
				const struct image_set **images,
				struct err *err);
/* Reads an image's layers and lays them over one another, for use cases that
 * write no image: what the cache has of a file that did not change since is
 * not read again. (Whoever writes an image verifies every byte and calls
 * tree_load_image with s->load.) */
must_check int work_look_at(const struct work_session *s,
			    const struct image *img, struct loaded_image *out,
			    struct err *err);
