/* SPDX-License-Identifier: Apache-2.0 */
/* base/ahead.h - a stream that another thread reads ahead.
 *
 * What a codec inflates is hashed and parsed meanwhile: two halves of the time
 * that a layer takes, side by side. The bytes, their end and an error come in
 * the order in which the inner stream gave them, so nothing but the time tells
 * that there was a thread. */
#pragma once
#include "base/stream.h"

/* Takes *inner over on success. Holds AHEAD_BYTES. Until the close the inner
 * stream belongs to the thread, with all that it writes to (marks, counters);
 * after stream_finish it is at rest. Where no thread can be had, *out is *inner
 * itself. */
enum { AHEAD_PIECES = 4, AHEAD_PIECE = 256 << 10 };
#define AHEAD_BYTES (AHEAD_PIECES * (AHEAD_PIECE + STREAM_WANT_MAX))
must_check int ahead_open(struct stream **inner, struct stream **out,
			  struct err *err);
