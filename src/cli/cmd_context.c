/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "base/pool.h"
#include "base/stream.h"
#include "cli/option.h"
#include "dockerfile/ignore_glob.h"
#include "report/context.h"
#include "source/aside.h"

enum { ARGS_MAX = 256, OTHERS_MAX = 200, OTHER_BYTES_MAX = 1 << 20 };

struct build_args {
	struct df_arg v[ARGS_MAX];
	size_t n;
};

struct context_options {
	const char *file, *target, *why;
	struct build_args args;
	int64_t depth;
	bool write, diff;
};

static const struct context_options defaults = { .depth = 1 };

/* NAME=VALUE, or NAME alone: what the environment says, as docker does. */
static int parse_arg(const char *value, void *target, struct err *err)
{
	struct build_args *a = target;
	struct df_arg *arg = &a->v[a->n];
	if (a->n == ARGS_MAX)
		return err_set(err, ERR_USAGE, "over %d --build-arg", ARGS_MAX);
	*arg = (struct df_arg){ 0 };
	if (!str_cut(str_of(value), '=', &arg->name, &arg->value)) {
		const char *set = getenv(value);
		if (!set)
			return 0;
		*arg = (struct df_arg){ str_of(value), str_of(set) };
	}
	a->n++;
	return 0;
}

static const struct option options[] = {
	{ .name = "file",
	  .letter = 'f',
	  .arg = "DOCKERFILE",
	  .type = OPT_STRING,
	  .kind = VALUE_FILE,
	  .at = offsetof(struct context_options, file),
	  .help = "the Dockerfile, from here or else from DIR; - is stdin",
	  .initial = "DIR/Dockerfile",
	  .since = "0.1" },
	{ .name = "target",
	  .arg = "STAGE",
	  .type = OPT_STRING,
	  .at = offsetof(struct context_options, target),
	  .help = "the stage that is built",
	  .initial = "the last one",
	  .since = "0.1" },
	{ .name = "build-arg",
	  .arg = "NAME=VALUE",
	  .type = OPT_PARSED,
	  .parse = parse_arg,
	  .at = offsetof(struct context_options, args),
	  .help = "the value of an ARG; may be repeated",
	  .since = "0.1" },
	{ .name = "why",
	  .arg = "PATH",
	  .type = OPT_STRING,
	  .kind = VALUE_FILE,
	  .at = offsetof(struct context_options, why),
	  .help = "is PATH (relative to DIR) sent, and which pattern says so",
	  .since = "0.1" },
	{ .name = "write",
	  .type = OPT_FLAG,
	  .at = offsetof(struct context_options, write),
	  .help = "make the ignore file, or add lines to it",
	  .since = "0.1" },
	{ .name = "diff",
	  .type = OPT_FLAG,
	  .at = offsetof(struct context_options, diff),
	  .help = "show what --write would change, and change nothing",
	  .since = "0.1" },
	{ .name = "depth",
	  .arg = "N",
	  .type = OPT_INT,
	  .at = offsetof(struct context_options, depth),
	  .min = 0,
	  .max = 1000,
	  .help = "how deep the list of directories goes",
	  .initial = "1",
	  .since = "0.1" },
};

/* What the command reads and where it is from. */
struct job {
	const struct invocation *inv;
	const struct context_options *opt;
	int rootfd;
	struct buf dockerfile, ignore; /* texts */
	struct buf dockerfile_name, ignore_name;
	bool has_dockerfile, has_ignore;
	bool shared; /* the ignore file is DIR/.dockerignore */
	struct stat dockerfile_id;
	struct buf *others; /* texts */
	size_t n_others;
	struct context c;
};

static void job_done(struct job *j)
{
	context_done(&j->c);
	for (size_t i = 0; i < j->n_others; i++)
		buf_done(&j->others[i]);
	free(j->others);
	buf_done(&j->dockerfile);
	buf_done(&j->ignore);
	buf_done(&j->dockerfile_name);
	buf_done(&j->ignore_name);
	if (j->rootfd >= 0)
		close(j->rootfd);
	j->rootfd = -1;
}

static void warn(const struct job *j, const char *fmt, ...) printf_like(2, 3);
static void warn(const struct job *j, const char *fmt, ...)
{
	va_list ap;
	if (j->inv->common.quiet)
		return;
	va_start(ap, fmt);
	fputs("pare context: ", stderr);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
}

/* Takes over fd. */
static int slurp(int fd, const char *name, struct buf *out, struct err *err)
{
	scoped(stream_close) struct stream *s = NULL;
	if (fd_open(fd, name, &s, err) < 0)
		return -1;
	return stream_slurp(s, out, err);
}

/* A regular file of the context, links followed within it. 1: it is open;
 * 0: there is none. */
