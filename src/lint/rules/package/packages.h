/* SPDX-License-Identifier: Apache-2.0 */
/* rules/packages.h - what a package manager was asked for.
 *
 * Reads command lines of apt-get, apk, dnf, pip, npm and the like: the verb,
 * and the operands behind it without options and without their values. */
#pragma once
#include "lint/rule.h"

enum package_manager {
	PKG_APT, /* apt, apt-get, aptitude */
	PKG_APK,
	PKG_YUM,
	PKG_DNF, /* dnf, dnf5, microdnf */
	PKG_ZYPPER,
	PKG_PIP, /* pip3, python -m pip; pipx and pipenv, too */
	PKG_NPM,
	PKG_YARN,
	PKG_PNPM,
	PKG_GEM,
	PKG_GO,
};

struct packages {
	enum package_manager manager;
	const struct lint_command *cmd;
	size_t verb;  /* its argument, or cmd.n: there is none */
	size_t first; /* argument behind the verb */
	bool wrapper; /* pipx, pipenv */
};

/* false: the command is none of them. */
bool packages_read(const struct lint_command *c, struct packages *out);
/* The verb is one of the list's. */
bool packages_verb(const struct packages *p, const char *verbs);
/* "apt-get install", and the span of these words. */
struct quoted packages_words(const struct packages *p);
struct span packages_span(const struct packages *p);
/* The next operand behind the verb. *at begins with 0. NULL: no more. */
const struct lint_arg *packages_next(const struct packages *p, size_t *at);

/* One finding for the operands that are not pinned, from the first to the
 * last of them. how says what a pin looks like: "NAME=VERSION". */
must_check int packages_pin(const struct packages *p,
			    bool (*pinned)(const struct lint_command *c,
					   const struct lint_arg *arg),
			    const char *how, struct lint_out *out,
			    struct err *err);
/* NAME-VERSION of dnf and yum: every part behind a hyphen has characters of
 * versions only and one begins with a digit; or a file, or a group. With an
 * expansion in it: one of a variable that ENV or ARG sets. */
bool packages_rpm_pinned(const struct lint_command *c,
			 const struct lint_arg *arg);
