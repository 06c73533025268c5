/* SPDX-License-Identifier: Apache-2.0 */
/* "RUN x # pare:ignore RULE reason": a Dockerfile has no comment behind its
 * code, but the shell has. It holds for its own line. */
#include "base/chars.h"
#include "lint/internal.h"

/* Is the byte of the script part of a command? Then it is quoted, or no
 * comment. */
static bool is_code(const struct sh_script *s, size_t at)
{
	for (size_t i = 0; i < s->n_commands; i++) {
		struct span c = s->commands[i]->at;
		if (at >= c.at && at < span_end(c))
			return true;
	}
	return false;
}

static struct span line_around(struct str text, uint32_t at)
{
	uint32_t from = at;
	while (from > 0 && text.p[from - 1] != '\n')
		from--;
	return span_of(from, at + (uint32_t)str_find(str_from(text, at), '\n'));
}

/* Blanks alone in front: a line of its own, which pragma.c reads. */
static bool is_alone(struct str text, struct span line, uint32_t at)
{
	for (uint32_t i = line.at; i < at; i++)
		if (!is_blank(text.p[i]))
			return false;
	return true;
}

static int read_run(struct pragmas *ps, const struct lint_run *run)
{
	const struct df_run *r = &run->run;
	struct str script = r->script.text, file = ps->job->df.text;
	for (size_t i = 1; r->sh.readable && i < script.n; i++) {
		if (script.p[i] != '#' || !is_blank(script.p[i - 1]) ||
		    is_code(&r->sh, i))
			continue;
		uint32_t at = dockerfile_logical_at(&r->script, i);
		struct span line = line_around(file, at);
		if (!is_alone(file, line, at) &&
		    lint_pragma_read_trailing(ps, span_of(at, span_end(line)),
					      line) < 0)
			return -1;
		i += str_find(str_from(script, i), '\n');
	}
	return 0;
}

int lint_read_trailing(struct lint_job *job, struct err *err)
{
	struct lint_file *f = &job->file;
	struct pragmas ps = { .job = job,
			      .v = (struct lint_pragma *)f->pragmas,
			      .n = f->n_pragmas,
			      .cap = f->n_pragmas,
			      .err = err };
	/* What stands in a document was read with the run around it. */
	for (size_t i = 0; i < f->n_runs; i++)
		if (!f->runs[i].is_document && read_run(&ps, &f->runs[i]) < 0)
			return -1;
	lint_pragma_sort(&ps);
	return 0;
}
