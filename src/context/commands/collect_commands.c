/* SPDX-License-Identifier: Apache-2.0 */
/* What is run while an image is built and when it starts, as text to search in:
 * RUN with what it reads, CMD, ENTRYPOINT and HEALTHCHECK. Searching text for a
 * name errs on one side: a name that is mentioned for another reason keeps a
 * file in the context that could go. */
#include "context/commands/collect_commands.h"

#include "context/commands/reading_commands.h"
#include "dockerfile/access.h"

/* *shell is the SHELL in force; FROM puts the default (NULL) back. A SHELL
 * that a base stage sets is not looked up: a script that it alone can read is
 * then added as it is written, and all that it names counts as needed. */
static int add_instr(const struct dockerfile *df, const struct df_instr *in,
		     const struct df_instr **shell, struct buf *out,
		     struct err *err)
{
	if (in->inner) /* ONBUILD: it may run in any stage built on this one */
		return add_instr(df, in->inner, shell, out, err);
	if (in->kind == DF_FROM)
		*shell = NULL;
	if (in->kind == DF_SHELL && !in->bad)
		*shell = in;
	if (in->kind == DF_RUN) {
		if (context_add_reading_commands(df, in, *shell, out, err) < 0)
			return -1;
	} else if (!(in->kind & (DF_CMD | DF_ENTRYPOINT | DF_HEALTHCHECK))) {
		return 0;
	} else if (buf_str_add(out, in->rest.text, err) < 0) {
		return -1;
	}
	return buf_byte(out, '\n', err);
}

int context_add_commands(const struct dockerfile *df, struct buf *out,
			 struct err *err)
{
	const struct df_instr *shell = NULL;
	for (size_t i = 0; i < df->n_instrs; i++)
		if (add_instr(df, df->instrs[i], &shell, out, err) < 0)
			return -1;
	return 0;
}

/* COPY --from brings what another stage or image has: "COPY --from=deps
 * /app/node_modules ./" makes node_modules as good as an npm ci. Its words are
 * searched for the name. */
static int add_copy_from(const struct df_instr *in, struct buf *out,
			 struct err *err)
{
	if (in->inner)
		in = in->inner;
	if (in->kind != DF_COPY || !dockerfile_flag(in, "from"))
		return 0;
	if (buf_str_add(out, in->rest.text, err) < 0)
		return -1;
	return buf_byte(out, '\n', err);
}

static int add_stage(const struct dockerfile *df, const struct df_stage *s,
		     struct buf *out, struct buf *copied_from, struct err *err)
{
	const struct df_instr *shell = NULL;
	for (uint32_t i = s->first; i < s->end; i++)
		if (add_instr(df, df->instrs[i], &shell, out, err) < 0 ||
		    add_copy_from(df->instrs[i], copied_from, err) < 0)
			return -1;
	return 0;
}

int context_add_stage_commands(const struct dockerfile *df,
			       const struct df_graph *g, uint32_t stage,
			       struct buf *out, struct buf *copied_from,
			       struct err *err)
{
	for (uint32_t s = 0; s < g->n; s++)
		if ((dockerfile_graph_stands_on(g, s, stage) ||
		     dockerfile_graph_stands_on(g, stage, s)) &&
		    add_stage(df, &g->stages[s], out, copied_from, err) < 0)
			return -1;
	return 0;
}
