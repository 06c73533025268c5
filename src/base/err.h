/* SPDX-License-Identifier: Apache-2.0 */
/* base/err.h - why something failed, as a value the caller owns.
 *
 * Every function that can fail returns int and takes struct err *err last:
 * < 0 failed and err says why; 0 done, or the end; > 0 got one, or another
 * outcome that the function's comment names. { 0 } means no error. An err is
 * copyable and never allocated, so a worker can hand its own to another
 * thread, and running out of memory can be reported. */
#pragma once
#include "base/macros.h"

/* Stable; cli maps each to an exit status. */
enum err_code {
	ERR_NONE = 0,
	ERR_USAGE,	 /* the user's words: exit 2 */
	ERR_NOT_FOUND,	 /* a file, tag, platform or blob that is not there */
	ERR_CORRUPT,	 /* bytes that break their format or their digest */
	ERR_LIMIT,	 /* over a limit; the text names it and its flag */
	ERR_UNSUPPORTED, /* well-formed, but of a kind pare does not read */
	ERR_IO,		 /* the system said no; sys holds errno */
	ERR_NOMEM,
	ERR_CANCELLED, /* another task failed first, or a signal came */
	ERR_MISMATCH,  /* a proof did not hold */
};

struct err {
	enum err_code code;
	int sys; /* errno, or 0 */
	char text[480];
};

/* All return -1. err_set asserts that no error is pending. */
int err_set(struct err *err, enum err_code code, const char *fmt, ...)
	printf_like(3, 4);
/* Takes errno: code ERR_IO (ERR_NOMEM for ENOMEM, ERR_NOT_FOUND for ENOENT),
 * text "fmt: strerror". */
int err_sys(struct err *err, const char *fmt, ...) printf_like(2, 3);
/* The same without a text in front. */
int err_errno(struct err *err);
/* Puts "fmt: " in front of the pending error. */
int err_ctx(struct err *err, const char *fmt, ...) printf_like(2, 3);
/* ERR_NOMEM with the size that could not be had. */
int err_nomem(struct err *err, unsigned long long size);
void err_clear(struct err *err);
