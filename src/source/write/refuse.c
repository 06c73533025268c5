/* SPDX-License-Identifier: Apache-2.0 */
/* Would a result take the place of what it is made of?
 *
 * The result is an atomic file, so the work itself would come to its end; but
 * the source is the user's only way back. Told by inode, so that links of
 * either kind do not hide it (source/read/place.c). */
#include "source/write/kind.h"

/* Into the layout that is read another image may go: not in the place of the
 * one that is read. */
static int refuse_entry(const struct dest *d, const struct source *s,
			struct str tag, struct err *err)
{
	const struct ref *is = source_ref(s);
	/* Beside a tagged image it would be a second one, and the layout's bare
	 * name would no longer tell which is meant. */
	if (!tag.n)
		return err_set(err, ERR_USAGE,
			       "this is the image that is read; name a tag for "
			       "the result, or write there with --force");
	bool may_be_read = !is->tag.n || is->has_index || str_eq(is->tag, tag);
	int r = may_be_read ? d->kind->has_entry(d, tag, err) : 0;
	if (r <= 0)
		return r;
	return err_set(err, ERR_USAGE,
		       "the image that is read is called %s; name another "
		       "tag, or replace it with --force",
		       str_quoted(tag).text);
}

int dest_refuse_source(const struct dest *d, const struct source *s,
		       struct str tag, struct err *err)
{
	const struct atomic_file *f = dest_file(d);
	struct str name = tag.n ? tag : d->ref.tag;
	if (!f)
		return 0;
	int r = d->holds == DEST_HOLDS_ENTRY && source_is_at(s, &f->at)
			? refuse_entry(d, s, name, err)
			: source_refuse_place(s, &f->at, err);
	if (r < 0)
		return err_ctx(err, "%.*s", STR_ARG(d->ref.text));
	return 0;
}

int dest_refuse_place(const struct dest *d, const struct place *p,
		      struct err *err)
{
	const struct atomic_file *f = dest_file(d);
	if (!f || f->is_through || !place_same(&f->at, p))
		return 0;
	return err_set(err, ERR_USAGE, "the image is written there, too");
}
