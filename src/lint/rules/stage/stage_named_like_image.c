/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/access.h"
#include "base/chars.h"
#include "lint/facts/bases.h"
#include "lint/facts/image_path.h"
#include "lint/rule.h"

/* Public images of that name are known, or the file uses one. */
static bool is_image(const struct lint_file *f, struct str name)
{
	if (lint_base_known(name))
		return true;
	for (uint32_t i = 0; i < f->graph->n; i++) {
		const struct df_stage *s = &f->graph->stages[i];
		if (s->base == DF_NO_STAGE && s->image_known &&
		    str_eq(lint_image_of(s->image).repo, name))
			return true;
	}
	return false;
}

/* FROM redis:7 AS redis, with nothing added: the name means that image, in the
 * version that this line pins. */
static bool is_alias(const struct lint_file *f, const struct df_stage *s)
{
	return s->image_known &&
	       str_eq(lint_place_base(lint_image_of(s->image).repo), s->name) &&
	       !lint_stage_stores(f, s);
}

/* The first FROM, COPY or mount that means the stage. */
static const struct df_edge *first_use(const struct lint_file *f,
				       uint32_t stage)
{
	for (uint32_t i = 0; i < f->graph->n; i++)
		for (size_t k = 0; k < f->graph->stages[i].n_edges; k++) {
			const struct df_edge *e = &f->graph->stages[i].edges[k];
			if (e->to == stage &&
			    str_eq_nocase(e->name,
					  f->graph->stages[stage].name))
				return e;
		}
	return NULL;
}

static int check(const struct lint_file *f, const struct df_stage *s,
		 struct lint_out *out, struct err *err)
{
	const struct df_word *name =
		s->from ? dockerfile_from_name(s->from) : NULL;
	if (!name || s->name.n == 0 || !is_image(f, s->name) || is_alias(f, s))
		return 0;
	const struct df_edge *e = first_use(f, s->index);
	if (!e)
		return 0;
	return lint_find(out, name->at, err,
			 "stage %.*s hides the image of that name, so line "
			 "%u takes the stage; rename it if the image was "
			 "meant",
			 STR_ARG(s->name),
			 dockerfile_position(f->df, e->at.at).line);
}

const struct lint_rule rule_stage_named_like_image = {
	.id = "PARE5004",
	.severity = SEV_INFO,
	.summary = "stage named like an image",
	.check_stage = check,
};
