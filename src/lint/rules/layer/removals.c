/* SPDX-License-Identifier: Apache-2.0 */
/* What the commands of a file take away, made once. */
#include "lint/facts/image_path.h"
#include "lint/rules/layer/layer_writes.h"

/* All of the file: the first call counts, the second fills in. */
static int collect(const struct lint_file *f, struct lint_removal *to,
		   size_t *n, struct err *err)
{
	*n = 0;
	for (size_t i = 0; i < f->n_runs; i++) {
		const struct lint_run *run = &f->runs[i];
		for (size_t k = 0; k < run->n_commands; k++) {
			const struct lint_command *c = run->commands[k].inner;
			bool moves = lint_cmd_is(c, "mv");
			bool any = moves || lint_command_removes(c);
			for (size_t j = 0; any && j < c->n_args; j++, (*n)++) {
				if (!to)
					continue;
				to[*n].run = run;
				to[*n].command = c->index;
				to[*n].moves = moves;
				if (lint_place_arg(f, c, c->args[j].text,
						   &to[*n].place, err) < 0)
					return -1;
			}
		}
	}
	return 0;
}

int lint_removals_read(const struct lint_file *f, struct lint_removals *out,
		       struct err *err)
{
	struct lint_memo *m = f->memo;
	if (!m->removals) {
		struct lint_removal *v;
		if (collect(f, NULL, &m->n_removals, err) < 0)
			return -1;
		v = arena_array(f->arena, m->n_removals, sizeof *v, err);
		if (!v || collect(f, v, &m->n_removals, err) < 0)
			return -1;
		m->removals = v;
	}
	*out = (struct lint_removals){ m->removals, m->n_removals };
	return 0;
}

size_t lint_removals_from(const struct lint_removals *all,
			  const struct lint_run *run, uint32_t command)
{
	size_t from = 0, to = all->n;
	while (from < to) {
		size_t mid = from + (to - from) / 2;
		const struct lint_removal *r = &all->v[mid];
		/* Runs are elements of one array. */
		if (r->run < run || (r->run == run && r->command < command))
			from = mid + 1;
		else
			to = mid;
	}
	return from;
}