static int open_inside(const struct job *j, const char *name, int *fd,
		       struct stat *st, struct err *err)
{
	*fd = path_at(j->rootfd, name, O_RDONLY | O_NONBLOCK, 0, err);
	if (*fd < 0) {
		bool none = err->sys == ENOENT || err->sys == ENOTDIR;
		if (none)
			err_clear(err);
		return none ? 0 : -1;
	}
	if (fstat(*fd, st) == 0 && S_ISREG(st->st_mode))
		return 1;
	close(*fd);
	return err_set(err, ERR_UNSUPPORTED, "%s: not a regular file", name);
}

static int set_name(struct buf *b, const char *dir, const char *name,
		    struct err *err)
{
	if (dir && strcmp(dir, ".") == 0)
		dir = NULL;
	size_t n = dir ? strlen(dir) : 0;
	bool slash = n && dir[n - 1] != '/';
	b->max = 1 << 16;
	buf_reset(b);
	if (buf_addf(b, err, "%s%s%s", dir ? dir : "", slash ? "/" : "", name) <
	    0)
		return -1;
	return buf_cstr(b) ? 0 : err_nomem(err, b->n);
}

/* DIR/Dockerfile, or DIR/dockerfile, as BuildKit; podman's name, too. */
static int find_dockerfile(struct job *j, struct err *err)
{
	static const char *const names[] = { "Dockerfile", "dockerfile",
					     "Containerfile" };
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		int fd;
		int r = open_inside(j, names[i], &fd, &j->dockerfile_id, err);
		if (r < 0)
			return -1;
		if (r == 0)
			continue;
		j->has_dockerfile = true;
		if (set_name(&j->dockerfile_name, j->inv->args[0], names[i],
			     err) < 0) {
			close(fd);
			return -1;
		}
		return slurp(fd, j->dockerfile_name.p, &j->dockerfile, err);
	}
	return 0;
}

/* -f: from where we are, else from DIR. */
static int open_dockerfile(struct job *j, struct err *err)
{
	const char *name = j->opt->file;
	int fd;
	if (strcmp(name, "-") == 0) {
		fd = dup(STDIN_FILENO);
	} else {
		fd = open(name, O_RDONLY | O_CLOEXEC);
		if (fd < 0 && errno == ENOENT && name[0] != '/') {
			if (set_name(&j->dockerfile_name, j->inv->args[0], name,
				     err) < 0)
				return -1;
			fd = open(j->dockerfile_name.p, O_RDONLY | O_CLOEXEC);
		} else if (set_name(&j->dockerfile_name, NULL, name, err) < 0) {
			return -1;
		}
	}
	if (fd < 0)
		return err_sys(err, "%s", name);
	if (fstat(fd, &j->dockerfile_id) < 0) {
		close(fd);
		return err_sys(err, "%s", name);
	}
	j->has_dockerfile = true;
	return slurp(fd, name, &j->dockerfile, err);
}

/* NAME.dockerignore beside the Dockerfile comes first. 1: read. */
static int read_own_rules(struct job *j, struct err *err)
{
	scoped(buf_done) struct buf name = BUF_INIT(1 << 16);
	if (!j->has_dockerfile || j->dockerfile_name.n == 0)
		return 0;
	if (buf_addf(&name, err, "%.*s.dockerignore",
		     STR_ARG(buf_str(&j->dockerfile_name))) < 0)
		return -1;
	const char *z = buf_cstr(&name);
	int fd = z ? open(z, O_RDONLY | O_NONBLOCK | O_CLOEXEC) : -1;
	if (fd < 0)
		return errno == ENOENT ? 0 : err_sys(err, "%s", z);
	if (set_name(&j->ignore_name, NULL, z, err) < 0) {
		close(fd);
		return -1;
	}
	return slurp(fd, z, &j->ignore, err) < 0 ? -1 : 1;
}

static int read_rules(struct job *j, struct err *err)
{
	struct stat st;
	int fd, r = read_own_rules(j, err);
	if (r != 0) {
		j->has_ignore = r > 0;
		return r < 0 ? -1 : 0;
	}
	j->shared = true;
	if (set_name(&j->ignore_name, j->inv->args[0], ".dockerignore", err) <
	    0)
		return -1;
	r = open_inside(j, ".dockerignore", &fd, &st, err);
	if (r <= 0)
		return r;
	j->has_ignore = true;
	return slurp(fd, j->ignore_name.p, &j->ignore, err);
}

static int read_files(struct job *j, struct err *err)
{
	const char *dir = j->inv->args[0];
	j->rootfd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (j->rootfd < 0)
		return err_sys(err, "%s", dir);
	j->dockerfile.max = DF_SIZE_MAX + 1;
	j->ignore.max = 64 << 20;
	if ((j->opt->file ? open_dockerfile(j, err) : find_dockerfile(j, err)) <
	    0)
		return -1;
	return read_rules(j, err);
}

