/* SPDX-License-Identifier: Apache-2.0 */
/* tree/tree.h - the file system of an image, across its layers.
 *
 * The tree is what an overlay engine shows: each layer is unpacked in tar
 * order into a directory of its own, then laid over the tree below. Nothing is
 * unpacked here; layers are applied from their indices, lowest first, and every
 * name remembers the versions it had: which layer brought it, which one took
 * it out of sight, and how. Live and dead bytes, the final listing and what a
 * rewrite may leave out all follow from that. ARCHITECTURE.md tells the rules.
 *
 * A node is a path, an entry a version of it. Both are named by ids that count
 * from 0 and stay; how a tree keeps them is its own affair (internal.h). After
 * tree_apply of the last layer a tree is read only and may be read from many
 * threads. */
#pragma once
#include "base/limits.h"
#include "layer/index.h"

#define TREE_NONE UINT32_MAX
enum { TREE_ROOT = 0, TREE_ALIVE = UINT16_MAX };

/* How a name went out of sight; the lower wins where one layer brings several
 * (DESIGN section 3, "The kind of a dead copy"). */
enum tree_loss {
	LOSS_OVERWRITTEN,     /* same path and type, other content */
	LOSS_METADATA,	      /* same path and type, equal content */
	LOSS_REPLACED,	      /* same path, another type */
	LOSS_REPLACED_PARENT, /* a non-directory in place of a parent */
	LOSS_REMOVED,	      /* whiteout of it or of a parent */
	LOSS_HIDDEN,	      /* opaque parent */
	LOSS_NONE,
};

enum dead_kind {
	DEAD_OVERWRITTEN,
	DEAD_REMOVED,
	DEAD_HIDDEN,
	DEAD_REPLACED,
	DEAD_METADATA,
	DEAD_KINDS,
};
extern const char *const tree_dead_kind_name[DEAD_KINDS]; /* JSON keys */
enum dead_kind tree_dead_kind(enum tree_loss loss);

/* How an entry came to be; asked by tree_is_link and those beside it. */
enum tree_flags {
	ENTRY_IMPLIED =
		1,	  /* a directory that no member of its layer declares */
	ENTRY_AGAIN = 2,  /* the same directory as the version below it; with
			    * ENTRY_IMPLIED, its metadata is that one's, too */
	ENTRY_LINK = 4,	  /* a hard link */
	ENTRY_SPARSE = 8, /* payload and size differ */
	ENTRY_MARKER = 16, /* whiteout, opaque marker, AUFS rest, unknown */
	ENTRY_UNSEEN = 32, /* died in its own layer */
	ENTRY_STORES = 64, /* its payload counts as stored */
			   /* Higher bits are the tree's own. */
};

/* One tar member, or an implied directory: a version of its node, and, unless
 * it is a link, an inode. What it has beside this is asked for. Borrowed from
 * the tree until the next layer is applied. */
struct tree_entry {
	uint32_t node;	     /* TREE_NONE: a member that makes no name */
	uint16_t born, died; /* layers; died of the name, TREE_ALIVE */
	uint16_t flags;	     /* enum tree_flags */
	uint8_t type;	     /* enum tar_type; a link has its inode's */
	uint8_t name_loss;   /* enum tree_loss, of the name */
};

