/* SPDX-License-Identifier: Apache-2.0 */
#include "work/lint_files.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "base/slurp.h"
#include "work/lint_find.h"
#include "lint/table.h"

/* Files that are open at once: enough for one shellcheck to be worth its
 * start, few enough to weigh some megabytes. */
enum { BATCH = 256 };

/* The directory that a file is in; in the batch's arena. */
static int directory_of(struct lint_files *f, const struct lint_target *t,
			const char **out, struct err *err)
{
	struct str dir = STR("."), path = t->path;
	if (t->is_inline)
		path.n = str_find(path, '#');
	bool nameless = t->is_stdin && !f->opt->stdin_name;
	for (size_t i = path.n; i-- > 0 && !nameless;)
		if (path.p[i] == '/') {
			dir = (struct str){ path.p, i ? i : 1 };
			break;
		}
	if (arena_str(&f->batch_arena, dir, &dir, err) < 0)
		return -1;
	*out = dir.p;
	return 0;
}

/* A path in a configuration is relative to the configuration's directory, not
 * to where the command was run. */
static int from_config(struct lint_files *f, const struct lint_setup *u,
		       struct str path, const char **out, struct err *err)
{
	scoped(buf_done) struct buf b = BUF_INIT(1 << 16);
	struct str kept;
	bool absolute = path.n && path.p[0] == '/';
	if ((!absolute && buf_addf(&b, err, "%s/", u->dir) < 0) ||
	    buf_str_add(&b, path, err) < 0 ||
	    arena_str(&f->batch_arena, buf_str(&b), &kept, err) < 0)
		return -1;
	*out = kept.p;
	return 0;
}

static int find_context(struct lint_files *f, struct work_lint_file *w,
			const char *dir, struct err *err)
{
	const struct lint_config *c = &w->setup->config;
	w->context = f->opt->context ? f->opt->context : w->target->context;
	if (!w->context && c->context.n)
		return from_config(f, w->setup, c->context, &w->context, err);
	if (!w->context)
		w->context = dir;
	return 0;
}

/* The first of a name counts: options, then the compose file, then the
 * configuration. */
static int gather_args(struct lint_files *f, struct work_lint_file *w,
		       struct err *err)
{
	const struct lint_config *c = &w->setup->config;
	const struct work_lint_options *opt = f->opt;
	const struct lint_target *t = w->target;
	w->args = arena_array(&f->batch_arena,
			      opt->n_args + t->n_args + c->n_args,
			      sizeof *w->args, err);
	if (!w->args)
		return -1;
	for (size_t i = 0; i < opt->n_args; i++)
		w->args[w->n_args++] = opt->args[i];
	for (size_t i = 0; i < t->n_args; i++)
		w->args[w->n_args++] = t->args[i];
	for (size_t i = 0; i < c->n_args; i++)
		w->args[w->n_args++] = c->args[i];
	return 0;
}

static int read_text(struct work_lint_file *w, struct err *err)
{
	const struct lint_target *t = w->target;
	if (t->is_inline)
		return buf_str_add(&w->text, t->text, err);
	int fd = t->is_stdin ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
			     : io_open(AT_FDCWD, t->path.p, O_RDONLY, 0, err);
	if (fd < 0)
		return err->code ? err_ctx(err, "%s", t->path.p)
				 : err_sys(err, "%s", t->path.p);
	if (slurp_fd(fd, t->path.p, &w->text, err) == 0)
		return 0;
	if (err->code == ERR_LIMIT) {
		err_clear(err);
		err_set(err, ERR_LIMIT, "%s: over %d bytes are no Dockerfile",
			t->path.p, DF_SIZE_MAX);
	}
	return -1;
}

static struct str target_of(const struct work_lint_file *w)
{
	const char *said = w->files->opt->target;
	if (said)
		return str_of(said);
	return w->target->target.n ? w->target->target
				   : w->setup->config.target;
}

/* What is wrong with a file stays with that file and stops no other; only what
 * ends the whole run (no memory, a signal) is the task's error. */
