/* SPDX-License-Identifier: Apache-2.0 */
/* overlay copies a file up to change its owner or mode, so chown -R of a copied
 * tree stores all of it again:
 *
 *	COPY app /srv/app
 *	RUN chown -R app /srv/app         twice the size
 *
 * while COPY --chown=app costs nothing. setcap, touch and strip do the same to a
 * file: an attribute, a time or a part of it changes, and all of it is stored.
 *
 * What the same RUN made is in its own layer, and a directory without -R is an
 * entry without bytes: neither is told of. Where it is not known whether a
 * place was stored by the earlier instruction, the RUN gets the benefit of the
 * doubt (may_be_new). */
#include "catalog/catalog.h"
#include "dockerfile/access.h"
#include "lint/rule.h"
#include "lint/facts/image_path.h"
#include "lint/rules/copy/context_source.h"
#include "lint/rules/start/entrypoint.h"
#include "lint/rules/layer/layer_writes.h"

struct look {
	const struct lint_file *f;
	const struct lint_run *run;
	struct stored_list list;
	uint32_t n_harmless; /* commands at the front of the RUN */
	struct lint_out *out;
	struct err *err;
};

static bool is_recursive(const struct lint_command *c)
{
	return lint_cmd_has(c, "-R") || lint_cmd_has(c, "--recursive");
}

/* Something in front of c in the same RUN may have recreated the place.
 *
 * "RUN make install && chown -R app /srv/app": make may have written all of it,
 * and then the layer would hold it without the chown, too. */
static bool may_be_new(struct look *l, const struct lint_command *c)
{
	if (lint_cmd_is(c, "touch")) /* which makes what is not there */
		return true;
	static const char harmless[] =
		"cd mkdir chmod chown chgrp set echo addgroup adduser groupadd "
		"useradd usermod groupmod true ln export touch : apt-get apk "
		"id getent rm";
	if (lint_cmd_tool(c) == &catalog_touch)
		return true; /* it makes what is not there */
	for (; l->n_harmless < c->index; l->n_harmless++) {
		const struct lint_command *o =
			l->run->commands[l->n_harmless].inner;
		if (o->base.n && !lint_cmd_is(o, harmless))
			return true;
	}
	return false;
}

static bool own(const struct look *l, struct str place, uint32_t before)
{
	struct stored_range r = lint_stored_of(&l->list, l->run->outer, before);
	for (size_t i = r.from; i < r.to; i++) {
		const struct stored *s = &l->list.v[i];
		if (s->run == l->run && s->command < before &&
		    s->how != STORED_MADE &&
		    (lint_stored_covered(s, place) ||
		     lint_stored_holds(s, place)))
			return true;
	}
	return false;
}

/* 1: the place is below the copied tree for sure; 0: maybe not. */
static int is_inside(struct look *l, const struct lint_command *c,
		     const struct stored *s, struct str place)
{
	struct str path;
	if (!lint_stored_holds(s, place))
		return 0;
	int has = lint_stored_path(l->f, s, place, &path, l->err);
	/* Everything is below /, and of what COPY --from=x / / brought only
	 * the context could tell. */
	bool likely = !str_eqz(s->place, "/") && !may_be_new(l, c);
	if (has == 0)
		return s->how != STORED_INSTALLED && likely;
	if (has > 0)
		has = lint_context_source_has(l->f, s->source, l->err);
	if (has <= 0)
		return has < 0 ? -1 : likely;
	return lint_context_source_has(l->f, path, l->err);
}

/* chmod +x of something that has no extension: nobody does that to a
 * directory. The context may tell. */
