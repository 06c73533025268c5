/* SPDX-License-Identifier: Apache-2.0 */
/* A layer never shrinks: what one stored stays in it, and removing it in a
 * later one adds a whiteout.
 *
 * 	COPY big.tar /tmp/
 * 	RUN tar -xf /tmp/big.tar && rm /tmp/big.tar    frees nothing
 * 	RUN wget -O x http://h/x && rm x               frees it: one layer
 *
 * Each rm looks back for the newest instruction of another layer that stored
 * its word. A Dockerfile rarely says what lies inside a copied tree; where the
 * context can be asked it is, else the finding is no more than a hint
 * (SEV_INFO). Nothing is told of what an earlier RUN had taken away already: it
 * is told there. */
#include "dockerfile/access.h"
#include "lint/rule.h"
#include "lint/rules/cache/cache.h"
#include "lint/facts/image_path.h"
#include "lint/rules/copy/context_source.h"
#include "lint/rules/layer/layer_writes.h"

struct look {
	const struct lint_file *f;
	const struct lint_run *run;
	struct stored_list list;
	uint64_t
		filled; /* caches that the RUN fills, in the catalogue's order */
	bool filled_read;
	struct lint_out *out;
	struct err *err;
};

/* What the RUN itself stored there by then is no matter of other layers.
 *
 * "RUN wget -O /tmp/x URL && rm /tmp/x" is silent, though a COPY in front of it
 * may have stored a /tmp/x as well. */
static bool own(const struct look *l, struct str place, uint32_t before)
{
	struct stored_range r = lint_stored_of(&l->list, l->run->outer, before);
	for (size_t i = r.from; i < r.to; i++) {
		const struct stored *s = &l->list.v[i];
		if (s->run == l->run && s->command < before &&
		    (lint_stored_covered(s, place) ||
		     (s->tree && lint_place_within(place, s->place))))
			return true;
	}
	return false;
}

/* Directories that many bring something to.
 *
 * tar -C / of some archive does not say that /etc/foo came out of it. */
static bool is_common(struct str place)
{
	static const char *const places[] = { "/",    "/usr", "/usr/local",
					      "/opt", "/tmp", "/etc",
					      "/var" };
	for (size_t i = 0; i < ARRAY_LEN(places); i++)
		if (str_eqz(place, places[i]))
			return true;
	return false;
}

/* COPY has left the place out: --exclude names it, or the source is a pattern
 * that the name does not fit. */
static bool is_left_out(const struct stored *s, struct str place)
{
	const struct df_instr *in = s->in;
	if (s->how != STORED_COPY || place.n <= s->place.n)
		return false;
	struct str below = str_from(place, s->place.n + (s->place.n > 1));
	for (size_t i = 0; i < in->n_flags; i++)
		if (str_eqz(in->flags[i].key, "exclude") &&
		    lint_place_matches(in->flags[i].text, below))
			return true;
	struct str pattern = lint_place_base(s->source), first = below;
	str_cut(below, '/', &first, &(struct str){ 0 });
	return lint_place_has_glob(pattern) &&
	       !dockerfile_flag_on(in, "parents") &&
	       !lint_place_matches(pattern, first);
}

/* Is the place in the tree that COPY took from the context? 1: the context
 * has it; 0: it has not; 2: nobody can tell. */
static int in_context(const struct look *l, const struct stored *s,
		      struct str place)
{
	struct str path;
	if ((s->how == STORED_UNPACKED && is_common(s->place)) ||
	    is_left_out(s, place))
		return 0;
	int has = lint_stored_path(l->f, s, place, &path, l->err);
	if (has > 0)
		has = lint_context_source_has(l->f, s->source, l->err);
	/* Everything is below /: that it was copied there is no hint. */
	if (has <= 0)
		return has < 0 ? -1 : str_eqz(s->place, "/") ? 0 : 2;
	return lint_context_source_has(l->f, path, l->err);
}

/* An earlier RUN took it away, so that this one finds nothing. */
static int was_removed(const struct look *l, const struct stored *s)
{
	struct lint_removals all;
	if (lint_removals_read(l->f, &all, l->err) < 0)
		return -1;
	size_t i = lint_removals_from(&all, l->run, 0);
	for (size_t n = 0; n < LAYER_LOOK_MAX && i-- > 0; n++) {
		const struct lint_removal *r = &all.v[i];
		if (r->run->outer->index <= s->in->index)
			return 0;
		if (r->run->outer != l->run->outer &&
		    lint_stored_covered(s, r->place))
			return 1;
	}
	return 0;
}

/* The dead bytes are what the removal was meant to free. */
static int tell(struct look *l, const struct lint_arg *arg, struct str place,
		const struct stored *s, bool sure)
{
	struct finding found = lint_finding_at(l->out, arg->at);
	if (!sure)
		found.severity = SEV_INFO;
	if (lint_stored_weigh(l->f, &found, s, place, STORED_DEAD, l->err) < 0)
		return -1;
	return lint_report(
		l->out, &found, l->err,
		"removing %.*s here frees nothing: the layer of line "
		"%u keeps it (%s); %s",
		STR_ARG(arg->text), lint_line_of(l->f, s->in->at.at),
		lint_stored_word(s),
		s->run ? "remove it in that RUN"
		       : "mount it with RUN --mount=type=bind instead");
}

