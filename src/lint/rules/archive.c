/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/archive.h"

#include "lint/rules/place.h"

/* An rm behind the command that unpacks it, in this RUN or a later one. */
static int is_removed(const struct lint_file *f, const struct stored *s,
		      const struct lint_command *c, struct err *err)
{
	for (size_t i = 0; i < f->n_runs; i++) {
		const struct lint_run *run = &f->runs[i];
		if (run->outer->index < c->run->outer->index)
			continue;
		for (size_t k = 0; k < run->n_commands; k++) {
			struct lint_command o = place_unwrap(&run->commands[k]);
			if ((run == c->run && o.index <= c->index) ||
			    !command_removes(&o))
				continue;
			for (size_t j = 0; j < o.n_args; j++) {
				struct str place;
				if (place_arg(f, &o, o.args[j].text, &place,
					      err) < 0)
					return -1;
				if (stored_covered(s, place))
					return 1;
			}
		}
	}
	return 0;
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

int archive_next(const struct lint_file *f, const struct lint_run *run,
		 struct archive_use *use, struct err *err)
{
	if (!lint_run_ships(f, run) || run->outer != run->in)
		return 0;
	while (use->next < run->n_commands) {
		const struct lint_command *as_is = &run->commands[use->next++];
		struct lint_command c = place_unwrap(as_is);
		struct str archive, directory;
		int r = command_unpacks(f, &c, &archive, &directory, err);
		if (r < 0)
			return -1;
		if (r == 0 || archive.n == 0)
			continue;
		if (!use->read && stored_read(f, &use->list, err) < 0)
			return -1;
		use->read = true;
		use->stored = origin(&use->list, &c, archive);
		if (!use->stored)
			continue;
		int gone = is_removed(f, use->stored, &c, err);
		if (gone < 0)
			return -1;
		use->removed = gone;
		use->place = archive;
		use->name = place_base(archive);
		use->at = as_is->at;
		return 1;
	}
	return 0;
}
