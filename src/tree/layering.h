/* SPDX-License-Identifier: Apache-2.0 */
/* tree/layering.h - one layer on its way onto the tree (private).
 *
 * First its members are unpacked, in tar order, into an upper directory of the
 * layer's own (upper.c, unpack.c): a struct upper for every name that the layer
 * speaks of. Then all events of the layer happen at once to the tree below
 * (merge.c).
 *
 * Most names are new, and are spoken of once. Such a single name, a
 * non-directory where no layer had anything, is the node's top version from the
 * start and has no upper; it gets one when the layer speaks of it again. Single
 * names stand first among their parent's children. */
#pragma once
#include "tree/intern.h"

/* Where AUFS kept files with several names. */
#define AUFS_LINKS STR(".wh..wh.plnk/")

enum upper_state {
	UPPER_NONE,	 /* nothing there (any more) */
	UPPER_DIR,	 /* entry, or TREE_NONE: implied */
	UPPER_OTHER,	 /* a non-directory */
	UPPER_GONE,	 /* overlay's own whiteout, a 0:0 character device */
	UPPER_AUFS_LINK, /* a file below .wh..wh.plnk, seen by hard links only */
};

struct upper {
	uint32_t node, entry;
	uint32_t last;	      /* newest entry put there, gone since or not */
	uint32_t child, next; /* uppers; lists of what merge visits */
	uint8_t state;
	uint8_t below; /* enum tree_loss that lower names below it meet */
	bool whiteout, opaque;
	bool marked; /* by an opaque marker; opaque may be an xattr's */
	bool placed; /* the whiteout stands in a directory of the layer */
	/* Engines take a marker away with its directory, and the layer has the
	 * directory again. */
	bool whiteout_went, opaque_went;
	uint32_t again; /* markers before this entry went so */
	bool listed;
};

/* A whiteout or an opaque marker, kept until all of them are known. */
struct marker {
	uint32_t parent; /* node of the directory it lies in */
	uint32_t hides;	 /* node; TREE_NONE: all of parent */
	uint32_t entry;
};

/* Where a symlink of the layer leads. */
struct known_link {
	uint32_t link, to; /* nodes */
	uint32_t depth;	   /* of the node */
	uint32_t links;	   /* that were followed, itself included */
	uint64_t changes;
	bool made; /* directories on the way are implied */
};

/* What walks of paths found out; of use while changes is what it was. */
struct known_paths {
	uint64_t changes;
	struct known_link *links;
	struct id_table by_link;
	struct open_link *open;
	uint32_t n_links, cap_links, n_open, cap_open;
	struct buf dir; /* the last directory, made */
	uint32_t dir_node;
	uint64_t dir_changes;
	struct buf rest, rest_next; /* what is left of a name to resolve */
};

/* What the layer's hard links add to the attributes of their inodes. */
struct link_xattrs {
	struct link_add *adds;
	struct link_set *sets;
	struct id_table by_inode; /* sets */
	struct buf pool;	  /* coded xattrs */
	uint32_t n_adds, cap_adds, n_sets, cap_sets;
};

struct layering {
	struct tree *t;
	uint16_t layer;
	struct upper *uppers;
	struct id_table by_node; /* uppers */
	struct marker *markers;
	uint32_t *lost; /* inodes that lost a last name, maybe for a while */
	uint32_t n_uppers, cap_uppers, n_markers, cap_markers, n_lost, cap_lost;
	struct known_paths paths;
	struct link_xattrs link_xattrs;
	struct buf xattrs;
};

/* upper.c */
/* NULL: the layer does not speak of it, or it is single. Stays valid until the
 * next upper. */
struct upper *tree_upper_of(const struct layering *l, uint32_t node);
/* What the layer has at a node by now; *entry is TREE_NONE where there is no
 * entry. */
enum upper_state tree_upper_state(const struct layering *l, uint32_t node,
				  uint32_t *entry);
bool tree_is_single(const struct layering *l, uint32_t node);
/* Where a non-directory becomes single. */
bool tree_is_untouched(const struct layering *l, uint32_t node);
/* Made when it is not there; in no list yet. */
must_check int tree_upper_get(struct layering *l, uint32_t node,
			      struct upper **out, struct err *err);
/* The same, and in its parent's list; the parent must have an upper. */
must_check int tree_upper_listed(struct layering *l, uint32_t node,
				 struct upper **out, struct err *err);
/* Makes node a directory of the layer without an entry of its own. */
must_check int tree_upper_imply(struct layering *l, uint32_t node,
				struct err *err);
/* A non-directory takes the place of a directory: all below it is gone. */
must_check int tree_upper_clear(struct layering *l, struct upper *u,
				struct err *err);

