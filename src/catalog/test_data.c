/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_test_data = {
	.name = "test data",
	.traces = TRACES(
		TRACE_DIR("test", REASON_TEST_DATA, SAFE_NEVER),
		TRACE_DIR("tests", REASON_TEST_DATA, SAFE_NEVER),
		TRACE_DIR("__tests__", REASON_TEST_DATA, SAFE_NEVER),
		TRACE_DIR("spec", REASON_TEST_DATA, SAFE_NEVER),
		TRACE_DIR("testdata", REASON_TEST_DATA, SAFE_NEVER),
		TRACE_DIR("test-data", REASON_TEST_DATA, SAFE_NEVER),
		TRACE_DIR("test_data", REASON_TEST_DATA, SAFE_NEVER),
		TRACE_DIR("fixtures", REASON_TEST_DATA, SAFE_NEVER),
		TRACE_DIR("__fixtures__", REASON_TEST_DATA, SAFE_NEVER),
		TRACE_DIR("__snapshots__", REASON_TEST_DATA, SAFE_NEVER),
		TRACE_DIR("__mocks__", REASON_TEST_DATA, SAFE_NEVER),
		TRACE_DIR("e2e", REASON_TEST_DATA, SAFE_NEVER),
		TRACE_DIR("cypress", REASON_TEST_DATA, SAFE_NEVER),
		TRACE_DIR("playwright-report", REASON_TEST_DATA, SAFE_ALWAYS),
		TRACE_DIR("test-results", REASON_TEST_DATA, SAFE_ALWAYS),
		TRACE_DIR("benchmarks", REASON_TEST_DATA, SAFE_NEVER)),
};
