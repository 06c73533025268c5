/* SPDX-License-Identifier: Apache-2.0 */
/* Compilers and headers that stay in the image that ships. They are told of
 * only where the file itself compiles and starts something: an image that is
 * meant to build with (a builder, a toolbox) has neither CMD nor ENTRYPOINT,
 * and whoever installs gcc and compiles nothing here has it for another reason.
 */
#include "lint/rules/content/build_tools.h"

#include "catalog/catalog.h"
#include "dockerfile/access.h"
#include "lint/facts/copies.h"
#include "lint/facts/apt_cost.h"
#include "lint/rule.h"
#include "lint/rules/cache/cache.h"
#include "lint/facts/image_path.h"
#include "lint/rules/start/entrypoint.h"

enum { PACKAGES_MAX = 64 };

/* python setup.py, python -m pip. */
static bool python_builds(const struct lint_command *c)
{
	return lint_cmd_is(c, "python python3") &&
	       (str_eqz(lint_cmd_arg(c, 0), "setup.py") ||
		str_eqz(lint_cmd_arg(c, 1), "pip"));
}

bool lint_command_builds(const struct lint_command *c)
{
	const struct catalog_tool *tool = lint_cmd_tool(c);
	return tool ? tool->compiles ||
			       lint_cmd_does(c, tool, tool->verbs.build)
		    : python_builds(c);
}

bool lint_file_builds(const struct lint_file *f)
{
	for (size_t i = 0; i < f->n_runs; i++)
		for (size_t k = 0; k < f->runs[i].n_commands; k++) {
			const struct lint_command *c =
				f->runs[i].commands[k].inner;
			if (lint_run_ships(f, &f->runs[i]) &&
			    lint_command_builds(c))
				return true;
		}
	return false;
}

bool lint_file_is_run(const struct lint_file *f)
{
	return lint_start_instr(f, DF_ENTRYPOINT) ||
	       lint_start_instr(f, DF_CMD);
}

/* curl=8.5, curl~8, "curl<9" and libc6-dev:arm64 are packages with a version or
 * an architecture behind the name. */
struct str lint_package_name(struct str word)
{
	word.n = MIN(str_find(word, '='), str_find(word, '~'));
	word.n = MIN(str_find(word, '<'), str_find(word, '>'));
	if (str_find(word, ':') > 0)
		word.n = str_find(word, ':');
	return word;
}

static bool takes(const struct lint_command *o, struct str package,
		  struct str group)
{
	if (!lint_cmd_uninstalls(o))
		return false;
	if (lint_cmd_sweeps(o))
		return true;
	for (size_t i = 0; i < o->n_args; i++) {
		struct str a = o->args[i].text;
		if (str_eq(lint_package_name(a), package) ||
		    (group.n && str_eq(a, group)) || !o->args[i].known)
			return true;
	}
	return false;
}

/* In the same RUN or a later one: in a later one the bytes stay, but that is
 * told of by another rule (PARE2006), and one finding is enough. */
bool lint_is_uninstalled(const struct lint_file *f,
			 const struct lint_command *c, struct str package)
{
	struct str group = lint_cmd_group(c);
	for (size_t i = 0; i < f->n_runs; i++) {
		const struct lint_run *run = &f->runs[i];
		if (run->outer->index < c->run->outer->index ||
		    !lint_run_ships(f, run))
			continue;
		for (size_t k = 0; k < run->n_commands; k++) {
			const struct lint_command *o = run->commands[k].inner;
			bool behind = run != c->run || o->index > c->index;
			if (behind && takes(o, package, group))
				return true;
		}
	}
	return false;
}

bool lint_package_is_for_building(struct str p)
{
	return str_ends(p, STR("-dev")) || str_ends(p, STR("-devel")) ||
	       str_ends(p, STR("-headers"));
}

/* The COPY takes what is at the place, what is in it, or what it is in. */
static bool takes_place(const struct lint_file *f, const struct df_instr *copy,
			struct str place)
{
	const struct lint_copy *c = lint_copy_of(f, copy);
	for (size_t i = 0; c && i < c->n_sources; i++)
		if (lint_place_within(c->sources[i].place, place) ||
		    lint_place_within(place, c->sources[i].place))
			return true;
	return false;
}

/* A build stage's place ships when a COPY --from of a stage that ships takes
 * it, from this stage or from one that stands on it. */
bool lint_place_ships(const struct lint_file *f, const struct lint_run *run,
		      struct str place)
{
	if (run->stage == DF_NO_STAGE || f->ships[run->stage])
		return true;
	for (uint32_t i = 0; i < f->graph->n; i++) {
		const struct df_stage *s = &f->graph->stages[i];
		for (size_t k = 0; f->ships[i] && k < s->n_edges; k++) {
			const struct df_edge *e = &s->edges[k];
			if (e->kind != DF_EDGE_COPY ||
			    !dockerfile_graph_stands_on(f->graph, e->to,
							run->stage))
				continue;
			if (takes_place(f, e->in, place))
				return true;
		}
	}
	return false;
}

/* Packages of one command, as words and for people. */
struct left {
	struct str names[PACKAGES_MAX];
	size_t n;
	struct span first;
};

static void find_left(const struct lint_file *f, const struct lint_command *c,
		      bool (*is)(struct str package), struct left *to)
{
	to->n = 0;
	for (size_t k = 1; k < c->n_args && to->n < PACKAGES_MAX; k++) {
		struct str p = lint_package_name(c->args[k].text);
		if (!is(p) || lint_is_uninstalled(f, c, p))
			continue;
		if (to->n == 0)
			to->first = c->args[k].at;
		to->names[to->n++] = p;
	}
}

static int tell_left(const struct lint_file *f, const struct lint_command *c,
		     const struct left *left, bool (*later)(struct str package),
		     const char *what, struct lint_out *out, struct err *err)
{
	scoped(buf_done) struct buf list = BUF_INIT(1 << 16);
	struct finding found = lint_finding_at(out, left->first);
	struct lint_weight weight;
	for (size_t i = 0; i < left->n && list.n < 200; i++)
		if (buf_addf(&list, err, "%s%.*s", i ? ", " : "",
			     STR_ARG(left->names[i])) < 0)
			return -1;
	if (lint_apt_cost_of(f, c, left->names, left->n, later, &weight))
		lint_finding_packages(&found, weight);
	struct str names = buf_str(&list);
	return lint_report(out, &found, err, "%.*s%s", STR_ARG(names), what);
}

int lint_packages_left(const struct lint_file *f, const struct lint_run *run,
		       bool (*is)(struct str package),
		       bool (*later)(struct str package), const char *what,
		       struct lint_out *out, struct err *err)
{
	bool asked = false;
	if (!lint_run_ships(f, run))
		return 0;
	for (size_t i = 0; i < run->n_commands; i++) {
		const struct lint_command *c = run->commands[i].inner;
		struct left left;
		if (!lint_cmd_installs(c))
			continue;
		/* Of the whole file, so asked once and late. */
		if (!asked && (!lint_file_is_run(f) || !lint_file_builds(f)))
			return 0;
		asked = true;
		find_left(f, c, is, &left);
		if (left.n && tell_left(f, c, &left, later, what, out, err) < 0)
			return -1;
	}
	return 0;
}
