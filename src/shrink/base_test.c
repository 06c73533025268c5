/* SPDX-License-Identifier: Apache-2.0 */
#include "shrink/base.h"

#include <stdio.h>

#include "base/test.h" /* last: cmocka defines skip */

struct made {
	struct arena arena;
	char text[8192];
	struct image img;
	struct source_layer layers[10];
};

static void made_done(struct made *m)
{
	arena_done(&m->arena);
}

/* An image with n layers and this history. */
static void make(unsigned n, const char *history, struct made *m)
{
	struct err err = { 0 };
	int at = snprintf(m->text, sizeof m->text,
			  "{\"os\":\"linux\",\"architecture\":\"amd64\","
			  "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[");
	for (unsigned i = 0; i < n; i++) {
		struct digest *d = &m->layers[i].diff_id;
		*d = (struct digest){ .alg = DIGEST_SHA256,
				      .bytes = { (uint8_t)(i + 1) } };
		at += snprintf(m->text + at, sizeof m->text - (size_t)at,
			       "%s\"%s\"", i ? "," : "", digest_text(d).text);
	}
	at += snprintf(m->text + at, sizeof m->text - (size_t)at, "]}%s%s}",
		       history ? ",\"history\":" : "", history ? history : "");
	assert_true((size_t)at < sizeof m->text);
	assert_ok(oci_parse_config((struct str){ m->text, (size_t)at },
				   &limits_default, &m->arena, &m->img.config,
				   &err),
		  &err);
	m->img.name = STR("img");
	m->img.layers = m->layers;
	m->img.n_layers = n;
}

#define AT(time, by) \
	"{\"created\":\"2024-05-" time "Z\",\"created_by\":\"" by "\"}"
#define EMPTY(time, by)                                           \
	"{\"created\":\"2024-05-" time "Z\",\"created_by\":\"" by \
	"\",\"empty_layer\":true}"
#define NOP "/bin/sh -c #(nop) "
#define KIT(by) \
	"{\"created_by\":\"" by "\",\"comment\":\"buildkit.dockerfile.v0\"}"
#define KIT_EMPTY(by)                                                        \
	"{\"created_by\":\"" by "\",\"comment\":\"buildkit.dockerfile.v0\"," \
	"\"empty_layer\":true}"

static const char none[] = "no sign of a base in the history";
static const char kit[] = "BuildKit's own entries begin there";
static const char from[] = "the history says where FROM ended";
static const char command[] = "an older image's command stands there";
static const char rootfs[] = "the first layer is a root file system";

