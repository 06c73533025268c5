/* SPDX-License-Identifier: Apache-2.0 */
/* docker-archives as the engines and their imitators write them. */
#include <stdio.h>
#include <stdlib.h>

#include "source/read/testlook.h"
#include "base/test.h"

#define NAMES_OF(config, first, second)                         \
	"[{\"Config\":\"" config "\",\"RepoTags\":[\"app:1\"]," \
	"\"Layers\":[\"" first "\",\"" second "\"]}]"

/* Both as a plain tar and under its names with the prefix. */
static void expect(const struct testimage *t, const char *want)
{
	testimage_tar(t, "a.tar");
	assert_string_equal(testimage_look("a.tar", NULL), want);
	assert_string_equal(testimage_look("docker-archive:a.tar", NULL), want);
}

TEST(docker_archive, docker_20_with_a_symlinked_equal_layer)
{
	static const char *const equal[] = { "one", "one" };
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	testimage_add(&t, "aa/VERSION", "1.0");
	testimage_add(&t, "aa/json", "{}");
	testimage_add(&t, "aa/layer.tar", "one");
	testimage_link(&t, "bb/layer.tar", "../aa/layer.tar", false);
	testimage_add(&t, "c.json",
		      testimage_config("linux/amd64", 2, equal).text);
	testimage_add(&t, "manifest.json",
		      NAMES_OF("c.json", "aa/layer.tar", "bb/layer.tar"));
	testimage_add(&t, "repositories", "{\"app\":{\"1\":\"bb\"}}");
	expect(&t, "docker-archive linux/amd64 app:1 | one one");
}

TEST(docker_archive, podman_with_links_to_layers_and_manifest_last)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	testimage_link(&t, "22/layer.tar", "../y.tar", false);
	testimage_add(&t, "x.tar", "one");
	testimage_link(&t, "11/layer.tar", "/x.tar", false);
	testimage_add(&t, "y.tar", "two");
	testimage_add(&t, "c.json",
		      testimage_config("linux/arm64", 2, testimage_two).text);
	testimage_add(&t, "manifest.json",
		      NAMES_OF("c.json", "11/layer.tar", "22/layer.tar"));
	expect(&t, "docker-archive linux/arm64 app:1 | one two");
}

TEST(docker_archive, crane_with_colons_in_names)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	testimage_add(&t, "sha256:cc",
		      testimage_config("linux/amd64", 2, testimage_two).text);
	testimage_add(&t, "1.tar.gz", "one");
	testimage_add(&t, "2.tar.gz", "two");
	testimage_add(&t, "manifest.json",
		      NAMES_OF("sha256:cc", "1.tar.gz", "2.tar.gz"));
	expect(&t, "docker-archive linux/amd64 app:1 | one two");
}

TEST(docker_archive, dot_slash_in_members_or_in_the_manifest)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	testimage_add(&t, "./c.json",
		      testimage_config("linux/amd64", 2, testimage_two).text);
	testimage_add(&t, "./1.tar", "one");
	testimage_add(&t, "/2.tar", "two");
	testimage_add(&t, "./manifest.json",
		      NAMES_OF("c.json", "1.tar", "./2.tar"));
	expect(&t, "docker-archive linux/amd64 app:1 | one two");
}

TEST(docker_archive, the_last_of_two_members_counts)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	testimage_add(&t, "manifest.json", "[]");
	testimage_add(&t, "1.tar", "old");
	testimage_add(&t, "c.json",
		      testimage_config("linux/amd64", 2, testimage_two).text);
	testimage_add(&t, "1.tar", "one");
	testimage_link(&t, "2.tar", "3.tar", true);
	testimage_add(&t, "3.tar", "two");
	testimage_add(&t, "manifest.json",
		      NAMES_OF("c.json", "1.tar", "2.tar"));
	expect(&t, "docker-archive linux/amd64 app:1 | one two");
}

static void add_three(struct testimage *t)
{
	testimage_add(t, "c.json",
		      testimage_config("linux/amd64", 2, testimage_two).text);
	testimage_add(t, "d.json",
		      testimage_config("linux/amd64", 1, testimage_other).text);
	testimage_add(t, "1.tar", "one");
	testimage_add(t, "2.tar", "two");
	testimage_add(t, "3.tar", "other");
	testimage_add(t, "manifest.json",
		      "[{\"Config\":\"c.json\",\"RepoTags\":[\"app:1\","
		      "\"app:latest\"],\"Layers\":[\"1.tar\",\"2.tar\"]},"
		      "{\"Config\":\"d.json\",\"RepoTags\":[\"host:5/db:2\"],"
		      "\"Layers\":[\"3.tar\"]},"
		      "{\"Config\":\"d.json\",\"RepoTags\":null,"
		      "\"Layers\":[\"3.tar\"]}]");
}

