/* SPDX-License-Identifier: Apache-2.0 */
/* Whole runs: small images in, every kind of destination out, read back. */
#include "work/optimize.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/hash_seed.h"
#include "oci/ref.h"
#include "layer/testsource.h"
#include "base/test.h" /* last: cmocka defines skip */

struct job {
	const char *from, *to, *tag;
	uint32_t n_base;
	unsigned threads;
	bool named, recompress;
	struct codec_spec spec;
};

static int run(const struct job *j, struct optimize_result *r, struct err *err)
{
	struct work_optimize work = {
		.tag = j->tag ? str_of(j->tag) : (struct str){ 0 },
		.how = {
			.load = { .limits = &limits_default,
				  .threads = j->threads ? j->threads : 1 },
			.has_spec = j->named,
			.spec = j->spec,
			.recompress = j->recompress,
		},
		.base = { .mode = BASE_LAYERS, .n_layers = j->n_base },
	};
	scoped(arena_done) struct arena a = { 0 };
	scoped(source_close) struct source *s = NULL;
	scoped(dest_close) struct dest *d = NULL;
	scoped(work_optimized_done) struct work_optimized out = { 0 };
	struct ref ref;
	testsource_open(j->from, &s);
	if (j->to && (oci_parse_ref(str_of(j->to), &a, &ref, err) < 0 ||
		      dest_open(NULL, &ref, &limits_default, &d, err) < 0))
		return -1;
	work.source = s;
	work.dest = d;
	if (work_optimize_run(&work, &out, err) < 0)
		return -1;
	assert_int_equal(out.result.written, j->to != NULL);
	/* The source goes before the result: only figures are looked at. */
	*r = (struct optimize_result){
		.n = out.result.n,
		.written = out.result.written,
		.n_attestations_dropped = out.result.n_attestations_dropped,
	};
	r->images = calloc(r->n, sizeof *r->images);
	for (size_t i = 0; i < r->n; i++) {
		const struct image_result *from = &out.result.images[i];
		r->images[i].before = from->before;
		r->images[i].after = from->after;
		r->images[i].size_after = from->size_after;
		r->images[i].n_layers_after = from->n_layers_after;
		r->images[i].digest_after = from->digest_after;
	}
	return 0;
}

static void must_run(const struct job *j)
{
	struct err err = { 0 };
	scoped(shrink_result_done) struct optimize_result r = { 0 };
	assert_ok(run(j, &r, &err), &err);
}

/* "LAYER | LAYER", each as its members, for image i of a source. */
static const char *layers_of(const char *name, size_t i)
{
	struct err err = { 0 };
	scoped(source_close) struct source *s = NULL;
	scoped(tree_loaded_image_done) struct loaded_image li = { 0 };
	const struct image_set *set;
	struct load_options load = { .limits = &limits_default,
				     .threads = 1,
				     .keep_indices = true };
	testsource_open(name, &s);
	assert_ok(source_images(s, &set, &err), &err);
	assert_true(i < set->n);
	assert_ok(tree_load_image(set->images[i], &load, &li, &err), &err);
	const char *out = "";
	for (size_t k = 0; k < li.n_layers; k++)
		out = testlayer_printf("%s%s%s", out, k ? " | " : "",
				       testlayer_text(&li.layers[k]));
	return out;
}

static const char *config_of(const char *name)
{
	scoped(source_close) struct source *s = NULL;
	testsource_open(name, &s);
	return testlayer_printf("%.*s",
				STR_ARG(testsource_image(s)->config.text));
}

static const struct testspec wasteful = {
	.layers = { "f a =base; f d =dead0",
		    "d d; f d/x =keep; f d/y #9000; f z =zz", "f d/.wh.y",
		    "f q =dead1", "f .wh.q; f last" },
	.config = "\"config\":{\"Cmd\":[\"sh\"],\"Env\":[ \"A=\\u0041\"]},"
		  "\"x-unknown\":{\"a\" :1.50, \"b\":1e300}",
	.history = "[{\"created_by\":\"one\",\"x\" :1},"
		   "{\"created_by\":\"ENV\",\"empty_layer\":true},"
		   "{\"created_by\":\"two\"},{\"created_by\":\"three\"},"
		   "{\"created_by\":\"four\"},{\"created_by\":\"five\"}]",
	.annotations = "{\"org.example.a\" : \"1\"}",
};
/* What is left above one base layer. */
#define LEFT "f a =base; f d =dead0 | d d; f d/x =keep; f z =zz | f last"

