/* SPDX-License-Identifier: Apache-2.0 */
/* lint/text/template.h - a file that becomes a Dockerfile once a template
 * engine has filled it in.
 *
 * Jinja ({% if %}, {{ x }}, {# #}), Go's and others' {{ x }}, ERB's <%= x %>,
 * and %%NAME%%. Each of these is a spot. To read the rest, the spots are
 * masked byte for byte, so that every place in the file stays where it is:
 *
 *	FROM debian:{{ release }}-slim	FROM debian:${_________}-slim
 *	{% if debug %}			#
 *
 * A variable that nobody set is what rules take for unknown words anyway.
 * What is told of a spot itself is dropped (engine/finish.c).
 *
 * Not every pair of braces makes a template: `go list -f '{{.Dir}}'` and
 * `awk '{{...}}'` are how programs are asked. One spot has to stand where
 * neither a shell's quotes nor a heredoc could mean it. */
#pragma once
#include "base/arena.h"
#include "base/span.h"

struct lint_template {
	const char *kind; /* "a Jinja template"; NULL: it is none */
	struct span *spots;
	size_t n;
	bool branches; /* lines may be there or not */
	struct str masked;
};

/* Everything is in the arena. */
must_check int lint_template_read(struct str text, struct arena *a,
				  struct lint_template *out, struct err *err);
/* Does the place touch a spot? */
bool lint_template_touches(const struct lint_template *t, struct span at);