/* Other Dockerfiles that live by the same ignore file: what they copy is not
 * to be left out either. One that cannot be read is passed over. */
static int read_others(struct job *j, struct err *err)
{
	scoped(buf_done) struct buf path = BUF_INIT(UINT32_MAX);
	j->others = calloc(OTHERS_MAX, sizeof *j->others);
	if (!j->others)
		return err_nomem(err, OTHERS_MAX * sizeof *j->others);
	for (uint32_t i = CONTEXT_ROOT;
	     j->n_others < OTHERS_MAX &&
	     (i = context_next_dockerfile(&j->c, i)) != CONTEXT_NONE;) {
		struct stat st;
		struct err bad = { 0 };
		int fd;
		buf_reset(&path);
		if (context_path(&j->c.tree, CONTEXT_ROOT, i, &path, err) < 0)
			return -1;
		const char *z = buf_cstr(&path);
		if (!z || open_inside(j, z, &fd, &st, &bad) <= 0)
			continue;
		if (st.st_size > OTHER_BYTES_MAX ||
		    (j->has_dockerfile &&
		     st.st_ino == j->dockerfile_id.st_ino &&
		     st.st_dev == j->dockerfile_id.st_dev)) {
			close(fd);
			continue;
		}
		struct buf *b = &j->others[j->n_others];
		b->max = OTHER_BYTES_MAX + 1;
		if (slurp(fd, z, b, &bad) < 0)
			continue;
		j->n_others++;
		if (context_also(&j->c, buf_str(b), err) < 0)
			return -1;
	}
	return 0;
}

static void warn_unread(const struct job *j)
{
	const struct context_tree *t = &j->c.tree;
	for (size_t i = 0; i < t->n_unread && i < 10; i++) {
		scoped(buf_done) struct buf path = BUF_INIT(UINT32_MAX);
		struct err ignored = { 0 };
		uint32_t e = t->unread[i].entry;
		if (context_path(t, CONTEXT_ROOT, e, &path, &ignored) == 0)
			warn(j, "%s: cannot be read: %s",
			     path.n ? str_quoted(buf_str(&path)).text : ".",
			     strerror(t->unread[i].sys));
	}
	if (t->n_unread > 10)
		warn(j, "and %zu more directories that cannot be read",
		     t->n_unread - 10);
}

static int look(struct job *j, struct err *err)
{
	const struct common *com = &j->inv->common;
	unsigned threads = com->jobs ? (unsigned)com->jobs : pool_cpus();
	struct str target =
		j->opt->target ? str_of(j->opt->target) : (struct str){ 0 };
	if (context_read(j->rootfd, threads, &com->limits, &j->c, err) < 0)
		return -1;
	warn_unread(j);
	if (context_rules(&j->c, buf_str(&j->ignore), err) < 0)
		return err_ctx(err, "%s", j->ignore_name.p);
	if (j->has_dockerfile &&
	    context_build(&j->c, buf_str(&j->dockerfile), target,
			  j->opt->args.v, j->opt->args.n, err) < 0)
		return err_ctx(err, "%s",
			       j->dockerfile_name.n ? j->dockerfile_name.p
						    : "-");
	if (j->shared && read_others(j, err) < 0)
		return -1;
	if (j->c.problem.line)
		warn(j, "%s:%u:%u: %s",
		     j->dockerfile_name.n ? j->dockerfile_name.p : "-",
		     j->c.problem.line, j->c.problem.column,
		     j->c.problem.message);
	return context_conclude(&j->c, j->shared && !j->has_ignore, err);
}

static int print(const struct buf *out, struct err *err)
{
	if ((out->n && fwrite(out->p, 1, out->n, stdout) != out->n) ||
	    fflush(stdout) != 0)
		return err_sys(err, "standard output");
	return 0;
}

/* Beside it, synced, renamed: never half of it is there. */
static int write_rules(const struct job *j, struct err *err)
{
	scoped(buf_done) struct buf text = BUF_INIT(UINT32_MAX / 2);
	scoped(aside_done) struct aside a = ASIDE_INIT;
	struct stat st;
	const char *name = j->ignore_name.p;
	if (lstat(name, &st) == 0 && S_ISLNK(st.st_mode))
		return err_set(err, ERR_UNSUPPORTED,
			       "%s: a link; put the lines of --diff where it "
			       "leads",
			       name);
	if (context_compose(buf_str(&j->ignore), &j->c.advice, &text, err) <
		    0 ||
	    aside_file(name, &a, err) < 0)
		return -1;
	for (size_t at = 0; at < text.n;) {
		ssize_t n = write(a.fd, text.p + at, text.n - at);
		if (n < 0)
			return err_sys(err, "%s", name);
		at += (size_t)n;
	}
	return aside_commit(&a, err);
}

