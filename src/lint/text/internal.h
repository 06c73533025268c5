/* SPDX-License-Identifier: Apache-2.0 */
/* lint/text/internal.h - what finds spots and what masks them. */
#pragma once
#include "lint/text/template.h"

/* What opens at text[at]: its length and the kind of template that has it;
 * 0: nothing does. */
size_t lint_template_spot_at(struct str text, size_t at, const char **kind,
			     bool *statement);
/* The first spot that ends behind the place; t->n: there is none. */
size_t lint_template_spot_after(const struct lint_template *t, size_t at);
/* Writes over the spots in to, which is a copy of text. */
void lint_template_mask(const struct lint_template *t, struct str text,
			char *to);
