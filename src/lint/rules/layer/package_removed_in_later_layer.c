/* SPDX-License-Identifier: Apache-2.0 */
/*	RUN apt-get install -y gcc
 *	RUN make
 *	RUN apt-get purge -y gcc	the layer of line 1 keeps it
 *	RUN apt-get install -y gcc && make && apt-get purge -y gcc	fine
 *
 * A group (apk --virtual .build) goes by its name. rpm and dpkg are left out:
 * what they remove is often no package of this file. */
#include "lint/rule.h"
#include "lint/rules/content/build_tools.h"
#include "lint/facts/image_path.h"

/* Names that commands of RUNs which ship install, in the order of the file, to
 * be found by name: each removal asks. */
struct names {
	struct str *v;
	const struct lint_run **run; /* that each stands in */
	size_t n, cap, cap_run;
	struct str_index by_name;
};

struct installs {
	struct names packages, groups;
};

static int add(const struct lint_run *run, struct names *to, struct str name,
	       struct err *err)
{
	struct arena *a = run->file->arena;
	if (arena_grow(a, &to->v, to->n, &to->cap, sizeof *to->v, err) < 0 ||
	    arena_grow(a, &to->run, to->n, &to->cap_run, sizeof *to->run, err) <
		    0)
		return -1;
	to->v[to->n] = name;
	to->run[to->n++] = run;
	return 0;
}

static int read_run(const struct lint_run *run, struct installs *to,
		    struct err *err)
{
	for (size_t k = 0; k < run->n_commands; k++) {
		const struct lint_command *c = run->commands[k].inner;
		if (!lint_cmd_installs(c))
			continue;
		if (add(run, &to->groups, lint_cmd_group(c), err) < 0)
			return -1;
		for (size_t j = 1; j < c->n_args; j++)
			if (add(run, &to->packages,
				lint_package_name(c->args[j].text), err) < 0)
				return -1;
	}
	return 0;
}

static int sort(const struct lint_file *f, struct names *n, struct err *err)
{
	return str_index_make(&n->by_name, n->v, (uint32_t)n->n, f->arena, err);
}

static int read_installs(const struct lint_file *f, const struct installs **out,
			 struct err *err)
{
	*out = f->memo->installs;
	if (*out)
		return 0;
	struct installs *all = arena_alloc(f->arena, sizeof *all, err);
	for (size_t i = 0; all && i < f->n_runs; i++)
		if (lint_run_ships(f, &f->runs[i]) &&
		    read_run(&f->runs[i], all, err) < 0)
			return -1;
	if (!all || sort(f, &all->packages, err) < 0 ||
	    sort(f, &all->groups, err) < 0)
		return -1;
	*out = f->memo->installs = all;
	return 0;
}

/* The first name of a RUN at or behind the given one: runs are elements of one
 * array. */
static uint32_t first_of(const struct names *n, const struct lint_run *run)
{
	size_t from = 0, to = n->n;
	while (from < to) {
		size_t mid = from + (to - from) / 2;
		if (n->run[mid] < run)
			from = mid + 1;
		else
			to = mid;
	}
	return (uint32_t)from;
}

/* The last RUN of another layer before this one that installed the name;
 * NULL. */
static const struct lint_run *last_before(const struct names *n,
					  const struct lint_run *run,
					  struct str name)
{
	while (run > run->file->runs && run[-1].outer == run->outer)
		run--;
	uint32_t i = str_index_last(&n->by_name, name, first_of(n, run));
	return i == STR_INDEX_NONE ? NULL : n->run[i];
}

/* The RUN of another layer, before this one, that installed the package or
 * the group. */
static const struct lint_run *installed_in(const struct installs *all,
					   const struct lint_run *run,
					   struct str package)
{
	const struct lint_run *a = last_before(&all->packages, run, package);
	const struct lint_run *b = last_before(&all->groups, run, package);
	return !a || (b && b > a) ? b : a;
}

/* The RUN installs it itself before it takes it away. */
static bool own(const struct installs *all, const struct lint_run *run,
		struct str package)
{
	const struct names *n = &all->packages;
	uint32_t i = str_index_last(&n->by_name, package, first_of(n, run + 1));
	return i != STR_INDEX_NONE && n->run[i] == run;
}

static int check(const struct lint_file *f, const struct lint_run *run,
		 struct lint_out *out, struct err *err)
{
	const struct installs *all;
	if (!lint_run_ships(f, run) || run->outer != run->in)
		return 0;
	for (size_t i = 0; i < run->n_commands; i++) {
		const struct lint_command *c = run->commands[i].inner;
		if (!lint_cmd_uninstalls(c))
			continue;
		if (read_installs(f, &all, err) < 0)
			return -1;
		for (size_t k = 1; k < c->n_args; k++) {
			struct str p = lint_package_name(c->args[k].text);
			const struct lint_run *r =
				p.n && p.p[0] != '-' && !own(all, run, p)
					? installed_in(all, run, p)
					: NULL;
			if (!r)
				continue;
			const struct lint_measured *m =
				lint_measured_at(f, r->outer->at.at);
			struct finding found =
				lint_finding_at(out, c->args[k].at);
			if (m && m->known)
				lint_finding_bytes(&found, m->dead,
						   BYTES_MEASURED);
			if (lint_report(
				    out, &found, err,
				    "removing %.*s here frees nothing: the "
				    "layer of line %u keeps it; install, use "
				    "and remove it in one RUN",
				    STR_ARG(p),
				    dockerfile_position(f->df, r->outer->at.at)
					    .line) < 0)
				return -1;
			break;
		}
	}
	return 0;
}

const struct lint_rule rule_package_removed_in_later_layer = {
	.id = "PARE2006",
	.severity = SEV_WARN,
	.summary = "package removed in a later layer, which frees nothing",
	.check_run = check,
};
