/* SPDX-License-Identifier: Apache-2.0 */
/* What stands behind a path: told by the files that are there. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "source/kind.h"
#include "source/oci_layout.h"

/* Every kind there is. Where an archive is of two kinds (Docker >= 25 writes
 * manifest.json and index.json over the same blobs), the first that fits wins;
 * docker_archive's taste leaves those to OCI whose index is complete. */
static const struct source_kind *const kinds[] = { &docker_archive, &oci_dir,
						   &oci_archive, &skopeo_dir };

/* "-" is there: several images may come through a pipe, too. */
static bool is_there(const char *path)
{
	struct stat st;
	return strcmp(path, "-") == 0 || stat(path, &st) == 0;
}

static int read_selector(struct ref *ref, struct str tag, struct err *err)
{
	if (!str_starts(tag, STR("@"))) {
		ref->tag = tag;
		return 0;
	}
	if (!str_to_u64(str_from(tag, 1), &ref->index))
		return err_set(err, ERR_USAGE,
			       "\"%s\": expected a number behind the \"@\"",
			       str_quoted(tag).text);
	ref->has_index = true;
	return 0;
}

int probe_split(struct ref *ref, struct arena *a, struct err *err)
{
	if (ref->transport != REF_PATH || is_there(ref->path.p))
		return 0;
	int why = errno;
	for (size_t at = ref->path.n; at-- > 1;) {
		struct str left;
		if (ref->path.p[at] != ':')
			continue;
		if (arena_str(a, (struct str){ ref->path.p, at }, &left, err) <
		    0)
			return -1;
		if (!is_there(left.p))
			continue;
		struct str tag = str_from(ref->path, at + 1);
		ref->path = left;
		return read_selector(ref, tag, err);
	}
	if (why != ENOENT && why != ENOTDIR) {
		errno = why;
		return err_sys(err, "looking for it");
	}
	return err_set(err, ERR_NOT_FOUND,
		       "no such file or directory; an image in an engine is "
		       "piped in: docker save NAME | pare COMMAND -");
}

static int refuse_unknown(const struct source *s, struct err *err)
{
	if (!s->files.archive && files_has(&s->files, "manifest.json"))
		return err_set(err, ERR_CORRUPT,
			       "not an image: the directory holds a "
			       "manifest.json, but no version, index.json or "
			       "oci-layout; write dir:%.*s if skopeo made it",
			       STR_ARG(s->ref.path));
	return err_set(err, ERR_CORRUPT,
		       "not an image: %s holds no manifest.json, index.json or "
		       "oci-layout",
		       s->files.archive ? "the archive" : "the directory");
}

static int refuse_other(const struct source *s, const struct source_kind *want,
			const struct source_kind *is, struct err *err)
{
	if (!is)
		return err_set(err, ERR_CORRUPT, "not %s: it has no %s",
			       want->name, want->marks);
	return err_set(err, ERR_USAGE,
		       "not of the kind %s but %s; write %s:%.*s", want->name,
		       is->name, is->name, STR_ARG(s->ref.path));
}

static bool fits(const struct source *s, const struct source_kind *k)
{
	return k->directory == !s->files.archive && k->taste(s);
}

static const struct source_kind *tell(struct source *s)
{
	const struct source_kind *found = NULL;
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if (!fits(s, kinds[i]))
			continue;
		s->kind = kinds[i]; /* by whose names blobs are looked for */
		if (!found)
			found = kinds[i];
		else if (kinds[i] == &oci_archive && oci_layout_is_complete(s))
			found = kinds[i];
	}
	return found;
}

int probe_kind(struct source *s, struct err *err)
{
	const struct source_kind *want = NULL;
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (kinds[i]->transport == s->ref.transport)
			want = kinds[i];
	if (want && fits(s, want)) {
		s->kind = want;
		return 0;
	}
	const struct source_kind *is = tell(s);
	if (want)
		return refuse_other(s, want, is, err);
	if (!is)
		return refuse_unknown(s, err);
	s->kind = is;
	return 0;
}