TEST(optimize, every_kind_of_destination)
{
	static const char *const names[] = {
		"docker-archive:a.tar",
		"oci-archive:b.tar",
		"oci:c",
		"oci:c:tag",
		"bare.tar",
		"bare/",
	};
	IN_NEW_PLACE;
	testsource_oci("img", &wasteful, 1, false, "v1");
	unsigned open_files = testimage_open_files();
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const struct job j = { .from = "img",
				       .to = names[i],
				       .n_base = 1 };
		struct err err = { 0 };
		scoped(shrink_result_done) struct optimize_result r = { 0 };
		assert_ok(run(&j, &r, &err), &err);
		assert_string_equal(layers_of(i == 2 ? "oci:c" : names[i], 0),
				    LEFT);
		assert_int_equal(r.images[0].before.stored, 9020);
		assert_int_equal(r.images[0].after.stored, 15);
		assert_int_equal(r.images[0].after.dead, 5);
		assert_int_equal(r.images[0].n_layers_after, 3);
	}
	assert_int_equal(testimage_open_files(), open_files);
	assert_int_equal(system("test -z \"$(ls -A | grep pare-)\""), 0);
}

TEST(optimize, a_dry_run_is_exact)
{
	IN_NEW_PLACE;
	testsource_oci("img", &wasteful, 1, false, NULL);
	for (enum codec c = CODEC_NONE; c <= CODEC_ZSTD; c++) {
		struct err err = { 0 };
		struct job j = { .from = "img",
				 .n_base = 1,
				 .named = true,
				 .spec = { .codec = c, .level = 3 } };
		scoped(shrink_result_done) struct optimize_result dry = { 0 };
		scoped(shrink_result_done) struct optimize_result wet = { 0 };
		assert_ok(run(&j, &dry, &err), &err);
		assert_int_equal(system("test \"$(ls -A)\" = img"), 0);
		j.to = "out/";
		assert_ok(run(&j, &wet, &err), &err);
		assert_int_equal(dry.images[0].size_after,
				 wet.images[0].size_after);
		assert_int_equal(dry.images[0].after.stored,
				 wet.images[0].after.stored);
		assert_true(digest_eq(&dry.images[0].digest_after,
				      &wet.images[0].digest_after));
		assert_int_equal(system("rm -r out"), 0);
	}
}

/* Everything but diff_ids and the entries whose layers vanished. */
TEST(optimize, a_config_keeps_its_bytes)
{
	IN_NEW_PLACE;
	testsource_oci("img", &wasteful, 1, false, NULL);
	must_run(&(struct job){ .from = "img", .to = "out/", .n_base = 1 });
	const char *text = config_of("out");
	static const char *const kept[] = {
		"{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":"
		"{\"Cmd\":[\"sh\"],\"Env\":[ \"A=\\u0041\"]},"
		"\"x-unknown\":{\"a\" :1.50, \"b\":1e300},\"rootfs\":",
		"{\"created_by\":\"one\",\"x\" :1},"
		"{\"created_by\":\"ENV\",\"empty_layer\":true},"
		"{\"created_by\":\"two\"}",
		"{\"created_by\":\"three\",",
		"{\"created_by\":\"five\"}]}",
	};
	for (size_t i = 0; i < ARRAY_LEN(kept); i++)
		if (!strstr(text, kept[i]))
			fail_msg("%s\nhas not %s", text, kept[i]);
	struct err err = { 0 };
	scoped(arena_done) struct arena a = { 0 };
	struct oci_config c;
	assert_ok(oci_parse_config(str_of(text), &limits_default, &a, &c, &err),
		  &err);
	assert_int_equal(c.n_history, 6);
	assert_int_equal(c.n_diff_ids, 3);
	static const bool empty[] = { false, true, false, true, true, false };
	for (size_t i = 0; i < 6; i++)
		assert_int_equal(c.history[i].empty_layer, empty[i]);
}

TEST(optimize, annotations_of_the_manifest_stay)
{
	IN_NEW_PLACE;
	testsource_oci("img", &wasteful, 1, false, NULL);
	must_run(&(struct job){ .from = "img", .to = "out/", .n_base = 1 });
	scoped(source_close) struct source *s = NULL;
	testsource_open("out", &s);
	const struct oci_doc *m = &testsource_image(s)->manifest;
	assert_int_equal(m->n_annotations, 1);
	assert_true(str_eqz(m->annotations[0].key, "org.example.a"));
	assert_true(str_eqz(m->annotations[0].value, "1"));
}

