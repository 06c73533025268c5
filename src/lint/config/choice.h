/* SPDX-License-Identifier: Apache-2.0 */
/* lint/config/choice.h - which rules run, by the names that users write.
 *
 * A name is "all", a rule's id or alias, a shellcheck code (SC2086), or the
 * beginning of a code: letters, then maybe digits (DL, DL3, PARE, SC2). Case
 * does not count. Of two lists the one with the longer name decides, and of
 * equal ones "ignore". Syntax errors are told unless they are ignored by
 * name. */
#pragma once
#include "base/nearest.h"
#include "lint/lint.h"

struct lint_state {
	bool on;
	bool set; /* the severity was given by the user */
	enum severity severity;
};

/* 0: the name does not mean this rule; else the larger, the closer. id is the
 * finding's, which is not the rule's for shellcheck's. */
size_t lint_name_means(struct str name, const struct lint_rule *rule,
		       const char *id);
/* Whether it means anything at all. */
bool lint_name_known(const struct lint_table *t, struct str name);
/* The rule that one who wrote a name that is none may have meant. */
struct nearest_hint lint_name_hint(const struct lint_table *t, struct str name);
/* BuildKit's name of the rule, or NULL. */
const char *lint_buildkit_name(const struct lint_rule *rule);
bool lint_name_is_shellcheck(struct str id);

struct lint_state lint_choose(const struct lint_choice *c,
			      const struct lint_rule *rule, const char *id,
			      enum severity severity);

/* "error", "warning", "info", "style". */
bool lint_level(struct str name, enum severity *out);
