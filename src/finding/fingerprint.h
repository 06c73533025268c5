/* SPDX-License-Identifier: Apache-2.0 */
/* finding/fingerprint.h - when a finding of today is one of yesterday.
 *
 * What is hashed is the subject's matter (lint/suppress/fingerprint.h for
 * files); equal ones of one rule are numbered in the order of the list. */
#pragma once
#include "base/arena.h"
#include "finding/finding.h"

struct finding_fingerprint {
	char hex[33]; /* 128 bits of a SHA-256 */
	uint32_t nth; /* from 1: of its rule, of equal hashes */
};

/* Sets nth of v, one a finding of the list, whose hex is there. */
must_check int finding_number(const struct finding_list *list, struct arena *a,
			      struct finding_fingerprint *v, struct err *err);
