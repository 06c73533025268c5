/* SPDX-License-Identifier: Apache-2.0 */
/* What is known of the image below each stage: given by the user, else by the
 * local table. */
#include "lint/facts/bases.h"
#include "lint/internal.h"

/* The image that a stage's chain begins with; NULL: not known, or scratch. */
static const struct df_stage *root_of(const struct df_graph *g, uint32_t i)
{
	const struct df_stage *s = &g->stages[dockerfile_graph_root(g, i)];
	return s->from && s->image_known && !s->is_scratch && s->image.n ? s
									 : NULL;
}

static bool name_fits(struct str pattern, struct str image)
{
	if (pattern.n && pattern.p[pattern.n - 1] == '*')
		return str_starts(image,
				  (struct str){ pattern.p, pattern.n - 1 });
	return str_eq(pattern, image);
}

/* What FROM means where a compose file gives the name: docker-image://x is x;
 * of a directory or a layout nothing is known. */
struct str lint_root_image(const struct lint_file *f, uint32_t stage)
{
	const struct df_stage *root = root_of(f->graph, stage);
	const struct df_arg *c =
		root ? lint_named_context(f, root->image) : NULL;
	static const char scheme[] = "docker-image://";
	if (!c)
		return root ? root->image : (struct str){ 0 };
	return str_starts(c->value, STR("docker-image://"))
		       ? str_from(c->value, sizeof scheme - 1)
		       : (struct str){ 0 };
}

static int find_base(struct lint_job *job, const struct df_stage *root,
		     const struct df_stage *shipped,
		     const struct lint_base **out, struct err *err)
{
	const struct lint_settings *s = job->file.settings;
	if (job->in.base && shipped && str_eq(root->image, shipped->image)) {
		*out = job->in.base;
		return 0;
	}
	for (size_t i = 0; i < s->n_bases; i++)
		if (name_fits(s->bases[i].image, root->image)) {
			*out = &s->bases[i].base;
			return 0;
		}
	return lint_base_find(lint_root_image(&job->file, root->index),
			      job->file.arena, out, err);
}

int lint_find_bases(struct lint_job *job, struct err *err)
{
	struct lint_file *f = &job->file;
	uint32_t n = f->graph->n;
	const struct lint_base **bases =
		arena_array(f->arena, n, sizeof *bases, err);
	if (!bases)
		return -1;
	const struct df_stage *shipped =
		f->target != DF_NO_STAGE ? root_of(f->graph, f->target) : NULL;
	for (uint32_t i = 0; i < n; i++) {
		const struct df_stage *root = root_of(f->graph, i);
		uint32_t base = f->graph->stages[i].base;
		if (base != DF_NO_STAGE)
			bases[i] = bases[base];
		else if (root &&
			 find_base(job, root, shipped, &bases[i], err) < 0)
			return -1;
	}
	f->bases = bases;
	return 0;
}

const char *lint_stage_release(const struct lint_file *f, uint32_t stage)
{
	const struct lint_base *b =
		stage != DF_NO_STAGE ? f->bases[stage] : NULL;
	if (stage == DF_NO_STAGE)
		return NULL;
	/* What the user wrote of an image need not say it again. */
	return b && b->release ? b->release
			       : lint_base_release(lint_root_image(f, stage));
}

const char *lint_run_base_shell(const struct lint_run *run)
{
	const struct lint_base *base =
		run->stage != DF_NO_STAGE ? run->file->bases[run->stage] : NULL;
	return base ? base->shell : NULL;
}
