/* SPDX-License-Identifier: Apache-2.0 */
/* One runtime from the base image and a second one from an index of packages.
 *
 *	FROM nvidia/cuda:12.4.1-cudnn-runtime-ubuntu22.04
 *	RUN pip install torch
 *
 * has cuBLAS and cuDNN in the base, and once more below site-packages, where
 * torch looks for them: gigabytes that nothing opens. What else in the file
 * may need the base's (a compiler of CUDA, TensorRT) keeps the rule silent. */
#include "catalog/catalog.h"
#include "dockerfile/access.h"
#include "lint/facts/bases.h"
#include "lint/facts/words.h"
#include "lint/rule.h"
#include "lint/rules/cache/cache.h"
#include "lint/rules/copy/context_source.h"

enum { REQUIREMENTS_MAX = 256 << 10 };

static bool tag_fits(const struct catalog_runtime *r, struct str tag)
{
	while (r->tags && tag.n) {
		struct str part = tag, rest = { 0 };
		str_cut(tag, '-', &part, &rest);
		if (catalog_listed(r->tags, part))
			return true;
		tag = rest;
	}
	return !r->tags;
}

/* What the base of the stage has; NULL. */
static const struct catalog_runtime *runtime_of(const struct lint_file *f,
						uint32_t stage, struct str *tag)
{
	uint32_t root = dockerfile_graph_root(f->graph, stage);
	const struct df_stage *s = &f->graph->stages[root];
	if (!s->image_known || s->is_scratch)
		return NULL;
	struct lint_image i = lint_image_of(s->image);
	for (size_t k = 0; catalog_tools[k]; k++)
		for (const struct catalog_runtime *r =
			     catalog_tools[k]->runtimes;
		     r && r->what; r++)
			if (catalog_listed(r->images, i.repo) &&
			    tag_fits(r, i.tag)) {
				*tag = i.tag;
				return r;
			}
	return NULL;
}

static bool says_one(struct str text, const char *list)
{
	struct str word;
	while (lint_word_next(&list, &word))
		for (size_t i = 0; i + word.n <= text.n; i++)
			if (str_starts(str_from(text, i), word))
				return true;
	return false;
}

static bool says_word(const struct lint_file *f, const char *list)
{
	struct str word;
	char name[64];
	while (lint_word_next(&list, &word)) {
		if (word.n >= sizeof name)
			continue;
		memcpy(name, word.p, word.n);
		name[word.n] = 0;
		if (lint_file_says(f, name))
			return true;
	}
	return false;
}

/* A tag to build with has its compiler wanted by all that builds; one without
 * a compiler does not. */
static bool is_wanted(const struct lint_file *f,
		      const struct catalog_runtime *r, struct str tag)
{
	return says_word(f, r->wanted_by) ||
	       (lint_word_contains(tag, "devel") && says_word(f, r->built_by));
}

/* "torch==2.4", "torch >= 2; python_version ...": the wheel's name in front. */
static bool is_wheel(const struct catalog_runtime *r, struct str word)
{
	size_t n = 0;
	while (n < word.n && !strchr("=<>~!;@ \t\r#", word.p[n]))
		n++;
	return catalog_listed(r->wheels, (struct str){ word.p, n });
}

/* A wheel of a requirements file that the context has. */
static int in_requirements(const struct lint_file *f,
			   const struct catalog_runtime *r, struct str path,
			   struct str *name, struct err *err)
{
	struct str text, line;
	int has =
		lint_context_source_read(f, path, REQUIREMENTS_MAX, &text, err);
	if (has <= 0 || says_one(text, r->without) ||
	    says_one(text, r->wanted_by))
		return has < 0 ? -1 : 0;
	for (bool more = true; more;) {
		more = str_cut(text, '\n', &line, &text);
		if (!more)
			line = text;
		if (is_wheel(r, line)) {
			*name = line;
			name->n = 0;
			while (name->n < line.n &&
			       !strchr(" \t\r;#", line.p[name->n]))
				name->n++;
			return 1;
		}
	}
	return 0;
}

/* pip leaves alone what is there: only another version of it is a second one,
 * where the base has the very wheel. */
static bool is_second(const struct catalog_runtime *r, struct str tag,
		      struct str name)
{
	size_t at = str_find(name, '=');
	if (r->tags)
		return true;
	return at + 2 < name.n &&
	       str_eqz((struct str){ name.p + at, 2 }, "==") && tag.n &&
	       !str_starts(tag, str_from(name, at + 2));
}

static bool installs(const struct lint_command *c)
{
	const struct catalog_tool *tool = lint_cmd_tool(c);
	return (tool == &catalog_pip && lint_cmd_has_arg(c, "install")) ||
	       (tool == &catalog_uv && lint_cmd_has_arg(c, "install add")) ||
	       (lint_cmd_is(c, "python python3") &&
		lint_cmd_has_arg(c, "pip") && lint_cmd_has_arg(c, "install"));
}

/* The argument that brings it: 1, 0 or -1. */
static int brings(const struct lint_file *f, const struct lint_command *c,
		  const struct catalog_runtime *r, size_t *at, struct str *name,
		  struct err *err)
{
	for (size_t i = 0; i < c->n_args; i++)
		if (says_one(c->args[i].text, r->without))
			return 0;
	for (*at = 0; *at < c->n_args; ++*at) {
		struct str a = c->args[*at].text;
		*name = a;
		if (is_wheel(r, a))
			return 1;
		if (*at == 0 ||
		    !lint_word_in(c->args[*at - 1].text, "-r --requirement"))
			continue;
		int in = in_requirements(f, r, a, name, err);
		if (in)
			return in;
	}
	return 0;
}

static int check(const struct lint_file *f, const struct lint_run *run,
		 struct lint_out *out, struct err *err)
{
	struct str tag = { 0 };
	const struct catalog_runtime *r =
		run->stage != DF_NO_STAGE && lint_run_ships(f, run)
			? runtime_of(f, run->stage, &tag)
			: NULL;
	for (size_t i = 0; r && i < run->n_commands; i++) {
		const struct lint_command *c = run->commands[i].unwrapped;
		struct str name;
		size_t at;
		int has = installs(c) ? brings(f, c, r, &at, &name, err) : 0;
		if (has < 0)
			return -1;
		if (has && is_second(r, tag, name) && !is_wanted(f, r, tag))
			return lint_find(out, c->args[at].at, err,
					 "%s brings %s a second time, beside "
					 "the base image's; %s",
					 str_quoted(name).text, r->what,
					 r->remedy);
	}
	return 0;
}

const struct lint_rule rule_runtime_twice = {
	.id = "PARE4008",
	.severity = SEV_WARN,
	.summary = "runtime of the base image installed a second time",
	.check_run = check,
};
