/* SPDX-License-Identifier: Apache-2.0 */
/* lint/discover/compose.h - which Dockerfiles a compose file builds.
 *
 * `build:` of each service in the order of the file: a context, or a map with
 * context, dockerfile, dockerfile_inline, args and target. ${x:-y} stands for
 * y and $$ for $; what hangs on a variable without a default is not known
 * here: such an argument is left out, such a path leaves out the build.
 * Contexts elsewhere (URLs) are left out, too. */
#pragma once
#include "base/arena.h"
#include "dockerfile/scope.h"

struct compose_build {
	struct str service;
	struct str context;    /* relative to the compose file */
	struct str dockerfile; /* relative to the context, or absolute */
	struct str text;       /* dockerfile_inline */
	bool is_inline;
	struct str target;
	struct df_arg *args;
	size_t n_args;
	/* additional_contexts: names that FROM and --from= find, with what they
	 * stand for; empty where that is not known. */
	struct df_arg *contexts;
	size_t n_contexts;
};

/* Everything is in the arena. ERR_CORRUPT "line N: ...", ERR_LIMIT. */
must_check int lint_compose_builds(struct str text, struct arena *a,
				   struct compose_build **out, size_t *n,
				   struct err *err);
/* compose.yaml, compose.yml, docker-compose.yaml, docker-compose.yml. */
bool lint_compose_is_name(struct str name);
