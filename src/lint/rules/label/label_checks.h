/* SPDX-License-Identifier: Apache-2.0 */
/* lint/rules/label/label_checks.h - what values of labels have to look like. */
#pragma once
#include "lint/rule.h"

bool lint_label_is_url(struct str s);	  /* RFC 3986, with a scheme */
bool lint_label_is_rfc3339(struct str s); /* date, time and offset */
bool lint_label_is_semver(struct str s);  /* semver.org 2.0.0 */
bool lint_label_is_hash(struct str s);	  /* of git: 7 or 40 small digits */
bool lint_label_is_email(struct str s);	  /* RFC 5322 addr-spec */
bool lint_label_is_spdx(struct str s);	  /* one identifier of the list */

/* Reports labels of the type in the schema whose value is known and is not
 * good: "label NAME is VALUE, which is no WHAT". */
must_check int lint_label_check(const struct lint_file *f,
				const struct df_instr *in, enum label_type type,
				bool (*good)(struct str value),
				const char *what, struct lint_out *out,
				struct err *err);
/* The label's name without quotes, and its row of the schema; NULL. */
struct str lint_label_name(const struct df_pair *p);
const struct lint_label_type *lint_label_find(const struct lint_file *f,
					      struct str name);