static int is_program(const struct look *l, const struct lint_command *c,
		      const struct stored *s)
{
	struct sent sent;
	/* Nobody strips a directory or gives it capabilities. */
	if (lint_cmd_tool(c) == &catalog_strip ||
	    lint_cmd_tool(c) == &catalog_setcap)
		return 1;
	if (s->how != STORED_COPY || !lint_cmd_is(c, "chmod touch"))
		return 0;
	int has = dockerfile_flag(s->in, "from")
			  ? 0
			  : lint_context_source_look(l->f, s->source, &sent,
						     l->err);
	if (has)
		return has < 0 ? -1 : !sent.is_dir;
	if (lint_cmd_is(c, "touch"))
		return 0;
	struct str mode = lint_cmd_arg(c, lint_cmd_next_operand(c, 0));
	return str_ends(mode, STR("+x")) || str_ends(mode, STR("+rx"));
}

/* 1: c changes what s stored. A place with two readings (a file, or a directory
 * that the file is put in) is taken in the one that has bytes.
 *
 *	COPY app /srv/app		place /srv/app, a tree or a file
 *	RUN chown app /srv/app		nothing, if it is a directory
 *	RUN chown -R app /srv		all of it
 *	RUN chmod +x /srv/app/run.sh	that file, if the context has it
 *	RUN chmod 644 /srv/app/a*.conf	what the pattern fits */
static int touches(struct look *l, const struct lint_command *c,
		   const struct stored *s, struct str place)
{
	bool deep = is_recursive(c);
	if (s->how == STORED_MADE || s->gone)
		return 0;
	/* A directory alone costs nothing. */
	if ((str_eq(s->place, place) && !s->other.n) ||
	    (s->other.n && str_eq(s->other, place)))
		return deep || !s->tree ? 1 : is_program(l, c, s);
	if (str_eq(s->place, place) && !deep)
		return is_program(l, c, s);
	if (deep && lint_stored_covered(s, place))
		return 1;
	if (str_find(place, '*') < place.n && !s->tree)
		return lint_place_matches(place, s->place) ||
		       (s->other.n && lint_place_matches(place, s->other));
	return is_inside(l, c, s, place);
}

/* A mode, an owner or a time of one file that is a script by its name: some
 * kilobytes, most likely. What can be looked up has a figure and is judged by
 * that. */
static bool is_script(const struct lint_command *c, const struct stored *s,
		      struct str place)
{
	static const char names[] = "*.sh *.bash *.py *.pl *.rb *.conf *.cnf "
				    "*.ini *.cfg *entrypoint* *.crontab";
	return !is_recursive(c) && !s->tree &&
	       lint_cmd_is(c, "chmod chown chgrp touch") &&
	       catalog_glob_any(names, lint_place_base(place), false);
}

static int tell(struct look *l, const struct lint_command *c,
		const struct stored *s, const struct lint_arg *arg,
		struct str place)
{
	const char *name = lint_cmd_is(c, "chmod") ? "chmod" : "chown";
	bool init = s->how == STORED_REMOTE &&
		    lint_is_init_name(lint_place_base(s->source));
	struct finding found = lint_finding_at(l->out, arg->at);
	if (lint_stored_weigh(l->f, &found, s, place, STORED_DEAD, l->err) < 0)
		return -1;
	if (init && found.bytes_source == BYTES_UNKNOWN)
		lint_finding_weigh(l->out, &found, "init-binary");
	if (found.bytes_source == BYTES_UNKNOWN && is_script(c, s, place))
		found.severity = SEV_INFO;
	if (s->run == NULL && !lint_cmd_is(c, "chmod chown chgrp"))
		return lint_report(l->out, &found, l->err,
				   "%.*s stores %.*s a second time, since "
				   "the layer of the %s in line %u keeps its "
				   "copy; do both in a stage of its own and "
				   "COPY --from that one",
				   STR_ARG(c->base), STR_ARG(arg->text),
				   lint_stored_word(s),
				   lint_line_of(l->f, s->in->at.at));
	/* Even to the mode that it has: chmod changes it all the same, and the
	 * file is copied up. */
	if (s->run == NULL && dockerfile_flag(s->in, name))
		return lint_report(l->out, &found, l->err,
				   "%.*s stores %.*s a second time, though the "
				   "%s of line %u has a --%s; change that one",
				   STR_ARG(c->base), STR_ARG(arg->text),
				   lint_stored_word(s),
				   lint_line_of(l->f, s->in->at.at), name);
	if (s->run == NULL)
		return lint_report(l->out, &found, l->err,
				   "%.*s stores %.*s a second time, since a "
				   "layer cannot change what is in another; "
				   "give the %s of line %u --%s instead",
				   STR_ARG(c->base), STR_ARG(arg->text),
				   lint_stored_word(s),
				   lint_line_of(l->f, s->in->at.at), name);
	return lint_report(
		l->out, &found, l->err,
		"%.*s stores %.*s a second time, since a layer cannot change "
		"what is in another; do it in the RUN of line %u",
		STR_ARG(c->base), STR_ARG(arg->text),
		lint_line_of(l->f, s->in->at.at));
}

