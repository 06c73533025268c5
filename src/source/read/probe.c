/* SPDX-License-Identifier: Apache-2.0 */
/* What stands behind a path: told by the files that are there. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/nearest.h"
#include "source/read/no_image.h"

/* The first that fits is taken. Docker >= 25 writes manifest.json and
 * index.json over the same blobs: such an archive is of two formats, and
 * choose.c has the last word. */
static const struct file_format *const formats[] = {
	&source_oci_dir,   &source_oci_archive, &source_docker_archive,
	&source_docker_v1, &source_skopeo_dir,
};

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

/* A transport that is read and was mistyped in front of the first colon. What
 * is the beginning of one is rather the name of an image: "docker:dind". */
static struct nearest near_transport(struct str path, struct quoted *prefix)
{
	struct str head = { path.p, str_find(path, ':') };
	*prefix = str_quoted(head.n < path.n ? head : STR(""));
	struct nearest near = nearest_to(prefix->text);
	for (size_t i = 0; i < ARRAY_LEN(formats); i++) {
		const char *name =
			oci_ref_transport_name(formats[i]->transport);
		if (!str_starts(str_of(name), head))
			nearest_try(&near, name);
	}
	return near;
}

int source_probe_split(struct ref *ref, struct arena *a, struct err *err)
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
	struct quoted prefix = { "" };
	struct nearest near = near_transport(ref->path, &prefix);
	if (near.best)
		return err_set(err, ERR_NOT_FOUND,
			       "no such file or directory, and no transport "
			       "\"%s:\" (did you mean %s:?)",
			       prefix.text, near.best);
	return err_set(err, ERR_NOT_FOUND,
		       "no such file or directory; an image in an engine is "
		       "piped in: docker save NAME | pare COMMAND -");
}

static int refuse_other(struct file_source *f, const struct file_format *want,
			const struct file_format *is, struct err *err)
{
	if (!is)
		return source_no_image_files(f, want, err);
	return err_set(err, ERR_USAGE,
		       "not of the kind %s but %s; write %s:%.*s", want->name,
		       is->name, is->name, STR_ARG(f->source.ref.path));
}

static bool fits(const struct file_source *f, const struct file_format *to)
{
	return to->directory == !f->files.archive && to->taste(f);
}

int source_probe_format(struct file_source *f, struct err *err)
{
	const struct file_format *want = NULL, *is = NULL;
	enum ref_transport said = f->source.ref.transport;
	for (size_t i = 0; i < ARRAY_LEN(formats); i++) {
		const struct file_format *to = formats[i];
		bool asked = said == to->transport;
		if (asked && !want)
			want = to;
		if (!fits(f, to))
			continue;
		if (!is)
			is = to;
		if (!f->format && (asked || said == REF_PATH))
			f->format = to;
		else if (!f->other)
			f->other = to;
	}
	if (f->format)
		return 0;
	return want ? refuse_other(f, want, is, err)
		    : source_no_image_files(f, NULL, err);
}
