/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

#define PY_BUILD                                                        \
	"build poetry+build uv+build hatch+build pdm+build flit+build " \
	"setup.py+bdist_wheel+sdist"
#define PIP "pip+install pip3+install uv+pip conda+install+update"

const struct catalog_tool catalog_setuptools = {
	.name = "setuptools",
	.traces = TRACES(
		TRACE_DIR(".eggs", REASON_DEPENDENCIES, SAFE_ALWAYS),
		TRACE_DIR("*.egg-info", REASON_BUILD_OUTPUT, SAFE_IF_MADE,
			  .made_by = PY_BUILD " " PIP),
		TRACE_DIR("dist", REASON_BUILD_OUTPUT, SAFE_IF_MADE,
			  .made_by = PY_BUILD,
			  .beside = "pyproject.toml setup.py setup.cfg")),
};