TEST(optimize, platforms_stay)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	struct testspec v[2] = { wasteful, wasteful };
	scoped(shrink_result_done) struct optimize_result r = { 0 };
	v[1].platform = "linux/arm64";
	v[1].layers[1] = "f arm =dead; f other =y";
	v[1].layers[2] = "f .wh.arm";
	testsource_oci("img", v, 2, true, "multi");
	const struct job j = { .from = "img", .to = "out/", .n_base = 1 };
	assert_ok(run(&j, &r, &err), &err);
	assert_int_equal(r.n, 2);
	assert_string_equal(layers_of("out", 0), LEFT);
	assert_string_equal(layers_of("out", 1),
			    "f a =base; f d =dead0 | f other =y | f last");
	scoped(source_close) struct source *s = NULL;
	const struct image_set *set;
	testsource_open("out", &s);
	assert_ok(source_images(s, &set, &err), &err);
	assert_true(set->is_index);
	assert_true(str_eqz(set->images[1]->platform.architecture, "arm64"));
	/* One file for old engines cannot hold two platforms. */
	scoped(shrink_result_done) struct optimize_result none = { 0 };
	const struct job old = { .from = "img", .to = "docker-archive:x.tar" };
	assert_fails(run(&old, &none, &err), &err, ERR_USAGE,
		     "docker-archive holds one platform: pick one with "
		     "--platform (linux/amd64, linux/arm64), or write an OCI "
		     "layout");
	assert_int_equal(access("x.tar", F_OK), -1);
}

TEST(optimize, same_bytes_for_any_number_of_threads)
{
	IN_NEW_PLACE;
	testsource_oci("img", &wasteful, 1, false, NULL);
	for (enum codec c = CODEC_GZIP; c <= CODEC_ZSTD; c++) {
		struct job j = { .from = "img",
				 .to = "1.tar",
				 .named = true,
				 .recompress = true,
				 .spec = { .codec = c, .level = 3 } };
		must_run(&j);
		j.to = "4.tar";
		j.threads = 4;
		must_run(&j);
		j.to = "again.tar";
		must_run(&j);
		assert_int_equal(
			system("cmp 1.tar 4.tar && cmp 4.tar again.tar"), 0);
	}
}

/* Hash tables are seeded anew in every process: what is written must not show
 * it. */
TEST(optimize, same_bytes_for_any_hash_seed)
{
	static const uint64_t seeds[] = { 0, 1, 0x9e3779b97f4a7c15 };
	static const char *const to[] = { "0.tar", "1.tar", "2.tar" };
	IN_NEW_PLACE;
	const uint64_t drawn = hash_seed;
	testsource_oci("img", &wasteful, 1, false, NULL);
	for (size_t i = 0; i < ARRAY_LEN(seeds); i++) {
		const struct job j = { .from = "img", .to = to[i] };
		hash_seed_set(seeds[i]);
		must_run(&j);
	}
	hash_seed_set(drawn);
	assert_int_equal(system("cmp 0.tar 1.tar && cmp 1.tar 2.tar"), 0);
}

TEST(optimize, kept_layers_pass_bit_for_bit)
{
	IN_NEW_PLACE;
	struct testspec gz = wasteful;
	gz.codec = CODEC_GZIP;
	gz.layers[4] = "f q; f last";
	testsource_oci("img", &gz, 1, false, NULL);
	must_run(&(struct job){ .from = "img", .to = "out/", .n_base = 1 });
	scoped(source_close) struct source *a = NULL, *b = NULL;
	testsource_open("img", &a);
	testsource_open("out", &b);
	const struct image *x = testsource_image(a), *y = testsource_image(b);
	assert_int_equal(y->n_layers, 3);
	assert_true(digest_eq(&x->layers[0].desc.digest,
			      &y->layers[0].desc.digest));
	assert_true(digest_eq(&x->layers[4].desc.digest,
			      &y->layers[2].desc.digest));
	assert_false(digest_eq(&x->layers[1].desc.digest,
			       &y->layers[1].desc.digest));
}

