/* SPDX-License-Identifier: Apache-2.0 */
/* Archives of docker before 1.10. */
#include "source/read/source.h"

#include <stdio.h>

#include "source/read/testlook.h"
#include "base/test.h"

#define BASE "1111111111111111111111111111111111111111111111111111111111111111"
#define APP "2222222222222222222222222222222222222222222222222222222222222222"
#define OTHER "3333333333333333333333333333333333333333333333333333333333333333"

static void add_layer(struct testimage *t, const char *id, const char *json,
		      const char *layer)
{
	char name[128];
	testimage_print(name, sizeof name, "%s/VERSION", id);
	testimage_add(t, name, "1.0");
	testimage_print(name, sizeof name, "%s/json", id);
	testimage_add(t, name, json);
	testimage_print(name, sizeof name, "%s/layer.tar", id);
	testimage_add(t, name, layer);
}

static void add_two(struct testimage *t)
{
	add_layer(t, APP,
		  "{\"id\":\"" APP "\",\"parent\":\"" BASE
		  "\",\"created\":\"2014-10-01T20:46:07Z\",\"container_config\""
		  ":{\"Cmd\":[\"/bin/sh\",\"-c\",\"#(nop) CMD x\"]},"
		  "\"docker_version\":\"1.2.0\",\"author\":\"me\",\"config\":"
		  "{\"Cmd\":[\"x\"]},\"architecture\":\"amd64\",\"os\":"
		  "\"linux\",\"Size\":7}",
		  "two");
	add_layer(t, BASE,
		  "{\"id\":\"" BASE "\",\"created\":\"2014-09-30T10:00:00Z\"}",
		  "one");
}

static const char want[] = "docker-archive linux/amd64 app:1 app:2 | one two";

TEST(docker_v1, the_chain_of_parents)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	add_two(&t);
	testimage_add(&t, "repositories",
		      "{\"app\":{\"1\":\"" APP "\",\"2\":\"" APP "\"}}");
	testimage_tar(&t, "a.tar");
	assert_string_equal(testimage_look("a.tar", NULL), want);
	assert_string_equal(testimage_look("docker-archive:a.tar:app:2", NULL),
			    want);
	assert_string_equal(testimage_look("a.tar:@1", NULL), want);
	assert_string_equal(testimage_look("a.tar:app:3", NULL),
			    "not found: a.tar:app:3: no such tag; there is: "
			    "app:1, app:2");
	assert_string_equal(testimage_look("a.tar:@2", NULL),
			    "not found: a.tar:@2: no image @2; repositories "
			    "has 2");
	assert_string_equal(testimage_look("a.tar", "linux/arm64"),
			    "not found: a.tar: no image for platform "
			    "linux/arm64; there is: linux/amd64");
}

TEST(docker_v1, the_config_is_made_as_docker_load_makes_it)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	scoped(source_close) struct source *s = NULL;
	struct source_options opt = { .limits = &limits_default };
	struct ref ref = { .text = STR("a.tar"), .path = STR("a.tar") };
	const struct image_set *set;
	struct err err = { 0 };
	char text[2048], got[2048];
	(void)state;
	add_two(&t);
	testimage_add(&t, "repositories", "{\"app\":{\"1\":\"" APP "\"}}");
	testimage_tar(&t, "a.tar");
	assert_ok(source_open(&ref, &opt, &s, &err), &err);
	assert_ok(source_images(s, &set, &err), &err);
	testimage_print(
		text, sizeof text,
		"{\"architecture\":\"amd64\",\"author\":\"me\",\"config\":"
		"{\"Cmd\":[\"x\"]},\"container_config\":{\"Cmd\":[\"/bin/sh\","
		"\"-c\",\"#(nop) CMD x\"]},\"created\":\"2014-10-01T20:46:07Z\""
		",\"docker_version\":\"1.2.0\",\"history\":[{\"created\":"
		"\"2014-09-30T10:00:00Z\"},{\"author\":\"me\",\"created\":"
		"\"2014-10-01T20:46:07Z\",\"created_by\":\"/bin/sh -c #(nop) "
		"CMD x\"}],\"os\":\"linux\",\"rootfs\":{\"diff_ids\":[\"%s\","
		"\"%s\"],\"type\":\"layers\"}}",
		testimage_digest("one").text, testimage_digest("two").text);
	testimage_print(got, sizeof got, "%.*s",
			STR_ARG(set->images[0]->config.text));
	assert_string_equal(got, text);
}

TEST(docker_v1, several_images)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	add_two(&t);
	add_layer(&t, OTHER, "{\"id\":\"" OTHER "\",\"parent\":\"" BASE "\"}",
		  "other");
	testimage_tar(&t, "b.tar");
	assert_string_equal(testimage_look("b.tar", NULL),
			    "usage: b.tar: holds several images, name one of "
			    "them: @0, @1");
	assert_string_equal(testimage_look("b.tar:@1", NULL),
			    "docker-archive linux/amd64 | one other");
	testimage_add(&t, "repositories",
		      "{\"app\":{\"1\":\"" APP "\"},\"db\":{\"latest\":\"" OTHER
		      "\"}}");
	testimage_tar(&t, "a.tar");
	assert_string_equal(testimage_look("a.tar", NULL),
			    "usage: a.tar: holds several images, name one of "
			    "them: app:1, db:latest");
	assert_string_equal(testimage_look("a.tar:db", NULL),
			    "docker-archive linux/amd64 db:latest | one other");
}

TEST(docker_v1, what_is_broken)
{
	static const struct {
		const char *json, *repositories, *want;
	} rows[] = {
		{ "{\"parent\":\"" OTHER "\"}", NULL,
		  "not found: a.tar: 333333333333: \"" OTHER
		  "/json\" is not in the archive" },
		{ "{\"parent\":\"../x\"}", NULL,
		  "corrupt: a.tar: 222222222222: its parent \"../x\" is no "
		  "image id" },
		{ "{\"parent\":\"" APP "\"}", "{\"app\":{\"1\":\"" APP "\"}}",
		  "limit: a.tar: 501 layers of one image, over the limit of "
		  "500 (raise it with --limit layers=N)" },
		{ "[]", NULL,
		  "corrupt: a.tar: 222222222222: " APP
		  "/json is not an object" },
		{ "{}", "{\"app\":{\"1\":\"x\"}}",
		  "corrupt: a.tar: repositories: the tag \"1\" names no image "
		  "id" },
		{ "{}", "[]", "corrupt: a.tar: repositories is not an object" },
		{ "{}", "{\"app\":{\"1\":\"" OTHER "\"}}",
		  "not found: a.tar: 333333333333: \"" OTHER
		  "/json\" is not in the archive" },
	};
	IN_NEW_PLACE;
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		scoped(testimage_done) struct testimage t = { 0 };
		add_layer(&t, APP, rows[i].json, "two");
		if (rows[i].repositories)
			testimage_add(&t, "repositories", rows[i].repositories);
		testimage_tar(&t, "a.tar");
		assert_string_equal(testimage_look("a.tar", NULL),
				    rows[i].want);
	}
	scoped(testimage_done) struct testimage t = { 0 };
	testimage_add(&t, APP "/json", "{}");
	testimage_tar(&t, "a.tar");
	assert_string_equal(testimage_look("a.tar", NULL),
			    "not found: a.tar: \"" APP
			    "/layer.tar\" is not in the archive");
}

TESTS_MAIN(unit(docker_v1, the_chain_of_parents),
	   unit(docker_v1, the_config_is_made_as_docker_load_makes_it),
	   unit(docker_v1, several_images), unit(docker_v1, what_is_broken))
