/* SPDX-License-Identifier: Apache-2.0 */
/* dockerfile/device.h - what RUN --device=... says. */
#pragma once
#include "dockerfile/dockerfile.h"

/* 1: the builder takes it; 0: it does not, *at and *why say where and why;
 * -1: ERR_NOMEM. */
must_check int dockerfile_device_check(const struct df_flag *flag,
				       struct arena *a, struct span *at,
				       const char **why, struct err *err);
