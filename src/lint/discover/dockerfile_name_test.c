/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/discover/dockerfile_name.h"

#include "base/macros.h"
#include "base/test.h"

TEST(dockerfile_name, names)
{
	static const struct {
		const char *name;
		enum dockerfile_name want;
	} rows[] = {
		{ "Dockerfile", NAME_SURE },
		{ "dockerfile", NAME_SURE },
		{ "DOCKERFILE", NAME_SURE },
		{ "Containerfile", NAME_SURE },
		{ "Dockerfile.prod", NAME_LIKELY },
		{ "Dockerfile-fpm", NAME_LIKELY },
		{ "Dockerfile_prod", NAME_LIKELY },
		{ "app.Dockerfile", NAME_LIKELY },
		{ "prod-Dockerfile", NAME_LIKELY },
		{ "prod_dockerfile", NAME_LIKELY },
		{ "Containerfile.x", NAME_LIKELY },
		{ "Containerfile2", NAME_LIKELY },
		{ "x.containerfile", NAME_LIKELY },
		{ "Dockerfile.go.tmpl", NAME_LIKELY },
		{ "Dockerfile2", NAME_DOUBTFUL },
		{ "MyDockerfile", NAME_DOUBTFUL },
		{ ".dockerfile", NAME_DOUBTFUL },
		{ "Dockerfile.", NAME_DOUBTFUL },
		{ "my.dockerfile.old", NAME_DOUBTFUL },
		{ "dockerfile.go", NAME_OTHER },
		{ "Dockerfile.PY", NAME_OTHER },
		{ "dockerfile_test.go", NAME_OTHER },
		{ "Dockerfile.md", NAME_OTHER },
		{ "Dockerfile.json", NAME_OTHER },
		{ "Dockerfile.dockerignore", NAME_OTHER },
		{ "Containerfile.containerignore", NAME_OTHER },
		{ "Docker", NAME_OTHER },
		{ "", NAME_OTHER },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (lint_dockerfile_name(str_of(rows[i].name)) != rows[i].want)
			fail_msg("%s", rows[i].name);
}

TEST(dockerfile_name, content_decides_where_the_name_does_not)
{
	struct str from = STR("FROM x\n"), run = STR("RUN x\n");
	struct str prose = STR("How we build\n"), none = { 0 };
	assert_true(lint_dockerfile_agrees(NAME_SURE, prose));
	assert_true(lint_dockerfile_agrees(NAME_LIKELY, from));
	assert_true(lint_dockerfile_agrees(NAME_LIKELY, run));
	assert_true(lint_dockerfile_agrees(NAME_LIKELY, none));
	assert_false(lint_dockerfile_agrees(NAME_LIKELY, prose));
	assert_true(lint_dockerfile_agrees(NAME_DOUBTFUL, from));
	assert_false(lint_dockerfile_agrees(NAME_DOUBTFUL, run));
	assert_false(lint_dockerfile_agrees(NAME_DOUBTFUL, none));
}

TESTS_MAIN(unit(dockerfile_name, names),
	   unit(dockerfile_name, content_decides_where_the_name_does_not))