TEST(docker_archive, several_images)
{
	static const char app[] =
		"docker-archive linux/amd64 app:1 app:latest | one two";
	static const char db[] =
		"docker-archive linux/amd64 host:5/db:2 | other";
	static const struct {
		const char *name, *want;
	} rows[] = {
		{ "a.tar", "usage: a.tar: holds several images, name one of "
			   "them: app:1, app:latest, host:5/db:2, @2" },
		{ "docker-archive:a.tar:app:1", app },
		{ "docker-archive:a.tar:app", app },
		{ "docker-archive:a.tar:docker.io/library/app:latest", app },
		{ "a.tar:app:1", app },
		{ "a.tar:host:5/db:2", db },
		{ "docker-archive:a.tar:@1", db },
		{ "a.tar:@2", "docker-archive linux/amd64 | other" },
		{ "a.tar:@3", "not found: a.tar:@3: no image @3; "
			      "manifest.json has 3" },
		{ "a.tar:app:2", "not found: a.tar:app:2: no such tag; there "
				 "is: app:1, app:latest, host:5/db:2, @2" },
	};
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	add_three(&t);
	testimage_tar(&t, "a.tar");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_string_equal(testimage_look(rows[i].name, NULL),
				    rows[i].want);
}

/* Jib before 0.9.8; docker, podman and skopeo read it. */
TEST(docker_archive, keys_in_any_case)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	testimage_add(&t, "c.json",
		      testimage_config("linux/amd64", 2, testimage_two).text);
	testimage_add(&t, "1.tar", "one");
	testimage_add(&t, "2.tar", "two");
	testimage_add(&t, "manifest.json",
		      "[{\"config\":\"c.json\",\"repoTags\":[\"app:1\"],"
		      "\"layers\":[\"1.tar\",\"2.tar\"]}]");
	expect(&t, "docker-archive linux/amd64 app:1 | one two");
}

TEST(docker_archive, two_images_of_one_name)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	testimage_add(&t, "c.json",
		      testimage_config("linux/amd64", 2, testimage_two).text);
	testimage_add(&t, "d.json",
		      testimage_config("linux/amd64", 1, testimage_other).text);
	testimage_add(&t, "1.tar", "one");
	testimage_add(&t, "2.tar", "two");
	testimage_add(&t, "3.tar", "other");
#define APP                                                          \
	"{\"Config\":\"c.json\",\"RepoTags\":[\"app:1\",\"app:1\"]," \
	"\"Layers\":[\"1.tar\",\"2.tar\"]}"
	testimage_add(&t, "manifest.json",
		      "[" APP ",{\"Config\":\"d.json\",\"RepoTags\":"
		      "[\"app:1\"],\"Layers\":[\"3.tar\"]}]");
	testimage_tar(&t, "a.tar");
	assert_string_equal(testimage_look("a.tar", NULL),
			    "usage: a.tar: holds several images, name one of "
			    "them: app:1 (@0), app:1 (@0), app:1 (@1)");
	assert_string_equal(testimage_look("a.tar:app:1", NULL),
			    "usage: a.tar:app:1: several images are called "
			    "\"app:1\", name one of them: @0, @1");
	assert_string_equal(testimage_look("a.tar:@1", NULL),
			    "docker-archive linux/amd64 app:1 | other");
	/* One image twice is one image. */
	testimage_add(&t, "manifest.json", "[" APP "," APP "]");
#undef APP
	testimage_tar(&t, "b.tar");
	assert_string_equal(testimage_look("b.tar:app:1", NULL),
			    "docker-archive linux/amd64 app:1 app:1 | one "
			    "two");
}

