/* SPDX-License-Identifier: Apache-2.0 */
#include "analyze/internal.h"

#include <stdlib.h>

const char *const severity_name[] = {
	[SEVERITY_INFO] = "info",
	[SEVERITY_WARNING] = "warning",
	[SEVERITY_ERROR] = "error",
};

/* What the findings of a kind of dead bytes say. */
static const struct {
	const char *id, *title, *remedy;
} dead_words[DEAD_KINDS] = {
	[DEAD_OVERWRITTEN] = {
		"PARE-OVERWRITTEN",
		"files stored here are overwritten by a later layer",
		"write each file once: join the two instructions, or copy "
		"the final version only",
	},
	[DEAD_REMOVED] = {
		"PARE-REMOVED",
		"files stored here are removed by a later layer",
		"remove files in the instruction that makes them, or keep "
		"them out with a cache mount or .dockerignore",
	},
	[DEAD_HIDDEN] = {
		"PARE-HIDDEN",
		"files stored here lie in a directory that a later layer "
		"makes anew",
		"remove the old directory in the instruction that fills it",
	},
	[DEAD_REPLACED] = {
		"PARE-REPLACED",
		"files stored here are replaced by something of another type",
		"make the final form in the first place",
	},
	[DEAD_METADATA] = {
		"PARE-METADATA",
		"files are stored again because mode, owner, xattrs or times "
		"changed",
		"set them when the files arrive: COPY --chown and --chmod, "
		"or chmod and chown in the same RUN",
	},
};

/* Within one layer a name can only be written again. */
static const struct {
	const char *title, *remedy;
} same_layer_words[DEAD_KINDS] = {
	[DEAD_OVERWRITTEN] = {
		"files are written twice in the same layer: engines show the "
		"last copy, or refuse the layer",
		"have the tool that makes the layer write each name once",
	},
	[DEAD_REPLACED] = {
		"files are replaced in the same layer by something of another "
		"type",
		"have the tool that makes the layer write the final form alone",
	},
	[DEAD_METADATA] = {
		"files are written twice in the same layer, with the same "
		"content",
		"have the tool that makes the layer write each name once",
	},
};

