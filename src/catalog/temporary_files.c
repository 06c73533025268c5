/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_temporary_files = {
	.name = "tmp",
	.places = PLACES(ALL_BELOW("tmp", "tmp", NULL),
			 ALL_BELOW("var/tmp", "tmp", NULL)),
	.drops = DROPS({ .name = "tmp",
			 .holds = "temporary files",
			 .breaks = "what was put there to stay",
			 .presets = DROP_RUNTIME }),
	.traces = TRACES(TRACE_FILE("*.tmp", REASON_LOGS, SAFE_ALWAYS),
			 TRACE_FILE("*.temp", REASON_LOGS, SAFE_ALWAYS),
			 TRACE_FILE("*.bak", REASON_LOGS, SAFE_NEVER),
			 TRACE_FILE("*.orig", REASON_LOGS, SAFE_NEVER),
			 TRACE_FILE("*.rej", REASON_LOGS, SAFE_ALWAYS),
			 TRACE_DIR("tmp", REASON_LOGS, SAFE_NEVER),
			 TRACE_DIR("temp", REASON_LOGS, SAFE_NEVER),
			 TRACE_DIR(".cache", REASON_LOGS, SAFE_NEVER),
			 TRACE_DIR(".tmp", REASON_LOGS, SAFE_NEVER)),
};
