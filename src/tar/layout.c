/* SPDX-License-Identifier: Apache-2.0 */
/* What one member looks like, decided before a byte is written:
 *
 *	['x' header][records, padded] [header][sparse map, padded] [content]
 *
 * The first two are there only where the header has no room, and each field is
 * judged on its own: a name that does not fit does not bring a record for the
 * time. The same entry always gives the same bytes, so two runs give layers of
 * one digest.
 *
 * GNU's 'L' and 'K' headers and base-256 are not written where PAX has a key:
 * one way for every case, and a standard one. */
#include "tar/layout.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/checked.h"
#include "tar/input.h"

enum {
	NAME_MAX_ = sizeof((struct tar_raw_header *)0)->name,
	PREFIX_MAX = sizeof((struct tar_raw_header *)0)->prefix
};
/* Seven digits and a NUL: owners up to 2097151. Eleven digits and a NUL: sizes
 * below 8 GiB, times up to the year 2242. */
#define OCTAL_7 UINT64_C(07777777)
#define OCTAL_11 UINT64_C(077777777777)

/* Splits a name at the last slash that leaves a prefix of at most 155 bytes.
 * The slash itself is stored nowhere (POSIX, ustar "prefix").
 *
 * A reader puts the slash back. A directory's own slash counts: a name of 100
 * bytes fits if it is a file's and not if it is a directory's. A last component
 * of more than 100 bytes fits nowhere and needs a record. */
static bool split_name(struct str name, size_t slash, struct tar_layout *l)
{
	if (name.n + slash <= NAME_MAX_) {
		l->name = name;
		return true;
	}
	/* A slash at the very end would leave no name. */
	for (size_t i = MIN(name.n - 2, (size_t)PREFIX_MAX); i > 0; i--) {
		if (name.p[i] != '/')
			continue;
		l->prefix = (struct str){ name.p, i };
		l->name = str_from(name, i + 1);
		return l->name.n + slash <= NAME_MAX_;
	}
	return false;
}

/* A reader would end the name there: the file would be written over another
 * one. */
static int refuse_nul(struct str s, const char *what, struct err *err)
{
	if (str_find(s, 0) == s.n)
		return 0;
	return err_set(err, ERR_CORRUPT, "%s \"%s\" holds a NUL byte", what,
		       str_quoted(s).text);
}

static int plan_names(struct tar_layout *l, struct err *err)
{
	struct str name = l->e->name;
	/* The root. podman takes its mode from an entry of this name alone (of
	 * "./" it does not); to docker and containerd all names are alike. */
	if (l->e->type == TAR_DIR && name.n == 0)
		name = STR("/");
	if (name.n == 0)
		return err_set(err, ERR_CORRUPT, "a member without a name");
	if (refuse_nul(name, "name", err) < 0 ||
	    refuse_nul(l->e->target, "link target", err) < 0)
		return -1;
	l->slash = l->e->type == TAR_DIR && name.p[name.n - 1] != '/';
	if (l->e->is_sparse || !split_name(name, l->slash, l)) {
		/* A sparse file's name is GNU.sparse.name, and the header has
		 * one made for readers that do not know the format. */
		l->pax_path = !l->e->is_sparse;
		l->prefix = (struct str){ 0 };
		l->name = (struct str){ name.p, MIN(name.n, NAME_MAX_ + 0ul) };
		l->slash = l->slash && l->name.n < NAME_MAX_;
	}
	if (l->e->type == TAR_HARDLINK || l->e->type == TAR_SYMLINK)
		l->target = l->e->target;
	l->pax_target = l->target.n > NAME_MAX_;
	l->target.n = MIN(l->target.n, NAME_MAX_ + 0ul);
	l->binary = (l->pax_path && !str_is_utf8(name)) ||
		    (l->e->is_sparse && !str_is_utf8(name)) ||
		    (l->pax_target && !str_is_utf8(l->e->target));
	return 0;
}