static const struct row {
	const char *what;
	unsigned n;
	const char *history;
	unsigned base;
	const char *why;
} rows
	[] = {
		{ "docker classic over an official image", 3,
		  "[" AT("01T10:00:00", NOP "ADD file:aa in / ") "," EMPTY(
			  "01T10:00:01", NOP
			  " CMD [\\\"bash\\\"]") "," AT("20T09:00:00",
							"/bin/sh -c apt-get "
							"update") "," AT("20T09"
									 ":01:"
									 "00",
									 NOP
									 "COPY "
									 "dir:"
									 "bb "
									 "in "
									 "/app"
									 " ") "]",
		  1, command },
		{ "docker classic, two builds below", 4,
		  "[" AT("01T10:00:00", NOP "ADD file:aa in / ") "," EMPTY(
			  "01T10:00:01", NOP
			  " CMD [\\\"bash\\\"]") "," AT("02T10:00:00",
							"/bin/sh -c make "
							"python") "," EMPTY("02"
									    "T1"
									    "0:"
									    "00"
									    ":0"
									    "5",
									    NOP
									    " C"
									    "MD"
									    " ["
									    "\\"
									    "\""
									    "py"
									    "th"
									    "on"
									    "3"
									    "\\"
									    "\""
									    "]") "," AT("20T09:00:00",
											"/bin/sh -c pip install") "," AT("20T09:01:00",
															 NOP
															 "COPY dir:bb in /app ") "]",
		  2, command },
		{ "an entrypoint is a command, too", 2,
		  "[" AT("01T10:00:00", "RUN a") "," EMPTY(
			  "01T10:00:01",
			  "ENTRYPOINT [\\\"x\\\"]") "," AT("02T10:00:00",
							   "RUN b") "]",
		  1, command },
		{ "a command in the same build is no border", 3,
		  "[" AT("01T10:00:00", NOP "ADD file:aa in / ") "," EMPTY(
			  "01T10:00:01", NOP
			  " CMD [\\\"bash\\\"]") "," AT("01T10:30:00",
							"/bin/sh -c a") "," AT("01T10:59:00",
									       "/bin/sh -c b") "]",
		  1, rootfs },
		{ "an hour apart, exactly", 2,
		  "[" AT("01T10:00:00", "RUN a") "," EMPTY(
			  "01T10:00:00", "CMD a") "," AT("01T11:00:00",
							 "RUN b") "]",
		  1, command },
		{ "a second less", 2,
		  "[" AT("01T10:00:00", "RUN a") "," EMPTY(
			  "01T10:00:01", "CMD a") "," AT("01T11:00:00",
							 "RUN b") "]",
		  0, none },
		{ "the image's own command at its end is none", 2,
		  "[" AT("01T10:00:00", "RUN a") "," AT(
			  "02T10:00:00", "RUN b") "," EMPTY("03T10:00:00",
							    "CMD a") "]",
		  0, none },
		{ "BuildKit over docker classic", 3,
		  "[" AT("01T10:00:00", NOP "ADD file:aa in / ") "," EMPTY(
			  "01T10:00:01", NOP
			  " CMD [\\\"bash\\\"]") "," KIT("RUN /bin/sh -c a # "
							 "buildkit") "," KIT_EMPTY("ENV A=b") "," KIT("COPY . /app # buildkit") "]",
		  1, kit },
		{ "BuildKit over BuildKit: the older command tells", 3,
		  "[{\"created\":\"2024-05-01T10:00:00Z\",\"created_by\":\"RUN "
		  "a\","
		  "\"comment\":\"buildkit.dockerfile.v0\"},"
		  "{\"created\":\"2024-05-01T10:00:00Z\",\"created_by\":\"CMD "
		  "a\","
		  "\"comment\":\"buildkit.dockerfile.v0\",\"empty_layer\":true}"
		  ","
		  "{\"created\":\"2024-05-09T10:00:00Z\",\"created_by\":\"RUN "
		  "b\","
		  "\"comment\":\"buildkit.dockerfile.v0\"},"
		  "{\"created\":\"2024-05-09T10:00:00Z\",\"created_by\":\"RUN "
		  "c\","
		  "\"comment\":\"buildkit.dockerfile.v0\"}]",
		  1, command },
		{ "BuildKit alone, from scratch", 2,
		  "[" KIT("COPY a /") "," KIT("COPY b /") "]", 0, none },
		{ "buildah", 3,
		  "[{\"created_by\":\"a\"},{\"created_by\":\"b\"},"
		  "{\"created_by\":\"/bin/sh\",\"comment\":\"FROM "
		  "docker.io/x:1\"}]",
		  2, from },
		{ "buildah, twice: the last one counts", 3,
		  "[{\"created_by\":\"a\"},"
		  "{\"created_by\":\"b\",\"comment\":\"FROM a\"},"
		  "{\"created_by\":\"c\",\"comment\":\"FROM b\"}]",
		  2, from },
		{ "docker import", 2,
		  "[{\"created\":\"2024-05-01T10:00:00Z\","
		  "\"comment\":\"Imported from -\"},{\"created_by\":\"RUN "
		  "a\"}]",
		  1, rootfs },
		{ "debuerreotype, with reproducible times", 3,
		  "[{\"created\":\"1970-01-01T00:00:00Z\",\"created_by\":"
		  "\"# debian.sh --arch 'amd64' out/ 'bookworm' '@1'\","
		  "\"comment\":\"debuerreotype 0.15\"},"
		  "{\"created\":\"1970-01-01T00:00:00Z\",\"created_by\":\"RUN "
		  "a\"},"
		  "{\"created\":\"1970-01-01T00:00:00Z\",\"created_by\":\"RUN "
		  "b\"}]",
		  1, rootfs },
		{ "one layer is nobody else's", 1,
		  "[" AT("01T10:00:00", NOP "ADD file:aa in / ") "]", 0, none },
		{ "a root file system that a COPY brought", 2,
		  "[" AT("01T10:00:00", "COPY rootfs / ") "," AT("01T10:00:00",
								 "RUN a") "]",
		  1, rootfs },
		{ "history absent", 2, NULL, 0, none },
		{ "history empty", 2, "[]", 0, none },
		{ "history short", 3,
		  "[" AT("01T10:00:00", NOP "ADD file:aa in / ") "," EMPTY(
			  "01T10:00:01", "CMD a") "," AT("20T09:00:00",
							 "RUN b") "]",
		  0, none },
		{ "history long", 1,
		  "[" AT("01T10:00:00", NOP "ADD file:aa in / ") "," AT(
			  "20T09:00:00", "RUN b") "]",
		  0, none },
		{ "times that are none", 2,
		  "[" AT("01", "RUN a") "," EMPTY("01", "CMD a") "," AT(
			  "20", "RUN b") "]",
		  0, none },
	};

