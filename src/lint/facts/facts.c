/* SPDX-License-Identifier: Apache-2.0 */
/* Questions about the facts of a file. */
#include "lint/facts/facts.h"

#include "base/chars.h"
#include "lint/facts/words.h"

/* Runs stand in the order of the file, documents behind the run that they are
 * in. */
const struct lint_run *lint_run_of(const struct lint_file *f,
				   const struct df_instr *in)
{
	size_t from = 0, to = f->n_runs;
	if (in->inner)
		in = in->inner;
	while (from < to) {
		size_t mid = from + (to - from) / 2;
		const struct lint_run *run = &f->runs[mid];
		if (run->in == in && !run->is_document)
			return run;
		if (run->in != in && run->in->at.at < in->at.at)
			from = mid + 1;
		else
			to = mid;
	}
	return NULL;
}

/* BuildKit looks for a context before it asks a registry, and takes a name
 * without a tag for one with latest. */
const struct df_arg *lint_named_context(const struct lint_file *f,
					struct str name)
{
	if (str_ends(name, STR(":latest")))
		name.n -= 7;
	for (size_t i = f->n_contexts; i-- > 0;)
		if (str_eq_nocase(f->contexts[i].name, name))
			return &f->contexts[i];
	return NULL;
}

bool lint_ships(const struct lint_file *f, const struct df_instr *in)
{
	uint32_t stage = dockerfile_graph_stage_of(f->graph, in->index);
	return stage != DF_NO_STAGE && f->ships[stage];
}

uint32_t lint_stage_at(const struct lint_file *f, uint32_t at)
{
	size_t from = 0, to = f->df->n_instrs;
	while (from < to) {
		size_t mid = from + (to - from) / 2;
		if (f->df->instrs[mid]->at.at <= at)
			from = mid + 1;
		else
			to = mid;
	}
	return from ? dockerfile_graph_stage_of(f->graph, (uint32_t)from - 1)
		    : DF_NO_STAGE;
}

bool lint_stage_stores(const struct lint_file *f, const struct df_stage *s)
{
	return f->stages[s->index].kinds & (DF_RUN | DF_COPY | DF_ADD);
}

bool lint_ships_at(const struct lint_file *f, uint32_t at)
{
	uint32_t stage = lint_stage_at(f, at);
	return stage != DF_NO_STAGE && f->ships[stage];
}

/* A trigger of the stage below comes first, and one of the stage itself comes
 * behind all of its lines, in another build. */
bool lint_stands_behind(const struct lint_file *f, const struct df_instr *in,
			enum df_kind kind)
{
	uint32_t s = dockerfile_graph_stage_of(f->graph, in->index);
	if (s == DF_NO_STAGE)
		return false;
	unsigned own = in->in_onbuild ? f->stages[s].kinds |
						f->above[in->index].triggers
				      : f->above[in->index].kinds;
	return (own | f->stages[s].below) & kind;
}

bool lint_run_ships(const struct lint_file *f, const struct lint_run *run)
{
	return run->stage != DF_NO_STAGE && f->ships[run->stage];
}

static bool is_below(struct str path, struct str dir)
{
	while (dir.n > 1 && dir.p[dir.n - 1] == '/')
		dir.n--;
	if (dir.n == 0 || !str_starts(path, dir))
		return false;
	return dir.n == 1 || path.n == dir.n || path.p[dir.n] == '/';
}

bool lint_run_mounted(const struct lint_run *run, const char *path)
{
	for (size_t i = 0; i < run->n_mounts; i++) {
		const struct df_mount *m = &run->mounts[i];
		if ((m->type == DF_MOUNT_CACHE || m->type == DF_MOUNT_TMPFS) &&
		    is_below(str_of(path), m->target))
			return true;
	}
	return false;
}

bool lint_run_mount_has(const struct lint_run *run, const char *text)
{
	for (size_t i = 0; i < run->n_mounts; i++) {
		const struct df_mount *m = &run->mounts[i];
		if ((m->type == DF_MOUNT_CACHE || m->type == DF_MOUNT_TMPFS) &&
		    lint_word_contains(m->target, text))
			return true;
	}
	return false;
}

const struct lint_measured *lint_measured_at(const struct lint_file *f,
					     uint32_t at)
{
	size_t from = 0, to = f->df->n_instrs;
	while (f->measured && from < to) {
		size_t mid = from + (to - from) / 2;
		struct span s = f->df->instrs[mid]->at;
		if (at >= s.at && at < span_end(s))
			return f->measured[mid].known ? &f->measured[mid]
						      : NULL;
		if (s.at < at)
			from = mid + 1;
		else
			to = mid;
	}
	return NULL;
}

bool lint_measured_below(const struct lint_measured *m, struct str place,
			 bool dead, uint64_t *bytes)
{
	if (!m || !m->below || place.n == 0 || place.p[0] != '/')
		return false;
	*bytes = m->below(m, place, dead);
	return true;
}
