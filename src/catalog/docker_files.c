/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

/* What tells how an image is built or run; no image needs it. */
const struct catalog_tool catalog_docker_files = {
	.name = "docker files",
	.traces = TRACES(
		TRACE_FILE("Dockerfile", REASON_DOCKER, SAFE_ALWAYS),
		TRACE_FILE("Dockerfile.*", REASON_DOCKER, SAFE_ALWAYS),
		TRACE_FILE("*.Dockerfile", REASON_DOCKER, SAFE_ALWAYS),
		TRACE_FILE("*.dockerfile", REASON_DOCKER, SAFE_ALWAYS),
		TRACE_FILE("Containerfile", REASON_DOCKER, SAFE_ALWAYS),
		TRACE_FILE("Containerfile.*", REASON_DOCKER, SAFE_ALWAYS),
		TRACE_FILE(".dockerignore", REASON_DOCKER, SAFE_ALWAYS),
		TRACE_FILE("*.dockerignore", REASON_DOCKER, SAFE_ALWAYS),
		TRACE_FILE(".containerignore", REASON_DOCKER, SAFE_ALWAYS),
		TRACE_FILE("*.containerignore", REASON_DOCKER, SAFE_ALWAYS),
		TRACE_FILE("docker-compose*", REASON_DOCKER, SAFE_ALWAYS),
		TRACE_FILE("compose.yaml", REASON_DOCKER, SAFE_ALWAYS),
		TRACE_FILE("compose.yml", REASON_DOCKER, SAFE_ALWAYS),
		TRACE_FILE("compose.*.yaml", REASON_DOCKER, SAFE_ALWAYS),
		TRACE_FILE("compose.*.yml", REASON_DOCKER, SAFE_ALWAYS),
		TRACE_FILE("docker-bake.hcl", REASON_DOCKER, SAFE_ALWAYS),
		TRACE_FILE("docker-bake.json", REASON_DOCKER, SAFE_ALWAYS)),
};
