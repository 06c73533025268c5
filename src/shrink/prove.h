/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/prove.h - what was written is read back and is what it should be. */
#pragma once
#include "shrink/options.h"
#include "shrink/result.h"
#include "source/write/dest.h"

/* Reads the finished destination back and compares every image with its source:
 * tree digest, canonical config, and what containers are shown. Fills
 * digest_after and after with what was read. ERR_MISMATCH names what
 * differs. */
must_check int shrink_prove(struct dest *dst, struct optimize_result *res,
			    const struct shrink_options *opt, struct err *err);
