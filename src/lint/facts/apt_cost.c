/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/facts/apt_cost.h"

#include <string.h>

#include "catalog/catalog.h"
#include "lint/facts/bases.h"
#include "lint/facts/words.h"
#include "lint/internal.h"

enum { LINES_MAX = 256 }; /* with a set of 256 bytes each */

/* -o APT::Install-Recommends=false, in its spellings. */
static bool is_off(const struct lint_arg *arg)
{
	struct str head, tail, s = arg->text;
	if (str_starts(s, STR("-o")))
		s = str_from(s, 2);
	if (str_starts(s, STR("--option=")))
		s = str_from(s, 9);
	return str_cut(s, '=', &head, &tail) &&
	       lint_word_in_nocase(head, "APT::Install-Recommends") &&
	       lint_word_in_nocase(tail, "false 0 no off");
}

bool lint_apt_recommends(const struct lint_command *c)
{
	if (lint_cmd_count_options(c, "no-install-recommends"))
		return false;
	for (size_t i = 0; i < c->n_args; i++)
		if (is_off(&c->args[i]))
			return false;
	return true;
}

/* The next word that may be a package. A verb, or the value of an option, has
 * no name that the table has. */
static bool next_word(const struct lint_command *c, size_t *i, struct str *word)
{
	while (++*i < c->n_args) {
		*word = c->args[*i].text;
		if (c->args[*i].known && word->n && *word->p != '-')
			return true;
	}
	return false;
}

/* All packages of the command; true: one of them is known. */
static bool add(const struct lint_command *c, bool recommended,
		struct catalog_debian_set *set,
		struct catalog_debian_cost *cost)
{
	struct str word;
	bool known = false;
	for (size_t i = 0; next_word(c, &i, &word);)
		known |= catalog_debian_add(set, word, recommended, cost);
	return known;
}

static bool is_apt_install(const struct lint_file *f,
			   const struct lint_command *c)
{
	const struct lint_base *b =
		c->run->stage != DF_NO_STAGE ? f->bases[c->run->stage] : NULL;
	return lint_cmd_is(c, catalog_apt.programs) && lint_cmd_installs(c) &&
	       (!b || !b->family ||
		catalog_listed("debian ubuntu", str_of(b->family)));
}

/* What a stage has installed so far. */
struct installed {
	struct catalog_debian_set set;
	bool exact;
};

/* What the image of FROM has. Small variants say so in their tags; one that a
 * tag narrows in another way ("buildpack-deps:curl") has less than all. */
static void begin_with_image(const struct lint_file *f,
			     const struct df_stage *s, struct installed *to)
{
	struct lint_image image = lint_image_of(s->image);
	const char *release = lint_stage_release(f, s->index);
	struct catalog_debian_cost cost = { 0 };
	if (!s->image_known || lint_word_contains(image.tag, "curl") ||
	    lint_word_contains(image.tag, "scm") ||
	    lint_word_contains(image.tag, "alpine"))
		return;
	bool known = catalog_debian_add_base(
		&to->set, image.repo, lint_word_contains(image.tag, "slim"),
		&cost);
	to->exact = known && release &&
		    strcmp(release, catalog_debian_release) == 0;
}

/* A RUN that sweeps keeps nothing that a later line could build on. */
static bool sweeps(const struct lint_run *run)
{
	for (size_t i = 0; i < run->n_commands; i++) {
		const struct lint_command *c = run->commands[i].inner;
		if (lint_cmd_uninstalls(c) && lint_cmd_sweeps(c))
			return true;
	}
	return false;
}

static void read_run(struct lint_file *f, const struct lint_run *run,
		     struct installed *have)
{
	struct catalog_debian_set now = have->set;
	struct catalog_debian_cost all = { 0 };
	for (size_t i = 0; i < run->n_commands; i++) {
		const struct lint_command *c = run->commands[i].inner;
		if (!is_apt_install(f, c) || f->n_apts == LINES_MAX)
			continue;
		f->apts[f->n_apts++] = (struct lint_apt){ c, now, have->exact };
		add(c, lint_apt_recommends(c), &now, &all);
	}
	if (!sweeps(run))
		have->set = now;
}