/* The newest instruction of another layer that stored what the word names. */
static int look_back(struct look *l, const struct lint_command *c,
		     const struct lint_arg *arg)
{
	struct str place;
	if (lint_place_arg(l->f, c, arg->text, &place, l->err) < 0)
		return -1;
	if (own(l, place, c->index) || place.n < 2)
		return 0;
	/* The place itself goes before a tree that it is in.
	 *
	 * Two passes in one loop, each from the newest element back: the upper
	 * half of i asks for elements that the word takes away whole, the lower
	 * half for trees that it lies in. */
	struct stored_range r = lint_stored_before(&l->list, l->run->outer, 0);
	size_t n = r.to - r.from;
	for (size_t i = 2 * n; i-- > 0;) {
		const struct stored *s = &l->list.v[r.from + i % n];
		bool whole = i >= n;
		if (s->gone || s->how == STORED_MADE ||
		    !(whole ? lint_stored_covered(s, place)
			    : lint_stored_holds(s, place)))
			continue;
		int has = whole ? 1 : in_context(l, s, place);
		if (has == 0)
			continue;
		int gone = has < 0 ? -1 : was_removed(l, s);
		if (gone)
			return gone < 0 ? -1 : 0;
		return tell(l, arg, place, s, has == 1);
	}
	return 0;
}

/* A command of the RUN at hand fills the cache: all kinds are looked for at the
 * first question. */
static bool fills(struct look *l, const struct catalog_cache *kind)
{
	struct catalog_at at = { 0 };
	const struct catalog_cache *k;
	uint64_t bit = 1;
	for (; (k = catalog_next_cache(&at)); bit <<= 1) {
		for (size_t i = 0; !l->filled_read && i < l->run->n_commands;
		     i++)
			if (lint_cache_fills(k, l->run->commands[i].inner))
				l->filled |= bit;
		if (l->filled_read && k == kind)
			return l->filled & bit;
	}
	l->filled_read = true;
	return fills(l, kind);
}

/* The cache that c cleans, when an earlier RUN left it and this one fills
 * none.
 *
 *	RUN apt-get update && apt-get install -y x
 *	RUN rm -r /var/lib/apt/lists		frees nothing
 *
 * A RUN that fills the cache itself cleans its own, whatever an earlier one
 * left. That is told of the earlier one, by its own rule. */
static int look_at_cache(struct look *l, const struct lint_command *c)
{
	struct catalog_at at = { 0 };
	const struct catalog_cache *kind;
	while ((kind = catalog_next_cache(&at))) {
		int cleans = kind->hooked
				     ? 0
				     : lint_cache_cleans(l->f, kind, c, l->err);
		if (cleans <= 0) {
			if (cleans < 0)
				return -1;
			continue;
		}
		if (fills(l, kind))
			return 0;
		const struct lint_left *left;
		if (lint_cache_lefts(l->f, kind, &left, l->err) < 0)
			return -1;
		size_t own = (size_t)(l->run - l->f->runs);
		while (own > 0 && l->f->runs[own - 1].outer == l->run->outer)
			own--;
		if (own == 0 || left->ships[own - 1] == LINT_NO_RUN)
			continue;
		const struct lint_run *by = &l->f->runs[left->ships[own - 1]];
		struct str dir = lint_cache_dir(kind);
		return lint_find(l->out, c->at, l->err,
				 "this frees nothing, since the layer "
				 "of line %u keeps %.*s; clean it in "
				 "that RUN",
				 lint_line_of(l->f, by->outer->at.at),
				 STR_ARG(dir));
	}
	return 0;
}

/* l->list is read when the first RUN needs it. */
static int look_at_run(struct look *l, bool *read)
{
	const struct lint_run *run = l->run;
	for (size_t i = 0; i < run->n_commands; i++) {
		const struct lint_command *c = run->commands[i].inner;
		bool removes = lint_cmd_is(c, "rm unlink shred");
		if (removes && !*read &&
		    lint_stored_read(l->f, &l->list, l->err) < 0)
			return -1;
		*read |= removes;
		for (size_t k = 0; removes && k < c->n_args; k++) {
			const struct lint_arg *a = &c->args[k];
			if (a->text.n == 0 || a->text.p[0] == '-')
				continue;
			if (look_back(l, c, a) < 0)
				return -1;
		}
		if (look_at_cache(l, c) < 0)
			return -1;
	}
	return 0;
}

/* All at once, since what is stored is a matter of the whole file. */
static int check(const struct lint_file *f, struct lint_out *out,
		 struct err *err)
{
	struct look l = { .f = f, .out = out, .err = err };
	bool read = false;
	for (size_t i = 0; i < f->n_runs; i++) {
		l.run = &f->runs[i];
		if (lint_run_ships(f, l.run) && l.run->outer == l.run->in &&
		    look_at_run(&l, &read) < 0)
			return -1;
	}
	return 0;
}

const struct lint_rule rule_removal_in_later_layer = {
	.id = "PARE2001",
	.severity = SEV_WARN,
	.summary = "removal in a later layer, which frees nothing",
	.check_file = check,
};
