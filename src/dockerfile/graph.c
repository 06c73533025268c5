/* SPDX-License-Identifier: Apache-2.0 */
/* Two passes over the stages: names and bases first, since --from may name a
 * stage that comes later (an error that is told as such); then variables and
 * edges, stage by stage, as a stage begins with the variables of its base at
 * that one's end.
 *
 * A base is an earlier stage always: FROM looks among those before it. So the
 * graph has no cycle along bases, and edges that lead forwards are marked as
 * problems and not followed.
 *
 *	0	FROM alpine AS a
 *	1	FROM a			base 0
 *	2	FROM b			no stage is called b yet: an image b
 *	3	FROM scratch AS b
 *		COPY --from=a ..	edge to 0
 *		COPY --from=1 ..	edge to 1, by its number
 *		COPY --from=4 ..	DF_EDGE_NO_INDEX
 *		RUN --mount=from=b	DF_EDGE_SELF */
#include "dockerfile/graph.h"

#include "dockerfile/access.h"
#include "base/chars.h"
#include "dockerfile/internal.h"
#include "dockerfile/mount.h"

struct maker {
	const struct dockerfile *df;
	struct arena *a;
	struct df_graph *g;
	struct df_scope scope;
	uint32_t n_fired;
	struct err *err;
};

static int add_edge(struct maker *m, struct df_stage *s, struct df_edge e)
{
	if (arena_grow(m->a, &s->edges, s->n_edges, &s->cap_edges,
		       sizeof *s->edges, m->err) < 0)
		return -1;
	s->edges[s->n_edges++] = e;
	return 0;
}

/* Stages with their instructions; names in lower case.
 *
 * A file without FROM (a fragment in an editor, ONBUILD texts) is one stage
 * without a base, so that rules need not ask. */
static int lay_out(struct maker *m)
{
	const struct dockerfile *df = m->df;
	struct df_graph *g = m->g;
	size_t n = 0;
	for (size_t i = 0; i < df->n_instrs; i++)
		n += df->instrs[i]->kind == DF_FROM;
	g->stages = arena_array(m->a, n + 1, sizeof *g->stages, m->err);
	if (!g->stages)
		return -1;
	if (n == 0)
		g->stages[g->n++] =
			(struct df_stage){ .base = DF_NO_STAGE,
					   .end = (uint32_t)df->n_instrs };
	for (uint32_t i = 0; i < df->n_instrs && n; i++) {
		if (df->instrs[i]->kind != DF_FROM)
			continue;
		if (g->n)
			g->stages[g->n - 1].end = i;
		g->stages[g->n] =
			(struct df_stage){ .index = g->n,
					   .from = df->instrs[i],
					   .base = DF_NO_STAGE,
					   .first = i + 1,
					   .end = (uint32_t)df->n_instrs };
		g->n++;
	}
	return 0;
}

static int lower_case(struct maker *m, struct str s, struct str *out)
{
	char *to = arena_bytes(m->a, s.n + 1, m->err);
	if (!to)
		return -1;
	for (size_t i = 0; i < s.n; i++)
		to[i] = lower(s.p[i]);
	*out = (struct str){ to, s.n };
	return 0;
}

static int read_names(struct maker *m)
{
	struct df_graph *g = m->g;
	for (uint32_t i = 0; i < g->n; i++) {
		struct df_stage *s = &g->stages[i];
		const struct df_word *name =
			s->from ? dockerfile_from_name(s->from) : NULL;
		if (name && lower_case(m, name->text, &s->name) < 0)
			return -1;
	}
	return dockerfile_graph_sort_names(g, m->a, m->err);
}

/* FROM sees the global ARGs alone (Dockerfile reference, "Understand how ARG
 * and FROM interact"). Where a variable is known at build time only, neither a
 * stage nor an image can be said. */
static int resolve_from(struct maker *m, struct df_stage *s)
{
	scoped(buf_done) struct buf b = BUF_INIT(EXPAND_MAX);
	const struct df_word *image =
		s->from ? dockerfile_from_image(s->from) : NULL;
	s->root = s->index;
	if (!image)
		return 0;
	int known = dockerfile_scope_expand(&m->scope, m->scope.globals,
					    image->text, &b, m->err);
	if (known < 0 || arena_str(m->a, buf_str(&b), &s->image, m->err) < 0)
		return -1;
	s->image_known = known;
	s->is_scratch = known && str_eqz(s->image, "scratch");
	s->base = known ? dockerfile_graph_find(m->g, s->index, s->image, false)
			: DF_NO_STAGE;
	if (s->base != DF_NO_STAGE)
		s->root = m->g->stages[s->base].root;
	struct df_edge e = { .kind = DF_EDGE_FROM,
			     .to = s->base,
			     .name = s->image,
			     .at = image->at,
			     .in = s->from };
	return add_edge(m, s, e);
}

/* A decimal number as Go's Atoi takes it. */
static bool is_index(struct str s, uint64_t *v)
{
	bool minus = s.n && s.p[0] == '-';
	bool sign = minus || (s.n && s.p[0] == '+');
	if (!str_to_u64(str_from(s, sign), v))
		return false;
	if (minus && *v)
		*v = UINT64_MAX;
	return true;
}

/* Numbers are COPY's alone: --mount=from=0 means an image called "0". A name
 * that no stage has is an image, and no problem. */
