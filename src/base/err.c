/* SPDX-License-Identifier: Apache-2.0 */
#include "base/err.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int err_set(struct err *err, enum err_code code, const char *fmt, ...)
{
	assert(err->code == ERR_NONE && code != ERR_NONE);
	err->code = code;
	err->sys = 0;
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(err->text, sizeof err->text, fmt, ap);
	va_end(ap);
	return -1;
}

static enum err_code code_of_errno(int sys)
{
	switch (sys) {
	case ENOMEM:
		return ERR_NOMEM;
	case ENOENT:
		return ERR_NOT_FOUND;
	default:
		return ERR_IO;
	}
}

int err_sys(struct err *err, const char *fmt, ...)
{
	int sys = errno;
	assert(err->code == ERR_NONE);
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(err->text, sizeof err->text, fmt, ap);
	va_end(ap);
	size_t n = strlen(err->text);
	snprintf(err->text + n, sizeof err->text - n, ": %s", strerror(sys));
	err->code = code_of_errno(sys);
	err->sys = sys;
	return -1;
}

int err_errno(struct err *err)
{
	int sys = errno;
	err_set(err, code_of_errno(sys), "%s", strerror(sys));
	err->sys = sys;
	return -1;
}

int err_ctx(struct err *err, const char *fmt, ...)
{
	char inner[sizeof err->text];
	assert(err->code != ERR_NONE);
	memcpy(inner, err->text, sizeof inner);
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(err->text, sizeof err->text, fmt, ap);
	va_end(ap);
	size_t n = strlen(err->text);
	snprintf(err->text + n, sizeof err->text - n, ": %s", inner);
	return -1;
}

int err_nomem(struct err *err, unsigned long long size)
{
	return err_set(err, ERR_NOMEM, "out of memory (%llu bytes)", size);
}

void err_clear(struct err *err)
{
	*err = (struct err){ 0 };
}