static bool any_apt(const struct lint_file *f)
{
	for (size_t i = 0; i < f->n_runs; i++)
		for (size_t k = 0; k < f->runs[i].n_commands; k++)
			if (is_apt_install(f, f->runs[i].commands[k].inner))
				return true;
	return false;
}

/* Runs stand in the order of the file, and so do stages: what a stage is built
 * on was read before it. */
int lint_read_apt(struct lint_file *f, struct err *err)
{
	if (!any_apt(f))
		return 0;
	struct installed *at_end =
		arena_array(f->arena, f->graph->n, sizeof *at_end, err);
	f->apts = arena_array(f->arena, LINES_MAX, sizeof *f->apts, err);
	if (!at_end || !f->apts)
		return -1;
	size_t r = 0;
	for (uint32_t i = 0; i < f->graph->n; i++) {
		const struct df_stage *s = &f->graph->stages[i];
		if (s->base != DF_NO_STAGE)
			at_end[i] = at_end[s->base];
		else if (s->from)
			begin_with_image(f, s, &at_end[i]);
		for (; r < f->n_runs && (f->runs[r].stage <= i ||
					 f->runs[r].stage == DF_NO_STAGE);
		     r++)
			if (f->runs[r].stage == i)
				read_run(f, &f->runs[r], &at_end[i]);
	}
	return 0;
}

static const struct lint_apt *find(const struct lint_file *f,
				   const struct lint_command *c)
{
	const struct lint_command *inner = c->run->commands[c->index].inner;
	for (size_t i = 0; i < f->n_apts; i++)
		if (f->apts[i].c == inner)
			return &f->apts[i];
	return NULL;
}

static bool is_one_of(const struct str *names, size_t n, struct str package)
{
	size_t i = 0;
	while (i < n && !str_eq(names[i], package))
		i++;
	return i < n;
}

bool lint_apt_cost_of(const struct lint_file *f, const struct lint_command *c,
		      const struct str *names, size_t n,
		      bool (*later)(struct str package),
		      struct lint_weight *out)
{
	const struct lint_apt *at = find(f, c);
	struct catalog_debian_cost others = { 0 }, cost = { 0 };
	struct str word;
	bool known = false;
	if (!at)
		return false;
	struct catalog_debian_set set = at->before;
	for (size_t i = 0; next_word(at->c, &i, &word);) {
		word = catalog_debian_name(word);
		if (!is_one_of(names, n, word) && !(later && later(word)))
			(void)catalog_debian_add(&set, word, false, &others);
	}
	for (size_t i = 0; i < n; i++)
		known |= catalog_debian_add(&set, names[i], false, &cost);
	*out = (struct lint_weight){ cost.installed, !at->exact };
	return known;
}

bool lint_apt_cost_recommended(const struct lint_file *f,
			       const struct lint_command *c,
			       struct lint_weight *out)
{
	const struct lint_apt *at = find(f, c);
	struct catalog_debian_cost needed = { 0 }, all = { 0 };
	if (!at || !lint_apt_recommends(at->c))
		return false;
	struct catalog_debian_set a = at->before, b = at->before;
	bool known = add(at->c, false, &a, &needed);
	add(at->c, true, &b, &all);
	*out = (struct lint_weight){ all.installed - needed.installed,
				     !at->exact };
	return known;
}

bool lint_apt_cost_archives(const struct lint_file *f,
			    const struct lint_run *run, struct lint_weight *out)
{
	struct catalog_debian_cost cost = { 0 };
	bool known = false, exact = true;
	for (size_t i = 0; i < f->n_apts; i++) {
		const struct lint_apt *at = &f->apts[i];
		struct catalog_debian_set set = at->before;
		if (at->c->run != run)
			continue;
		known |= add(at->c, lint_apt_recommends(at->c), &set, &cost);
		exact &= at->exact;
	}
	*out = (struct lint_weight){ cost.archives, !exact };
	return known;
}