/* What became of an inode. */
struct tree_fate {
	uint32_t n_names; /* live ones */
	uint16_t lost;	  /* layer that took a name last, TREE_ALIVE */
	uint8_t loss;	  /* enum tree_loss, in that layer */
};
struct tree_meta {
	uint32_t mode, uid, gid;
	uint32_t xattrs; /* see tree_xattrs; equal sets are one; 0: none */
};
struct tree_device {
	uint32_t major, minor;
};
/* Where engines disagree, or disagree with this tree. */
enum engine_case {
	ENGINE_MISSING_PARENT,	/* implied parent over a directory that is not
				 * 0755 0:0 */
	ENGINE_LINK_BELOW,	/* hard link to a file of a lower layer */
	ENGINE_LINK_CAPABILITY, /* a link that does not repeat a capability */
	ENGINE_OWN_WHITEOUT,	/* a name beside its own whiteout */
	ENGINE_OPAQUE_ROOT,
	ENGINE_TWICE,		/* a name twice in a layer */
	ENGINE_NESTED_WHITEOUT, /* a whiteout below another one */
	ENGINE_OVERLAY_FORM,	/* 0:0 device, trusted/user.overlay xattrs */
	ENGINE_PARENT_FILE,  /* an entry below a non-directory of its layer */
	ENGINE_PARENT_BELOW, /* an entry below a lower non-directory */
	ENGINE_LINK_TARGET,  /* a name through a link that leads nowhere */
	ENGINE_GLOBAL,	     /* a PAX global header changes an entry */
	ENGINE_LINK_ITSELF,  /* a hard link to its own name */
	ENGINE_UNKNOWN_TYPE, /* a member of a type no engine makes */
	ENGINE_TRAILING,     /* bytes behind the end of the archive */
	ENGINE_GHOST,	     /* a whiteout that overlay lists (overlay.h) */
	ENGINE_ROOT,	     /* a root that is not 0755 0:0 */
	ENGINE_TIME,	     /* before 1970, or behind 2262 */
	ENGINE_EMPTY_XATTR,  /* an xattr without a value */
	ENGINE_USER_XATTR,   /* user.* of what is no file and no directory */
	ENGINE_LINK_TIME,    /* a link to a symlink, with a time of its own */
	ENGINE_LINK_PARENT,  /* a hard link in its target's parent's place */
	ENGINE_DIR_GONE, /* a directory's entry, then another thing in place of
			  * its parent */
	ENGINE_AUFS,	 /* what AUFS left in a directory of its own */
	ENGINE_ODD_TYPE, /* a member of a type that engines do not know */
	ENGINE_ODD_NAME, /* a GNU long name and another PAX one */
	ENGINE_GLOBAL_NAME,  /* a global header with a folder in its name */
	ENGINE_NO_PARENT,    /* a parent that no layer has an entry for */
	ENGINE_LINK_SPECIAL, /* a hard link to what is no regular file */
	ENGINE_LOWER_XATTR, /* a directory's entry without a lower one's xattr */
	ENGINE_CASES,
};
enum { ENGINE_PATHS_MAX = 20 };
/* What makes a case go. */
enum engine_cure {
	ENGINE_CURE_NONE,     /* nothing: the tree itself says so */
	ENGINE_CURE_FLATTEN,  /* one layer for all: of the vfs drivers alone,
			       * and no reason to lose shared layers */
	ENGINE_CURE_OPTIMIZE, /* rewrite the layer */
};
enum engine_cure tree_engine_cure(enum engine_case what);
struct engine_note {
	enum engine_case what;
	uint16_t layer;
	uint64_t count;
	uint32_t nodes[ENGINE_PATHS_MAX]; /* the first ones */
	uint32_t n_nodes;
};

/* What a layer says of the layers below it, and no entry of its own says. */
enum marker_what {
	MARKER_WHITEOUT, /* of the node */
	MARKER_OPAQUE,	 /* the node is an opaque directory */
	MARKER_CUT,	 /* a whiteout of the node below an opaque directory */
	MARKER_COVERED,	 /* of the node, and no engine has it: a whiteout beside
			  * an entry, a marker that went with its directory */
};
struct tree_marker {
	uint32_t node;
	uint32_t below; /* the version that stood there before the layer, or
			 * TREE_NONE: the marker hides nothing */
	uint16_t layer;
	uint8_t what; /* enum marker_what */
};

struct tree_layer {
	uint32_t first,
		count; /* its members are entries [first, first + count) */
	uint64_t stored;
	uint64_t dead[DEAD_KINDS]; /* stored here, dead in the end */
	uint64_t dead_compressed[DEAD_KINDS];
	uint64_t tar_size, blob_size;
	bool compressed;
};

