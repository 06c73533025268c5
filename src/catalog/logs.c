/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_logs = {
	.name = "logs",
	.places = PLACES({ .root = "var/log",
			   .flags = PLACE_FILES | PLACE_OWNED,
			   .drop = "logs" }),
	.drops = DROPS({ .name = "logs",
			 .holds = "log files of user root that are not empty",
			 .breaks = "what reads the logs of the build",
			 .presets = DROP_RUNTIME }),
	.traces = TRACES(TRACE_FILE("*.log", REASON_LOGS, SAFE_ALWAYS),
			 TRACE_FILE("*.pid", REASON_LOGS, SAFE_ALWAYS),
			 TRACE_DIR("logs", REASON_LOGS, SAFE_NEVER)),
};