/* The newest instruction that stored what the word names. */
static int look_back(struct look *l, const struct lint_command *c,
		     const struct lint_arg *arg)
{
	struct str place;
	if (lint_place_arg(l->f, c, arg->text, &place, l->err) < 0)
		return -1;
	if (own(l, place, c->index))
		return 0;
	struct stored_range before =
		lint_stored_before(&l->list, l->run->outer, 0);
	for (size_t k = before.to; k-- > before.from;) {
		const struct stored *s = &l->list.v[k];
		int r = touches(l, c, s, place);
		if (r)
			return r < 0 ? -1 : tell(l, c, s, arg, place);
	}
	return 0;
}

/* touch FILE..., strip FILE..., setcap CAPABILITIES FILE ... */
static int look_at_files(struct look *l, const struct lint_command *c)
{
	bool caps = lint_cmd_tool(c) == &catalog_setcap;
	size_t n = 0;
	for (size_t i = lint_cmd_next_operand(c, 0); i < c->n_args;
	     i = lint_cmd_next_operand(c, i + 1)) {
		if (caps && n++ % 2 == 0)
			continue;
		if (look_back(l, c, &c->args[i]) < 0)
			return -1;
	}
	return 0;
}

/* strip -o leaves the file as it is. */
static bool changes_files(const struct lint_command *c)
{
	const struct catalog_tool *tool = lint_cmd_tool(c);
	return tool == &catalog_touch || tool == &catalog_setcap ||
	       (tool == &catalog_strip && !lint_cmd_option(c, "-o").n);
}

/* The first operand is the mode or the owner, unless --reference gives it. */
static int look_at(struct look *l, const struct lint_command *c)
{
	size_t i = lint_cmd_next_operand(c, 0);
	bool reference = false;
	for (size_t k = 0; k < c->n_args; k++)
		reference |= str_starts(c->args[k].text, STR("--reference"));
	for (i = reference ? i : lint_cmd_next_operand(c, i + 1); i < c->n_args;
	     i = lint_cmd_next_operand(c, i + 1))
		if (look_back(l, c, &c->args[i]) < 0)
			return -1;
	return 0;
}

static int check(const struct lint_file *f, const struct lint_run *run,
		 struct lint_out *out, struct err *err)
{
	struct look l = { .f = f, .run = run, .out = out, .err = err };
	bool read = false;
	if (!lint_run_ships(f, run) || run->outer != run->in)
		return 0;
	for (size_t i = 0; i < run->n_commands; i++) {
		const struct lint_command *c = run->commands[i].unwrapped;
		bool files = changes_files(c);
		if (!files && !lint_cmd_is(c, "chmod chown chgrp"))
			continue;
		if (!read && lint_stored_read(f, &l.list, err) < 0)
			return -1;
		read = true;
		if ((files ? look_at_files(&l, c) : look_at(&l, c)) < 0)
			return -1;
	}
	return 0;
}

const struct lint_rule rule_metadata_change_in_later_layer = {
	.id = "PARE2002",
	.severity = SEV_WARN,
	.summary = "chmod, touch or the like on files of an earlier layer",
	.check_run = check,
};
