/* SPDX-License-Identifier: Apache-2.0 */
/* Archives that a RUN unpacks, with who stored them and whether they stay.
 *
 * PARE2003 (stored in one layer, unpacked in another) and PARE2004 (left beside
 * what came of it) ask the same question, archive_next, and differ in which
 * answers they tell of. Lists are made at the first archive of a file: most
 * files unpack none. */
#include "lint/rules/layer/archive.h"

#include "lint/facts/image_path.h"

/* An rm of some place. */
struct removal {
	const struct lint_run *run;
	uint32_t command;
	struct str place;
};

/* All of the file: the first call counts, the second fills in. */
static int read_removals(const struct lint_file *f, struct removal *to,
			 size_t *n, struct err *err)
{
	*n = 0;
	for (size_t i = 0; i < f->n_runs; i++) {
		const struct lint_run *run = &f->runs[i];
		for (size_t k = 0; k < run->n_commands; k++) {
			const struct lint_command *c = run->commands[k].inner;
			for (size_t j = 0; command_removes(c) && j < c->n_args;
			     j++, (*n)++) {
				if (!to)
					continue;
				to[*n].run = run;
				to[*n].command = c->index;
				if (place_arg(f, c, c->args[j].text,
					      &to[*n].place, err) < 0)
					return -1;
			}
		}
	}
	return 0;
}

static int read_lists(const struct lint_file *f, struct archive_use *use,
		      struct err *err)
{
	if (stored_read(f, &use->list, err) < 0 ||
	    read_removals(f, NULL, &use->n_removals, err) < 0)
		return -1;
	use->removals = arena_array(f->arena, use->n_removals,
				    sizeof *use->removals, err);
	use->read = true;
	return use->removals
		       ? read_removals(f, use->removals, &use->n_removals, err)
		       : -1;
}

/* An rm behind the command that unpacks it, in this RUN or a later one. */
static bool is_removed(const struct archive_use *use, const struct stored *s,
		       const struct lint_command *c)
{
	for (size_t i = use->n_removals; i-- > 0;) {
		const struct removal *r = &use->removals[i];
		uint32_t at = r->run->outer->index, here = c->run->outer->index;
		if (at < here)
			return false;
		if ((at > here || r->command > c->index) &&
		    stored_covered(s, r->place))
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
	for (size_t i = list->n; i-- > 0;) {
		const struct stored *s = &list->v[i];
		bool before = s->in->index < c->run->outer->index ||
			      (s->run == c->run && s->command < c->index);
		if (!before || s->how == STORED_UNPACKED_ADD ||
		    s->how == STORED_UNPACKED || s->how == STORED_MADE)
			continue;
		if (place_matches(archive, s->place) ||
		    (s->other.n && place_matches(archive, s->other)))
			return s;
		struct str source = place_base(s->source);
		if (s->tree && str_find(source, '*') < source.n &&
		    stored_holds(s, archive) &&
		    place_matches(source, place_base(archive)))
			return s;
	}
	return NULL;
}

/* tar reading from a pipe names no archive, and leaves none. */
int archive_next(const struct lint_file *f, const struct lint_run *run,
		 struct archive_use *use, struct err *err)
{
	if (!lint_run_ships(f, run) || run->outer != run->in)
		return 0;
	while (use->next < run->n_commands) {
		const struct lint_command *as_is = &run->commands[use->next++];
		const struct lint_command *c = as_is->inner;
		struct str archive, directory;
		int r = command_unpacks(f, c, &archive, &directory, err);
		if (r < 0)
			return -1;
		if (r == 0 || archive.n == 0)
			continue;
		if (!use->read && read_lists(f, use, err) < 0)
			return -1;
		use->stored = origin(&use->list, c, archive);
		if (!use->stored)
			continue;
		use->removed = is_removed(use, use->stored, c);
		use->place = archive;
		use->name = place_base(archive);
		use->at = as_is->at;
		return 1;
	}
	return 0;
}
