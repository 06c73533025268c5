/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

#define PIP "pip+install pip3+install uv+pip conda+install+update"
#define VENV                                                          \
	"venv virtualenv uv+sync+venv poetry+install pipenv+install+" \
	"sync pdm+install+sync"

/* Virtual environments of Python, whoever makes them. Without one of these
 * commands, packages that pip installs into the system replace it. */
const struct catalog_tool catalog_virtualenv = {
	.name = "virtualenv",
	.programs = "virtualenv",
	.options = "-p --app-data --creator --discovery --prompt --python",
	.modules = "venv virtualenv",
	.traces = TRACES(
		TRACE_DIR(".venv", REASON_DEPENDENCIES, SAFE_IF_MADE,
			  .made_by = VENV, .made_else = PIP, .heavy = 6),
		TRACE_DIR("venv", REASON_DEPENDENCIES, SAFE_IF_MADE,
			  .made_by = VENV, .made_else = PIP,
			  .inside = "pyvenv.cfg", .heavy = 7),
		TRACE_DIR("env", REASON_DEPENDENCIES, SAFE_IF_MADE,
			  .made_by = VENV, .made_else = PIP,
			  .inside = "pyvenv.cfg"),
		TRACE_DIR(".virtualenv", REASON_DEPENDENCIES, SAFE_IF_MADE,
			  .made_by = VENV, .made_else = PIP)),
};
