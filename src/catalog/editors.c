/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

/* What editors and desktops write. */
const struct catalog_tool catalog_editors = {
	.name = "editors",
	.traces = TRACES(
		TRACE_DIR(".idea", REASON_IDE, SAFE_ALWAYS, .heavy = 17),
		TRACE_DIR(".vscode", REASON_IDE, SAFE_ALWAYS, .heavy = 18),
		TRACE_DIR(".vs", REASON_IDE, SAFE_ALWAYS),
		TRACE_DIR(".fleet", REASON_IDE, SAFE_ALWAYS),
		TRACE_DIR(".zed", REASON_IDE, SAFE_ALWAYS),
		TRACE_DIR(".settings", REASON_IDE, SAFE_ALWAYS),
		TRACE_DIR("nbproject", REASON_IDE, SAFE_ALWAYS),
		TRACE_DIR(".devcontainer", REASON_IDE, SAFE_ALWAYS),
		TRACE_FILE(".project", REASON_IDE, SAFE_ALWAYS),
		TRACE_FILE(".classpath", REASON_IDE, SAFE_ALWAYS),
		TRACE_FILE("*.iml", REASON_IDE, SAFE_ALWAYS),
		TRACE_FILE("*.sublime-project", REASON_IDE, SAFE_ALWAYS),
		TRACE_FILE("*.sublime-workspace", REASON_IDE, SAFE_ALWAYS),
		TRACE_FILE("*.code-workspace", REASON_IDE, SAFE_ALWAYS),
		TRACE_FILE("*.swp", REASON_IDE, SAFE_ALWAYS),
		TRACE_FILE("*.swo", REASON_IDE, SAFE_ALWAYS),
		TRACE_FILE("*~", REASON_IDE, SAFE_ALWAYS),
		TRACE_FILE(".DS_Store", REASON_IDE, SAFE_ALWAYS, .heavy = 19),
		TRACE_FILE("Thumbs.db", REASON_IDE, SAFE_ALWAYS),
		TRACE_FILE("desktop.ini", REASON_IDE, SAFE_ALWAYS)),
};