static int run(struct task *task, struct err *err)
{
	struct work_lint_file *w = (struct work_lint_file *)task;
	const struct lint_files *f = w->files;
	if (w->why.code)
		return 0;
	if (w->target->err) {
		w->why = *w->target->err;
		return 0;
	}
	if (read_text(w, &w->why) < 0)
		return 0;
	struct lint_input in = { .path = w->target->path,
				 .text = buf_str(&w->text),
				 .rules = &lint_all_rules,
				 .choice = &w->setup->choice,
				 .settings = &w->setup->settings,
				 .args = w->args,
				 .n_args = w->n_args,
				 .contexts = w->target->contexts,
				 .n_contexts = w->target->n_contexts,
				 .target = target_of(w),
				 .context = w->context,
				 .base = f->base,
				 .measurer = f->measurer,
				 .built = f->built };
	int r = lint_open(&in, &w->job, &w->why);
	/* Only who names both file and stage says that the one has the
	 * other. */
	bool insists = f->opt->target && w->target->named;
	if (r < 0 && w->why.code == ERR_NOT_FOUND && !insists) {
		err_clear(&w->why);
		in.target = (struct str){ 0 };
		r = lint_open(&in, &w->job, &w->why);
	}
	if (r == 0)
		return 0;
	if (w->why.code == ERR_NOMEM || w->why.code == ERR_CANCELLED) {
		*err = w->why;
		return -1;
	}
	return err_ctx(&w->why, "%s", w->target->path.p), 0;
}

/* A broken .pare.yaml is somebody's own: the files that it is for cannot be
 * looked at, all others can. hadolint's is for all of the run, and what loosens
 * a lock is a wrong option of it. */
static bool is_of_the_run(struct lint_files *f, const char *dir,
			  const struct err *err)
{
	return err->code == ERR_NOMEM || err->code == ERR_CANCELLED ||
	       err->code == ERR_USAGE || !work_lint_find_own(&f->arena, dir);
}

static int find_setup(struct lint_files *f, struct work_lint_file *w,
		      const char *dir, struct err *err)
{
	if (work_lint_setup_for(&f->setups, dir, &w->setup, err) == 0)
		return 0;
	if (is_of_the_run(f, dir, err))
		return -1;
	w->why = *err;
	err_clear(err);
	w->setup = f->leading;
	return err_ctx(&w->why, "%s", w->target->path.p), 0;
}

static int prepare(struct lint_files *f, struct work_lint_file *w,
		   const struct lint_target *t, struct err *err)
{
	const char *dir;
	*w = (struct work_lint_file){ .task.run = run,
				      .target = t,
				      .files = f,
				      .text.max = DF_SIZE_MAX + 1 };
	if (directory_of(f, t, &dir, err) < 0 || find_setup(f, w, dir, err) < 0)
		return -1;
	return find_context(f, w, dir, err) < 0 ? -1 : gather_args(f, w, err);
}

static int make_rooms(struct lint_files *f, struct err *err)
{
	size_t count = f->targets.n;
	f->results = calloc(count + 1, sizeof *f->results);
	f->setups_of = calloc(count + 1, sizeof *f->setups_of);
	f->work = calloc(BATCH, sizeof *f->work);
	f->jobs = calloc(BATCH, sizeof *f->jobs);
	if (!f->results || !f->setups_of || !f->work || !f->jobs)
		return err_nomem(err, count * sizeof *f->results);
	return 0;
}

int work_lint_files_open(const struct work_lint_options *opt,
			 struct lint_files *out, struct err *err)
{
	struct stat st;
	const char *dir;
	*out = (struct lint_files){ .opt = opt };
	if (opt->context && stat(opt->context, &st) < 0)
		return err_sys(err, "--context %s", opt->context);
	if (opt->context && !S_ISDIR(st.st_mode))
		return err_set(err, ERR_UNSUPPORTED,
			       "--context %s: this is no directory",
			       opt->context);
	if (work_lint_setups_open(opt, &out->setups, err) < 0 ||
	    work_lint_targets_find(out, err) < 0 || make_rooms(out, err) < 0)
		return -1;
	if (out->targets.n == 0)
		return 0;
	if (directory_of(out, &out->targets.v[0], &dir, err) < 0)
		return -1;
	if (work_lint_setup_for(&out->setups, dir, &out->leading, err) == 0)
		return 0;
	if (is_of_the_run(out, dir, err))
		return -1;
	/* Its files are told one by one. */
	err_clear(err);
	return work_lint_setup_plain(&out->setups, &out->leading, err);
}