struct tree;

must_check int tree_new(const struct limits *lim, struct tree **out,
			struct err *err);
void tree_close(struct tree **t);
/* Lays the next layer on top. Errors name the entry. */
must_check int tree_apply(struct tree *t, const struct layer_index *ix,
			  struct err *err);
/* The same, and frees the index's records on the way. */
must_check int tree_apply_last(struct tree *t, struct layer_index *ix,
			       struct err *err);

/* --- how many; ids count from 0 -------------------------------------------- */

uint32_t tree_n_nodes(const struct tree *t);
uint32_t tree_n_entries(const struct tree *t);
uint32_t tree_n_layers(const struct tree *t);
uint32_t tree_n_markers(const struct tree *t);
/* Those that it was made with. */
const struct limits *tree_limits(const struct tree *t);

/* --- what stands at a node ------------------------------------------------- */

/* The root is its own. */
uint32_t tree_parent(const struct tree *t, uint32_t node);
/* One path component, empty for the root. */
struct str tree_name(const struct tree *t, uint32_t node);
/* The version that stands there in the end; NULL: none. */
const struct tree_entry *tree_top(const struct tree *t, uint32_t node);
/* The last version that was there, gone since or not; NULL: never one. */
const struct tree_entry *tree_newest(const struct tree *t, uint32_t node);
/* The last version that layers up to this one brought, gone since or not. */
const struct tree_entry *tree_newest_at(const struct tree *t, uint32_t node,
					uint16_t layer);

/* --- what an entry is ------------------------------------------------------ */

const struct tree_entry *tree_entry(const struct tree *t, uint32_t id);
uint32_t tree_id(const struct tree *t, const struct tree_entry *e);

/* A name that layers above could see: no marker, no member that makes no name,
 * nothing that its own layer took away again. */
static inline bool tree_is_name(const struct tree_entry *e)
{
	return e->node != TREE_NONE &&
	       !(e->flags & (ENTRY_MARKER | ENTRY_UNSEEN));
}
/* A whiteout, an opaque marker, what AUFS left, a member of no type. */
static inline bool tree_is_marker(const struct tree_entry *e)
{
	return e->flags & ENTRY_MARKER;
}
/* A hard link: its inode is another entry's. */
static inline bool tree_is_link(const struct tree_entry *e)
{
	return e->flags & ENTRY_LINK;
}
/* A directory that no member of its layer declares. */
static inline bool tree_is_implied(const struct tree_entry *e)
{
	return e->flags & ENTRY_IMPLIED;
}
/* Its payload counts as stored in its layer. */
static inline bool tree_stores(const struct tree_entry *e)
{
	return e->flags & ENTRY_STORES;
}
static inline bool tree_is_sparse(const struct tree_entry *inode)
{
	return inode->flags & ENTRY_SPARSE;
}
/* The entry that carries a version's inode. */
const struct tree_entry *tree_link_inode(const struct tree *t,
					 const struct tree_entry *link);
static inline const struct tree_entry *tree_inode(const struct tree *t,
						  const struct tree_entry *e)
{
	return tree_is_link(e) ? tree_link_inode(t, e) : e;
}

/* A directory over a directory merges with it: both are versions of one
 * directory, which was born with the lowest of them.
 *
 *	0	d/a		d is born
 *	1	d/b		continues it: the final d has a and b
 *	2	.wh.d
 *	3	d/c		is born: a and b are not in it
 *
 * The version of the same directory below this one; NULL: it was born here. */
const struct tree_entry *tree_continued(const struct tree *t,
					const struct tree_entry *e);
const struct tree_entry *tree_birth(const struct tree *t,
				    const struct tree_entry *e);
/* The version that a directory's metadata at this version comes from: the
 * newest member that declares it, or the one that implied it first. */