static int plan_sparse(struct tar_layout *l, struct err *err)
{
	const struct tar_entry *e = l->e;
	uint64_t end = 0, text;
	l->data = 0;
	for (size_t i = 0; i < e->n_sparse; i++) {
		const struct tar_region *r = &e->sparse[i];
		if (r->offset < end || ckd_add(&end, r->offset, r->size) ||
		    end > e->size)
			return err_set(err, ERR_CORRUPT,
				       "sparse region %zu is out of order", i);
		l->data += r->size;
	}
	/* GNU tar makes the hole at the end of a file from an empty region. */
	l->regions = e->n_sparse + (end < e->size);
	if (tar_map_text(l, NULL, &text, err) < 0)
		return -1;
	l->map = text + tar_padding(text);
	return 0;
}

int tar_layout_of(const struct tar_entry *e, struct tar_layout *out,
		  struct err *err)
{
	struct tar_layout l = { .e = e };
	if (e->type == TAR_OTHER)
		return err_set(err, ERR_UNSUPPORTED,
			       "cannot write a member of type '%c'", e->flag);
	if (plan_names(&l, err) < 0)
		return -1;
	l.data = e->type == TAR_FILE ? e->size : 0;
	if (e->is_sparse && plan_sparse(&l, err) < 0)
		return -1;
	uint64_t stored;
	/* Padded to a block it has to fit into 63 bits, which is all that
	 * readers take. */
	if (ckd_add(&stored, l.map, l.data) || stored > INT64_MAX - 512)
		return err_set(err, ERR_CORRUPT,
			       "size %" PRIu64 " is too large", e->size);
	l.pax_size = stored > OCTAL_11;
	l.pax_uid = e->uid > OCTAL_7;
	l.pax_gid = e->gid > OCTAL_7;
	l.pax_mtime =
		e->mtime.s < 0 || e->mtime.ns || e->mtime.s > (int64_t)OCTAL_11;
	if (tar_pax_records(&l, NULL, &l.pax, err) < 0)
		return -1;
	*out = l;
	return 0;
}

uint64_t tar_layout_head(const struct tar_layout *l)
{
	uint64_t n = TAR_BLOCK_SIZE + l->map;
	if (l->pax)
		n += TAR_BLOCK_SIZE + l->pax + tar_padding(l->pax);
	return n;
}

/* All digits of the field but its last byte, a NUL. */
static void put_octal(char *field, size_t n, uint64_t v)
{
	field[n - 1] = 0;
	for (size_t i = n - 1; i-- > 0; v >>= 3)
		field[i] = (char)('0' + (v & 7));
}

/* Base-256, GNU's: a set top bit, then the number from the last byte on. */
static void put_binary(char *field, size_t n, uint64_t v)
{
	memset(field, 0, n);
	for (size_t i = n; i-- > 1; v >>= 8)
		field[i] = (char)(v & 255);
	field[0] = (char)0x80;
}

/* Devices have no PAX key; past seven digits they are base-256, which all
 * readers of the fields take. */
static void put_device(char *field, size_t n, uint32_t v)
{
	if (v <= OCTAL_7)
		put_octal(field, n, v);
	else
		put_binary(field, n, v);
}

/* Six digits, a NUL and a blank, as tars since v7 have it: the blank is what
 * was there while the sum was taken. */
static void put_sum(union tar_block *b)
{
	uint32_t sum = 0;
	memset(b->h.checksum, ' ', sizeof b->h.checksum);
	for (size_t i = 0; i < TAR_BLOCK_SIZE; i++)
		sum += b->bytes[i];
	put_octal(b->h.checksum, 7, sum);
}

/* Fields that say nothing are zeros in digits and not empty: some readers take
 * an empty number for an error. */
static void put_common(union tar_block *b, char flag, uint32_t mode,
		       uint64_t size)
{
	struct tar_raw_header *h = &b->h;
	*b = (union tar_block){ 0 };
	h->flag = flag;
	put_octal(TAR_FIELD(h->mode), mode);
	put_octal(TAR_FIELD(h->uid), 0);
	put_octal(TAR_FIELD(h->gid), 0);
	put_octal(TAR_FIELD(h->size), size);
	put_octal(TAR_FIELD(h->mtime), 0);
	put_octal(TAR_FIELD(h->devmajor), 0);
	put_octal(TAR_FIELD(h->devminor), 0);
	memcpy(h->magic, "ustar", sizeof h->magic);
	memcpy(h->version, "00", sizeof h->version);
}

