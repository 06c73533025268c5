/* SPDX-License-Identifier: Apache-2.0 */
/* cli/save.h - a whole file, read or written. */
#pragma once
#include "base/str.h"

/* Errors name the file. */
must_check int load_file(const char *path, struct buf *out, struct err *err);
/* Written beside it, synced and renamed: it is never there by half. What is no
 * regular file (a pipe, /dev/stderr) is written to as it is. */
must_check int save_file(const char *path, struct str text, struct err *err);
