/* SPDX-License-Identifier: Apache-2.0 */
/* shellcheck starts slowly and takes many files at once. So the scripts of a
 * batch of Dockerfiles are written as files, equal ones once, what was answered
 * before is taken from the cache, and the rest goes to as few processes as keep
 * the threads busy:
 *
 *	job 1: a b	job 2: b c	files 0 = a, 1 = b, 2 = c
 *	known: a			one process for 1 and 2
 *
 * Its findings are handed to each job with the places of that job's own file.
 */
#include "lint/shellcheck/shellcheck.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/pool.h"
#include "lint/shellcheck/shellcheck_answer.h"
#include "lint/shellcheck/shellcheck_memory.h"
#include "lint/shellcheck/shellcheck_process.h"
#include "lint/shellcheck/shellcheck_script.h"

enum { OUTPUT_MAX = 64 << 20, BATCH_MIN = 64 };

/* All scripts of all jobs, in their order. */
struct batch {
	struct arena arena;
	struct check_script *scripts;
	size_t n, cap;
	struct check_dir dir;
	struct str program;
	struct check_memory memory;
	const struct shellcheck_options *options;
};
#define BATCH_INIT                     \
	{                              \
		.dir = CHECK_DIR_INIT, \
	}

static void batch_done(struct batch *b)
{
	lint_shellcheck_dir_done(&b->dir);
	arena_done(&b->arena);
}

/* --- scripts -------------------------------------------------------------- */

static int add_script(struct batch *b, const struct check_script *s,
		      struct err *err)
{
	if (arena_grow(&b->arena, &b->scripts, b->n, &b->cap, sizeof *s, err) <
	    0)
		return -1;
	b->scripts[b->n++] = *s;
	return 0;
}

/* Any code at all? Then "all", "SC" and the like were not ruled out. */
static bool wants_any(const struct lint_job *job)
{
	char id[12];
	for (unsigned code = 1000; code < 4000; code++) {
		snprintf(id, sizeof id, "SC%04u", code);
		if (lint_job_wants(job, str_of(id)))
			return true;
	}
	return false;
}

static int collect_runs(struct batch *b, struct lint_job *job,
			const struct lint_run *runs, size_t n, struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		struct check_script s;
		int r = lint_shellcheck_script_make(job, &runs[i], &b->arena,
						    &s, err);
		if (r < 0 || (r > 0 && add_script(b, &s, err) < 0))
			return -1;
	}
	return 0;
}

static int collect(struct batch *b, struct lint_job *const *jobs, size_t n,
		   struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		if (!jobs[i] || !wants_any(jobs[i]))
			continue;
		const struct lint_file *f = lint_job_file(jobs[i]);
		if (collect_runs(b, jobs[i], f->runs, f->n_runs, err) < 0 ||
		    collect_runs(b, jobs[i], f->copied_scripts,
				 f->n_copied_scripts, err) < 0)
			return -1;
	}
	return 0;
}

static int by_text(const void *a, const void *b)
{
	const struct check_script *const *x = a, *const *y = b;
	int d = str_cmp((*x)->text, (*y)->text);
	return d ? d : (*x > *y) - (*x < *y);
}

/* The scripts, equal ones side by side. */
static struct check_script **in_order(struct batch *b, struct err *err)
{
	struct check_script **order =
		arena_array(&b->arena, b->n, sizeof *order, err);
	for (size_t i = 0; order && i < b->n; i++)
		order[i] = &b->scripts[i];
	if (order && b->n)
		qsort(order, b->n, sizeof *order, by_text);
	return order;
}

/* Hands an answer about the one text of these scripts to all of them. 0: it
 * is none. */
static int add_known(struct batch *b, struct check_script *const *same,
		     size_t n, struct str text, struct err *err)
{
	struct check_script *v = arena_array(&b->arena, n, sizeof *v, err);
	struct check_uses uses = { .scripts = v, .n = n };
	struct check_answer answer = { .text = text, .to = 1, .uses = &uses };
	if (!v)
		return -1;
	for (size_t i = 0; i < n; i++) {
		v[i] = *same[i];
		v[i].file = 0;
	}
	if (lint_shellcheck_uses_make(&uses, 1, &b->arena, err) < 0)
		return -1;
	if (lint_shellcheck_answer_add(&answer, err) == 0)
		return 1;
	if (err->code == ERR_NOMEM)
		return -1;
	err_clear(err);
	return 0;
}

/* What was said before of a script is taken; the others are left. */
static int recall(struct batch *b, struct err *err)
{
	scoped(buf_done) struct buf said = BUF_INIT(OUTPUT_MAX);
	struct check_script **order = in_order(b, err);
	size_t n = 0;
	if (!order)
		return -1;
	for (size_t i = 0, to; i < b->n; i = to) {
		for (to = i + 1;
		     to < b->n && str_eq(order[to]->text, order[i]->text);)
			to++;
		buf_reset(&said);
		int r = lint_shellcheck_memory_get(&b->memory, order[i]->text,
						   &said, err);
		if (r > 0)
			r = add_known(b, order + i, to - i, buf_str(&said),
				      err);
		if (r < 0)
			return -1;
		for (size_t k = i; k < to; k++)
			order[k]->job = r > 0 ? NULL : order[k]->job;
	}
	for (size_t i = 0; i < b->n; i++)
		if (b->scripts[i].job)
			b->scripts[n++] = b->scripts[i];
	b->n = n;
	return 0;
}