static void close_batch(struct lint_files *f)
{
	for (size_t i = 0; i < f->n; i++) {
		lint_close(&f->work[i].job);
		buf_done(&f->work[i].text);
	}
	arena_done(&f->batch_arena);
	f->n = 0;
}

/* As many as there may be descriptors for: each file that is looked at needs up
 * to EACH for itself, its context and ignore files. Under a low RLIMIT_NOFILE a
 * run is slower, but does not fail. */
static unsigned threads_for(const struct lint_files *f, unsigned threads)
{
	enum { OWN = 16, EACH = 8 };
	struct rlimit lim;
	rlim_t most = threads;
	if (getrlimit(RLIMIT_NOFILE, &lim) == 0 &&
	    lim.rlim_cur != RLIM_INFINITY)
		most = lim.rlim_cur > OWN ? (lim.rlim_cur - OWN) / EACH : 1;
	threads = (unsigned)MIN((rlim_t)threads, most);
	return (unsigned)MIN((size_t)MAX(threads, 1u), f->n);
}

static int look(struct lint_files *f, unsigned threads, struct err *err)
{
	scoped(pool_close) struct pool *pool = NULL;
	struct task *t;
	int r;
	if (pool_new(threads_for(f, threads), &pool, err) < 0)
		return -1;
	for (size_t i = 0; i < f->n; i++)
		pool_submit(pool, &f->work[i].task);
	while ((r = pool_next(pool, &t, err)) > 0)
		;
	return r;
}

int work_lint_files_look(struct lint_files *f, unsigned threads,
			 struct err *err)
{
	size_t left = f->targets.n - f->n_results;
	close_batch(f);
	for (; f->n < MIN(left, (size_t)BATCH); f->n++) {
		size_t at = f->n_results + f->n;
		struct work_lint_file *w = &f->work[f->n];
		if (prepare(f, w, &f->targets.v[at], err) < 0)
			return -1;
		f->setups_of[at] = w->setup;
	}
	if (f->n == 0)
		return 0;
	if (look(f, threads, err) < 0)
		return -1;
	for (size_t i = 0; i < f->n; i++)
		f->jobs[i] = f->work[i].job;
	return 1;
}

static int keep_error(struct lint_files *f, const struct work_lint_file *w,
		      struct finding_list *r, struct err *err)
{
	struct err *kept = arena_alloc(&f->arena, sizeof *kept, err);
	if (!kept)
		return -1;
	*kept = w->why;
	r->err = kept;
	return 0;
}

int work_lint_files_finish(struct lint_files *f, struct err *err)
{
	for (size_t i = 0; i < f->n; i++) {
		struct work_lint_file *w = &f->work[i];
		struct finding_list *r = &f->results[f->n_results];
		if (w->job && lint_finish(&w->job, &f->arena, r, err) < 0)
			return -1;
		if (w->why.code && keep_error(f, w, r, err) < 0)
			return -1;
		r->path = w->target->path;
		f->n_results++;
	}
	close_batch(f);
	return 0;
}

const struct lint_setup *work_lint_files_setup(const struct lint_files *f)
{
	return f->leading;
}

void work_lint_files_close(struct lint_files *f)
{
	close_batch(f);
	free(f->work);
	free(f->jobs);
	free(f->results);
	free(f->setups_of);
	work_lint_setups_done(&f->setups);
	arena_done(&f->arena);
	*f = (struct lint_files){ 0 };
}

int work_lint_files_refuse_place(const struct lint_files *f,
				 const struct place *at, struct err *err)
{
	struct stat st;
	for (size_t i = 0; at->exists && i < f->targets.n; i++) {
		const struct lint_target *t = &f->targets.v[i];
		int r = t->is_stdin    ? fstat(STDIN_FILENO, &st)
			: t->is_inline ? -1
				       : stat(t->path.p, &st);
		if (r == 0 && S_ISREG(st.st_mode) &&
		    st.st_dev == at->st.st_dev && st.st_ino == at->st.st_ino)
			return err_set(err, ERR_USAGE,
				       "this is a file that is read; name "
				       "another, or replace it with --force");
	}
	return 0;
}