/* The last part of the name, without a slash behind it.
 *
 * Of "a/b/" it is b, of "/" it is ".". */
static struct str base_name(const struct tar_layout *l)
{
	struct str s = l->e->name;
	while (s.n && s.p[s.n - 1] == '/')
		s.n--;
	for (size_t i = s.n; i-- > 0;)
		if (s.p[i] == '/')
			return str_from(s, i + 1);
	return s.n ? s : STR(".");
}

/* "DIRECTORY/base", cut to what the field holds: a name for readers that do
 * not know PAX. */
static void put_made_name(const struct tar_layout *l, const char *directory,
			  struct tar_raw_header *h)
{
	struct str base = base_name(l);
	size_t n = strlen(directory);
	memcpy(h->name, directory, n);
	memcpy(h->name + n, base.p, MIN(base.n, sizeof h->name - n));
}

static char flag_of(enum tar_type type)
{
	switch (type) {
	case TAR_HARDLINK:
		return '1';
	case TAR_SYMLINK:
		return '2';
	case TAR_CHAR:
		return '3';
	case TAR_BLOCK:
		return '4';
	case TAR_DIR:
		return '5';
	case TAR_FIFO:
		return '6';
	case TAR_FILE:
	case TAR_OTHER:
		break;
	}
	return '0';
}

/* Times before 1970 stand in a record, and 0 here: the field has no sign. */
void tar_layout_block(const struct tar_layout *l, union tar_block *out)
{
	const struct tar_entry *e = l->e;
	struct tar_raw_header *h = &out->h;
	const int64_t seconds = MAX(e->mtime.s, (int64_t)0);
	put_common(out, flag_of(e->type), e->mode & 07777,
		   l->pax_size ? 0 : l->map + l->data);
	if (e->is_sparse) {
		put_made_name(l, "GNUSparseFile.0/", h);
	} else {
		if (l->prefix.n)
			memcpy(h->prefix, l->prefix.p, l->prefix.n);
		memcpy(h->name, l->name.p, l->name.n);
		if (l->slash)
			h->name[l->name.n] = '/';
	}
	if (l->target.n)
		memcpy(h->linkname, l->target.p, l->target.n);
	put_octal(TAR_FIELD(h->uid), l->pax_uid ? 0 : e->uid);
	put_octal(TAR_FIELD(h->gid), l->pax_gid ? 0 : e->gid);
	put_octal(TAR_FIELD(h->mtime),
		  seconds > (int64_t)OCTAL_11 ? 0 : (uint64_t)seconds);
	if (e->type == TAR_CHAR || e->type == TAR_BLOCK) {
		put_device(TAR_FIELD(h->devmajor), e->devmajor);
		put_device(TAR_FIELD(h->devminor), e->devminor);
	}
	put_sum(out);
}

void tar_pax_block(const struct tar_layout *l, union tar_block *out)
{
	put_common(out, 'x', 0644, l->pax);
	put_made_name(l, "PaxHeaders/", &out->h);
	put_sum(out);
}

/* For archives of images, whose members are blobs. A size of 8 GiB and more
 * stands in base-256, which is GNU's, so the magic says GNU. */
int tar_file_block(struct str name, uint64_t size, union tar_block *out,
		   struct err *err)
{
	struct tar_raw_header *h = &out->h;
	if (name.n == 0 || name.n >= NAME_MAX_)
		return err_set(err, ERR_CORRUPT,
			       "\"%s\" does not fit into one header",
			       str_quoted(name).text);
	put_common(out, '0', 0644, MIN(size, OCTAL_11));
	memcpy(h->name, name.p, name.n);
	/* Files have no device: the fields stay empty, as they always were in
	 * the archives of pare. */
	memset(h->devmajor, 0, sizeof h->devmajor);
	memset(h->devminor, 0, sizeof h->devminor);
	if (size > OCTAL_11) {
		put_binary(TAR_FIELD(h->size), size);
		memcpy(h->magic, "ustar ", sizeof h->magic);
		memcpy(h->version, " ", sizeof h->version);
	}
	put_sum(out);
	return 0;
}
