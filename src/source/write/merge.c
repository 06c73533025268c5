/* SPDX-License-Identifier: Apache-2.0 */
/* An image into an OCI layout that exists: its blobs one by one, then an
 * index.json in which other images stay.
 *
 * Invariants, at whatever instant the process is killed:
 *   - index.json is the old one or the new one, whole;
 *   - every blob that the index of that instant names is there;
 *   - no blob that was there before is lost.
 * They follow from the order: blobs are renamed in, the directories are synced,
 * and only then index.json is renamed over the old one. A rename over a blob of
 * the same digest loses nothing: the bytes are equal, or the old ones were
 * broken.
 *
 * What a kill does leave is blobs that no index names. So before the first
 * rename a note is written in our own directory within the layout, with the
 * digest of the index.json of then and the names of the blobs that were not
 * there. An example:
 *
 *   .d.pare-x7Qa2f/.undo:  sha256:5f70... (index.json)
 *                          9c1e...        (a blob that this run brings)
 *
 * The next run that opens the layout finds the note (dest_merge_undo). Is
 * index.json still 5f70...: the kill came before the last rename, and the blob
 * goes. Is it another one: either that run got to its end, or somebody else
 * wrote since and may name the blob by now; then nothing is touched. The
 * directory is locked as long as its owner lives (base/litter.h), so a run that
 * is still at work is never undone. */
#include "source/write/merge.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "base/litter.h"
#include "base/path.h"
#include "json/span.h"
#include "json/write.h"
#include "source/write/oci_docs.h"
#include "source/read/files.h"

static void close_dir(DIR **dir)
{
	if (*dir)
		closedir(*dir);
}

/* An entry that goes by the same name is replaced; without a name, the ones
 * without. */
static bool stays(const struct layout_dest *to, const struct desc *old)
{
	return !str_eq(oci_desc_annotation(old, OCI_REF_NAME), to->dest.tag);
}

static int merge_list(const struct layout_dest *to, const struct oci_doc *old,
		      struct buf *out, struct err *err)
{
	struct json_out o;
	json_out_begin(&o, out, false);
	json_open_array(&o);
	for (size_t i = 0; i < old->n_manifests; i++)
		if (stays(to, &old->manifests[i]))
			json_put_raw(&o, old->manifests[i].json);
	json_put_raw(&o, to->entry);
	json_close_array(&o);
	return json_out_finish(&o, err);
}

/* Borrowed from the arena; 0: there is none. */
static int read_file(struct dest *d, int dirfd, const char *name,
		     struct str *out, struct err *err)
{
	struct files files = { .fd = dirfd };
	*out = (struct str){ 0 };
	return source_files_read(&files, name, &d->lim, &d->lim.manifest_max,
				 &d->arena, out, err);
}

/* The layout's own index.json with the new entry: all else keeps its bytes. */
static int merge_index(struct layout_dest *to, struct str text, struct buf *out,
		       struct err *err)
{
	scoped(buf_done) struct buf list = BUF_INIT(DEST_DOC_MAX);
	struct oci_doc old = { 0 };
	if (oci_parse_doc(text, &to->dest.lim, &to->dest.arena, &old, err) < 0)
		return err_ctx(err, "its index.json");
	if (old.kind != OCI_DOC_INDEX)
		return err_set(err, ERR_CORRUPT, "its index.json is no index");
	if (merge_list(to, &old, &list, err) < 0)
		return -1;
	struct json_edit edit = { "manifests", buf_str(&list) };
	return json_splice(text, &edit, 1, out, err);
}

