/* SPDX-License-Identifier: Apache-2.0 */
#include "shrink/base.h"

#include <stdio.h>

#include "base/test.h" /* last: cmocka defines skip */

/* A history entry: made on 2024-05-<time>Z, or at no time. */
struct step {
	const char *time, *by, *comment;
	bool empty;
	const char *author;
};
#define STEP(time, by)                      \
	{                                   \
		time, by, NULL, false, NULL \
	}
#define EMPTY(time, by)                    \
	{                                  \
		time, by, NULL, true, NULL \
	}
#define KIT(time, by)                                           \
	{                                                       \
		time, by, "buildkit.dockerfile.v0", false, NULL \
	}
#define KIT_EMPTY(time, by)                                    \
	{                                                      \
		time, by, "buildkit.dockerfile.v0", true, NULL \
	}
#define SIGNED(by, author)                    \
	{                                     \
		NULL, by, NULL, false, author \
	}
#define NOTE(by, comment)                      \
	{                                      \
		NULL, by, comment, false, NULL \
	}
#define NOTE_EMPTY(by, comment)               \
	{                                     \
		NULL, by, comment, true, NULL \
	}
#define NOP "/bin/sh -c #(nop) "
#define ROOTFS NOP "ADD file:aa in / "

struct made {
	struct arena arena;
	struct buf text;
	struct image img;
	struct source_layer layers[10];
};
#define MADE_INIT                         \
	{                                 \
		.text = BUF_INIT(1 << 20) \
	}

static void made_done(struct made *m)
{
	arena_done(&m->arena);
	buf_done(&m->text);
}

static void put_step(struct buf *b, const struct step *s, struct err *err)
{
	assert_ok(buf_addf(b, err, "{\"created_by\":\"%s\"", s->by), err);
	if (s->time)
		assert_ok(buf_addf(b, err, ",\"created\":\"2024-05-%sZ\"",
				   s->time),
			  err);
	if (s->comment)
		assert_ok(buf_addf(b, err, ",\"comment\":\"%s\"", s->comment),
			  err);
	if (s->author)
		assert_ok(buf_addf(b, err, ",\"author\":\"%s\"", s->author),
			  err);
	assert_ok(buf_addf(b, err, "%s}",
			   s->empty ? ",\"empty_layer\":true" : ""),
		  err);
}

/* An image with n layers and this history; steps NULL: without one. */
static void make(unsigned n, const struct step *steps, const char *label,
		 struct made *m)
{
	struct err err = { 0 };
	struct buf *b = &m->text;
	assert_ok(buf_addf(b, &err, "{\"os\":\"linux\",%s", label), &err);
	if (steps)
		assert_ok(buf_addf(b, &err, "\"history\":["), &err);
	for (size_t i = 0; steps && steps[i].by; i++) {
		assert_ok(buf_addf(b, &err, i ? "," : ""), &err);
		put_step(b, &steps[i], &err);
	}
	assert_ok(buf_addf(b, &err,
			   "%s\"architecture\":\"amd64\",\"rootfs\":{"
			   "\"type\":\"layers\",\"diff_ids\":[",
			   steps ? "]," : ""),
		  &err);
	for (unsigned i = 0; i < n; i++) {
		struct digest *d = &m->layers[i].diff_id;
		*d = (struct digest){ .alg = DIGEST_SHA256,
				      .bytes = { (uint8_t)(i + 1) } };
		assert_ok(buf_addf(b, &err, "%s\"%s\"", i ? "," : "",
				   digest_text(d).text),
			  &err);
	}
	assert_ok(buf_addf(b, &err, "]}}"), &err);
	assert_ok(oci_parse_config(buf_str(b), &limits_default, &m->arena,
				   &m->img.config, &err),
		  &err);
	m->img.name = STR("img");
	m->img.layers = m->layers;
	m->img.n_layers = n;
}

static const char none[] = "no sign of a base in the history";
static const char kit[] = "the builder's own entries begin there";
static const char from[] = "the history says where FROM ended";
static const char command[] = "an older image's command stands there";
static const char rootfs[] = "the first layer is a root file system";

