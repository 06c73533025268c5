/* SPDX-License-Identifier: Apache-2.0 */
/* A member's fields come from up to four places, and the later one of this list
 * wins:
 *
 *	the header block, with its prefix
 *	GNU 'L' and 'K' headers: name and link target
 *	the global PAX header in force
 *	the member's own PAX header; GNU.sparse.name last of all
 *
 * This is the order of Go's archive/tar, but for names: it prefers a GNU long
 * name to a PAX path. Where the two differ the member is marked (TAR_ODD_NAME),
 * and the tree tells it. */
#include "tar/member.h"

#include <inttypes.h>

/* '7' is a contiguous file, which POSIX lets a reader take for a regular one;
 * 'S' is GNU's old sparse file. POSIX would have unknown flags read as regular
 * files, too; engines do not make them, so they are TAR_OTHER and no name of
 * the tree. */
static enum tar_type type_of(char flag)
{
	switch (flag) {
	case 0:
	case '0':
	case '7':
	case 'S':
		return TAR_FILE;
	case '1':
		return TAR_HARDLINK;
	case '2':
		return TAR_SYMLINK;
	case '3':
		return TAR_CHAR;
	case '4':
		return TAR_BLOCK;
	case '5':
		return TAR_DIR;
	case '6':
		return TAR_FIFO;
	default:
		return TAR_OTHER;
	}
}

/* "usr/lib" and "libc.so" are usr/lib/libc.so: the slash between is not stored.
 */
struct str tar_header_name(struct tar_member *m)
{
	const struct tar_raw_header *h = &m->block.h;
	struct str name = tar_text(TAR_FIELD(h->name)), prefix = { 0 };
	switch (tar_dialect_of(h)) {
	case TAR_USTAR:
		prefix = tar_text(TAR_FIELD(h->prefix));
		break;
	case TAR_STAR: /* the last 24 bytes are times */
		prefix = tar_text(h->prefix, 131);
		break;
	case TAR_GNU:
	case TAR_V7:
		break;
	}
	if (prefix.n == 0)
		return name;
	memcpy(m->joined, prefix.p, prefix.n);
	m->joined[prefix.n] = '/';
	memcpy(m->joined + prefix.n + 1, name.p, name.n);
	return (struct str){ m->joined, prefix.n + 1 + name.n };
}

/* The header block alone. A field that is no number is an error even when
 * another value overrides it, as for Go's archive/tar. */
static int fill_header(struct tar_member *m, struct tar_entry *out,
		       struct err *err)
{
	const struct tar_raw_header *h = &m->block.h;
	int64_t mode;
	if (tar_number(TAR_FIELD(h->mode), "mode", &mode, err) < 0 ||
	    tar_u32(TAR_FIELD(h->uid), "uid", &out->uid, err) < 0 ||
	    tar_u32(TAR_FIELD(h->gid), "gid", &out->gid, err) < 0 ||
	    tar_size(TAR_FIELD(h->size), "size", &m->stored, err) < 0 ||
	    tar_number(TAR_FIELD(h->mtime), "mtime", &out->mtime.s, err) < 0)
		return -1;
	out->flag = h->flag;
	out->type = type_of(h->flag);
	out->mode = (uint32_t)mode & 07777;
	out->name = tar_header_name(m);
	out->target = tar_text(TAR_FIELD(h->linkname));
	if (out->type != TAR_CHAR && out->type != TAR_BLOCK)
		return 0;
	if (tar_dialect_of(h) == TAR_V7)
		return 0; /* no such fields yet */
	if (tar_u32(TAR_FIELD(h->devmajor), "devmajor", &out->devmajor, err) <
	    0)
		return -1;
	return tar_u32(TAR_FIELD(h->devminor), "devminor", &out->devminor, err);
}

/* Values that do not fit into their fields were refused when they were read
 * (pax.c), so the casts lose nothing. */
static void apply_pax(struct tar_member *m, const struct pax_values *v,
		      struct tar_entry *out)
{
	if (pax_has(v, PAX_PATH))
		out->name = v->v[PAX_PATH].text;
	if (pax_has(v, PAX_LINKPATH))
		out->target = v->v[PAX_LINKPATH].text;
	if (pax_has(v, PAX_SIZE))
		m->stored = v->v[PAX_SIZE].number;
	if (pax_has(v, PAX_UID))
		out->uid = (uint32_t)v->v[PAX_UID].number;
	if (pax_has(v, PAX_GID))
		out->gid = (uint32_t)v->v[PAX_GID].number;
	if (pax_has(v, PAX_MTIME))
		out->mtime = v->v[PAX_MTIME].time;
	if (out->type != TAR_CHAR && out->type != TAR_BLOCK)
		return;
	if (pax_has(v, PAX_DEVMAJOR))
		out->devmajor = (uint32_t)v->v[PAX_DEVMAJOR].number;
	if (pax_has(v, PAX_DEVMINOR))
		out->devminor = (uint32_t)v->v[PAX_DEVMINOR].number;
}

