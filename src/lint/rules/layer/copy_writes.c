/* SPDX-License-Identifier: Apache-2.0 */
/* What COPY and ADD store.
 *
 * Whether a source is a file or a directory cannot be seen in a Dockerfile,
 * and with it where it ends up: COPY conf /etc/app fills the directory, COPY
 * app /usr/bin/app makes a file. So an element may have two places, and a rule
 * that asks for a place is told of either. */
#include "dockerfile/access.h"
#include "lint/facts/copies.h"
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

/* --parents keeps the source's path below the destination, from the pivot /./
 * on where it has one (Dockerfile reference, COPY --parents):
 *
 *	COPY --parents a/b.txt ./x/./y/z /d/	/d/a/b.txt, /d/y/z
 *
 * A pattern may stand for anything below the part in front of it. */
static int find_below(const struct lint_file *f, const struct lint_copy *c,
		      const struct lint_source *from, struct stored *s,
		      struct err *err)
{
	struct str path = from->text;
	for (size_t i = 0; i + 3 <= path.n; i++)
		if (i > 0 && str_starts(str_from(path, i), STR("/./"))) {
			path = str_from(path, i + 3);
			break;
		}
	while (path.n && path.p[0] == '/')
		path = str_from(path, 1);
	for (size_t i = 0; lint_place_has_glob(path) && i <= path.n; i++)
		if (i == path.n || path.p[i] == '/') {
			/* Up to the component with the pattern. */
			if (!lint_place_has_glob((struct str){ path.p, i }))
				continue;
			while (i > 0 && path.p[i - 1] != '/')
				i--;
			path.n = i;
			s->tree = true;
			return lint_place_join(f, c->dest, path, &s->place,
					       err);
		}
	s->tree = !looks_like_file(lint_place_base(path));
	return lint_place_join(f, c->dest, path, &s->place, err);
}

/* Where one source goes. */
static int find_places(const struct lint_file *f, const struct lint_copy *c,
		       const struct lint_source *from, struct stored *s,
		       struct err *err)
{
	struct str base =
		from->heredoc ? lint_place_base(from->text) : from->name;
	bool file = looks_like_file(base);
	bool whole =
		base.n == 0 || str_eqz(base, ".") || lint_place_has_glob(base);
	s->place = c->dest;
	s->tree = true;
	if (dockerfile_flag_on(c->in, "parents") && !from->heredoc)
		return find_below(f, c, from, s, err);
	if (whole || s->how == STORED_UNPACKED_ADD)
		return 0;
	s->tree = !file && s->how != STORED_REMOTE;
	if (lint_place_join(f, c->dest, base, &s->other, err) < 0)
		return -1;
	if (c->into_directory && (file || s->how == STORED_REMOTE)) {
		s->place = s->other;
		s->other = (struct str){ 0 };
	} else if (str_eq(lint_place_base(c->dest), base)) {
		s->other = (struct str){ 0 };
	}
	return 0;
}

/* ADD unpacks local archives unless --unpack=false; those from the net only
 * with --unpack (Dockerfile reference, ADD). It looks at the bytes, so a zip
 * or a tar by lz4 stays what it is. */
static enum stored_how copy_how(const struct df_instr *in,
				const struct lint_source *from)
{
	if (in->kind != DF_ADD)
		return STORED_COPY;
	bool archive = lint_place_add_unpacks(from->name);
	if (from->is_url)
		return archive && dockerfile_flag_on(in, "unpack")
			       ? STORED_UNPACKED_ADD
			       : STORED_REMOTE;
	const struct df_flag *unpack = dockerfile_flag(in, "unpack");
	bool kept = unpack && !dockerfile_flag_on(in, "unpack");
	return archive && !kept ? STORED_UNPACKED_ADD : STORED_COPY;
}

int lint_stored_read_copy(const struct lint_file *f, const struct df_instr *in,
			  struct stored_list *list, struct err *err)
{
	const struct lint_copy *c = lint_copy_of(f, in);
	for (size_t i = 0; c && i < c->n_sources; i++) {
		const struct lint_source *from = &c->sources[i];
		struct stored s = { .in = in,
				    .at = in->head,
				    .source = from->text,
				    .how = copy_how(in, from) };
		if (find_places(f, c, from, &s, err) < 0 ||
		    lint_stored_add(f, list, s, err) < 0)
			return -1;
	}
	return 0;
}