static const struct row {
	const char *what;
	unsigned n;
	struct step history[10]; /* ends with by NULL */
	unsigned base;
	const char *why;
} rows[] = {
	{ "docker classic over an official image",
	  3,
	  { STEP("01T10:00:00", ROOTFS), EMPTY("01T10:00:01", NOP " CMD sh"),
	    STEP("20T09:00:00", "/bin/sh -c apt-get update"),
	    STEP("20T09:01:00", NOP "COPY dir:bb in /app ") },
	  1,
	  command },
	{ "docker classic, two builds below",
	  4,
	  { STEP("01T10:00:00", ROOTFS), EMPTY("01T10:00:01", NOP " CMD sh"),
	    STEP("02T10:00:00", "/bin/sh -c make python"),
	    EMPTY("02T10:00:05", NOP " CMD python3"),
	    STEP("20T09:00:00", "/bin/sh -c pip install"),
	    STEP("20T09:01:00", NOP "COPY dir:bb in /app ") },
	  2,
	  command },
	{ "an entrypoint is a command, too",
	  2,
	  { STEP("01T10:00:00", "RUN a"), EMPTY("01T10:00:01", "ENTRYPOINT x"),
	    STEP("02T10:00:00", "RUN b") },
	  1,
	  command },
	{ "a command in the same build is no border",
	  3,
	  { STEP("01T10:00:00", ROOTFS), EMPTY("01T10:00:01", NOP " CMD sh"),
	    STEP("01T10:30:00", "/bin/sh -c a"),
	    STEP("01T10:59:00", "/bin/sh -c b") },
	  1,
	  rootfs },
	{ "an hour apart, exactly",
	  2,
	  { STEP("01T10:00:00", "RUN a"), EMPTY("01T10:00:00", "CMD a"),
	    STEP("01T11:00:00", "RUN b") },
	  1,
	  command },
	{ "a second less",
	  2,
	  { STEP("01T10:00:00", "RUN a"), EMPTY("01T10:00:01", "CMD a"),
	    STEP("01T11:00:00", "RUN b") },
	  0,
	  none },
	{ "the image's own command at its end is none",
	  2,
	  { STEP("01T10:00:00", "RUN a"), STEP("02T10:00:00", "RUN b"),
	    EMPTY("03T10:00:00", "CMD a") },
	  0,
	  none },
	{ "BuildKit over docker classic",
	  3,
	  { STEP("01T10:00:00", ROOTFS), EMPTY("01T10:00:01", NOP " CMD sh"),
	    KIT(NULL, "RUN /bin/sh -c a # buildkit"), KIT_EMPTY(NULL, "ENV A"),
	    KIT(NULL, "COPY . /app # buildkit") },
	  1,
	  kit },
	{ "BuildKit over BuildKit: the older command tells",
	  3,
	  { KIT("01T10:00:00", "RUN a"), KIT_EMPTY("01T10:00:00", "CMD a"),
	    KIT("09T10:00:00", "RUN b"), KIT("09T10:00:00", "RUN c") },
	  1,
	  command },
	{ "BuildKit alone, from scratch",
	  2,
	  { KIT(NULL, "COPY a /"), KIT(NULL, "COPY b /") },
	  0,
	  none },
	{ "buildah",
	  3,
	  { NOTE("a", NULL), NOTE("b", NULL),
	    NOTE("/bin/sh", "FROM docker.io/x:1") },
	  2,
	  from },
	{ "buildah, twice: the last one counts",
	  3,
	  { NOTE("a", NULL), NOTE("b", "FROM a"), NOTE("c", "FROM b") },
	  2,
	  from },
	{ "podman build: later steps stand on ids, the first on an image",
	  5,
	  { STEP(NULL, NOP "ADD file:aa in / "),
	    NOTE("/bin/sh -c touch /tmp/one", "FROM 9d8351643174"),
	    NOTE_EMPTY(NOP "CMD sh", "FROM 7788bd71d4e4"),
	    NOTE_EMPTY(NOP "ENV B=2", "FROM localhost/mybase:1"),
	    NOTE("/bin/sh -c a", "FROM 621d38b7e799"),
	    NOTE(NOP "COPY file:cc in /srv", "FROM 041ee7796ac8"),
	    NOTE("/bin/sh -c b", "FROM b2a599e04e20"),
	    NOTE_EMPTY(NOP "CMD cat", "FROM a1c6430f7693") },
	  2,
	  from },
	{ "podman build that adds no layer: all are the base's",
	  2,
	  { STEP(NULL, NOP "ADD file:aa in / "),
	    NOTE("/bin/sh -c touch /tmp/one", "FROM 9d8351643174"),
	    NOTE_EMPTY(NOP "ENV X=1", "FROM localhost/mybase:1") },
	  2,
	  from },
	{ "podman build --layers=false: one entry at the end has the note",
	  3,
	  { STEP(NULL, NOP "ADD file:aa in / "), STEP(NULL, "/bin/sh -c a"),
	    EMPTY(NULL, NOP "ENV X=1"), EMPTY(NULL, "/bin/sh -c b"),
	    NOTE(NOP "CMD sh", "FROM docker.io/library/debian:12") },
	  2,
	  from },
	{ "podman build --squash-all: nothing is the base's",
	  1,
	  { EMPTY(NULL, "/bin/sh -c b"), NOTE(NOP "CMD sh", "FROM x:1") },
	  0,
	  none },
	{ "podman build FROM scratch: ids alone",
	  3,
	  { STEP(NULL, NOP "COPY file:aa in / "),
	    NOTE("/bin/sh -c a", "FROM 9d8351643174"),
	    NOTE("/bin/sh -c b", "FROM 4e9171fd8e9c") },
	  0,
	  none },
	{ "podman build on a podman build: the last name counts",
	  4,
	  { STEP(NULL, NOP "ADD file:aa in / "),
	    NOTE("/bin/sh -c a", "FROM localhost/a:1"),
	    NOTE("/bin/sh -c b", "FROM 9d8351643174"),
	    NOTE("/bin/sh -c c", "FROM localhost/b:1") },
	  3,
	  from },
	{ "BuildKit on a podman build",
	  4,
	  { STEP(NULL, NOP "ADD file:aa in / "),
	    NOTE("/bin/sh -c a", "FROM localhost/a:1"),
	    NOTE("/bin/sh -c b", "FROM 9d8351643174"),
	    KIT(NULL, "RUN /bin/sh -c c # buildkit") },
	  3,
	  kit },
	{ "docker classic on a podman build: the part that is known",
	  4,
	  { STEP(NULL, NOP "ADD file:aa in / "),
	    NOTE("/bin/sh -c a", "FROM localhost/a:1"),
	    NOTE("/bin/sh -c b", "FROM 9d8351643174"),
	    STEP(NULL, "/bin/sh -c c") },
	  1,
	  from },
	{ "BuildKit on BuildKit on Debian: the command is higher",
	  4,
	  { { "01T00:00:00", "# debian.sh --arch 'amd64' out/ 'bookworm'",
	      "debuerreotype 0.15", false, NULL },
	    KIT("02T00:00:00", "RUN a"),
	    KIT("02T00:00:00", "RUN b"),
	    KIT_EMPTY("02T00:00:00", "CMD python3"),
	    KIT("09T00:00:00", "COPY . /app") },
	  3,
	  command },
	{ "two commands of a kind within minutes: one is the base's",
	  3,
	  { STEP("01T10:00:00", ROOTFS), STEP("01T10:00:00", "/bin/sh -c a"),
	    EMPTY("01T10:00:01", NOP " CMD sh"),
	    STEP("01T10:01:00", "/bin/sh -c b"),
	    EMPTY("01T10:01:01", NOP " CMD b") },
	  2,
	  command },
	{ "an entrypoint and a command are one pair",
	  3,
	  { STEP("01T10:00:00", "RUN a"), STEP("01T10:00:00", "RUN b"),
	    EMPTY("01T10:00:01", "ENTRYPOINT x"), STEP("01T10:01:00", "RUN c"),
	    EMPTY("01T10:01:01", "CMD b") },
	  0,
	  none },
	{ "two commands with no layer in between",
	  2,
	  { STEP(NULL, "RUN a"), EMPTY(NULL, "CMD a"), EMPTY(NULL, "CMD b"),
	    STEP(NULL, "RUN b") },
	  0,
	  none },
	{ "kaniko signs as the author",
	  3,
	  { STEP(NULL, "RUN a"), SIGNED("RUN b", "kaniko"),
	    SIGNED("COPY c", "kaniko") },
	  1,
	  kit },
	{ "Jib",
	  3,
	  { STEP(NULL, "RUN a"), STEP(NULL, "RUN b"),
	    SIGNED("jib-maven-plugin:3.4.0", "Jib") },
	  2,
	  kit },
	{ "docker import",
	  2,
	  { NOTE("", "Imported from -"), NOTE("RUN a", NULL) },
	  1,
	  rootfs },
	{ "debuerreotype, with reproducible times",
	  3,
	  { { "01T00:00:00", "# debian.sh --arch 'amd64' out/ 'bookworm'",
	      "debuerreotype 0.15", false, NULL },
	    STEP("01T00:00:00", "RUN a"),
	    STEP("01T00:00:00", "RUN b") },
	  1,
	  rootfs },
	{ "one layer is nobody else's",
	  1,
	  { STEP("01T10:00:00", ROOTFS) },
	  0,
	  none },
	{ "a root file system that a COPY brought",
	  2,
	  { STEP("01T10:00:00", "COPY rootfs / "),
	    STEP("01T10:00:00", "RUN a") },
	  1,
	  rootfs },
	{ "history empty", 2, { { 0 } }, 0, none },
	{ "history short",
	  3,
	  { STEP("01T10:00:00", ROOTFS), EMPTY("01T10:00:01", "CMD a"),
	    STEP("20T09:00:00", "RUN b") },
	  0,
	  none },
	{ "history long",
	  1,
	  { STEP("01T10:00:00", ROOTFS), STEP("20T09:00:00", "RUN b") },
	  0,
	  none },
	{ "times that are none",
	  2,
	  { STEP("01", "RUN a"), EMPTY("01", "CMD a"), STEP("20", "RUN b") },
	  0,
	  none },
};