static struct context_page page_of(const struct job *j)
{
	return (struct context_page){
		.root = str_of(j->inv->args[0]),
		.dockerfile = !j->has_dockerfile ? STR("")
			      : j->dockerfile_name.n
				      ? buf_str(&j->dockerfile_name)
				      : STR("-"),
		.ignore_file = buf_str(&j->ignore_name),
		.ignore_exists = j->has_ignore,
		.depth = (unsigned)j->opt->depth,
	};
}

static int answer_why(struct job *j, struct buf *out, struct err *err)
{
	scoped(ignore_done) struct ignore ig = { 0 };
	struct arena a = { 0 };
	struct str path;
	if (ignore_parse(buf_str(&j->ignore), &ig, err) < 0)
		return err_ctx(err, "%s", j->ignore_name.p);
	int r = context_clean(str_of(j->opt->why), &a, &path, err);
	struct context_why w = {
		.ig = &ig,
		.text = buf_str(&j->ignore),
		.ignore_file =
			j->has_ignore ? buf_str(&j->ignore_name) : STR(""),
		.path = path,
	};
	if (r == 0)
		r = report_context_why(&w, j->inv->common.format == FORMAT_JSON,
				       out, err);
	arena_done(&a);
	return r < 0 ? -1 : print(out, err);
}

static int report(const struct job *j, const struct context_page *p,
		  struct buf *out, struct err *err)
{
	const struct common *com = &j->inv->common;
	struct context_style style = { option_color(com, STDOUT_FILENO),
				       com->verbose };
	int r;
	if (com->format == FORMAT_JSON)
		r = report_context_json(&j->c, p, out, err);
	else if (j->opt->diff)
		r = report_context_diff(&j->c, p, out, err);
	else if (j->opt->write)
		r = report_context_written(&j->c, p, out, err);
	else
		r = report_context_text(&j->c, p, &style, out, err);
	return r < 0 ? -1 : print(out, err);
}

static int run(const struct invocation *inv, struct err *err)
{
	scoped(job_done) struct job j = { .inv = inv,
					  .opt = inv->options,
					  .rootfd = -1 };
	scoped(buf_done) struct buf out = BUF_INIT((size_t)1 << 34);
	const struct context_options *opt = j.opt;
	if ((opt->why != NULL) + opt->write + opt->diff > 1)
		return err_set(err, ERR_USAGE,
			       "one of --why, --write and --diff");
	if (read_files(&j, err) < 0)
		return -1;
	if (opt->why)
		return answer_why(&j, &out, err);
	if (look(&j, err) < 0)
		return -1;
	struct context_page p = page_of(&j);
	if ((opt->write || opt->diff) && j.c.problem.line)
		return err_set(err, ERR_CORRUPT,
			       "%.*s:%u:%u: %s; what it copies is not known",
			       STR_ARG(p.dockerfile), j.c.problem.line,
			       j.c.problem.column, j.c.problem.message);
	if (opt->write && j.c.advice.n) {
		if (write_rules(&j, err) < 0)
			return -1;
		p.written = true;
	}
	if (report(&j, &p, &out, err) < 0)
		return -1;
	return opt->diff && j.c.advice.n ? 1 : 0;
}

const struct command command_context = {
	.name = "context",
	.summary = "what is sent to the builder, and what of it is too much",
	.description =
		"Reads the ignore file as BuildKit does (NAME.dockerignore "
		"beside the Dockerfile, else DIR/.dockerignore) and tells how "
		"many files and bytes of DIR are sent, why they may be too "
		"much, what each COPY, ADD and bind mount takes, and what is "
		"sent but never copied.\n\n"
		"--write adds lines to the ignore file, or makes one. What a "
		"COPY names is never left out; where a COPY takes the whole "
		"context, only what no image needs is. Lines that are there "
		"stay as they are, and a second run changes nothing. See "
		"docs/context.md.",
	.since = "0.1",
	.operands = { { "DIR", VALUE_DIR, .required = true } },
	.examples = { { "pare context .", "what docker build . would send" },
		      { "pare context . -f build/Dockerfile --target test",
			"for one stage of another Dockerfile" },
		      { "pare context . --why src/app.log",
			"is it sent, and which line says so" },
		      { "pare context . --diff", "a better .dockerignore" },
		      { "pare context . --write", "the same, done" } },
	.options = options,
	.n_options = ARRAY_LEN(options),
	.defaults = &defaults,
	.options_size = sizeof(struct context_options),
	.common = COMMON_FORMAT | COMMON_JOBS | COMMON_LIMIT | COMMON_QUIET |
		  COMMON_VERBOSE | COMMON_COLOR,
	.exit_one = "--diff: --write would change something",
	.run = run,
};
