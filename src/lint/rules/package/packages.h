/* SPDX-License-Identifier: Apache-2.0 */
/* lint/rules/package/packages.h - what a package manager was asked for.
 *
 * Reads command lines of apt-get, apk, dnf, pip, npm and the like: the verb,
 * and the operands behind it without options and without their values. */
#pragma once
#include "catalog/catalog.h"
#include "lint/rule.h"

struct packages {
	const struct catalog_tool *tool;
	const struct lint_command *cmd;
	size_t verb;  /* its argument, or cmd.n: there is none */
	size_t first; /* argument behind the verb */
	bool wrapper; /* pipx, pipenv */
};

/* false: the command is none of the tool's. pip's are also pip3.11 and
 * python -m pip, and pipx and pipenv, which hand their operands on. */
bool lint_packages_of(const struct catalog_tool *tool,
		      const struct lint_command *c, struct packages *out);
/* The verb is one of the list's; none is one of NULL's. */
bool lint_packages_verb(const struct packages *p, const char *verbs);
/* "apt-get install", and the span of these words. */
struct quoted lint_packages_words(const struct packages *p);
struct span lint_packages_span(const struct packages *p);
/* The next operand behind the verb. *at begins with 0. NULL at the end. */
const struct lint_arg *lint_packages_next(const struct packages *p, size_t *at);

/* One finding for the operands that are not pinned, from the first to the
 * last of them. how says what a pin looks like: "NAME=VERSION". */
must_check int lint_packages_pin(const struct packages *p,
				 bool (*pinned)(const struct lint_command *c,
						const struct lint_arg *arg),
				 const char *how, struct lint_out *out,
				 struct err *err);
/* NAME-VERSION of dnf and yum: every part behind a hyphen has characters of
 * versions only and one begins with a digit; or a file, or a group. With an
 * expansion in it: one of a variable that ENV or ARG sets. */
bool lint_packages_rpm_pinned(const struct lint_command *c,
			      const struct lint_arg *arg);
