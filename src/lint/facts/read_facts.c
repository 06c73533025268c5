/* SPDX-License-Identifier: Apache-2.0 */
/* What is known of a Dockerfile, made once before the rules look at it. */
#include "lint/internal.h"

/* Which shell a RUN is handed to, along the lines of the file. */
struct shells {
	const struct df_instr **at_end; /* of a stage */
	struct str *said_at_end;
	const struct df_instr *now;
	/* What the next stage on this one begins with: ONBUILD SHELL, which
	 * says nothing to the stage that it stands in. */
	const struct df_instr *fired, **fired_at_end;
	struct str said;      /* by a pragma newer than `now` */
	size_t pragma;	      /* next one to look at */
	struct str for_stage; /* by a pragma right above FROM */
};

static int read_mounts(struct lint_run *run, struct arena *a, struct err *err)
{
	const struct df_instr *in = run->in;
	run->mounts = arena_array(a, in->n_flags, sizeof *run->mounts, err);
	if (!run->mounts)
		return -1;
	for (size_t i = 0; i < in->n_flags; i++) {
		struct span at;
		const char *why;
		if (!str_eqz(in->flags[i].key, "mount"))
			continue;
		int r = dockerfile_mount_read(&in->flags[i], a,
					      &run->mounts[run->n_mounts], &at,
					      &why, err);
		if (r < 0)
			return -1;
		run->n_mounts += r > 0;
	}
	return 0;
}

/* A pragma's shell, in the form that dockerfile_run_read takes. */
static int said_shell(struct str said, struct arena *a,
		      const struct df_instr **out, struct err *err)
{
	struct df_instr *in = arena_alloc(a, sizeof *in, err);
	struct df_word *word = arena_alloc(a, sizeof *word, err);
	if (!in || !word)
		return -1;
	word->text = said;
	*in = (struct df_instr){ .kind = DF_SHELL,
				 .form = DF_FORM_JSON,
				 .words = word,
				 .n_words = 1 };
	*out = in;
	return 0;
}

/* The one that a pragma names when it is the newer one of the two, else that of
 * SHELL, else what the system has. */
static int find_shell(const struct lint_file *f, const struct lint_run *run,
		      const struct df_instr **out, struct err *err)
{
	*out = run->shell;
	if (run->shell_said.n)
		return said_shell(run->shell_said, f->arena, out, err);
	if (!run->shell && run->stage != DF_NO_STAGE && f->windows[run->stage])
		return said_shell(STR("cmd"), f->arena, out, err);
	return 0;
}

/* The program that reads the run's script, with its options. */
static int read_shell(struct lint_run *run, const struct df_instr *shell,
		      struct arena *a, struct err *err)
{
	static const struct str plain[] = { STR("/bin/sh"), STR("-c") };
	struct str script = run->run.script.text;
	run->literal = true;
	if (run->run.form == DF_RUN_FILE) {
		script.n = str_find(script, '\n');
		run->shell_is = lint_shell_of_shebang(str_from(script, 2));
		return 0;
	}
	if (!shell) {
		run->shell_is = lint_shell_read(plain, ARRAY_LEN(plain));
		return 0;
	}
	struct str *words = arena_array(a, shell->n_words, sizeof *words, err);
	if (!words)
		return -1;
	for (size_t i = 0; i < shell->n_words; i++)
		words[i] = shell->words[i].text;
	run->shell_is = lint_shell_read(words, shell->n_words);
	return 0;
}

static int read_run(struct lint_job *job, const struct df_instr *outer,
		    const struct df_instr *in, const struct shells *sh,
		    struct err *err)
{
	struct lint_file *f = &job->file;
	struct lint_run *run = &f->runs[f->n_runs];
	const struct df_instr *shell;
	*run = (struct lint_run){
		.file = f,
		.in = in,
		.outer = outer,
		.stage = dockerfile_graph_stage_of(f->graph, outer->index),
		.shell = sh->now,
		.shell_said = sh->said,
	};
	if (find_shell(f, run, &shell, err) < 0 ||
	    dockerfile_run_read(f->df, in, shell, f->arena, &run->run, err) <
		    0 ||
	    read_shell(run, shell, f->arena, err) < 0 ||
	    read_mounts(run, f->arena, err) < 0 ||
	    lint_read_commands(run, f->arena, err) < 0)
		return -1;
	f->n_runs++;
	return lint_read_documents(f, run, err);
}

/* FROM: the shell of the stage below it, or the default.
 *
 * SHELL is part of the image's config, so a stage on another one inherits it;
 * an ONBUILD SHELL fires in front of its first line, and is the newer one.
 */
static void enter_stage(const struct lint_file *f, const struct df_instr *from,
			struct shells *sh)
{
	uint32_t i = dockerfile_graph_stage_of(f->graph, from->index);
	uint32_t base = f->graph->stages[i].base;
	if (i > 0) {
		sh->at_end[i - 1] = sh->now;
		sh->fired_at_end[i - 1] = sh->fired;
		sh->said_at_end[i - 1] = sh->said;
	}
	bool has_base = base != DF_NO_STAGE;
	const struct df_instr *fires = has_base ? sh->fired_at_end[base] : NULL;
	sh->now = fires ? fires : has_base ? sh->at_end[base] : NULL;
	sh->said =
		has_base && !fires ? sh->said_at_end[base] : (struct str){ 0 };
	sh->fired = NULL;
	if (sh->for_stage.n)
		sh->said = sh->for_stage;
	sh->for_stage = (struct str){ 0 };
}

