/* SPDX-License-Identifier: Apache-2.0 */
#include "oci/config.h"

#include "oci/history.h"
#include "base/test.h"

#define D1        \
	"sha256:" \
	"1111111111111111111111111111111111111111111111111111111111111111"
#define D2        \
	"sha256:" \
	"2222222222222222222222222222222222222222222222222222222222222222"
#define D3        \
	"sha256:" \
	"3333333333333333333333333333333333333333333333333333333333333333"

/* The head and tail of a config as each builder writes it; in the middle, what
 * a rewrite changes: before, and after layer 1 of 0..2 is dropped. */
#define DOCKER_A                                                              \
	"{\"architecture\":\"amd64\",\"config\":{\"Hostname\":\"\","          \
	"\"Domainname\":\"\",\"User\":\"\",\"AttachStdin\":false,\"Env\":["   \
	"\"PATH=/bin\"],\"Cmd\":[\"sh\"],\"Image\":\"" D1                     \
	"\",\"Volumes\":null,\"WorkingDir\":\"\",\"Entrypoint\":null,"        \
	"\"OnBuild\":null,\"Labels\":{}},\"container\":\"b6b904e0\","         \
	"\"container_config\":{\"Cmd\":[\"/bin/sh\",\"-c\",\"#(nop) \"]},"    \
	"\"created\":\"2026-11-24T14:54:37.319418662Z\",\"docker_version\":"  \
	"\"20.10.24\",\"history\":[{\"created\":\"2026-11-24T14:53:52.39Z\"," \
	"\"comment\":\"Imported from -\"},{\"created\":\"2026-11-24T14:54:02" \
	".3Z\",\"created_by\":\"/bin/sh -c #(nop)  ENV A=1\","                \
	"\"empty_layer\":true},{\"created\":\"2026-11-24T14:54:11.1Z\","      \
	"\"created_by\":\"/bin/sh -c a \\u0026\\u0026 b\""
#define DOCKER_B                                                          \
	"},{\"created\":\"2026-11-24T14:54:15Z\",\"created_by\":\"COPY\"" \
	"}],\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":["
#define DOCKER_C "]}}"

#define PODMAN_A                                                              \
	"{\"created\":\"2023-05-01T10:00:00.5Z\",\"architecture\":\"arm64\"," \
	"\"variant\":\"v8\",\"os\":\"linux\",\"config\":{\"Env\":[\"A=\"]},"  \
	"\"rootfs\":{\"type\":\"layers\",\"diff_ids\":["
#define PODMAN_B                                                             \
	"]},\"history\":[{\"created\":\"2023-04-01T00:00:00Z\","             \
	"\"created_by\":\"/bin/sh -c #(nop) ADD file:x in / \",\"comment\":" \
	"\"FROM docker.io/library/a:1\",\"empty_layer\":false},"             \
	"{\"created_by\":\"RUN\",\"empty_layer\":"
#define PODMAN_C                                                      \
	",\"author\":\"me\"},{\"created_by\":\"CMD\",\"empty_layer\"" \
	":true},{\"empty_layer\":false}]}\n"

#define BUILDKIT_A                                                           \
	"{\"architecture\":\"amd64\",\"config\":{\"ExposedPorts\":{\"80/tcp" \
	"\":{}},\"ArgsEscaped\":true},\"created\":\"2024-05-01T12:00:00+02:" \
	"00\",\"history\":[{\"created\":\"2024-05-01T09:59:59Z\","           \
	"\"created_by\":\"ADD rootfs.tar.gz / # buildkit\",\"comment\":"     \
	"\"buildkit.dockerfile.v0\"},{\"created_by\":\"RUN \\\"x\\\" ]}\","  \
	"\"comment\":\"buildkit.dockerfile.v0\""
#define BUILDKIT_B                                                  \
	"},{\"created_by\":\"COPY . . # buildkit\"}],"              \
	"\"moby.buildkit.buildinfo.v1\":\"eyJ9\",\"os\":\"linux\"," \
	"\"rootfs\":{\"type\":\"layers\",\"diff_ids\":["
#define BUILDKIT_C "]},\"unknown\":[1.0e2,{\"diff_ids\":[]}]}"

/* Spaced, with escapes in keys, as no builder does but some editor did. */
#define SPACED_A                                                     \
	"\t{ \"\\u0072ootfs\" : { \"x\" : { \"diff_ids\" : 1 } ,\n " \
	"\"\\u0064iff"                                               \
	"_ids\" :\n"
#define SPACED_B                                                               \
	" , \"type\" : \"layers\" } ,\n \"os\" : \"linux\", \"histor\\u0079\"" \
	" : [ { \"created_by\" : \"a\" } ,\n\t"
#define SPACED_C " , {\n} ] , \"architecture\":\"\" }\n\n"

static const struct {
	const char *before, *after;
	const char *created, *text_of_1;
} builders[] = {
	{ DOCKER_A DOCKER_B "\"" D1 "\",\"" D2 "\",\"" D3 "\"" DOCKER_C,
	  DOCKER_A ",\"empty_layer\":true" DOCKER_B "\"" D1 "\",\"" D3
		   "\"" DOCKER_C,
	  "2026-11-24T14:54:37.319418662Z", "/bin/sh -c a && b" },
	{ PODMAN_A "\"" D1 "\",\"" D2 "\",\"" D3 "\"" PODMAN_B "null" PODMAN_C,
	  PODMAN_A "\"" D1 "\",\"" D3 "\"" PODMAN_B "true" PODMAN_C,
	  "2023-05-01T10:00:00.5Z", "RUN" },
	{ BUILDKIT_A BUILDKIT_B "\"" D1 "\",\"" D2 "\",\"" D3 "\"" BUILDKIT_C,
	  BUILDKIT_A ",\"empty_layer\":true" BUILDKIT_B "\"" D1 "\",\"" D3
		     "\"" BUILDKIT_C,
	  "2024-05-01T12:00:00+02:00", "RUN \"x\" ]}" },
	{ SPACED_A "[ \"" D1 "\",\n\"" D2 "\", \"" D3 "\" ]" SPACED_B
		   "null" SPACED_C,
	  SPACED_A "[\"" D1 "\",\"" D3 "\"]" SPACED_B
		   "{\"empty_layer\":true}" SPACED_C,
	  "", "" },
};

static void read_config(const char *text, struct arena *a, struct oci_config *c)
{
	struct err err = { 0 };
	assert_ok(oci_parse_config(str_of(text), &limits_default, a, c, &err),
		  &err);
}

/* The rewritten text against the one expected. */
static void assert_rewrite(const struct oci_config *c, const struct digest *ids,
			   size_t n, const bool *keeps, const char *want)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf b = BUF_INIT(1 << 16);
	assert_ok(oci_rewrite_config(c, ids, n, keeps, &b, &err), &err);
	assert_non_null(buf_cstr(&b));
	assert_string_equal(b.p, want);
}

