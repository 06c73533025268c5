/* SPDX-License-Identifier: Apache-2.0 */
/* The list of what layers store, and questions about one element. */
#include "lint/facts/image_path.h"
#include "lint/rules/layer/layer_writes.h"

int lint_stored_add(const struct lint_file *f, struct stored_list *list,
		    struct stored s, struct err *err)
{
	if (arena_grow(f->arena, &list->v, list->n, &list->cap, sizeof s, err) <
	    0)
		return -1;
	list->v[list->n++] = s;
	return 0;
}

bool lint_stored_covered(const struct stored *s, struct str pattern)
{
	return lint_place_matches(pattern, s->place) ||
	       (s->other.n && lint_place_matches(pattern, s->other));
}

bool lint_stored_holds(const struct stored *s, struct str place)
{
	return s->tree && lint_place_within(place, s->place) &&
	       place.n > s->place.n;
}

const struct stored *lint_stored_at(const struct stored_list *list,
				    const struct df_instr *before,
				    struct str place)
{
	for (size_t i = list->n; i-- > 0;) {
		const struct stored *s = &list->v[i];
		if (s->in->index < before->index &&
		    (str_eq(s->place, place) || str_eq(s->other, place)))
			return s;
	}
	return NULL;
}

const char *lint_stored_word(const struct stored *s)
{
	switch (s->how) {
	case STORED_FETCHED:
		return "a download";
	case STORED_UNPACKED:
		return "an archive that was unpacked";
	case STORED_CLONED:
		return "git clone";
	case STORED_INSTALLED:
		return "an installation";
	case STORED_COPY:
	case STORED_UNPACKED_ADD:
	case STORED_REMOTE:
		return dockerfile_kind_name(s->in->kind);
	default:
		return "RUN";
	}
}

uint32_t lint_line_of(const struct lint_file *f, uint32_t at)
{
	return dockerfile_position(f->df, at).line;
}
