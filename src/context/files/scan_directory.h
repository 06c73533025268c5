/* SPDX-License-Identifier: Apache-2.0 */
/* context/files/scan_directory.h - lists one directory, as a task of the pool.
 * Private to walk.c. */
#pragma once
#include "base/pool.h"
#include "base/str.h"

/* One name that a directory holds. */
struct context_found {
	uint64_t size, dev, ino;
	uint32_t name; /* offset in scan.names */
	uint16_t name_n;
	uint8_t type;
	bool linked; /* has other names */
};

/* The task that lists one directory. It is opened by its path from the root and
 * closed at once: a tree of any depth or width needs IN_FLIGHT descriptors at
 * most. The price is that what lies deeper than PATH_MAX cannot be opened; it
 * is noted as unread. */
struct context_scan {
	struct task task;
	int rootfd;
	uint32_t dir;
	struct context_scan *next; /* in flight, behind this one */
	struct buf path;	   /* "." or a/b/c, a NUL behind */
	int sys;		   /* why it could not be read; 0 */
	struct buf names;
	struct context_found *found;
	uint32_t n, cap;
};

/* NULL: no memory. */
struct context_scan *context_scan_new(int rootfd, uint32_t dir);
void context_scan_free(struct context_scan *s);
