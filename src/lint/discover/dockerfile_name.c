/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/discover/dockerfile_name.h"

#include "base/chars.h"
#include "base/macros.h"

static bool ends_nocase(struct str s, struct str tail)
{
	return s.n >= tail.n && str_eq_nocase(str_from(s, s.n - tail.n), tail);
}

/* Sources of programs that read Dockerfiles, and what is written about them. */
static bool is_never(struct str name)
{
	static const char *const tails[] = {
		".dockerignore", ".containerignore", ".go", ".py", ".json",
		".md",
	};
	for (size_t i = 0; i < ARRAY_LEN(tails); i++)
		if (ends_nocase(name, str_of(tails[i])))
			return true;
	return false;
}

static bool is_joint(char c)
{
	return c == '.' || c == '-' || c == '_';
}

static enum dockerfile_name judge(struct str name, struct str word)
{
	enum dockerfile_name best = NAME_OTHER;
	for (size_t i = 0; i + word.n <= name.n; i++) {
		if (!str_eq_nocase((struct str){ name.p + i, word.n }, word))
			continue;
		size_t behind = name.n - i - word.n;
		best = NAME_DOUBTFUL;
		if (name.n == word.n)
			return NAME_SURE;
		/* More than the joint: "Dockerfile." is an editor's. */
		if ((i == 0 && behind > 1 && is_joint(name.p[word.n])) ||
		    (behind == 0 && i > 1 && is_joint(name.p[i - 1])))
			return NAME_LIKELY;
	}
	return best;
}

enum dockerfile_name lint_dockerfile_name(struct str name)
{
	static const struct str container = { "containerfile", 13 };
	if (is_never(name))
		return NAME_OTHER;
	enum dockerfile_name as = judge(name, container);
	if (as != NAME_SURE && name.n > container.n &&
	    str_eq_nocase((struct str){ name.p, container.n }, container))
		as = NAME_LIKELY;
	enum dockerfile_name other = judge(name, STR("dockerfile"));
	return MAX(as, other);
}

bool lint_dockerfile_agrees(enum dockerfile_name name, struct str text)
{
	enum text_dockerfile is = lint_text_dockerfile(text);
	if (name == NAME_LIKELY)
		return is != DOCKERFILE_NO;
	return name == NAME_SURE || is == DOCKERFILE_YES;
}
