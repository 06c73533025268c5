/* SPDX-License-Identifier: Apache-2.0 */
/* analyze/internal.h - how an analysis is put together. */
#pragma once
#include "analyze/analysis.h"

/* Keeps a finding; the paths of the nodes, the costliest first, become its
 * own. Its rule is one of the table in findings.c. */
must_check int analyze_add_finding(struct analysis *a, const struct finding *f,
				   const uint32_t *nodes, uint32_t n_nodes,
				   struct err *err);
/* What engines refuse or show otherwise (engine_cases.c). */
must_check int analyze_engine_cases(struct analysis *a, struct err *err);
/* What is past an engine's limits (engine_limits.c). */
must_check int analyze_engine_limits(struct analysis *a, struct err *err);