static const struct {
	const char *title, *remedy;
} engine_words[ENGINE_CASES] = {
	[ENGINE_MISSING_PARENT] = {
		"a directory has no entry in this layer: docker shows it as "
		"0755 root, containerd as the layer below has it",
		"give the layer an entry for every parent; optimize does",
	},
	[ENGINE_LINK_BELOW] = {
		"a hard link leads to a file of a lower layer: docker "
		"refuses it",
		"write the file again beside its link; optimize does",
	},
	[ENGINE_LINK_CAPABILITY] = {
		"a hard link does not repeat its file's capability: podman "
		"keeps it, others drop it",
		"repeat security.capability with every link; optimize does",
	},
	[ENGINE_OWN_WHITEOUT] = {
		"a name stands beside its own whiteout: engines let lower "
		"names show through",
		"use an opaque directory instead; optimize does",
	},
	[ENGINE_OPAQUE_ROOT] = {
		"the root is opaque: engines let lower names show through",
		"whiteout the names of the root one by one; optimize does",
	},
	[ENGINE_TWICE] = {
		"a name stands twice in this layer: the specification "
		"forbids it",
		"keep the last one; optimize does",
	},
	[ENGINE_NESTED_WHITEOUT] = {
		"a whiteout stands below another one: docker fails on it",
		"keep the upper one; optimize does",
	},
	[ENGINE_OVERLAY_FORM] = {
		"overlayfs's own form of a whiteout or opaque directory: it "
		"works on overlay hosts only",
		"use .wh. names; optimize does",
	},
	[ENGINE_PARENT_FILE] = {
		"an entry stands below a name that this layer has as a file",
		"keep the directory only; optimize does",
	},
	[ENGINE_PARENT_BELOW] = {
		"an entry stands below a name that a lower layer has as a file "
		"or a link: docker puts a directory there, containerd fails or "
		"follows the link",
		"give the layer an entry for the directory; optimize does",
	},
	[ENGINE_LINK_TARGET] = {
		"a name goes through a symbolic link to a directory that the "
		"layer does not have: docker and podman fail on it",
		"name the directory itself; optimize does",
	},
	[ENGINE_GLOBAL] = {
		"a PAX global header changes an entry: docker ignores it",
		"put the values into each entry; optimize does",
	},
	[ENGINE_LINK_ITSELF] = {
		"a hard link leads to its own name: engines fail on it or "
		"lose the file",
		"leave the link out; optimize does",
	},
	[ENGINE_UNKNOWN_TYPE] = {
		"a tar member is of a type that no engine unpacks",
		"leave it out; optimize does",
	},
	[ENGINE_TRAILING] = {
		"bytes stand behind the end of the archive: they are part of "
		"the DiffID and of nothing else",
		"write the layer anew; optimize does",
	},
	[ENGINE_GHOST] = {
		"a whiteout hides nothing, in a directory that no lower layer "
		"has: containers list its name and cannot open it",
		"leave the whiteout out; optimize does",
	},
	[ENGINE_ROOT] = {
		"the root has an entry that is not 0755 of root: docker and "
		"containerd pass it over, podman takes its mode alone",
		"set mode and owner of / when a container starts; no layer "
		"can do it for all engines",
	},
	[ENGINE_TIME] = {
		"a time is before 1970 or after 2262: docker and podman set "
		"it to 1970",
		"give the file another time (touch -d) where it is made",
	},
	[ENGINE_EMPTY_XATTR] = {
		"an extended attribute has no value: docker and podman drop "
		"it",
		"give it a value, or remove it (setfattr -x) where the file "
		"is made",
	},
	[ENGINE_USER_XATTR] = {
		"a link, device or FIFO has a user.* attribute, which Linux "
		"allows on files and directories only: podman refuses it, "
		"docker drops it",
		"leave the attribute out where the layer is made",
	},
	[ENGINE_LINK_TIME] = {
		"a hard link to a symbolic link has a time of its own: docker "
		"and podman keep the symbolic link's",
		"repeat the time with every link; optimize does",
	},
	[ENGINE_LINK_PARENT] = {
		"a hard link takes the place of the directory that its file "
		"lies in: docker and podman fail on it",
		"write the file there instead; optimize does",
	},
	[ENGINE_DIR_GONE] = {
		"a directory has an entry, and later in this layer its parent "
		"is no directory any more: docker and podman fail on it",
		"leave the directory out; optimize does",
	},
	[ENGINE_AUFS] = {
		"files that AUFS left behind (.wh..wh.*): docker and podman "
		"show them",
		"leave them out; optimize does",
	},
	[ENGINE_ODD_TYPE] = {
		"a tar member is of a type that engines refuse (old GNU "
		"sparse, contiguous)",
		"write it as a plain file, or as PAX sparse; optimize does",
	},
	[ENGINE_ODD_NAME] = {
		"a tar member has a GNU long name and another PAX one: docker "
		"and podman take the GNU one",
		"give it one name; optimize does",
	},
	[ENGINE_GLOBAL_NAME] = {
		"a PAX global header has a name with a folder: podman makes "
		"the folder",
		"write the layer without global headers; optimize does",
	},
	[ENGINE_NO_PARENT] = {
		"a directory has no entry in any layer: docker's vfs driver "
		"makes it 0600, others 0755",
		"give the layer an entry for every parent; flatten does",
	},
	[ENGINE_LOWER_XATTR] = {
		"a directory's entry leaves out an extended attribute that a "
		"lower layer gave it: vfs drivers keep the attribute",
		"write the directory once; flatten does",
	},
	[ENGINE_LINK_SPECIAL] = {
		"a hard link leads to a symbolic link, a device or a FIFO: "
		"vfs drivers make two of it",
		"make a second one in place of the link",
	},
};

void analysis_done(struct analysis *a)
{
	free(a->findings);
	arena_done(&a->texts);
	*a = (struct analysis){ 0 };
}

