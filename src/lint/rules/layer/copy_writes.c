/* SPDX-License-Identifier: Apache-2.0 */
/* What COPY and ADD store. */
#include "dockerfile/access.h"
#include "lint/facts/image_path.h"
#include "lint/rules/layer/layer_writes.h"

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

int stored_read_copy(const struct lint_file *f, const struct df_instr *in,
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
