/* SPDX-License-Identifier: Apache-2.0 */
/* store/cache.h - the user's cache of what was learnt about layers.
 *
 * One directory: PARE_CACHE_DIR, else XDG_CACHE_HOME/pare, else
 * HOME/.cache/pare. It is made 0700 and refused when another user owns it or
 * may write to it. A file is named by the SHA-256 of its key and written as an
 * atomic file; nothing is synced, since whoever reads a file checks it by the
 * sums it carries. Over the ceiling the least recently used files go.
 *
 * Every failure here is soft: a caller goes on without the cache. Any thread
 * may get and put. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "base/sink.h"
#include "base/stream.h"

struct cache;
struct cache_put;
struct stat;

enum { CACHE_NOTE_MAX = 4096 };
#define CACHE_CEILING (1ull << 30)

/* dir may be NULL: as the environment says. ERR_NOT_FOUND when it says
 * nothing, ERR_USAGE for a directory that others could write. ceiling in bytes;
 * 0: CACHE_CEILING. */
must_check int store_open(const char *dir, uint64_t ceiling, struct cache **out,
			  struct err *err);
void store_close(struct cache **c);

/* 1: *out holds the content; 0: it is not there. A hit is marked as used. */
must_check int store_get(struct cache *c, struct str key, struct stream **out,
			 struct err *err);
/* *to is borrowed from *out; write to it, then commit. A put that is closed
 * without a commit leaves nothing. The cache must outlive it. */
must_check int store_put_begin(struct cache *c, struct str key,
			       struct cache_put **out, struct sink **to,
			       struct err *err);
must_check int store_put_commit(struct cache_put **p, struct err *err);
void store_put_close(struct cache_put **p);

/* Small values, up to CACHE_NOTE_MAX bytes: appended to value. Notes carry a
 * sum of their own, a broken one is not there. */
must_check int store_note_get(struct cache *c, struct str key,
			      struct buf *value, struct err *err);
must_check int store_note_put(struct cache *c, struct str key, struct str value,
			      struct err *err);

/* May a file with this state be changed without its state showing it?
 *
 * A note says "the file with this device, inode, size, mtime and ctime had
 * this content". Time stamps are coarse (a kernel tick; two seconds on FAT;
 * one on old servers), so a file that is written again within the same tick,
 * to the same size, looks the same: git calls such an entry racily clean. So
 * a note is written only for a file whose mtime and ctime both lie more than
 * two seconds before now: whatever changes it after now gets other times.
 * Times in the future are never trusted. now_ns: since 1970, when the
 * content was read. */
bool store_is_racy(const struct stat *st, int64_t now_ns);
