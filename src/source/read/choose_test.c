/* SPDX-License-Identifier: Apache-2.0 */
/* Archives whose index.json and manifest.json disagree. */
#include <stdio.h>
#include <stdlib.h>

#include "source/read/oci_layout.h"
#include "source/read/testlook.h"
#include "base/test.h"

/* What is read of FILE, and with the note that is given. */
static void expect(const char *name, const char *want, const char *note)
{
	assert_string_equal(testimage_look(name, NULL), want);
	assert_string_equal(testimage_notes(), note);
}

static const char *blob_name(const char *content)
{
	static char names[8][128];
	static unsigned at;
	char *to = names[at++ % 8];
	testimage_print(to, sizeof names[0], "blobs/sha256/%s",
			testimage_digest(content).text + 7);
	return to;
}

/* An element of manifest.json over blobs of the layout. */
static struct testtext entry(const char *config, const char *tags, unsigned n,
			     const char *const *of)
{
	struct testtext t;
	char names[512] = "";
	for (unsigned i = 0; i < n; i++) {
		size_t used = strlen(names);
		testimage_print(names + used, sizeof names - used, "%s\"%s\"",
				i ? "," : "", blob_name(of[i]));
	}
	testimage_print(t.text, sizeof t.text,
			"{\"Config\":\"%s\",\"RepoTags\":%s,\"Layers\":[%s]}",
			blob_name(config), tags, names);
	return t;
}

static void add_manifest_json(struct testimage *t, const char *one,
			      const char *two)
{
	char text[4096];
	testimage_print(text, sizeof text, "[%s%s%s]", one, two ? "," : "",
			two ? two : "");
	testimage_add(t, "manifest.json", text);
}

/* The manifest that is given, over the config and blobs of both layers. */
static void add_index(struct testimage *t, const char *manifest_layers)
{
	char text[4096];
	struct testtext config =
		testimage_config("linux/amd64", 2, testimage_two);
	struct testtext c = testimage_blob(t, MT_OCI_CONFIG, config.text, "");
	testimage_print(text, sizeof text,
			"{\"schemaVersion\":2,\"config\":%s,\"layers\":%s}",
			c.text, manifest_layers);
	testimage_index(t, testimage_blob(t, MT_OCI_MANIFEST, text, "").text);
	add_manifest_json(
		t, entry(config.text, "[\"x:1\"]", 2, testimage_two).text,
		NULL);
}

static const char read_docker[] = "docker-archive linux/amd64 x:1 | one two";

/* moby#47065 */
TEST(choose, a_manifest_without_layers)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	testimage_blob(&t, MT_OCI_LAYER, "one", "");
	testimage_blob(&t, MT_OCI_LAYER, "two", "");
	add_index(&t, "null");
	testimage_tar(&t, "a");
#define WHY                                                          \
	"index.json: 0 layers, but the config lists 2 diff_ids; so " \
	"manifest.json is read"
	expect("a", read_docker, "a: " WHY);
	expect("a:@0", read_docker, "a:@0: " WHY);
	expect("oci-archive:a", read_docker, "oci-archive:a: " WHY);
	expect("docker-archive:a", read_docker, "docker-archive:a: " WHY);
#undef WHY
}

/* moby#47150 */
TEST(choose, layers_in_reverse_order)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	char list[4200];
	(void)state;
	struct testtext one = testimage_blob(&t, MT_OCI_LAYER, "one", "");
	struct testtext two = testimage_blob(&t, MT_OCI_LAYER, "two", "");
	testimage_print(list, sizeof list, "[%s,%s]", two.text, one.text);
	add_index(&t, list);
	testimage_tar(&t, "a");
	expect("a", read_docker,
	       "a: index.json and manifest.json name other layers; those of "
	       "manifest.json have the DiffIDs of the config");
	expect("oci-archive:a", read_docker,
	       "oci-archive:a: index.json and manifest.json name other "
	       "layers; those of manifest.json have the DiffIDs of the "
	       "config");
	expect("docker-archive:a", read_docker,
	       "docker-archive:a: manifest.json and index.json name other "
	       "layers; those of manifest.json have the DiffIDs of the "
	       "config");
}

TEST(choose, a_manifest_json_in_reverse_order)
{
	static const char *const reverse[] = { "two", "one" };
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	struct testtext config =
		testimage_config("linux/amd64", 2, testimage_two);
	testimage_index(
		&t, testimage_manifest(&t, "linux/amd64", 2, testimage_two, "")
			    .text);
	add_manifest_json(&t, entry(config.text, "null", 2, reverse).text,
			  NULL);
	testimage_tar(&t, "a");
	expect("a", "oci-archive linux/amd64 | one two",
	       "a: index.json and manifest.json name other layers; those of "
	       "index.json have the DiffIDs of the config");
	expect("docker-archive:a", "oci-archive linux/amd64 | one two",
	       "docker-archive:a: manifest.json and index.json name other "
	       "layers; those of index.json have the DiffIDs of the config");
}

/* moby#51389 */
TEST(choose, an_image_that_manifest_json_alone_names)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	struct testtext config =
		testimage_config("linux/amd64", 2, testimage_two);
	struct testtext second =
		testimage_config("linux/amd64", 1, testimage_other);
	testimage_blob(&t, MT_OCI_LAYER, "other", "");
	testimage_blob(&t, MT_OCI_CONFIG, second.text, "");
	testimage_index(
		&t, testimage_manifest(&t, "linux/amd64", 2, testimage_two, "")
			    .text);
	add_manifest_json(&t, entry(config.text, "null", 2, testimage_two).text,
			  entry(second.text, "null", 1, testimage_other).text);
	testimage_tar(&t, "a");
