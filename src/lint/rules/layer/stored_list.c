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

/* The first element that does not stand in front of the command. */
static size_t bound(const struct stored_list *list, const struct df_instr *in,
		    uint32_t command)
{
	size_t from = 0, to = list->n;
	while (from < to) {
		size_t mid = from + (to - from) / 2;
		const struct stored *s = &list->v[mid];
		if (s->in->index < in->index ||
		    (s->in->index == in->index && s->command < command))
			from = mid + 1;
		else
			to = mid;
	}
	return from;
}

static struct stored_range newest(size_t from, size_t to)
{
	if (to - from > LAYER_LOOK_MAX)
		from = to - LAYER_LOOK_MAX;
	return (struct stored_range){ from, to };
}

struct stored_range lint_stored_before(const struct stored_list *list,
				       const struct df_instr *in,
				       uint32_t command)
{
	return newest(0, bound(list, in, command));
}

struct stored_range lint_stored_of(const struct stored_list *list,
				   const struct df_instr *in, uint32_t command)
{
	return newest(bound(list, in, 0), bound(list, in, command));
}

const struct stored *lint_stored_at(const struct stored_list *list,
				    const struct df_instr *before,
				    struct str place)
{
	struct stored_range r = lint_stored_before(list, before, 0);
	for (size_t i = r.to; i-- > r.from;) {
		const struct stored *s = &list->v[i];
		if ((str_eq(s->place, place) || str_eq(s->other, place)))
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