/* What the type and the final name mean for target and content. */
static int settle_type(struct tar_member *m, struct tar_entry *out,
		       struct err *err)
{
	/* v7 has no flag for directories: a slash behind the name says so. */
	bool slash = out->name.n && out->name.p[out->name.n - 1] == '/';
	if (out->type != TAR_HARDLINK && out->type != TAR_SYMLINK)
		out->target = (struct str){ 0 };
	if ((out->flag == 0 || out->flag == '0') && slash) {
		/* Readers differ on whether such content is there to skip. */
		if (m->stored)
			return err_set(err, ERR_CORRUPT,
				       "a directory with %" PRIu64
				       " bytes of content",
				       m->stored);
		out->type = TAR_DIR;
	}
	/* '1' to '6' have no content whatever their size says: engines, which
	 * read tars with Go's archive/tar, find the next header right behind
	 * this one. */
	if (out->type != TAR_FILE && out->type != TAR_OTHER)
		m->stored = 0;
	out->payload = m->stored;
	out->size = out->type == TAR_FILE ? m->stored : 0;
	return 0;
}

/* A global header lends its values by way of the member's own (pax_inherit), so
 * the two are told apart by what was there before. */
int tar_member_fill(struct tar_member *m, struct tar_announced *a,
		    const struct pax_global *g, const struct limits *lim,
		    struct tar_entry *out, struct err *err)
{
	*out = (struct tar_entry){ 0 };
	if (fill_header(m, out, err) < 0)
		return -1;
	if (out->flag == 'M')
		return err_set(err, ERR_UNSUPPORTED,
			       "\"%s\" goes on from another volume",
			       str_quoted(out->name).text);
	if (a->long_name.n)
		out->name = buf_str(&a->long_name);
	if (a->long_link.n)
		out->target = buf_str(&a->long_link);
	if (g->v.set)
		out->has_global = tar_pax_inherit(&a->pax, g);
	out->odd = a->odd;
	if (out->flag == '7' || out->flag == 'S')
		out->odd |= TAR_ODD_TYPE;
	if (a->pax.set)
		apply_pax(m, &a->pax, out);
	if ((a->long_name.n && !str_eq(out->name, buf_str(&a->long_name))) ||
	    (a->long_link.n && !str_eq(out->target, buf_str(&a->long_link))))
		out->odd |= TAR_ODD_NAME;
	if (a->pax.xattrs.n && tar_xattr_settle(&a->pax.xattrs, &out->xattrs,
						&out->n_xattrs, err) < 0)
		return -1;
	if (out->name.n > lim->path_max + TAR_PATH_SLACK)
		return limits_exceeded(lim, &lim->path_max, out->name.n, err);
	return settle_type(m, out, err);
}

enum sparse_kind { SPARSE_NONE, SPARSE_GNU, SPARSE_LIST, SPARSE_TEXT };

/* Which of the four ways, as Go's archive/tar tells them apart; versions that
 * it does not know are refused, not read as plain files.
 *
 *	old GNU	flag 'S'; regions in the header and in blocks behind it
 *	0.0	GNU.sparse.offset and GNU.sparse.numbytes, repeated
 *	0.1	GNU.sparse.map=0,512,4096,512
 *	1.0	GNU.sparse.major=1: a map as text, in front of the content
 *
 * GNU tar manual, "Storing Sparse Files". A member with marks of two of them
 * could be read in two ways and is refused. */