const struct tree_entry *tree_declared(const struct tree *t,
				       const struct tree_entry *e);

/* --- what an inode has ------------------------------------------------------ */

const struct tree_meta *tree_meta(const struct tree *t,
				  const struct tree_entry *inode);
struct instant tree_mtime(const struct tree *t, const struct tree_entry *inode);
/* Coded, for layer_xattr_next. */
struct str tree_xattrs(const struct tree *t, const struct tree_entry *inode);
/* How many names it has, and what took the last one. */
struct tree_fate tree_fate(const struct tree *t,
			   const struct tree_entry *inode);
/* Logical size and payload. */
uint64_t tree_size(const struct tree *t, const struct tree_entry *inode);
uint64_t tree_payload(const struct tree *t, const struct tree_entry *inode);
/* SHA-256 of a regular file's content, 32 bytes; NULL: it is empty. */
const uint8_t *tree_content(const struct tree *t,
			    const struct tree_entry *inode);
/* Did a file of any layer have this content, dead since or not? */
bool tree_has_content(const struct tree *t, const uint8_t *sha256);
struct str tree_target(const struct tree *t, const struct tree_entry *symlink);
struct tree_device tree_device(const struct tree *t,
			       const struct tree_entry *device);
/* Compressed bytes of an entry's whole member; 0 in an uncompressed layer. */
uint64_t tree_cost(const struct tree *t, const struct tree_entry *e);

/* --- layers, what they hide, where engines disagree ------------------------- */

const struct tree_layer *tree_layer(const struct tree *t, uint32_t layer);
/* Bytes of all kinds. */
uint64_t tree_layer_dead(const struct tree_layer *l);
const struct tree_marker *tree_marker(const struct tree *t, uint32_t i);
/* NULL behind the last one. */
const struct engine_note *tree_note(const struct tree *t, uint32_t i);
/* A case of the layer that this cure, or less, makes go. */
bool tree_has_case(const struct tree *t, uint32_t layer,
		   enum engine_cure at_least);

/* --- paths and children ------------------------------------------------------ */

/* Appends "a/b/c" (the root: nothing). */
must_check int tree_path(const struct tree *t, uint32_t node, struct buf *out,
			 struct err *err);
/* The node of a clean path, or TREE_NONE. */
uint32_t tree_find(const struct tree *t, struct str path);
/* The node that a process in the image would open by this path, "." and ".." and
 * symlinks and all; relative paths begin at the root. last: a symlink at the end
 * is followed, too. ERR_NOT_FOUND: nothing is there, or a component is no
 * directory; ERR_LIMIT: a chain of symlinks that does not end. */
must_check int tree_follow(const struct tree *t, struct str path, bool last,
			   uint32_t *out, struct err *err);

/* Children that are alive in the end, sorted by name; *v is malloc'ed. */
must_check int tree_children(const struct tree *t, uint32_t node, uint32_t **v,
			     uint32_t *n, struct err *err);

/* Walks the final tree in the order of docs/tree-digest.md. */
struct tree_walk {
	const struct tree *t;
	struct walk_frame *stack;
	uint32_t depth, cap;
	bool started;
};
void tree_walk_begin(struct tree_walk *w, const struct tree *t);
/* 1 and the next node; 0 at the end. */
must_check int tree_walk_next(struct tree_walk *w, uint32_t *node,
			      struct err *err);
void tree_walk_done(struct tree_walk *w);

struct tree_totals {
	uint64_t stored, live, dead, dead_base, duplicate, apparent, overhead;
	uint64_t compressed;
	bool has_compressed; /* a layer is compressed */
	uint64_t entries, files;
	uint64_t by_kind[DEAD_KINDS];
};
/* n_base lowest layers count as the base. */
must_check int tree_sum(const struct tree *t, uint32_t n_base,
			struct tree_totals *out, struct err *err);
/* docs/tree-digest.md. */
must_check int tree_digest(const struct tree *t, struct digest *out,
			   struct err *err);
