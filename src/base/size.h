/* SPDX-License-Identifier: Apache-2.0 */
/* base/size.h - amounts as people write them.
 *
 * "4096", "64k", "1.5 GB", "2MiB": k, M, G, T, P and E are powers of 1000, with
 * an "i" behind them powers of 1024, and a "B" may follow either. Case does not
 * matter, and one space may stand in front of the unit, so what a report prints
 * can be given back. */
#pragma once
#include "base/str.h"

/* What stands behind a point is cut to whole units of one. False for no
 * digits, a sign, an unknown unit, a fraction of a single byte, and for more
 * than 64 bits. */
must_check bool size_parse(struct str text, uint64_t *out);
