/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

/* What test runners and linters of Python write beside the source. */
const struct catalog_tool catalog_python_checkers = {
	.name = "python checkers",
	.traces = TRACES(
		TRACE_DIR(".pytest_cache", REASON_BUILD_OUTPUT, SAFE_ALWAYS,
			  .heavy = 11),
		TRACE_DIR(".mypy_cache", REASON_BUILD_OUTPUT, SAFE_ALWAYS,
			  .heavy = 10),
		TRACE_DIR(".ruff_cache", REASON_BUILD_OUTPUT, SAFE_ALWAYS,
			  .heavy = 12),
		TRACE_DIR(".hypothesis", REASON_BUILD_OUTPUT, SAFE_ALWAYS),
		TRACE_DIR(".ipynb_checkpoints", REASON_BUILD_OUTPUT,
			  SAFE_ALWAYS),
		TRACE_DIR(".tox", REASON_BUILD_OUTPUT, SAFE_ALWAYS, .heavy = 9),
		TRACE_DIR(".nox", REASON_BUILD_OUTPUT, SAFE_ALWAYS),
		TRACE_DIR("htmlcov", REASON_BUILD_OUTPUT, SAFE_ALWAYS),
		TRACE_FILE(".coverage", REASON_BUILD_OUTPUT, SAFE_ALWAYS)),
};