TEST(config, builders)
{
	static const bool all[] = { true, true, true };
	static const bool outer[] = { true, false, true };
	for (size_t i = 0; i < ARRAY_LEN(builders); i++) {
		scoped(arena_done) struct arena a = { 0 };
		struct oci_config c;
		read_config(builders[i].before, &a, &c);
		assert_int_equal(c.n_diff_ids, 3);
		assert_string_equal(digest_text(&c.diff_ids[1]).text, D2);
		assert_true(str_eqz(c.platform.os, "linux"));
		assert_true(str_eqz(c.created, builders[i].created));
		const struct oci_history *h = oci_history_of(&c, 1);
		assert_non_null(h);
		assert_true(str_eqz(h->created_by, builders[i].text_of_1));
		const struct digest two[] = { c.diff_ids[0], c.diff_ids[2] };
		assert_rewrite(&c, two, 2, outer, builders[i].after);
		assert_rewrite(&c, c.diff_ids, 3, all, builders[i].before);
	}
}

TEST(config, fields)
{
	scoped(arena_done) struct arena a = { 0 };
	struct oci_config c;
	read_config(builders[1].before, &a, &c);
	assert_string_equal(c.platform.architecture.p, "arm64");
	assert_string_equal(c.platform.variant.p, "v8");
	assert_true(c.has_history);
	assert_int_equal(c.n_history, 4);
	assert_string_equal(c.history[0].comment.p,
			    "FROM docker.io/library/a:1");
	assert_string_equal(c.history[1].author.p, "me");
	assert_true(c.history[2].empty_layer);
	assert_true(str_eqz(c.history[3].json, "{\"empty_layer\":false}"));
	assert_ptr_equal(oci_history_of(&c, 2), &c.history[3]);
	assert_null(oci_history_of(&c, 3));
}

/* Kaniko's --single-snapshot and hand-made images: no entry a layer. */
static const struct {
	const char *history;
	bool has_history;
} out_of_step[] = {
	{ "", false },
	{ ",\"history\":null", false },
	{ ",\"history\":[]", true },
	{ ",\"history\":[{\"author\":\"kaniko\"}]", true },
	{ ",\"history\":[{},{\"empty_layer\":true}]", true },
	{ ",\"history\":[{},{},{}]", true },
};