double analysis_efficiency(const struct tree_totals *t)
{
	return t->stored ? (double)t->live / (double)t->stored : 1.0;
}

int analysis_add(struct analysis *a, const struct finding *f, struct err *err)
{
	if (vec_room((void **)&a->findings, a->n_findings, &a->cap_findings,
		     sizeof *a->findings, err) < 0)
		return -1;
	a->findings[a->n_findings++] = *f;
	return 0;
}

/* By layer, then who took them out of sight and how, then the costliest, then
 * tar order. */
static int compare_dead(const void *x, const void *y, void *arg)
{
	const struct tree *t = arg;
	const struct dead_copy *a = x, *b = y;
	const struct tree_entry *p = &t->entries[a->inode];
	const struct tree_entry *q = &t->entries[b->inode];
	struct tree_fate f = tree_fate(t, p), g = tree_fate(t, q);
	enum dead_kind k = dead_kind_of((enum tree_loss)f.loss);
	enum dead_kind l = dead_kind_of((enum tree_loss)g.loss);
	if (p->born != q->born)
		return p->born < q->born ? -1 : 1;
	if (f.lost != g.lost)
		return f.lost < g.lost ? -1 : 1;
	if (k != l)
		return k < l ? -1 : 1;
	if (a->bytes != b->bytes)
		return a->bytes > b->bytes ? -1 : 1;
	return (a->inode > b->inode) - (a->inode < b->inode);
}

static bool same_finding(const struct tree *t, const struct dead_copy *a,
			 const struct dead_copy *b)
{
	const struct tree_entry *p = &t->entries[a->inode];
	const struct tree_entry *q = &t->entries[b->inode];
	struct tree_fate f = tree_fate(t, p), g = tree_fate(t, q);
	return p->born == q->born && f.lost == g.lost &&
	       dead_kind_of((enum tree_loss)f.loss) ==
		       dead_kind_of((enum tree_loss)g.loss);
}

static int add_dead_findings(struct analysis *a, const struct dead_copy *v,
			     uint32_t n, struct err *err)
{
	const struct tree *t = a->loaded->tree;
	for (uint32_t i = 0; i < n;) {
		const struct tree_entry *e = &t->entries[v[i].inode];
		struct tree_fate fate = tree_fate(t, e);
		enum dead_kind k = dead_kind_of((enum tree_loss)fate.loss);
		struct finding f = {
			.id = dead_words[k].id,
			.severity = SEVERITY_WARNING,
			.title = dead_words[k].title,
			.remedy = dead_words[k].remedy,
			.layer = e->born,
			.removed_in = fate.lost,
		};
		if (fate.lost == e->born && same_layer_words[k].title) {
			f.title = same_layer_words[k].title;
			f.remedy = same_layer_words[k].remedy;
		}
		uint32_t first = i;
		for (; i < n && same_finding(t, &v[first], &v[i]); i++) {
			f.bytes += v[i].bytes;
			f.compressed += v[i].compressed;
			f.n_paths++;
			if (f.n_nodes < FINDING_PATHS_MAX)
				f.nodes[f.n_nodes++] =
					t->entries[v[i].inode].node;
		}
		if (analysis_add(a, &f, err) < 0)
			return -1;
	}
	return 0;
}

/* The twenty costliest of all, by insertion. */
static void keep_costliest(struct analysis *a, const struct dead_copy *d)
{
	uint32_t at = a->n_costliest;
	if (at == COSTLIEST_MAX) {
		if (a->costliest[at - 1].bytes >= d->bytes)
			return;
		at--;
	} else {
		a->n_costliest++;
	}
	while (at && a->costliest[at - 1].bytes < d->bytes) {
		a->costliest[at] = a->costliest[at - 1];
		at--;
	}
	a->costliest[at] = *d;
}

static bool is_dead_copy(const struct tree *t, const struct tree_entry *e)
{
	return e->flags & ENTRY_STORES && e->node != TREE_NONE &&
	       tree_fate(t, e).n_names == 0;
}

static void free_copies(struct dead_copy **v)
{
	free(*v);
}

