/* SPDX-License-Identifier: Apache-2.0 */
/* What is the same for every kind: birth, end, and what is asked of it. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/space.h"
#include "base/spool.h"
#include "source/write/kind.h"

void dest_close(struct dest **d)
{
	int saved = errno;
	if (!*d)
		return;
	sink_close(&(*d)->hash);
	sink_close(&(*d)->to);
	if ((*d)->kind)
		(*d)->kind->close(*d);
	free((*d)->blobs);
	arena_done(&(*d)->arena);
	free(*d);
	*d = NULL;
	errno = saved;
}

static int open_kind(struct dest *d, const struct dest_kind *const *kinds,
		     struct err *err)
{
	const struct dest_kind *kind = *kinds;
	d->holds = kind->holds;
	d->kind = kind; /* from here on it is closed, too */
	return kind->open(d, err);
}

/* The kind's state is as large as it says, so it is found first. */
static const struct dest_kind *const *find_kind(
	const struct dest_kind *const *kinds, const struct ref *ref)
{
	while (*kinds && !(*kinds)->takes(ref))
		kinds++;
	return kinds;
}

static int refuse_ref(const struct ref *ref, struct err *err)
{
	if (ref->has_index)
		err_set(err, ERR_USAGE, "a destination has a tag, no @N");
	else
		err_set(err, ERR_UNSUPPORTED,
			"images are not written to %s yet; write a file or an "
			"OCI layout",
			oci_ref_transport_name(ref->transport));
	return err_ctx(err, "%.*s", STR_ARG(ref->text));
}

int dest_open(const struct dest_kind *const *kinds, const struct ref *ref,
	      const struct limits *lim, struct dest **out, struct err *err)
{
	kinds = find_kind(kinds ? kinds : dest_kinds, ref);
	if (ref->has_index || !*kinds)
		return refuse_ref(ref, err);
	scoped(dest_close) struct dest *d = calloc(1, (*kinds)->size);
	if (!d)
		return err_nomem(err, (*kinds)->size);
	d->lim = *lim;
	d->ref = *ref;
	if (arena_str(&d->arena, ref->text, &d->ref.text, err) < 0 ||
	    arena_str(&d->arena, ref->path, &d->ref.path, err) < 0 ||
	    arena_str(&d->arena, ref->tag, &d->ref.tag, err) < 0)
		return -1;
	if (open_kind(d, kinds, err) < 0)
		return err_ctx(err, "%.*s", STR_ARG(d->ref.text));
	*out = take(&d);
	return 0;
}

const char *dest_kind(const struct dest *d)
{
	return d->kind->name;
}

enum dest_holds dest_holds(const struct dest *d)
{
	return d->holds;
}

bool dest_takes_index(const struct dest *d)
{
	return d->kind->takes_index;
}

int dest_docker_choice(const struct dest *d, const struct dest_image *images,
		       size_t n)
{
	if (!d->kind->docker_image || n < 2)
		return -1;
	return (int)(d->kind->docker_image(images, n) - images);
}

const struct atomic_file *dest_file(const struct dest *d)
{
	return d->kind->file ? d->kind->file(d) : NULL;
}

bool dest_is_stdout(const struct dest *d)
{
	const struct atomic_file *f = dest_file(d);
	return f && f->is_through && f->at.own == STDOUT_FILENO;
}

int dest_check_room(const struct dest *d, uint64_t n, struct err *err)
{
	const struct atomic_file *f = dest_file(d);
	if (!f)
		return 0;
	/* What goes to a pipe in the end is in a temporary file before. */
	if (f->is_through)
		return space_check_temporary(spool_dir(NULL), n, err);
	return space_check(f->fd, n, d->ref.text.p, err);
}
