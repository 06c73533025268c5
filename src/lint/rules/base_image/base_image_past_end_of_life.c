/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/access.h"
#include "lint/facts/bases.h"
#include "lint/rule.h"

static int look(const struct lint_file *f, const struct df_stage *s,
		struct lint_out *out, struct err *err)
{
	const struct df_word *image =
		s->from ? dockerfile_from_image(s->from) : NULL;
	if (!image)
		return 0;
	const struct lint_ended *e =
		lint_base_ended(s->image, f->settings->today);
	if (!e)
		return 0;
	struct finding found = lint_finding_at(out, image->at);
	/* A date that was only announced turns no green run red. */
	if (!f->ships[s->index] || lint_ended_later(e))
		found.severity = SEV_INFO;
	return lint_report(out, &found, err,
			   "%s %s has had no fixes since %s, not even for "
			   "security, so known holes stay open; move to a "
			   "release that is maintained",
			   e->what, *e->version ? e->version : "8", e->date);
}

static bool counts(const struct lint_file *f, uint32_t stage)
{
	const struct df_stage *s = &f->graph->stages[stage];
	return f->needs[stage] && s->base == DF_NO_STAGE && s->image_known;
}

/* Of the stages on one image it is told once, of the first that ships, else of
 * the first. */
static int check(const struct lint_file *f, struct lint_out *out,
		 struct err *err)
{
	uint32_t n = f->graph->n;
	struct str *images = arena_array(f->arena, n, sizeof *images, err);
	struct str_index x;
	if (!images)
		return -1;
	for (uint32_t i = 0; i < n; i++)
		images[i] = f->graph->stages[i].image;
	if (str_index_make(&x, images, n, f->arena, err) < 0)
		return -1;
	for (uint32_t i = 0; i < n;) {
		const uint32_t *ids = x.ids + i;
		uint32_t same = 0, told = DF_NO_STAGE;
		while (i + same < n && str_eq(images[ids[same]], images[*ids]))
			same++;
		for (uint32_t k = 0; k < same; k++)
			if (counts(f, ids[k]) &&
			    (told == DF_NO_STAGE ||
			     f->ships[ids[k]] > f->ships[told]))
				told = ids[k];
		if (told != DF_NO_STAGE &&
		    look(f, &f->graph->stages[told], out, err) < 0)
			return -1;
		i += same;
	}
	return 0;
}

const struct lint_rule rule_base_image_past_end_of_life = {
	.id = "PARE5003",
	.severity = SEV_WARN,
	.summary = "base image past its end of life",
	.check_file = check,
};