/* resolve.c */
void tree_paths_done(struct known_paths *k);
/* A name that paths could lead through, a directory or a symlink, gave way to
 * another thing. New names need not be told: a path that led through nothing is
 * not remembered. */
void tree_paths_changed(struct layering *l);
/* Resolves a clean path as the layer's own symlinks say. make: directories
 * that are missing are implied; else names alone are found. */
must_check int tree_upper_walk(struct layering *l, struct str path, bool make,
			       uint32_t *node, struct err *err);
/* The node of a file that AUFS left, by its name as it is. */
must_check int tree_aufs_node(struct layering *l, struct str path,
			      uint32_t *node, struct err *err);

/* account.c */
/* A name goes out of sight in this layer. */
must_check int tree_name_lost(struct layering *l, uint32_t entry,
			      enum tree_loss loss, struct err *err);
/* At the end of the layer: inodes without a name are dead. */
void tree_account_lost(struct layering *l);
/* How the name of an entry is lost to a non-directory at its path. */
enum tree_loss tree_loss_between(const struct tree *t, uint32_t older,
				 uint32_t newer);
/* The payload of an entry counts as stored from now on. */
void tree_entry_stores(struct layering *l, uint32_t entry);
must_check int tree_entry_new(struct tree *t, const struct version *v,
			      uint32_t *out, struct err *err);

/* engine.c */
must_check int tree_engine_note(struct layering *l, enum engine_case what,
				uint32_t node, struct err *err);
/* How a member stands in the tar, be it an entry or a marker. */
must_check int tree_engine_note_header(struct layering *l,
				       const struct index_record *r,
				       uint32_t node, struct err *err);
/* All that an entry's own fields say; type: its inode's. */
must_check int tree_engine_note_member(struct layering *l,
				       const struct index_record *r,
				       enum tar_type type, uint32_t node,
				       struct err *err);

/* inode.c */
must_check int tree_entry_set_mtime(struct tree *t, struct version *v,
				    struct instant mtime, struct err *err);
/* One more name for an inode: a link. */
must_check int tree_inode_add_link(struct tree *t, uint32_t inode,
				   struct err *err);
/* Of an entry with ENTRY_SHARED; valid until the next link. */
struct tree_fate *tree_shared_fate(const struct tree *t,
				   const struct tree_entry *inode);

/* meta.c */
bool tree_has_xattr(struct str coded, struct str want, struct str *value);
/* Of overlay's own: they are never part of the tree. */
bool tree_has_overlay_xattr(struct str coded);
bool tree_is_overlay_opaque(struct str coded);
/* Codes the union of two sorted lists into l->xattrs, b's value where both have
 * a name, and without overlayfs's own. drop_capability: a's capability goes
 * unless b repeats it. */
must_check int tree_xattrs_merge(struct layering *l, struct str a, struct str b,
				 bool drop_capability, struct err *err);
/* The mode that a file system shows of an inode of this type. */
uint32_t tree_record_mode(const struct index_record *r, enum tar_type type);
must_check int tree_record_meta(struct layering *l,
				const struct index_record *r, uint32_t *out,
				struct err *err);

/* links.c */
/* *at: the name that it leads to. */
must_check int tree_link_find(struct layering *l, struct str target,
			      uint32_t *at, uint32_t *inode, struct err *err);
must_check int tree_link_meta(struct layering *l, const struct index_record *r,
			      uint32_t inode, uint32_t node, struct err *err);

/* link_xattrs.c */
void tree_link_xattrs_done(struct link_xattrs *x);
/* A link at the node to an inode; the inode shows it once settled. */
must_check int tree_link_xattrs_add(struct layering *l, uint32_t inode,
				    struct str coded, uint32_t node,
				    struct err *err);
/* When all members are known. */
must_check int tree_link_xattrs_settle(struct layering *l, struct err *err);

/* cost.c: compressed bytes of the members of a layer, in their order. */
struct cost_meter {
	const struct codec_marks *marks;
	size_t at;
	uint64_t last;
};
/* For the entry that is added next. */
must_check int tree_note_cost(struct layering *l, struct cost_meter *c,
			      const struct index_record *r, struct err *err);

/* unpack.c */
must_check int tree_layering_unpack(struct layering *l, struct index_iter *it,
				    struct err *err);
/* markers.c: what whiteouts and opaque markers mean, once all are known. */
must_check int tree_layering_mark(struct layering *l, struct err *err);
/* merge.c */
/* The newest version of a node from now on. */
void tree_set_top(struct layering *l, uint32_t node, uint32_t entry);
must_check int tree_layering_merge(struct layering *l, struct err *err);
