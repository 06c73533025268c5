/* SPDX-License-Identifier: Apache-2.0 */
/* analyze/internal.h - how an analysis is put together. */
#pragma once
#include "analyze/analysis.h"

must_check int analysis_add(struct analysis *a, const struct finding *f,
			    struct err *err);
/* What engines refuse or show otherwise (engine_cases.c). */
must_check int analysis_engine_cases(struct analysis *a, struct err *err);
/* What is past an engine's limits (engine_limits.c). */
must_check int analysis_engine_limits(struct analysis *a, struct err *err);
