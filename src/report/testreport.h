/* SPDX-License-Identifier: Apache-2.0 */
/* report/testreport.h - whole results of small images, for tests.
 *
 * What a format makes of a result is held to a file,
 * tests/fixtures/report/NAME.FORMAT; with REPORT_WRITE set it is written there
 * instead, for a person to read before it is committed. */
#pragma once
#include "report/format.h"

/* got is what dir/NAME.FORMAT has. */
void testreport_expect(const char *dir, const char *name, const char *format,
		       const struct buf *got);
