/* SPDX-License-Identifier: Apache-2.0 */
/* PARE-ENGINE: what engines refuse of a layer, or show otherwise than the
 * tree. Which cases there are, and which a rewrite cures, tree/ knows. */
#include "analyze/internal.h"
#include "tree/overlay.h"

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
		"rewrite the layer; optimize does",
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
	return vfs ? SEV_INFO : SEV_WARN;
}

int analyze_engine_cases(struct analysis *a, struct err *err)
{
	struct tree *t = a->loaded->tree;
	if (tree_overlay_note_ghosts(t, err) < 0)
		return -1;
	const struct engine_note *note;
	for (uint32_t i = 0; (note = tree_note(t, i)); i++) {
		struct finding f = {
			.id = "PARE-ENGINE",
			.severity = engine_severity(note->what),
			.message = str_of(engine_words[note->what].title),
			.layer = note->layer,
			.removed_in = FINDING_NO_LAYER,
			.n_paths_all = note->count,
		};
		if (engine_remedy(a, note, &f.remedy, err) < 0 ||
		    analyze_add_finding(a, &f, note->nodes, note->n_nodes,
					err) < 0)
			return -1;
	}
	return 0;
}