#define WHY                                                           \
	"manifest.json names images that index.json does not; it is " \
	"read"
	expect("a", "usage: a: holds several images, name one of them: @0, @1",
	       "a: " WHY);
	expect("a:@0", "docker-archive linux/amd64 | one two", "a:@0: " WHY);
	expect("a:@1", "docker-archive linux/amd64 | other", "a:@1: " WHY);
#undef WHY
	expect("oci-archive:a", "oci-archive linux/amd64 | one two",
	       "oci-archive:a: manifest.json names images that index.json "
	       "does not: docker-archive: reads it");
	expect("docker-archive:a:@1", "docker-archive linux/amd64 | other", "");
}

TEST(choose, two_different_images)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	struct testtext second =
		testimage_config("linux/amd64", 1, testimage_other);
	testimage_blob(&t, MT_OCI_LAYER, "other", "");
	testimage_blob(&t, MT_OCI_CONFIG, second.text, "");
	testimage_index(
		&t, testimage_manifest(&t, "linux/amd64", 2, testimage_two, "")
			    .text);
	add_manifest_json(
		&t, entry(second.text, "null", 1, testimage_other).text, NULL);
	testimage_tar(&t, "a");
	expect("a",
	       "usage: a: index.json and manifest.json name different images: "
	       "write oci-archive:a or docker-archive:a",
	       "");
	expect("oci-archive:a", "oci-archive linux/amd64 | one two",
	       "oci-archive:a: manifest.json names images that index.json "
	       "does not: docker-archive: reads it");
	expect("docker-archive:a", "docker-archive linux/amd64 | other", "");
}

/* One platform was pulled: the index names more than there is. */
TEST(choose, an_index_whose_blobs_are_missing)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	char two[4200], note[512];
	(void)state;
	struct testtext config =
		testimage_config("linux/amd64", 2, testimage_two);
	struct testtext own =
		testimage_manifest(&t, "linux/amd64", 2, testimage_two, "");
	struct testtext gone =
		testimage_blob(NULL, MT_OCI_MANIFEST, "absent", "");
	testimage_print(two, sizeof two, "%s,%s", own.text, gone.text);
	testimage_index(&t, two);
	add_manifest_json(
		&t, entry(config.text, "[\"x:1\"]", 2, testimage_two).text,
		NULL);
	testimage_tar(&t, "a");
	testimage_print(note, sizeof note,
			"a: index.json: unknown is not here, --platform "
			"linux/amd64 is; or copy the image again, all "
			"platforms of it (manifest sha256:%.12s: blob %s is "
			"missing); so manifest.json is read",
			testimage_digest("absent").text + 7,
			testimage_digest("absent").text);
	expect("a", read_docker, note);
}

TEST(choose, a_manifest_json_whose_files_are_missing)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	testimage_index(
		&t, testimage_manifest(&t, "linux/amd64", 2, testimage_two, "")
			    .text);
	testimage_add(&t, "manifest.json",
		      "[{\"Config\":\"gone.json\",\"Layers\":[]}]");
	testimage_tar(&t, "a");
	expect("a", "oci-archive linux/amd64 | one two",
	       "a: manifest.json: the config \"gone.json\" is not in the "
	       "archive; so index.json is read");
	expect("docker-archive:a", "oci-archive linux/amd64 | one two",
	       "docker-archive:a: manifest.json: the config \"gone.json\" is "
	       "not in the archive; so index.json is read");
}

TEST(choose, what_agrees_is_not_spoken_of)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	struct testtext config =
		testimage_config("linux/amd64", 2, testimage_two);
	testimage_index(
		&t, testimage_manifest(&t, "linux/amd64", 2, testimage_two, "")
			    .text);
	add_manifest_json(
		&t, entry(config.text, "[\"x:1\"]", 2, testimage_two).text,
		NULL);
	testimage_tar(&t, "a");
	expect("a", "oci-archive linux/amd64 | one two", "");
	expect("oci-archive:a", "oci-archive linux/amd64 | one two", "");
	expect("docker-archive:a", read_docker, "");
	/* Copies of the same layers under other names are the same layers. */
	scoped(testimage_done) struct testimage c = { 0 };
	testimage_index(
		&c, testimage_manifest(&c, "linux/amd64", 2, testimage_two, "")
			    .text);
	testimage_add(&c, "c.json", config.text);
	testimage_add(&c, "1.tar", "one");
	testimage_add(&c, "2.tar", "two");
	testimage_add(&c, "manifest.json",
		      "[{\"Config\":\"c.json\",\"RepoTags\":[\"x:1\"],"
		      "\"Layers\":[\"1.tar\",\"2.tar\"]}]");
	testimage_tar(&c, "b");
	expect("b", "oci-archive linux/amd64 | one two", "");
	expect("docker-archive:b", read_docker, "");
}

TESTS_MAIN(unit(choose, a_manifest_without_layers),
	   unit(choose, layers_in_reverse_order),
	   unit(choose, a_manifest_json_in_reverse_order),
	   unit(choose, an_image_that_manifest_json_alone_names),
	   unit(choose, two_different_images),
	   unit(choose, an_index_whose_blobs_are_missing),
	   unit(choose, a_manifest_json_whose_files_are_missing),
	   unit(choose, what_agrees_is_not_spoken_of))