int dest_layout_has(const struct layout_dest *to, struct str tag,
		    struct err *err)
{
	scoped(arena_done) struct arena a = { 0 };
	struct files files = { 0 };
	struct oci_doc doc = { 0 };
	struct str text;
	scoped(fd_close) int fd =
		open(to->file.at.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	const struct limits *lim = &to->dest.lim;
	if (fd < 0)
		return err_sys(err, "opening it");
	files.fd = fd;
	int r = source_files_read(&files, "index.json", lim, &lim->manifest_max,
				  &a, &text, err);
	if (r <= 0)
		return r;
	if (oci_parse_doc(text, lim, &a, &doc, err) < 0)
		return err_ctx(err, "its index.json");
	for (size_t i = 0; i < doc.n_manifests; i++)
		if (str_eq(oci_desc_annotation(&doc.manifests[i], OCI_REF_NAME),
			   tag))
			return 1;
	return 0;
}

static int make_dirs(int layout, struct err *err)
{
	static const char *const names[] = { "blobs", DEST_BLOBS };
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (mkdirat(layout, names[i], 0777) < 0 && errno != EEXIST)
			return err_sys(err, "making %s", names[i]);
	return 0;
}

struct merging {
	struct layout_dest *to;
	int layout;	/* locked: of two writers that read the same index.json
		     * and add an entry each, one entry would be lost */
	struct str was; /* its index.json */
	struct buf index; /* and what it becomes */
	bool *is_new;	  /* blobs that were not there */
};

static void merging_done(struct merging *m)
{
	buf_done(&m->index);
	fd_close(&m->layout);
}

/* Where a file system has no locks, there is none. */
static int lock_if_possible(int fd, struct err *err)
{
	if (io_lock(fd, err) == 0 || err->code == ERR_CANCELLED)
		return err->code ? -1 : 0;
	err_clear(err);
	return 0;
}

static int merging_begin(struct layout_dest *to, struct merging *m,
			 struct err *err)
{
	struct dest *d = &to->dest;
	m->to = to;
	m->layout = open(to->file.at.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (m->layout < 0)
		return err_sys(err, "opening it");
	if (lock_if_possible(m->layout, err) < 0)
		return err_ctx(err, "waiting for another writer");
	m->is_new = arena_array(&d->arena, d->n, sizeof *m->is_new, err);
	if (!m->is_new)
		return -1;
	int r = read_file(d, m->layout, "index.json", &m->was, err);
	if (r == 0)
		return dest_index_json((struct str){ 0 }, to->entry, &m->index,
				       err);
	return r < 0 ? -1 : merge_index(to, m->was, &m->index, err);
}

/* "sha256:..." of an index.json, "-" without one. */
static int put_index_digest(struct str index, struct buf *out, struct err *err)
{
	struct digest digest;
	if (!index.p)
		return buf_addf(out, err, "-\n");
	if (digest_of(DIGEST_SHA256, index.p, index.n, &digest, err) < 0)
		return -1;
	return buf_addf(out, err, "%s\n", digest_text(&digest).text);
}

/* What to undo, should this run not come to its end. An index that stays as it
 * is (the same image, written again) names all of these blobs already: undoing
 * would take away what it needs. */
static int note_undo(struct merging *m, struct err *err)
{
	scoped(buf_done) struct buf text = BUF_INIT(DEST_DOC_MAX);
	const struct dest *d = &m->to->dest;
	struct stat st;
	if (put_index_digest(m->was, &text, err) < 0)
		return -1;
	for (size_t i = 0; i < d->n; i++) {
		const struct digest *digest = &d->blobs[i].digest;
		m->is_new[i] = fstatat(m->layout, dest_blob_path(digest).text,
				       &st, AT_SYMLINK_NOFOLLOW) < 0;
		if (m->is_new[i] &&
		    buf_addf(&text, err, "%s\n", digest_hex(digest).text) < 0)
			return -1;
	}
	if (m->was.p && str_eq(m->was, buf_str(&m->index)))
		return 0;
	if (dest_put_file(m->to->file.fd, DEST_UNDO, buf_str(&text), err) < 0)
		return -1;
	return dest_sync_path(m->to->file.fd, ".", err);
}

/* A blob of that name is replaced: ours is verified, that one may be broken. */
static int move_blobs(const struct merging *m, struct err *err)
{
	const struct dest *d = &m->to->dest;
	for (size_t i = 0; i < d->n; i++) {
		struct dest_blob_path p = dest_blob_path(&d->blobs[i].digest);
		if (renameat(m->to->file.fd, p.text, m->layout, p.text) < 0)
			return err_sys(err, "%s", p.text);
	}
	return 0;
}

static int move_documents(const struct merging *m, struct err *err)
{
	int from = m->to->file.fd, to = m->layout;
	struct stat st;
	if (dest_put_file(from, "index.json", buf_str(&m->index), err) < 0 ||
	    dest_sync_blob_dirs(to, err) < 0)
		return -1;
	if (fstatat(to, "oci-layout", &st, 0) < 0 &&
	    renameat(from, "oci-layout", to, "oci-layout") < 0)
		return err_sys(err, "oci-layout");
	if (renameat(from, "index.json", to, "index.json") < 0)
		return err_sys(err, "index.json");
	return 0;
}

/* After a failure the note need not wait for the next run. */
static void take_back(const struct merging *m)
{
	const struct dest *d = &m->to->dest;
	for (size_t i = 0; i < d->n; i++)
		if (m->is_new[i])
			unlinkat(m->layout,
				 dest_blob_path(&d->blobs[i].digest).text, 0);
}

int dest_merge(struct layout_dest *to, struct err *err)
{
	scoped(merging_done) struct merging m = {
		.layout = -1, .index = BUF_INIT(DEST_DOC_MAX)
	};
	if (merging_begin(to, &m, err) < 0 || make_dirs(m.layout, err) < 0 ||
	    note_undo(&m, err) < 0)
		return -1;
	if (move_blobs(&m, err) < 0 || move_documents(&m, err) < 0) {
		take_back(&m);
		return -1;
	}
	return dest_sync_path(m.layout, ".", err);
}

/* The lines of the note, after the first one. A note is a file in a directory
 * that others may write to: only what is a blob's name, and only within the
 * layout's own blobs directory, is removed ("../../index.json" is not). */
static void remove_blobs(int layout, struct str names)
{
	struct err err = { 0 };
	struct str name;
	scoped(fd_close) int blobs =
		path_at(layout, DEST_BLOBS, O_RDONLY | O_DIRECTORY | O_CLOEXEC,
			0, &err);
	while (blobs >= 0 && str_cut(names, '\n', &name, &names)) {
		char z[65] = { 0 };
		if (name.n != 64)
			continue;
		memcpy(z, name.p, 64);
		if (strspn(z, "0123456789abcdef") == 64)
			unlinkat(blobs, z, 0);
	}
}

/* Soft: whoever opens a layout to write wants to write, and what cannot be
 * cleaned up now can be later. */
static void undo(struct dest *d, int layout, int left)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf now = BUF_INIT(256);
	struct str note, was, index;
	if (flock(layout, LOCK_EX) < 0 ||
	    read_file(d, left, DEST_UNDO, &note, &err) <= 0 ||
	    read_file(d, layout, "index.json", &index, &err) < 0 ||
	    put_index_digest(index, &now, &err) < 0)
		return;
	struct str now_line = { now.p, now.n - 1 };
	if (str_cut(note, '\n', &was, &note) && str_eq(was, now_line))
		remove_blobs(layout, note);
	flock(layout, LOCK_UN);
}

void dest_merge_undo(struct layout_dest *to, const char *path)
{
	struct dirent *e;
	struct stat st;
	char *real = realpath(path, NULL);
	scoped(close_dir) DIR *dir = real ? opendir(real) : NULL;
	while (dir && (e = readdir(dir))) {
		/* Ours by name, by owner, and with nobody at work in it. */
		if (!litter_is(e->d_name, path_base(str_of(real)).p))
			continue;
		scoped(fd_close) int fd =
			openat(dirfd(dir), e->d_name,
			       O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (fd >= 0 && fstat(fd, &st) == 0 && st.st_uid == geteuid() &&
		    flock(fd, LOCK_EX | LOCK_NB) == 0)
			undo(&to->dest, dirfd(dir), fd);
	}
	free(real);
}