TEST(base, guessed_from_the_history)
{
	unsigned wrong = 0;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(made_done) struct made m = MADE_INIT;
		make(rows[i].n, rows[i].history, "", &m);
		struct base_guess g = shrink_guess_base(&m.img);
		if (g.n_layers == rows[i].base &&
		    strcmp(g.why, rows[i].why) == 0)
			continue;
		print_error("%s: %u, \"%s\"; want %u, \"%s\"\n", rows[i].what,
			    g.n_layers, g.why, rows[i].base, rows[i].why);
		wrong++;
	}
	assert_int_equal(wrong, 0);
}

TEST(base, without_a_history)
{
	scoped(made_done) struct made m = MADE_INIT;
	make(2, NULL, "", &m);
	struct base_guess g = shrink_guess_base(&m.img);
	assert_int_equal(g.n_layers, 0);
	assert_string_equal(g.why, none);
}

TEST(base, an_annotation_keeps_the_lowest_layer)
{
	static const char label[] =
		"\"config\":{\"Labels\":{"
		"\"org.opencontainers.image.base.name\":\"debian:12\"}},";
	scoped(made_done) struct made two = MADE_INIT, one = MADE_INIT;
	make(2, NULL, label, &two);
	struct base_guess g = shrink_guess_base(&two.img);
	assert_int_equal(g.n_layers, 1);
	assert_string_equal(g.why, "an annotation names a base; where it ends "
				   "is not known");
	make(1, NULL, label, &one);
	assert_int_equal(shrink_guess_base(&one.img).n_layers, 0);
}

