/* SPDX-License-Identifier: Apache-2.0 */
#include "work/context.h"

#include "base/atomic_file.h"
#include "base/pool.h"

void work_context_done(struct work_context *w)
{
	context_done(&w->c);
	work_context_files_done(&w->files);
}

int work_context_open(const struct work_context_options *opt,
		      struct work_context *w, struct err *err)
{
	struct context_files *f = &w->files;
	w->opt = *opt;
	f->dir = opt->dir;
	f->file = opt->file;
	f->builder = opt->builder;
	if (work_context_files_read(f, err) < 0)
		return -1;
	if (f->passed_over.n)
		work_note(&opt->events, WORK_NOTE,
			  "%s is passed over, as docker does; podman reads it "
			  "and not %s: --builder says which counts",
			  f->passed_over.p, f->ignore_name.p);
	return 0;
}

static struct str target_of(const struct work_context *w)
{
	return w->opt.target ? str_of(w->opt.target) : (struct str){ 0 };
}

int work_context_walk(struct work_context *w, struct err *err)
{
	const struct context_files *f = &w->files;
	unsigned threads = w->opt.threads ? w->opt.threads : pool_cpus();
	struct str target = target_of(w);
	if (target.n && !f->has_dockerfile)
		return err_set(err, ERR_NOT_FOUND,
			       "--target %s: there is no Dockerfile that could "
			       "have it",
			       str_quoted(target).text);
	if (context_read(f->rootfd, threads, w->opt.limits, &w->c, err) < 0)
		return -1;
	if (context_read_ignore(&w->c, buf_str(&f->ignore), err) < 0)
		return err_ctx(err, "%s", f->ignore_name.p);
	return 0;
}

int work_context_judge(struct work_context *w, struct err *err)
{
	struct context_files *f = &w->files;
	if (f->has_dockerfile &&
	    context_read_dockerfile(&w->c, buf_str(&f->dockerfile),
				    target_of(w), w->opt.args, w->opt.n_args,
				    err) < 0)
		return err_ctx(err, "%.*s",
			       STR_ARG(work_context_dockerfile(w)));
	/* An ignore file of one Dockerfile's own is nobody else's concern. */
	if (f->shared && work_context_files_others(f, &w->c, err) < 0)
		return -1;
	bool is_new = f->shared && !f->has_ignore;
	return context_conclude(&w->c, is_new ? f->ignore_base : NULL, err);
}

int work_context_check(const struct work_context *w, struct err *err)
{
	if (!w->c.problem.line)
		return 0;
	return err_set(err, ERR_CORRUPT,
		       "%.*s:%u:%u: %s; what it copies is not known",
		       STR_ARG(work_context_dockerfile(w)), w->c.problem.line,
		       w->c.problem.column, w->c.problem.message);
}

int work_context_write(const struct work_context *w, struct err *err)
{
	scoped(buf_done) struct buf text = BUF_INIT(UINT32_MAX / 2);
	const struct context_files *f = &w->files;
	if (w->c.advice.n == 0)
		return 0;
	if (context_compose_ignore(buf_str(&f->ignore), &w->c.advice, &text,
				   err) < 0)
		return -1;
	if (atomic_file_save_found(f->ignore_dir, f->ignore_base,
				   f->has_ignore ? &f->ignore_id : NULL,
				   buf_str(&text), err) < 0)
		return err_ctx(err, "%s", f->ignore_name.p);
	return 0;
}

void work_why_done(struct work_why *w)
{
	ignore_done(&w->patterns);
	arena_done(&w->arena);
	w->path = (struct str){ 0 };
}

int work_context_why(const struct work_context *w, const char *path,
		     struct work_why *out, struct err *err)
{
	*out = (struct work_why){ 0 };
	if (ignore_parse(buf_str(&w->files.ignore), &out->patterns, err) < 0)
		return err_ctx(err, "%s", w->files.ignore_name.p);
	return context_clean_path(str_of(path), &out->arena, &out->path, err);
}

struct str work_context_dockerfile(const struct work_context *w)
{
	const struct context_files *f = &w->files;
	if (!f->has_dockerfile)
		return STR("");
	return f->dockerfile_name.n ? buf_str(&f->dockerfile_name) : STR("-");
}
