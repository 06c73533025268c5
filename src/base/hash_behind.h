/* SPDX-License-Identifier: Apache-2.0 */
/* base/hash_behind.h - a hash_sink whose hash another thread takes.
 *
 * Who feeds several compressing workers is what they wait for, so it only copies
 * what passes, and a thread hashes behind it. */
#pragma once
#include "base/sink.h"

/* As hash_sink_open; holds HASH_BEHIND_BYTES. digest is told by finish. Where
 * no thread can be had, it is a hash_sink. */
enum { HASH_BEHIND_PIECES = 4, HASH_BEHIND_PIECE = 256 << 10 };
#define HASH_BEHIND_BYTES (HASH_BEHIND_PIECES * HASH_BEHIND_PIECE)
must_check int hash_behind_open(struct sink *next, struct digest *digest,
				uint64_t *size, struct sink **out,
				struct err *err);