TEST(base, asked_for)
{
	struct err err = { 0 };
	scoped(made_done) struct made m = MADE_INIT, below = MADE_INIT;
	scoped(made_done) struct made other = MADE_INIT;
	struct base_guess g;
	make(3, NULL, "", &m);
	make(2, NULL, "", &below);
	make(2, NULL, "", &other);
	other.layers[1].diff_id.bytes[0] = 9;
	other.img.name = STR("other");
	assert_ok(shrink_find_base(&m.img, BASE_NONE, 0, NULL, &g, &err), &err);
	assert_int_equal(g.n_layers, 0);
	for (uint32_t n = 0; n <= 3; n++) {
		assert_ok(shrink_find_base(&m.img, BASE_LAYERS, n, NULL, &g,
					   &err),
			  &err);
		assert_int_equal(g.n_layers, n);
	}
	assert_fails(shrink_find_base(&m.img, BASE_LAYERS, 4, NULL, &g, &err),
		     &err, ERR_USAGE, "--base 4: img has 3 layers");
	assert_ok(shrink_find_base(&m.img, BASE_IMAGE, 0, &below.img, &g, &err),
		  &err);
	assert_int_equal(g.n_layers, 2);
	assert_ok(shrink_find_base(&m.img, BASE_IMAGE, 0, &m.img, &g, &err),
		  &err);
	assert_int_equal(g.n_layers, 3);
	assert_fails(
		shrink_find_base(&m.img, BASE_IMAGE, 0, &other.img, &g, &err),
		&err, ERR_USAGE,
		"--base: img is not built on other: they share 1 of its "
		"2 layers");
	assert_ok(shrink_find_base(&m.img, BASE_AUTO, 0, NULL, &g, &err), &err);
	assert_int_equal(g.n_layers, 0);
}

TESTS_MAIN(unit(base, guessed_from_the_history), unit(base, without_a_history),
	   unit(base, an_annotation_keeps_the_lowest_layer),
	   unit(base, asked_for))