/* Numbers the files, equal scripts alike, and writes them. */
static int write_files(struct batch *b, struct err *err)
{
	struct check_script **order = in_order(b, err);
	if (!order || lint_shellcheck_dir_make(&b->dir, err) < 0)
		return -1;
	for (size_t i = 0; i < b->n; i++) {
		if ((i == 0 || !str_eq(order[i]->text, order[i - 1]->text)) &&
		    lint_shellcheck_dir_add(&b->dir, order[i]->text, err) < 0)
			return -1;
		order[i]->file = b->dir.n - 1;
	}
	return 0;
}

/* --- one process ---------------------------------------------------------- */

/* Files [from, to). */
struct part {
	struct task task;
	const struct batch *b;
	size_t from, to;
	struct buf out;
};

static int make_arguments(const struct part *p, struct arena *a, char ***out,
			  struct err *err)
{
	static const char *const head[] = { "--norc", "--format=json1",
					    "--severity=style", "--" };
	size_t n = 1 + ARRAY_LEN(head), files = p->to - p->from;
	char **argv = arena_array(a, n + files + 1, sizeof *argv, err);
	char(*names)[24] = arena_array(a, files, sizeof *names, err);
	if (!argv || !names)
		return -1;
	argv[0] = (char *)p->b->program.p;
	for (size_t i = 0; i < ARRAY_LEN(head); i++)
		argv[i + 1] = (char *)head[i];
	for (size_t i = 0; i < files; i++) {
		snprintf(names[i], sizeof names[i], "%zu", p->from + i);
		argv[n + i] = names[i];
	}
	*out = argv;
	return 0;
}

static int run_part(struct task *t, struct err *err)
{
	struct part *p = container_of(t, struct part, task);
	scoped(arena_done) struct arena a = { 0 };
	struct quoted said;
	char **argv;
	uint32_t ms = p->b->options->timeout_ms;
	if (make_arguments(p, &a, &argv, err) < 0)
		return -1;
	int status = lint_shellcheck_process_run(
		&p->b->dir, argv, ms ? ms : SHELLCHECK_TIMEOUT_MS, &p->out,
		&said, err);
	if (status <= 1)
		return status;
	return err_set(err, ERR_IO, "%s ended with status %d%s%s", argv[0],
		       status, said.text[0] ? ": " : "", said.text);
}

/* --- all of them ---------------------------------------------------------- */

static size_t part_size(const struct batch *b)
{
	size_t threads = MAX(b->options->threads, 1u);
	size_t even = (b->dir.n + threads - 1) / threads;
	return MIN(MAX(even, (size_t)BATCH_MIN), (size_t)SHELLCHECK_BATCH);
}

static int read_part(const struct part *p, const struct check_uses *uses,
		     struct err *err)
{
	struct check_answer answer = { .text = buf_str(&p->out),
				       .from = p->from,
				       .to = p->to,
				       .uses = uses };
	int r = lint_shellcheck_answer_add(&answer, err);
	if (r == 0)
		return lint_shellcheck_memory_put(&p->b->memory, &answer, err);
	return r < 0 && err->code != ERR_NOMEM
		       ? err_ctx(err, "%s", p->b->program.p)
		       : r;
}

static int run_parts(struct batch *b, struct part *parts, size_t n,
		     struct err *err)
{
	scoped(pool_close) struct pool *pool = NULL;
	struct check_uses uses = { .scripts = b->scripts, .n = b->n };
	size_t size = part_size(b);
	struct task *t;
	int r;
	if (lint_shellcheck_uses_make(&uses, b->dir.n, &b->arena, err) < 0 ||
	    pool_new(MAX(b->options->threads, 1u), &pool, err) < 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		parts[i] = (struct part){ .task.run = run_part,
					  .b = b,
					  .from = i * size,
					  .to = MIN((i + 1) * size, b->dir.n),
					  .out = BUF_INIT(OUTPUT_MAX) };
		pool_submit(pool, &parts[i].task);
	}
	while ((r = pool_next(pool, &t, err)) > 0) {
		struct part *p = container_of(t, struct part, task);
		if (read_part(p, &uses, err) < 0)
			return -1;
		buf_done(&p->out);
	}
	return r;
}

/* Its findings were looked for, so a pragma about them can be unused. */
static void tell_jobs(struct lint_job *const *jobs, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (jobs[i] && wants_any(jobs[i]))
			lint_job_ran(jobs[i], "SC");
}

int lint_shellcheck_run(struct lint_job *const *jobs, size_t n,
			const struct shellcheck_options *options,
			struct err *err)
{
	scoped(batch_done) struct batch b = BATCH_INIT;
	b.options = options;
	int r = lint_shellcheck_program_find(options->program, &b.program,
					     &b.arena, err);
	if (r <= 0)
		return r;
	if (lint_shellcheck_memory_open(options->cache, b.program, &b.arena,
					&b.memory, err) < 0 ||
	    collect(&b, jobs, n, err) < 0 || recall(&b, err) < 0)
		return -1;
	if (b.n > 0) {
		if (write_files(&b, err) < 0)
			return -1;
		size_t n_parts = (b.dir.n + part_size(&b) - 1) / part_size(&b);
		struct part *parts =
			arena_array(&b.arena, n_parts, sizeof *parts, err);
		if (!parts)
			return -1;
		r = run_parts(&b, parts, n_parts, err);
		for (size_t i = 0; i < n_parts; i++)
			buf_done(&parts[i].out);
		if (r < 0)
			return -1;
	}
	tell_jobs(jobs, n);
	return 1;
}
