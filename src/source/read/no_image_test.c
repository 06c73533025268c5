/* SPDX-License-Identifier: Apache-2.0 */
/* What is given in place of an image is called by its name. */
#include "source/read/no_image.h"

#include "source/read/testlook.h"
#include "base/test.h" /* last: cmocka defines skip */

/* A file of 40,000 zeros but for these bytes. */
static void write_bytes(const char *name, unsigned at, const char *bytes)
{
	char cmd[300];
	testimage_print(cmd, sizeof cmd,
			"head -c 40000 /dev/zero >%s; printf '%s' | dd of=%s "
			"bs=1 seek=%u conv=notrunc status=none",
			name, bytes, name, at);
	testimage_run(cmd);
}

TEST(no_image, bytes_that_are_known)
{
	static const struct {
		unsigned at;
		const char *bytes, *want;
	} rows[] = {
		{ 0, "PK\\003\\004", "a zip archive, not an image" },
		{ 0, "\\177ELF", "a program, not an image" },
		{ 1080, "\\123\\357",
		  "an ext file system, not a container "
		  "image" },
		{ 0x8001, "CD001", "an ISO 9660 disc, not a container image" },
		{ 0, "<html>",
		  "a page of HTML or XML, not an image: what did "
		  "the download say?" },
		{ 0, "{\"a\":1}",
		  "a JSON document, not an image: name the directory or the "
		  "archive that it is part of" },
		{ 0, "# app\\nFROM x\\n",
		  "a Dockerfile, not an image: docker build makes one of it, "
		  "pare lint reads it" },
	};
	IN_NEW_PLACE;
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char want[300];
		write_bytes("f", rows[i].at, rows[i].bytes);
		testimage_print(want, sizeof want, "corrupt: f: %s",
				rows[i].want);
		assert_string_equal(testimage_look("f", NULL), want);
	}
	testimage_run("printf nothing >f");
	assert_non_null(strstr(testimage_look("f", NULL),
			       "corrupt: f: not an image archive: "));
}

TEST(no_image, archives_and_directories_of_other_things)
{
	static const struct {
		const char *make, *name, *want;
	} rows[] = {
		{ "mkdir -p fs/bin fs/etc fs/usr", "fs",
		  "corrupt: fs: a file system, not an image: tar -C fs -c . | "
		  "docker import - NAME makes one of it" },
		{ "tar -C fs -cf fs.tar bin etc usr", "fs.tar",
		  "corrupt: fs.tar: a file system, not an image: docker import "
		  "makes one of it, or write the image itself with docker save "
		  "in place of docker export" },
		{ "mkdir l; touch l/.wh.a; tar -C l -cf l.tar .wh.a", "l.tar",
		  "corrupt: l.tar: a layer, not an image: name the archive or "
		  "the layout that it is part of" },
		{ "mkdir c; touch c/Dockerfile", "c",
		  "corrupt: c: a build context, not an image: docker build c "
		  "makes one of it, pare context c looks into it" },
		{ "mkdir e", "e",
		  "corrupt: e: an empty directory, not an image" },
		{ "mkdir s; echo '[]' >s/manifest.json", "s",
		  "corrupt: s: an unpacked docker save: pack it again, tar -C "
		  "s -c . | pare COMMAND -" },
		{ "mkdir m; echo '{}' >m/manifest.json", "m",
		  "corrupt: m: not an image: the directory holds a "
		  "manifest.json, but no version, index.json or oci-layout; "
		  "write dir:m if skopeo made it" },
	};
	IN_NEW_PLACE;
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		testimage_run(rows[i].make);
		assert_string_equal(testimage_look(rows[i].name, NULL),
				    rows[i].want);
	}
}

TESTS_MAIN(unit(no_image, bytes_that_are_known),
	   unit(no_image, archives_and_directories_of_other_things))
