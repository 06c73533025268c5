/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/label/label_checks.h"

static bool sets(const struct lint_file *f, const struct df_stage *s,
		 struct str name)
{
	for (uint32_t i = s->first; i < s->end; i++) {
		const struct df_instr *in = f->df->instrs[i];
		for (size_t k = 0; in->kind == DF_LABEL && k < in->n_pairs; k++)
			if (str_eq(lint_label_name(&in->pairs[k]), name))
				return true;
	}
	return false;
}

/* The stage or one below it. */
static bool has(const struct lint_file *f, const struct df_stage *s,
		struct str name)
{
	for (;; s = &f->graph->stages[s->base]) {
		if (sets(f, s, name))
			return true;
		if (s->base == DF_NO_STAGE)
			return false;
	}
}

/* Only copied from, or built upon by a stage that has the label. */
static bool is_silent(const struct lint_file *f, const struct df_stage *s,
		      struct str name)
{
	for (uint32_t i = s->index + 1; i < f->graph->n; i++) {
		const struct df_stage *t = &f->graph->stages[i];
		if (t->base == s->index && t->name.n == 0 && sets(f, t, name))
			return true;
		for (size_t k = 0; k < t->n_edges; k++)
			if (t->edges[k].kind == DF_EDGE_COPY &&
			    t->edges[k].to == s->index)
				return true;
	}
	return false;
}

static int check(const struct lint_file *f, const struct df_stage *s,
		 struct lint_out *out, struct err *err)
{
	const struct df_word *image =
		s->from ? dockerfile_from_image(s->from) : NULL;
	for (size_t i = 0; image && i < f->settings->n_labels; i++) {
		struct str name = f->settings->labels[i].name;
		if (has(f, s, name) || is_silent(f, s, name))
			continue;
		if (lint_find(out, image->at, err,
			      "label %s is missing, though the "
			      "label schema asks for it; add LABEL "
			      "with that key",
			      str_quoted(name).text) < 0)
			return -1;
	}
	return 0;
}

const struct lint_rule rule_missing_label = {
	.id = "DL3049",
	.severity = SEV_INFO,
	.summary = "label of the schema is missing",
	.check_stage = check,
};
