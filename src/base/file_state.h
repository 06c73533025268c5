/* SPDX-License-Identifier: Apache-2.0 */
/* base/file_state.h - what a file is besides its bytes. */
#pragma once
#include <stdbool.h>
#include <sys/stat.h>

/* The same inode with the same size and times: not written to since. */
bool file_state_same(const struct stat *a, const struct stat *b);
/* Gives fd the owner, the extended attributes (ACLs are some) and the mode of
 * a regular file, as far as the system allows; without one, nothing. File
 * capabilities, signatures and set-id bits belong to the bytes and are not
 * given. */
void file_state_copy(int dir, const char *name, int fd);
