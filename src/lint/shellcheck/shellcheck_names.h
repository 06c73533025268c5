/* SPDX-License-Identifier: Apache-2.0 */
/* lint/shellcheck/shellcheck_names.h - what a script finds in its environment.
 *
 * shellcheck is told of each ARG and ENV. As hadolint has it, a value needs no
 * quotes: `ARG PACKAGES="a b"` is meant to be split. An ARG that nobody gives
 * a value is another matter: what comes with --build-arg may be anything, so
 * $X of it, and of ENV Y=$X, is an unknown word. */
#pragma once
#include "lint/facts/facts.h"

struct check_name {
	struct str name;
	size_t age; /* 0: the newest */
	bool unset; /* an ARG without a value */
};

struct check_names {
	struct check_name *v;
	size_t n;
};

/* Variables of the stage and of those below it that stand before the RUN, and
 * HOME, the proxies, and what a public base image sets. Sorted, each once. */
must_check int check_names_read(const struct lint_run *run, struct arena *a,
				struct check_names *out, struct err *err);
