/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/layer/layer_writes.h"

#include "dockerfile/access.h"
#include "lint/facts/image_path.h"
#include "lint/rules/copy/context_source.h"
#include "lint/rule.h"

int stored_add(const struct lint_file *f, struct stored_list *list,
	       struct stored s, struct err *err)
{
	if (list->n == list->cap) {
		size_t cap = list->cap ? list->cap * 2 : 32;
		struct stored *v = arena_array(f->arena, cap, sizeof *v, err);
		if (!v)
			return -1;
		if (list->n)
			memcpy(v, list->v, list->n * sizeof *v);
		list->v = v;
		list->cap = cap;
	}
	list->v[list->n++] = s;
	return 0;
}

/* An extension, and no dot in front: most likely no directory. */
static bool looks_like_file(struct str name)
{
	size_t dot = 0;
	for (size_t i = 1; i < name.n; i++)
		if (name.p[i] == '.')
			dot = i;
	return dot && name.n - dot <= 6 && name.n - dot > 1;
}

/* Where one source goes. */
static int copy_one(const struct lint_file *f, const struct df_instr *in,
		    struct str source, struct str dest, bool directory,
		    struct stored *s, struct err *err)
{
	struct str base = place_is_url(source) ? place_of_url(source)
					       : place_base(source);
	bool file = looks_like_file(base);
	bool whole = base.n == 0 || str_eqz(base, ".") ||
		     place_has_glob(base) || df_flag_on(in, "parents");
	s->place = dest;
	s->tree = true;
	if (whole || s->how == STORED_UNPACKED_ADD)
		return 0;
	s->tree = !file && s->how != STORED_REMOTE;
	if (place_join(f, dest, base, &s->other, err) < 0)
		return -1;
	if (directory && (file || s->how == STORED_REMOTE)) {
		s->place = s->other;
		s->other = (struct str){ 0 };
	} else if (str_eq(place_base(dest), base)) {
		s->other = (struct str){ 0 };
	}
	return 0;
}

static enum stored_how copy_how(const struct df_instr *in, struct str source)
{
	if (in->kind != DF_ADD)
		return STORED_COPY;
	if (place_is_url(source))
		return df_flag_on(in, "unpack") ? STORED_UNPACKED_ADD
						: STORED_REMOTE;
	const struct df_flag *unpack = df_flag(in, "unpack");
	bool kept = unpack && !df_flag_on(in, "unpack");
	return place_is_archive(source) && !kept ? STORED_UNPACKED_ADD
						 : STORED_COPY;
}

static int add_copies(const struct lint_file *f, const struct df_instr *in,
		      struct stored_list *list, struct err *err)
{
	size_t n;
	const struct df_word *from = df_copy_sources(in, &n),
			     *to = df_copy_dest(in);
	struct str workdir, raw, dest;
	if (!from || place_workdir(f, in, &workdir, err) < 0 ||
	    place_text(f, in, to->text, &raw, err) < 0 ||
	    place_join(f, workdir, raw, &dest, err) < 0)
		return from ? -1 : 0;
	bool directory = n > 1 || str_ends(raw, STR("/")) ||
			 str_eqz(raw, ".") || str_ends(raw, STR("/.")) ||
			 str_eqz(raw, "..");
	for (size_t i = 0; i < n; i++) {
		const struct df_heredoc *h = df_copy_heredoc(in, &from[i]);
		struct stored s = { .in = in, .at = in->head };
		if (h)
			s.source = h->name;
		else if (place_text(f, in, from[i].text, &s.source, err) < 0)
			return -1;
		s.how = copy_how(in, s.source);
		if (copy_one(f, in, s.source, dest, directory, &s, err) < 0 ||
		    stored_add(f, list, s, err) < 0)
			return -1;
	}
	return 0;
}

int stored_read(const struct lint_file *f, struct stored_list *out,
		struct err *err)
{
	struct lint_memo *memo = f->memo;
	if (memo->has_stored) {
		*out = (struct stored_list){ .v = (void *)memo->stored,
					     .n = memo->n_stored };
		return 0;
	}
	for (size_t i = 0; i < f->df->n_instrs; i++) {
		const struct df_instr *in = f->df->instrs[i];
		if (in->bad || !lint_ships(f, in))
			continue;
		if ((in->kind & (DF_COPY | DF_ADD)) &&
		    add_copies(f, in, out, err) < 0)
			return -1;
		const struct lint_run *run =
			in->kind == DF_RUN ? lint_run_of(f, in) : NULL;
		if (run && stored_read_run(f, run, out, err) < 0)
			return -1;
	}
	memo->stored = out->v;
	memo->n_stored = out->n;
	memo->has_stored = true;
	return 0;
}

bool stored_covered(const struct stored *s, struct str pattern)
{
	return place_matches(pattern, s->place) ||
	       (s->other.n && place_matches(pattern, s->other));
}

bool stored_holds(const struct stored *s, struct str place)
{
	return s->tree && place_within(place, s->place) && place.n > s->place.n;
}

const struct stored *stored_at(const struct stored_list *list,
			       const struct df_instr *before, struct str place)
{
	for (size_t i = list->n; i-- > 0;) {
		const struct stored *s = &list->v[i];
		if (s->in->index < before->index &&
		    (str_eq(s->place, place) || str_eq(s->other, place)))
			return s;
	}
	return NULL;
}

const char *stored_word(const struct stored *s)
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
		return df_kind_name(s->in->kind);
	default:
		return "RUN";
	}
}

uint32_t line_of(const struct lint_file *f, uint32_t at)
{
	return df_position(f->df, at).line;
}

int stored_path(const struct lint_file *f, const struct stored *s,
		struct str place, struct str *out, struct err *err)
{
	if (s->how != STORED_COPY || df_flag(s->in, "from"))
		return 0;
	*out = s->source;
	if (!stored_holds(s, place) || str_eq(place, s->other))
		return 1;
	size_t root = s->place.n == 1 ? 1 : s->place.n + 1;
	return place_join(f, s->source, str_from(place, root), out, err) < 0
		       ? -1
		       : 1;
}

int stored_weigh(const struct lint_file *f, struct finding *to,
		 const struct stored *s, struct str place,
		 enum stored_bytes how, struct err *err)
{
	const struct lint_measured *m = lint_measured_at(f, s->in->at.at);
	bool dead = how == STORED_DEAD;
	uint64_t bytes = 0;
	if (m && m->known) {
		/* A pattern names no one place: then it is the whole layer. */
		if (place_has_glob(place) ||
		    !lint_measured_below(m, place, dead, &bytes))
			bytes = dead ? m->dead : m->stored;
		lint_finding_bytes(to, bytes, BYTES_MEASURED);
		return 0;
	}
	struct sent sent = { 0 };
	struct str path;
	int r = stored_path(f, s, place, &path, err);
	if (r > 0)
		r = sent_look(f, path, &sent, err);
	if (r > 0 && sent.bytes)
		lint_finding_bytes(to, sent.bytes, BYTES_ESTIMATE);
	return r < 0 ? -1 : 0;
}