TEST(optimize, tags)
{
	IN_NEW_PLACE;
	testsource_docker("img.tar", &wasteful, "app:1");
	must_run(&(struct job){ .from = "img.tar", .to = "no.tar" });
	must_run(&(struct job){
		.from = "img.tar", .to = "yes.tar", .tag = "app:small" });
	assert_int_equal(system("! tar xOf no.tar manifest.json | "
				"grep -q app"),
			 0);
	assert_int_equal(system("tar xOf yes.tar manifest.json | "
				"grep -q '\"app:small\"'"),
			 0);
}

TEST(optimize, nothing_appears_when_a_layer_is_broken)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	struct testspec bad = { .layers = { "f a =xx", "h b >nothing" } };
	scoped(shrink_result_done) struct optimize_result r = { 0 };
	testsource_oci("img", &bad, 1, false, NULL);
	const struct job j = { .from = "img", .to = "out.tar" };
	assert_int_equal(run(&j, &r, &err), -1);
	assert_int_equal(err.code, ERR_CORRUPT);
	assert_int_equal(system("test \"$(ls -A)\" = img"), 0);
}

/* Layers of the result, for a job without a base. */
static const char *layers_after(struct work_optimize job,
				const struct testspec *spec)
{
	struct err err = { 0 };
	scoped(arena_done) struct arena a = { 0 };
	scoped(source_close) struct source *s = NULL;
	scoped(dest_close) struct dest *d = NULL;
	scoped(work_optimized_done) struct work_optimized out = { 0 };
	struct ref ref;
	testsource_oci("img", spec, 1, false, NULL);
	testsource_open("img", &s);
	assert_int_equal(system("rm -rf out"), 0);
	assert_ok(oci_parse_ref(STR("out/"), &a, &ref, &err), &err);
	assert_ok(dest_open(NULL, &ref, &limits_default, &d, &err), &err);
	job.source = s;
	job.dest = d;
	job.how.load = (struct load_options){ .limits = &limits_default,
					      .threads = 1 };
	assert_ok(work_optimize_run(&job, &out, &err), &err);
	return layers_of("out", 0);
}

static const struct testspec stacked = {
	.layers = { "f a =1", "f b =2", "f c =3", "f d =4" },
};

TEST(optimize, what_becomes_one_layer)
{
	static const struct {
		enum work_merge merge;
		const char *layers;
		uint32_t n_base;
		const char *want;
	} rows[] = {
		{ WORK_MERGE_NONE, "", 1, "f a =1 | f b =2 | f c =3 | f d =4" },
		{ WORK_MERGE_ABOVE_BASE, "", 1,
		  "f a =1 | f b =2; f c =3; f d =4" },
		/* A base that reaches to the top leaves nothing to merge. */
		{ WORK_MERGE_ABOVE_BASE, "", 4,
		  "f a =1 | f b =2 | f c =3 | f d =4" },
		{ WORK_MERGE_NAMED, "2..3", 0,
		  "f a =1 | f b =2; f c =3 | f d =4" },
		/* A range that reaches into the base ends it there. */
		{ WORK_MERGE_NAMED, "1..2", 3,
		  "f a =1; f b =2 | f c =3 | f d =4" },
	};
	IN_NEW_PLACE;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct work_optimize job = {
			.base = { .mode = BASE_LAYERS,
				  .n_layers = rows[i].n_base },
			.merge = rows[i].merge,
			.layers = str_of(rows[i].layers),
		};
		assert_string_equal(layers_after(job, &stacked), rows[i].want);
	}
}

TEST(optimize, a_range_that_is_none)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	scoped(source_close) struct source *s = NULL;
	scoped(work_optimized_done) struct work_optimized out = { 0 };
	testsource_oci("img", &stacked, 1, false, NULL);
	testsource_open("img", &s);
	const struct work_optimize job = {
		.source = s,
		.how.load = { .limits = &limits_default, .threads = 1 },
		.merge = WORK_MERGE_NAMED,
		.layers = STR("3..2"),
	};
	assert_fails(work_optimize_run(&job, &out, &err), &err, ERR_USAGE,
		     "no layers in \"3..2\": they are named from the lowest "
		     "up");
}

