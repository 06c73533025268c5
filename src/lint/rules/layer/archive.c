/* SPDX-License-Identifier: Apache-2.0 */
/* Archives that a RUN unpacks, with who stored them and whether they stay.
 *
 * PARE2003 (stored in one layer, unpacked in another) and PARE2004 (left beside
 * what came of it) ask the same question, lint_archive_each, and differ in
 * which answers they tell of. Lists are made at the first archive of a file:
 * most files unpack none. */
#include "lint/rules/layer/archive.h"

#include "lint/facts/image_path.h"

/* What is stored and what is removed in the whole file. */
struct lists {
	bool read;
	struct stored_list stored;
	struct lint_removals removals;
};

static int read_lists(const struct lint_file *f, struct lists *l,
		      struct err *err)
{
	l->read = true;
	return lint_stored_read(f, &l->stored, err) < 0
		       ? -1
		       : lint_removals_read(f, &l->removals, err);
}

/* An rm behind the command that unpacks it, in this RUN or a later one. */
static bool is_removed(const struct lists *l, const struct stored *s,
		       const struct lint_command *c)
{
	const struct lint_removals *all = &l->removals;
	size_t i = lint_removals_from(all, c->run, c->index);
	for (size_t n = 0; i < all->n && n < LAYER_LOOK_MAX; i++, n++) {
		const struct lint_removal *r = &all->v[i];
		bool behind =
			r->run->outer != c->run->outer || r->command > c->index;
		if (r->moves || !behind)
			continue;
		if (lint_stored_covered(s, r->place))
			return true;
	}
	return false;
}

/* Who stored the archive: at the place itself, or by a pattern or as part of
 * a copied directory that only its name tells of. */
static const struct stored *origin(const struct stored_list *list,
				   const struct lint_command *c,
				   struct str archive)
{
	struct stored_range r =
		lint_stored_before(list, c->run->outer, c->index);
	for (size_t i = r.to; i-- > r.from;) {
		const struct stored *s = &list->v[i];
		bool before = s->in->index < c->run->outer->index ||
			      (s->run == c->run && s->command < c->index);
		if (!before || s->how == STORED_UNPACKED_ADD ||
		    s->how == STORED_UNPACKED || s->how == STORED_MADE)
			continue;
		if (lint_place_matches(archive, s->place) ||
		    (s->other.n && lint_place_matches(archive, s->other)))
			return s;
		struct str source = lint_place_base(s->source);
		if (s->tree && str_find(source, '*') < source.n &&
		    lint_stored_holds(s, archive) &&
		    lint_place_matches(source, lint_place_base(archive)))
			return s;
	}
	return NULL;
}

/* 1: c unpacks an archive; tar reading from a pipe names none, and leaves
 * none. */
static int read_use(const struct lint_file *f, const struct lint_command *c,
		    struct lists *l, struct archive_use *out, struct err *err)
{
	struct str archive, directory;
	int r = lint_command_unpacks(f, c, &archive, &directory, err);
	if (r <= 0 || archive.n == 0)
		return r < 0 ? -1 : 0;
	if (!l->read && read_lists(f, l, err) < 0)
		return -1;
	const struct stored *s = origin(&l->stored, c, archive);
	if (!s)
		return 0;
	*out = (struct archive_use){ .run = c->run,
				     .stored = s,
				     .removed = is_removed(l, s, c),
				     .place = archive,
				     .name = lint_place_base(archive),
				     .at = c->at };
	return 1;
}

/*	COPY a.tgz /tmp/	stored in one layer
 *	RUN tar -xf /tmp/a.tgz	unpacked in another: PARE2003
 *	RUN curl -o a.tgz URL && tar -xf a.tgz	and kept beside it: PARE2004 */
int lint_archive_each(const struct lint_file *f,
		      int (*tell)(const struct lint_file *f,
				  const struct archive_use *use,
				  struct lint_out *out, struct err *err),
		      struct lint_out *out, struct err *err)
{
	struct lists l = { 0 };
	for (size_t i = 0; i < f->n_runs; i++) {
		const struct lint_run *run = &f->runs[i];
		if (!lint_run_ships(f, run) || run->outer != run->in)
			continue;
		for (size_t k = 0; k < run->n_commands; k++) {
			struct archive_use use;
			int r = read_use(f, run->commands[k].inner, &l, &use,
					 err);
			if (r < 0 || (r > 0 && tell(f, &use, out, err) < 0))
				return -1;
		}
	}
	return 0;
}