/* Pragmas in front of the instruction. */
static void heed_pragmas(const struct lint_file *f, const struct df_instr *in,
			 struct shells *sh)
{
	for (; sh->pragma < f->n_pragmas &&
	       f->pragmas[sh->pragma].at.at < in->at.at;
	     sh->pragma++) {
		const struct lint_pragma *p = &f->pragmas[sh->pragma];
		if (p->kind != PRAGMA_HADOLINT_SHELL)
			continue;
		if (in->kind == DF_FROM)
			sh->for_stage = p->rules[0];
		else
			sh->said = p->rules[0];
	}
}

/* A script of its own may have SH_COMMANDS_MAX; so many RUNs would take
 * gigabytes. */
static int count_commands(const struct lint_file *f, size_t from, size_t *n,
			  struct err *err)
{
	for (size_t i = from; i < f->n_runs; i++)
		*n += f->runs[i].n_commands;
	return *n > LINT_COMMANDS_MAX
		       ? err_set(err, ERR_LIMIT,
				 "more than %d commands in all RUN",
				 LINT_COMMANDS_MAX)
		       : 0;
}

static int read_runs(struct lint_job *job, struct err *err)
{
	struct lint_file *f = &job->file;
	const struct dockerfile *df = f->df;
	struct shells sh = { 0 };
	sh.at_end = arena_array(f->arena, f->graph->n, sizeof *sh.at_end, err);
	sh.fired_at_end =
		arena_array(f->arena, f->graph->n, sizeof *sh.at_end, err);
	sh.said_at_end =
		arena_array(f->arena, f->graph->n, sizeof *sh.said_at_end, err);
	size_t n = df->n_instrs, n_commands = 0;
	for (size_t i = 0; i < df->n_instrs; i++)
		n += df->instrs[i]->n_heredocs;
	/* Commands point at their run: the array never moves. */
	f->runs = arena_array(f->arena, n, sizeof *f->runs, err);
	if (!sh.at_end || !sh.fired_at_end || !sh.said_at_end || !f->runs)
		return -1;
	for (size_t i = 0; i < df->n_instrs; i++) {
		const struct df_instr *in = df->instrs[i];
		const struct df_instr *run = in->inner ? in->inner : in;
		heed_pragmas(f, in, &sh);
		if (in->kind == DF_FROM)
			enter_stage(f, in, &sh);
		if (in->kind == DF_SHELL && !in->bad) {
			sh.now = in;
			sh.said = (struct str){ 0 };
		}
		if (in->inner && run->kind == DF_SHELL && !run->bad)
			sh.fired = run;
		size_t before = f->n_runs;
		if (run->kind != DF_RUN)
			continue;
		if (read_run(job, in, run, &sh, err) < 0 ||
		    count_commands(f, before, &n_commands, err) < 0)
			return err->code == ERR_LIMIT
				       ? err_ctx(err, "line %u",
						 dockerfile_position(df,
								     in->at.at)
							 .line)
				       : -1;
	}
	return 0;
}

static int find_target(struct lint_job *job, struct err *err)
{
	struct lint_file *f = &job->file;
	uint32_t n = job->graph.n;
	f->target = dockerfile_graph_target(&job->graph, job->in.target);
	if (f->target == DF_NO_STAGE && job->in.target.n)
		return err_set(
			err, ERR_NOT_FOUND, "there is no stage %s%s",
			str_quoted(job->in.target).text,
			dockerfile_graph_hint(&job->graph, n, job->in.target)
				.text);
	f->needs = arena_array(f->arena, n, sizeof *f->needs, err);
	f->ships = arena_array(f->arena, n, sizeof *f->ships, err);
	if (!f->needs || !f->ships)
		return -1;
	dockerfile_graph_reach(&job->graph, f->target, f->needs, f->ships);
	return 0;
}

/* The order is that of need: values ask the graph, copies ask values, a RUN's
 * shell may be named by a pragma, commands are read by that shell, bases are
 * judged when all else is known. */
int lint_read_facts(struct lint_job *job, struct err *err)
{
	struct lint_file *f = &job->file;
	*f = (struct lint_file){
		.path = job->in.path,
		.arena = &job->arena,
		.df = &job->df,
		.graph = &job->graph,
		.settings =
			job->in.settings ? job->in.settings : &job->no_settings,
		.context_fd = -1,
		.contexts = job->in.contexts,
		.n_contexts = job->in.n_contexts,
		.memo = &job->memo,
	};
	if (dockerfile_graph_read(&job->df, job->in.args, job->in.n_args,
				  f->arena, &job->graph, err) < 0 ||
	    find_target(job, err) < 0 || lint_read_stages(f, err) < 0 ||
	    lint_read_values(f, err) < 0 || lint_read_copies(f, err) < 0 ||
	    lint_read_pragmas(job, err) < 0 || lint_find_windows(f, err) < 0 ||
	    read_runs(job, err) < 0 || lint_read_copied_scripts(f, err) < 0 ||
	    lint_read_trailing(job, err) < 0 || lint_find_bases(job, err) < 0 ||
	    lint_read_apt(f, err) < 0)
		return -1;
	if (lint_open_context(job, err) < 0)
		return -1;
	f->built = job->in.built;
	const struct lint_measurer *m = job->in.measurer;
	return m ? m->measure(m, f, &f->measured, err) : 0;
}
