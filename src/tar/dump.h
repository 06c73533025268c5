/* SPDX-License-Identifier: Apache-2.0 */
/* tar/dump.h - tests only: a whole tar as text, and a stream that shows as
 * little as it may. */
#pragma once
#include "base/str.h"
#include "tar/reader.h"

/* One line a member, with its content; then "end at OFFSET", or the error as
 * "CODE: text". Fails never, but for memory. */
int tar_dump(struct stream *in, const struct limits *lim, struct buf *out,
	     struct err *err);
/* Each peek shows a copy of exactly what was asked for, which dies with the
 * next call: whoever looks at old bytes meets the address sanitizer. */
int drip_open(struct str bytes, struct stream **out, struct err *err);