static int find_dead(struct analysis *a, struct err *err)
{
	const struct tree *t = a->loaded->tree;
	uint32_t n = 0;
	for (uint32_t i = 0; i < t->n_entries; i++)
		n += is_dead_copy(t, &t->entries[i]) &&
		     tree_payload(t, &t->entries[i]);
	scoped(free_copies) struct dead_copy *v =
		calloc((size_t)n + 1, sizeof *v);
	if (!v)
		return err_nomem(err, n * sizeof *v);
	n = 0;
	for (uint32_t i = 0; i < t->n_entries; i++) {
		const struct tree_entry *e = &t->entries[i];
		if (!is_dead_copy(t, e) || tree_payload(t, e) == 0)
			continue;
		v[n] = (struct dead_copy){ i, tree_payload(t, e),
					   tree_cost(t, e) };
		keep_costliest(a, &v[n++]);
	}
	qsort_r(v, n, sizeof *v, compare_dead, (void *)t);
	return add_dead_findings(a, v, n, err);
}

/* Names the command that cures the layer: optimize leaves the base as it is. */
static int engine_remedy(struct analysis *a, const struct engine_note *note,
			 const char **out, struct err *err)
{
	scoped(buf_done) struct buf text = BUF_INIT(1 << 10);
	struct str advice = str_of(engine_words[note->what].remedy), kept;
	struct str command = STR("optimize does");
	*out = advice.p;
	if (note->layer >= a->n_base || !str_ends(advice, command))
		return 0;
	advice.n -= command.n;
	if (buf_str_add(&text, advice, err) < 0 ||
	    buf_str_add(&text, STR("optimize --base none does"), err) < 0 ||
	    arena_str(&a->texts, buf_str(&text), &kept, err) < 0)
		return -1;
	*out = kept.p;
	return 0;
}

/* vfs is a storage driver that few use. */
static enum severity engine_severity(enum engine_case what)
{
	bool vfs = what == ENGINE_NO_PARENT || what == ENGINE_LOWER_XATTR ||
		   what == ENGINE_LINK_SPECIAL;
	return vfs ? SEVERITY_INFO : SEVERITY_WARNING;
}

static int add_engine_findings(struct analysis *a, struct err *err)
{
	const struct tree *t = a->loaded->tree;
	for (uint32_t i = 0; i < t->n_notes; i++) {
		const struct engine_note *note = &t->notes[i];
		struct finding f = {
			.id = "PARE-ENGINE",
			.severity = engine_severity(note->what),
			.title = engine_words[note->what].title,
			.layer = note->layer,
			.removed_in = TREE_NONE,
			.n_nodes = note->n_nodes,
			.n_paths = note->count,
		};
		memcpy(f.nodes, note->nodes, sizeof note->nodes);
		if (engine_remedy(a, note, &f.remedy, err) < 0 ||
		    analysis_add(a, &f, err) < 0)
			return -1;
	}
	return 0;
}

/* The costliest first; what costs nothing keeps its order behind. */
static int costlier(const void *x, const void *y)
{
	const struct finding *a = x, *b = y;
	if (a->bytes != b->bytes)
		return a->bytes > b->bytes ? -1 : 1;
	if (a->layer != b->layer)
		return a->layer < b->layer ? -1 : 1;
	if (a->removed_in != b->removed_in)
		return a->removed_in < b->removed_in ? -1 : 1;
	return strcmp(a->title, b->title);
}

int analyze_image(const struct loaded_image *li, uint32_t n_base,
		  const char *base_why, struct analysis *out, struct err *err)
{
	scoped(analysis_done) struct analysis a = {
		.loaded = li,
		.n_base = n_base,
		.base_why = base_why,
	};
	if (tree_sum(li->tree, n_base, &a.totals, err) < 0 ||
	    find_dead(&a, err) < 0 || add_engine_findings(&a, err) < 0 ||
	    analysis_engine_limits(&a, err) < 0)
		return -1;
	if (a.n_findings)
		qsort(a.findings, a.n_findings, sizeof *a.findings, costlier);
	*out = a;
	a = (struct analysis){ 0 };
	return 0;
}