static int reference(struct maker *m, struct df_stage *s, struct df_edge e)
{
	uint64_t index;
	e.to = DF_NO_STAGE;
	if (e.name.n == 0)
		return 0;
	if (str_find(e.name, '$') < e.name.n)
		e.problem = DF_EDGE_VARIABLE;
	else if (e.kind == DF_EDGE_COPY && is_index(e.name, &index))
		e.to = index < m->g->n ? (uint32_t)index : DF_NO_STAGE;
	else
		e.to = dockerfile_graph_find(m->g, m->g->n, e.name, true);
	if (e.problem == DF_EDGE_OK && e.to == DF_NO_STAGE &&
	    e.kind == DF_EDGE_COPY && is_index(e.name, &index))
		e.problem = DF_EDGE_NO_INDEX;
	if (e.to != DF_NO_STAGE && e.to >= s->index)
		e.problem = e.to == s->index ? DF_EDGE_SELF : DF_EDGE_FORWARD;
	return add_edge(m, s, e);
}

/* A mount that is wrong was told of when the file was read (check.c) and leads
 * nowhere here. */
static int mounts(struct maker *m, struct df_stage *s,
		  const struct df_instr *in, bool onbuild)
{
	for (size_t i = 0; i < in->n_flags; i++) {
		struct df_mount mount;
		struct span at;
		const char *why;
		if (!str_eqz(in->flags[i].key, "mount"))
			continue;
		int r = dockerfile_mount_read(&in->flags[i], m->a, &mount, &at,
					      &why, m->err);
		if (r < 0)
			return -1;
		struct df_edge e = { .kind = DF_EDGE_MOUNT,
				     .name = mount.from,
				     .at = mount.from_at,
				     .in = in,
				     .onbuild = onbuild };
		if (mount.from.n && reference(m, s, e) < 0)
			return -1;
	}
	return 0;
}

static int references(struct maker *m, struct df_stage *s,
		      const struct df_instr *in, bool onbuild)
{
	const struct df_flag *f = dockerfile_flag(in, "from");
	if (in->kind == DF_RUN)
		return mounts(m, s, in, onbuild);
	if (in->kind != DF_COPY || !f)
		return 0;
	struct df_edge e = { .kind = DF_EDGE_COPY,
			     .name = f->text,
			     .at = f->value,
			     .in = in,
			     .onbuild = onbuild };
	return reference(m, s, e);
}

/* ONBUILD of the base fires first, in front of the stage's own instructions
 * (Dockerfile reference, ONBUILD).
 *
 * Of the direct base only: triggers fire once, in the next build, and are not
 * inherited further. */
static int read_stage(struct maker *m, struct df_stage *s)
{
	const struct df_stage *base =
		s->base != DF_NO_STAGE ? &m->g->stages[s->base] : NULL;
	m->scope.in_stage = true;
	m->scope.vars = base ? base->vars : NULL;
	for (uint32_t i = base ? base->first : 0; base && i < base->end; i++) {
		const struct df_instr *in = m->df->instrs[i]->inner;
		if (in && m->n_fired++ == DF_FIRED_MAX)
			return err_set(
				m->err, ERR_LIMIT,
				"line %u: ONBUILD fires more than %d "
				"instructions in the stages of the file",
				dockerfile_position(m->df, in->at.at).line,
				DF_FIRED_MAX);
		if (in && (dockerfile_scope_apply(&m->scope, in, m->err) < 0 ||
			   references(m, s, in, true) < 0))
			return -1;
	}
	for (uint32_t i = s->first; i < s->end; i++) {
		const struct df_instr *in = m->df->instrs[i];
		if (dockerfile_scope_apply(&m->scope, in, m->err) < 0 ||
		    references(m, s, in, false) < 0)
			return -1;
	}
	s->vars = m->scope.vars;
	return 0;
}

/* Instructions in front of the first FROM are global; only ARG may stand there,
 * and others were refused already. */
int dockerfile_graph_read(const struct dockerfile *df,
			  const struct df_arg *args, size_t n_args,
			  struct arena *a, struct df_graph *out,
			  struct err *err)
{
	struct maker m = { .df = df, .a = a, .g = out, .err = err };
	*out = (struct df_graph){ 0 };
	dockerfile_scope_init(&m.scope, df, args, n_args, a);
	if (lay_out(&m) < 0)
		return -1;
	uint32_t head = out->stages[0].from ? out->stages[0].first - 1 : 0;
	for (uint32_t i = 0; i < head; i++)
		if (dockerfile_scope_global(&m.scope, df->instrs[i], err) < 0)
			return -1;
	out->globals = m.scope.globals;
	if (read_names(&m) < 0)
		return -1;
	for (uint32_t i = 0; i < out->n; i++)
		if (resolve_from(&m, &out->stages[i]) < 0)
			return -1;
	dockerfile_graph_order_bases(out);
	for (uint32_t i = 0; i < out->n; i++)
		if (read_stage(&m, &out->stages[i]) < 0)
			return -1;
	return 0;
}

/* Edges lead to earlier stages only, so one pass downwards is enough.
 *
 *	0 base   1 tools   2 on base   3 on 2, COPY --from=tools
 *	target 3: needs 0, 1, 2, 3; ships 0, 2, 3
 *
 * What is needed is built; what ships is part of the result. The loop counts
 * down and ends when i wraps around below 0. */
void dockerfile_graph_reach(const struct df_graph *g, uint32_t target,
			    bool *needs, bool *ships)
{
	for (uint32_t i = 0; i < g->n; i++) {
		if (needs)
			needs[i] = i == target;
		if (ships)
			ships[i] = i == target;
	}
	for (uint32_t i = target; i < g->n; i--) {
		const struct df_stage *s = &g->stages[i];
		if (ships && ships[i] && s->base != DF_NO_STAGE)
			ships[s->base] = true;
		for (size_t k = 0; needs && needs[i] && k < s->n_edges; k++)
			if (s->edges[k].to < i)
				needs[s->edges[k].to] = true;
	}
}