static int sparse_kind_of(const struct tar_member *m,
			  const struct pax_values *v, enum sparse_kind *out,
			  struct err *err)
{
	bool list = v->pairs.count || pax_has(v, PAX_SPARSE_MAP);
	bool version =
		pax_has(v, PAX_SPARSE_MAJOR) || pax_has(v, PAX_SPARSE_MINOR);
	uint64_t major = pax_has(v, PAX_SPARSE_MAJOR)
				 ? v->v[PAX_SPARSE_MAJOR].number
				 : 0;
	uint64_t minor = pax_has(v, PAX_SPARSE_MINOR)
				 ? v->v[PAX_SPARSE_MINOR].number
				 : 0;
	*out = SPARSE_NONE;
	if (v->pairs.count && pax_has(v, PAX_SPARSE_MAP))
		return err_set(err, ERR_CORRUPT, "two sparse maps");
	if (m->block.h.flag == 'S') {
		if (list || version || tar_dialect_of(&m->block.h) != TAR_GNU)
			return err_set(err, ERR_CORRUPT,
				       "an old GNU sparse member with another "
				       "format's marks");
		*out = SPARSE_GNU;
	} else if (major == 1 && minor == 0) {
		*out = SPARSE_TEXT;
	} else if (major > 0 || minor > 1) {
		return err_set(err, ERR_UNSUPPORTED,
			       "sparse format %" PRIu64 ".%" PRIu64, major,
			       minor);
	} else if (list || version) {
		*out = SPARSE_LIST;
	}
	return 0;
}

/* Formats 0.0 and 0.1 call it GNU.sparse.size, 1.0 GNU.sparse.realsize. Without
 * it the hole at the end of a file would be lost. */
static int real_size(const struct tar_member *m, enum sparse_kind kind,
		     const struct pax_values *v, uint64_t *out, struct err *err)
{
	if (kind == SPARSE_GNU)
		return tar_size(TAR_FIELD(m->block.gnu.real_size), "real size",
				out, err);
	if (pax_has(v, PAX_SPARSE_SIZE))
		*out = v->v[PAX_SPARSE_SIZE].number;
	else if (pax_has(v, PAX_SPARSE_REALSIZE))
		*out = v->v[PAX_SPARSE_REALSIZE].number;
	else
		return err_set(err, ERR_CORRUPT,
			       "a sparse member without its real size");
	return 0;
}

static int list_map(struct tar_member *m, struct pax_values *v,
		    const struct limits *lim, struct err *err)
{
	if (v->pairs.count) {
		struct sparse_map own = m->map;
		m->map = v->pairs;
		v->pairs = own;
	} else if (pax_has(v, PAX_SPARSE_MAP) &&
		   tar_sparse_add_list(&m->map, lim, v->v[PAX_SPARSE_MAP].text,
				       err) < 0) {
		return -1;
	}
	/* A map that was cut short would otherwise read as a file with a hole.
	 */
	if (!pax_has(v, PAX_SPARSE_BLOCKS) ||
	    v->v[PAX_SPARSE_BLOCKS].number != m->map.count)
		return err_set(err, ERR_CORRUPT,
			       "GNU.sparse.numblocks is not the %" PRIu64
			       " regions of the map",
			       m->map.count);
	return 0;
}

static int read_map(struct tar_member *m, enum sparse_kind kind,
		    struct pax_values *v, const struct limits *lim,
		    struct tar_input *in, struct tar_entry *out,
		    struct err *err)
{
	uint64_t extra = 0;
	switch (kind) {
	case SPARSE_GNU:
		if (tar_sparse_read_gnu(&m->map, lim, &m->block.gnu, in, &extra,
					err) < 0)
			return -1;
		if (ckd_add(&out->payload, out->payload, extra))
			return err_set(err, ERR_CORRUPT, "size is too large");
		return 0;
	case SPARSE_TEXT:
		return tar_sparse_read_text(&m->map, lim, in, &m->stored, err);
	case SPARSE_LIST:
	default:
		return list_map(m, v, lim, err);
	}
}

int tar_member_sparse(struct tar_member *m, struct tar_announced *a,
		      const struct limits *lim, struct tar_input *in,
		      struct tar_entry *out, struct err *err)
{
	static const struct tar_region none;
	struct pax_values *v = &a->pax;
	enum sparse_kind kind;
	if (sparse_kind_of(m, v, &kind, err) < 0)
		return -1;
	if (kind == SPARSE_NONE || out->type == TAR_OTHER)
		return 0;
	if (out->type != TAR_FILE)
		return err_set(err, ERR_CORRUPT,
			       "a sparse map for what is no file");
	sparse_reset(&m->map);
	if (real_size(m, kind, v, &out->size, err) < 0 ||
	    read_map(m, kind, v, lim, in, out, err) < 0 ||
	    tar_sparse_check(&m->map, out->size, m->stored, err) < 0)
		return -1;
	if (kind != SPARSE_GNU && pax_has(v, PAX_SPARSE_NAME))
		out->name = v->v[PAX_SPARSE_NAME].text;
	out->is_sparse = true;
	out->sparse = m->map.n ? m->map.v : &none;
	out->n_sparse = m->map.n;
	return 0;
}