/* Names go from the layer that has them; what the base has stays. */
TEST(optimize, names_that_a_rule_takes_out)
{
	static const struct testspec cached = {
		.layers = { "d root; d root/.cache; d root/.cache/pip; "
			    "f root/.cache/pip/a =base",
			    "d root; d root/.cache; d root/.cache/pip; "
			    "f root/.cache/pip/b =mine; f kept =1" },
	};
	IN_NEW_PLACE;
	struct work_optimize job = {
		.base = { .mode = BASE_LAYERS, .n_layers = 1 },
	};
	struct err err = { 0 };
	assert_ok(analyze_select_drop(STR("pip"), &job.drop, &err), &err);
	assert_string_equal(layers_after(job, &cached),
			    "d root; d root/.cache; d root/.cache/pip; "
			    "f root/.cache/pip/a =base | "
			    "f kept =1; d root; d root/.cache; "
			    "d root/.cache/pip");
	job.base.mode = BASE_NONE;
	assert_string_equal(layers_after(job, &cached),
			    "f kept =1; d root; d root/.cache; "
			    "d root/.cache/pip");
}

TEST(optimize, layers_of_the_last_result_stay)
{
	static const struct testspec now = {
		.layers = { "f base =0", "f a #90000; f b =2" },
	};
	static const struct testspec then = {
		.layers = { "f base =0", "f a #90000; f b =1" },
	};
	IN_NEW_PLACE;
	struct err err = { 0 };
	scoped(source_close) struct source *s = NULL;
	struct work_optimize job = {
		.base = { .mode = BASE_LAYERS, .n_layers = 1 },
	};
	testsource_oci("prev", &then, 1, false, NULL);
	testsource_open("prev", &s);
	assert_ok(source_images(s, &job.previous, &err), &err);
	assert_string_equal(layers_after(job, &now),
			    "f base =0 | f a #90000; f b =1 | f b =2");
}

struct heard {
	unsigned n;
	uint64_t bytes;
};

static void hear_slow(void *self, uint64_t bytes, const struct codec_spec *spec)
{
	struct heard *h = self;
	h->n++;
	h->bytes = bytes;
	assert_int_equal(spec->level, 19);
}

/* Told before a minute is spent, never for what takes no time. */
TEST(optimize, slow_compression_is_told_before)
{
	static const struct testspec large = {
		.layers = { "f a #1000000; f b #1000000; f c #1000000; f d "
			    "#1000000; f e #1000000; f f #1000000; f g "
			    "#1000000" },
	};
	IN_NEW_PLACE;
	struct heard heard = { 0 };
	struct work_optimize job = {
		.how = { .has_spec = true,
			 .spec = { .codec = CODEC_ZSTD, .level = 19 },
			 .recompress = true },
		.events = { .slow = hear_slow, .self = &heard },
	};
	layers_after(job, &stacked);
	assert_int_equal(heard.n, 0);
	layers_after(job, &large);
	assert_int_equal(heard.n, 1);
	assert_true(heard.bytes >= 7000000);
}

/* smaller.c, which is linked without cli. */
TEST(optimize, a_program_of_a_few_lines)
{
	IN_NEW_PLACE;
	testsource_oci("img", &wasteful, 1, false, NULL);
	assert_int_equal(system("PARE_CACHE_DIR=$PWD/cache "
				"\"$WORK_SMALLER\" img out/"),
			 0);
	assert_string_equal(layers_of("out", 0),
			    "f a =base; d d; f d/x =keep; f z =zz | f last");
	assert_int_equal(system("\"$WORK_SMALLER\" none out/ 2>err"), 256);
	assert_int_equal(system("grep -q none err"), 0);
}

TESTS_MAIN(unit(optimize, every_kind_of_destination),
	   unit(optimize, a_dry_run_is_exact),
	   unit(optimize, a_config_keeps_its_bytes),
	   unit(optimize, annotations_of_the_manifest_stay),
	   unit(optimize, platforms_stay),
	   unit(optimize, same_bytes_for_any_number_of_threads),
	   unit(optimize, same_bytes_for_any_hash_seed),
	   unit(optimize, kept_layers_pass_bit_for_bit), unit(optimize, tags),
	   unit(optimize, nothing_appears_when_a_layer_is_broken),
	   unit(optimize, what_becomes_one_layer),
	   unit(optimize, a_range_that_is_none),
	   unit(optimize, names_that_a_rule_takes_out),
	   unit(optimize, layers_of_the_last_result_stay),
	   unit(optimize, slow_compression_is_told_before),
	   unit(optimize, a_program_of_a_few_lines))
