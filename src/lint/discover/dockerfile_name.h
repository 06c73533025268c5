/* SPDX-License-Identifier: Apache-2.0 */
/* lint/discover/dockerfile_name.h - is a file in a tree a Dockerfile?
 *
 * In any case of letters, with "containerfile" for "dockerfile" as well:
 *
 *	Dockerfile                          sure
 *	Dockerfile.x  Dockerfile-x  _x      likely: unless its content says no
 *	x.Dockerfile  x-Dockerfile  x_      the same
 *	Containerfile*                      the same
 *	Dockerfile2, MyDockerfile           doubtful: if its content says so
 *	dockerfile.go .py .json .md         never, as NAME.dockerignore */
#pragma once
#include "lint/text/text_kind.h"

enum dockerfile_name { NAME_OTHER, NAME_DOUBTFUL, NAME_LIKELY, NAME_SURE };

enum dockerfile_name lint_dockerfile_name(struct str name);
/* Whether its content agrees; of a name that is sure it is not asked. */
bool lint_dockerfile_agrees(enum dockerfile_name name, struct str text);