TEST(config, history_out_of_step_is_left_alone)
{
	static const bool first[] = { true, false };
	for (size_t i = 0; i < ARRAY_LEN(out_of_step); i++) {
		struct err err = { 0 };
		scoped(arena_done) struct arena a = { 0 };
		scoped(buf_done) struct buf t = BUF_INIT(1024);
		scoped(buf_done) struct buf want = BUF_INIT(1024);
		struct oci_config c;
		assert_ok(buf_addf(&t, &err,
				   "{\"os\":\"linux\",\"rootfs\":{\"diff_ids\":"
				   "[\"" D1 "\",\"" D2 "\"]}%s}",
				   out_of_step[i].history),
			  &err);
		assert_ok(buf_addf(&want, &err,
				   "{\"os\":\"linux\",\"rootfs\":{\"diff_ids\":"
				   "[\"" D1 "\"]}%s}",
				   out_of_step[i].history),
			  &err);
		read_config(buf_cstr(&t), &a, &c);
		assert_int_equal(c.has_history, out_of_step[i].has_history);
		assert_null(oci_history_of(&c, 0));
		assert_rewrite(&c, c.diff_ids, 1, first, buf_cstr(&want));
	}
}

TEST(config, no_layers)
{
	struct err err = { 0 };
	scoped(arena_done) struct arena a = { 0 };
	struct oci_config c;
	const bool none[] = { false };
	read_config("{\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\","
		    "\"diff_ids\":null},\"history\":[{\"empty_layer\":true}]}",
		    &a, &c);
	assert_int_equal(c.n_diff_ids, 0);
	struct digest d;
	assert_ok(digest_parse(STR(D1), &d, &err), &err);
	assert_rewrite(&c, NULL, 0, none,
		       "{\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\","
		       "\"diff_ids\":null},\"history\":[{\"empty_layer\":true}"
		       "]}");
	read_config("{\"rootfs\":{},\"os\":\"linux\"}", &a, &c);
	assert_rewrite(&c, &d, 1, none,
		       "{\"rootfs\":{\"diff_ids\":[\"" D1 "\"]},\"os\":"
		       "\"linux\"}");
	read_config("{\"rootfs\":{\"diff_ids\":[\"" D1 "\"]},\"history\":[{}]}",
		    &a, &c);
	assert_rewrite(&c, NULL, 0, none,
		       "{\"rootfs\":{\"diff_ids\":[]},\"history\":[{"
		       "\"empty_layer\":true}]}");
}

TEST(config, layers_and_history_stay_in_step)
{
	static const bool all[] = { true, true, true };
	struct err err = { 0 };
	scoped(arena_done) struct arena a = { 0 };
	scoped(buf_done) struct buf b = BUF_INIT(1 << 16);
	struct oci_config c;
	read_config(builders[0].before, &a, &c);
	assert_fails(oci_rewrite_config(&c, c.diff_ids, 2, all, &b, &err), &err,
		     ERR_MISMATCH,
		     "the new config has 2 layers, its history 3");
}

/* Entries for layers that no entry made; none where history is left alone. */
TEST(config, more_layers)
{
	static const struct {
		const char *before, *after;
		bool keeps[2];
	} rows[] = {
		{ "{\"rootfs\":{\"diff_ids\":[\"" D1
		  "\"]},\"history\":[ {} ] }",
		  "{\"rootfs\":{\"diff_ids\":[\"" D1 "\",\"" D2 "\",\"" D2
		  "\"]},\"history\":[ {},{\"x\":1},{} ] }",
		  { true } },
		{ "{\"rootfs\":{\"diff_ids\":[\"" D1
		  "\"]},\"history\":[{\"a\":1},"
		  "{\"empty_layer\":true} ]}",
		  "{\"rootfs\":{\"diff_ids\":[\"" D2 "\",\"" D2 "\"]},"
		  "\"history\":[{\"a\":1,\"empty_layer\":true},"
		  "{\"empty_layer\":true},{\"x\":1},{} ]}",
		  { false } },
		{ "{\"rootfs\":{\"diff_ids\":[]},\"history\":[]}",
		  "{\"rootfs\":{\"diff_ids\":[\"" D2 "\",\"" D2 "\"]},"
		  "\"history\":[{\"x\":1},{}]}",
		  { false } },
		{ "{\"rootfs\":{\"diff_ids\":[\"" D1 "\"]}}",
		  "{\"rootfs\":{\"diff_ids\":[\"" D2 "\",\"" D2 "\"]}}",
		  { false } },
	};
	static const struct str more[] = { { "{\"x\":1}", 7 }, { "{}", 2 } };
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = { 0 };
		scoped(arena_done) struct arena a = { 0 };
		scoped(buf_done) struct buf b = BUF_INIT(1 << 16);
		struct oci_config c;
		struct digest ids[3];
		read_config(rows[i].before, &a, &c);
		size_t n = rows[i].keeps[0];
		if (n)
			ids[0] = c.diff_ids[0];
		for (size_t k = n; k < n + 2; k++)
			assert_ok(digest_parse(STR(D2), &ids[k], &err), &err);
		struct oci_layers l = { ids, n + 2, rows[i].keeps, more, 2 };
		assert_ok(oci_change_layers(&c, &l, &b, &err), &err);
		assert_string_equal(buf_cstr(&b), rows[i].after);
	}
}

