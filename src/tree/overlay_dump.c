/* SPDX-License-Identifier: Apache-2.0 */
/* overlay_dump IMAGE - the names that the kernel's overlay would show of an
 * image, for tests that mount the layers and compare (not installed).
 *
 *	dir /build
 *	file /build/a\x20b
 *	ghost /build/obj
 *
 * One line a name that readdir gives, the root left out, in no order that
 * means anything: a word, a blank, the absolute path. The words are dir, file,
 * symlink, char, block, fifo, and ghost for a name that is listed and cannot be
 * looked up. Hard links are what they lead to. In a path every byte that is not
 * in 0x21 to 0x7e, and the backslash, is \xHH with lower-case digits. Of an
 * index the first image is shown. Ends with 3 for what is no image. */
#include <stdio.h>

#include "base/arena.h"
#include "base/limits.h"
#include "source/read/source.h"
#include "tree/load.h"
#include "tree/overlay.h"

static const char *const words[] = {
	[TAR_FILE] = "file",   [TAR_SYMLINK] = "symlink", [TAR_CHAR] = "char",
	[TAR_BLOCK] = "block", [TAR_DIR] = "dir",	  [TAR_FIFO] = "fifo",
};

static void put_path(struct str path)
{
	putchar('/');
	for (size_t i = 0; i < path.n; i++) {
		unsigned char c = (unsigned char)path.p[i];
		if (c > 0x20 && c < 0x7f && c != '\\')
			putchar(c);
		else
			printf("\\x%02x", c);
	}
	putchar('\n');
}

static int put_names(const struct overlay *o, struct err *err)
{
	scoped(buf_done) struct buf path = BUF_INIT((size_t)1 << 20);
	for (uint32_t i = 1; i < tree_n_nodes(o->t); i++) {
		uint16_t layer;
		enum overlay_what what = tree_overlay_at(o, i, &layer);
		if (what == OVERLAY_NOTHING)
			continue;
		buf_reset(&path);
		if (tree_path(o->t, i, &path, err) < 0)
			return -1;
		fputs(what == OVERLAY_GHOST
			      ? "ghost"
			      : words[tree_overlay_entry(o, i)->type],
		      stdout);
		putchar(' ');
		put_path(buf_str(&path));
	}
	return 0;
}

static int dump(const char *name, struct err *err)
{
	scoped(arena_done) struct arena a = { 0 };
	scoped(source_close) struct source *src = NULL;
	scoped(tree_loaded_image_done) struct loaded_image li = { 0 };
	scoped(tree_overlay_done) struct overlay o = { 0 };
	struct limits lim = limits_default;
	struct source_options so = { .limits = &lim };
	struct load_options load = { .limits = &lim, .threads = 1 };
	const struct image_set *set;
	struct ref ref;
	if (oci_parse_ref(str_of(name), &a, &ref, err) < 0 ||
	    source_open(&ref, &so, &src, err) < 0 ||
	    source_images(src, &set, err) < 0)
		return -1;
	if (set->n == 0)
		return err_set(err, ERR_NOT_FOUND, "%s: no image", name);
	if (tree_load_image(set->images[0], &load, &li, err) < 0 ||
	    tree_overlay_mount(li.tree, tree_n_layers(li.tree), &o, err) < 0)
		return -1;
	return put_names(&o, err);
}

int main(int argc, char **argv)
{
	struct err err = { 0 };
	if (argc != 2) {
		fputs("usage: overlay_dump IMAGE\n", stderr);
		return 2;
	}
	if (dump(argv[1], &err) < 0) {
		fprintf(stderr, "overlay_dump: %s\n", err.text);
		return 3;
	}
	return fflush(stdout) == 0 ? 0 : 3;
}