TEST(docker_archive, what_is_broken)
{
	static const struct {
		const char *manifest, *want;
	} rows[] = {
		{ NAMES_OF("no.json", "1.tar", "2.tar"),
		  "not found: a.tar: the config \"no.json\" is not in the "
		  "archive" },
		{ NAMES_OF("c.json", "1.tar", "9.tar"),
		  "not found: a.tar: layer 2, \"9.tar\", is not in the "
		  "archive" },
		{ NAMES_OF("c.json", "1.tar", "loop"),
		  "limit: a.tar: layer 2, \"loop\": 41 symbolic links followed "
		  "for one path, over the limit of 40 (raise it with --limit "
		  "link_chain=N)" },
		{ NAMES_OF("c.json", "1.tar", "out"),
		  "corrupt: a.tar: layer 2, \"out\": a link leads out of the "
		  "archive" },
		{ NAMES_OF("c.json", "1.tar", "dangling"),
		  "not found: a.tar: layer 2, \"dangling\": a link to "
		  "\"gone\", which the archive does not hold" },
		{ NAMES_OF("c.json", "1.tar", "../2.tar"),
		  "corrupt: a.tar: layer 2, \"../2.tar\": the name contains "
		  "\"..\"" },
		{ "[{\"Config\":\"c.json\",\"Layers\":[\"1.tar\"]}]",
		  "corrupt: a.tar: 1 layers, but the config lists 2 "
		  "diff_ids" },
		{ "[{\"Layers\":[\"1.tar\"]}]",
		  "corrupt: a.tar: manifest.json: an image without "
		  "\"Config\"" },
		{ "[]", "not found: a.tar: manifest.json lists no image" },
		{ "{}", "corrupt: a.tar: manifest.json is not an array" },
		{ "[7]", "corrupt: a.tar: manifest.json: element 0 is not an "
			 "object" },
		{ "[{\"Config\":\"c.json\",\"RepoTags\":[1],\"Layers\":[]}]",
		  "corrupt: a.tar: manifest.json: RepoTags[0] is not a "
		  "string" },
		{ "[{\"Config\":\"c.json\",\"Layers\":[\"1.tar\",{}]}]",
		  "corrupt: a.tar: manifest.json: Layers[1] is not a string" },
	};
	IN_NEW_PLACE;
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		scoped(testimage_done) struct testimage t = { 0 };
		testimage_add(
			&t, "c.json",
			testimage_config("linux/amd64", 2, testimage_two).text);
		testimage_add(&t, "1.tar", "one");
		testimage_add(&t, "2.tar", "two");
		testimage_link(&t, "loop", "loop", false);
		testimage_link(&t, "out", "../2.tar", false);
		testimage_link(&t, "dangling", "gone", false);
		testimage_add(&t, "manifest.json", rows[i].manifest);
		testimage_tar(&t, "a.tar");
		assert_string_equal(testimage_look("a.tar", NULL),
				    rows[i].want);
	}
}

TEST(docker_archive, a_foreign_layer_is_said_to_be_one)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	char manifest[1024];
	(void)state;
	testimage_print(manifest, sizeof manifest,
			"[{\"Config\":\"c.json\",\"RepoTags\":null,\"Layers\":"
			"[\"1.tar\",\"2.tar\"],\"LayerSources\":{\"%s\":{}}}]",
			testimage_digest("one").text);
	testimage_add(&t, "c.json",
		      testimage_config("linux/amd64", 2, testimage_two).text);
	testimage_add(&t, "2.tar", "two");
	testimage_add(&t, "manifest.json", manifest);
	testimage_tar(&t, "a.tar");
	assert_string_equal(
		testimage_look("a.tar", NULL),
		"unsupported: a.tar: layer 1 is not here, it is kept "
		"elsewhere (a foreign layer); its URLs are not "
		"followed");
}

TEST(docker_archive, another_platform_is_asked_for)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	testimage_add(&t, "c.json",
		      testimage_config("linux/amd64", 2, testimage_two).text);
	testimage_add(&t, "1.tar", "one");
	testimage_add(&t, "2.tar", "two");
	testimage_add(&t, "manifest.json",
		      NAMES_OF("c.json", "1.tar", "2.tar"));
	testimage_tar(&t, "a.tar");
	assert_string_equal(testimage_look("a.tar", "amd64"),
			    "docker-archive linux/amd64 app:1 | one two");
	assert_string_equal(testimage_look("a.tar", "linux/arm64"),
			    "not found: a.tar: no image for platform "
			    "linux/arm64; there is: linux/amd64");
}

TESTS_MAIN(unit(docker_archive, docker_20_with_a_symlinked_equal_layer),
	   unit(docker_archive, podman_with_links_to_layers_and_manifest_last),
	   unit(docker_archive, crane_with_colons_in_names),
	   unit(docker_archive, dot_slash_in_members_or_in_the_manifest),
	   unit(docker_archive, the_last_of_two_members_counts),
	   unit(docker_archive, several_images),
	   unit(docker_archive, keys_in_any_case),
	   unit(docker_archive, two_images_of_one_name),
	   unit(docker_archive, what_is_broken),
	   unit(docker_archive, a_foreign_layer_is_said_to_be_one),
	   unit(docker_archive, another_platform_is_asked_for))