TEST(base, guessed_from_the_history)
{
	unsigned wrong = 0;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(made_done) struct made m = { 0 };
		make(rows[i].n, rows[i].history, &m);
		struct base_guess g = base_guess(&m.img);
		if (g.n_layers == rows[i].base &&
		    strcmp(g.why, rows[i].why) == 0)
			continue;
		print_error("%s: %u, \"%s\"; want %u, \"%s\"\n", rows[i].what,
			    g.n_layers, g.why, rows[i].base, rows[i].why);
		wrong++;
	}
	assert_int_equal(wrong, 0);
}

TEST(base, asked_for)
{
	struct err err = { 0 };
	scoped(made_done) struct made m = { 0 }, below = { 0 }, other = { 0 };
	struct base_guess g;
	make(3, NULL, &m);
	make(2, NULL, &below);
	make(2, NULL, &other);
	other.layers[1].diff_id.bytes[0] = 9;
	other.img.name = STR("other");
	assert_ok(base_find(&m.img, BASE_NONE, 0, NULL, &g, &err), &err);
	assert_int_equal(g.n_layers, 0);
	for (uint32_t n = 0; n <= 3; n++) {
		assert_ok(base_find(&m.img, BASE_LAYERS, n, NULL, &g, &err),
			  &err);
		assert_int_equal(g.n_layers, n);
	}
	assert_fails(base_find(&m.img, BASE_LAYERS, 4, NULL, &g, &err), &err,
		     ERR_USAGE, "--base 4: img has 3 layers");
	assert_ok(base_find(&m.img, BASE_IMAGE, 0, &below.img, &g, &err), &err);
	assert_int_equal(g.n_layers, 2);
	assert_ok(base_find(&m.img, BASE_IMAGE, 0, &m.img, &g, &err), &err);
	assert_int_equal(g.n_layers, 3);
	assert_fails(base_find(&m.img, BASE_IMAGE, 0, &other.img, &g, &err),
		     &err, ERR_USAGE,
		     "--base: img is not built on other: they share 1 of its "
		     "2 layers");
	assert_ok(base_find(&m.img, BASE_AUTO, 0, NULL, &g, &err), &err);
	assert_int_equal(g.n_layers, 0);
}

TESTS_MAIN(unit(base, guessed_from_the_history), unit(base, asked_for))
