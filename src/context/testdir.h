/* SPDX-License-Identifier: Apache-2.0 */
/* context/testdir.h - a directory for tests, made of a list and removed. */
#pragma once
#include "context/context.h"

struct testdir {
	char path[64];
	int fd;
};

/* Each line of the list: "a/b/" a directory, "a/b -> c" a link, "a/b = c" a
 * hard link to c, "a/b 123" a file of so many bytes, "a/b" an empty one, "a/b
 * |" a fifo, "a/b @" a socket. Directories above are made. */
void testdir_make(struct testdir *d, const char *list);
void testdir_remove(struct testdir *d);
/* Writes a file. */
void testdir_write(const struct testdir *d, const char *name, const char *text);
/* A context read by these two texts; NULL: there is none. */
void testdir_context(const struct testdir *d, const char *dockerfile,
		     const char *ignore, struct context *c);
/* The entry of a path; fails the test when it is not there. */
uint32_t testdir_entry(const struct context_tree *t, const char *path);