#define ROOTFS "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}"
static const struct {
	const char *text;
	enum err_code code;
	const char *want;
} refused[] = {
	{ "[]", ERR_CORRUPT, "a config is an object, not an array" },
	{ "{}", ERR_UNSUPPORTED,
	  "not the config of an image (no \"rootfs\", \"os\" or "
	  "\"architecture\"): an artifact" },
	{ "{\"name\":\"chart\",\"version\":\"1.0\"}", ERR_UNSUPPORTED,
	  "not the config of an image (no \"rootfs\", \"os\" or "
	  "\"architecture\"): an artifact" },
	{ "{\"os\":\"linux\"}", ERR_CORRUPT, "a config without \"rootfs\"" },
	{ "{\"rootfs\":[]}", ERR_CORRUPT,
	  "\"rootfs\" is an array, expected an object" },
	{ "{\"Rootfs\":{}}", ERR_CORRUPT,
	  "key \"Rootfs\" should be spelled \"rootfs\"" },
	{ "{\"rootfs\":{\"type\":\"layers+base\"}}", ERR_UNSUPPORTED,
	  "rootfs: type \"layers+base\", expected \"layers\"" },
	{ "{\"rootfs\":{\"type\":1}}", ERR_CORRUPT,
	  "rootfs: \"type\" is an integer, expected a string" },
	{ "{\"rootfs\":{\"diff_ids\":{}}}", ERR_CORRUPT,
	  "rootfs: \"diff_ids\" is an object, expected an array" },
	{ "{\"rootfs\":{\"diff_ids\":[null]}}", ERR_CORRUPT,
	  "rootfs: diff_ids[0] is not a string" },
	{ "{\"rootfs\":{\"diff_ids\":[\"" D1 "\",\"x\"]}}", ERR_CORRUPT,
	  "rootfs: diff_ids[1]: \"x\" is not a digest" },
	{ "{" ROOTFS ",\"os\":1}", ERR_CORRUPT,
	  "\"os\" is an integer, expected a string" },
	{ "{" ROOTFS ",\"created\":false}", ERR_CORRUPT,
	  "\"created\" is a boolean, expected a string" },
	{ "{" ROOTFS ",\"config\":[]}", ERR_CORRUPT,
	  "\"config\" is an array, expected an object" },
	{ "{" ROOTFS ",\"history\":{}}", ERR_CORRUPT,
	  "\"history\" is an object, expected an array" },
	{ "{" ROOTFS ",\"history\":[{},1]}", ERR_CORRUPT,
	  "history[1]: expected an object with \"created\", not an integer" },
	{ "{" ROOTFS ",\"history\":[{\"empty_layer\":\"true\"}]}", ERR_CORRUPT,
	  "history[0]: \"empty_layer\" is a string, expected true or false" },
};

TEST(config, refused)
{
	struct err err = { 0 };
	scoped(arena_done) struct arena a = { 0 };
	struct oci_config c;
	for (size_t i = 0; i < ARRAY_LEN(refused); i++)
		assert_fails(oci_parse_config(str_of(refused[i].text),
					      &limits_default, &a, &c, &err),
			     &err, refused[i].code, refused[i].want);
}

TEST(config, limits)
{
	struct err err = { 0 };
	struct limits lim = limits_default;
	scoped(arena_done) struct arena a = { 0 };
	struct oci_config c;
	struct str text = str_of(builders[0].before);
	lim.layers_max = 2;
	assert_fails(oci_parse_config(text, &lim, &a, &c, &err), &err,
		     ERR_LIMIT,
		     "rootfs: 3 layers of one image, over the limit of 2 "
		     "(raise it with --limit layers=N)");
	lim.config_max = 10;
	assert_int_equal(oci_parse_config(text, &lim, &a, &c, &err), -1);
	assert_int_equal(err.code, ERR_LIMIT);
}

TESTS_MAIN(unit(config, builders), unit(config, fields),
	   unit(config, history_out_of_step_is_left_alone),
	   unit(config, no_layers),
	   unit(config, layers_and_history_stay_in_step),
	   unit(config, more_layers), unit(config, refused),
	   unit(config, limits))
