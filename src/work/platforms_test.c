/* SPDX-License-Identifier: Apache-2.0 */
#include "work/platforms.h"

#include "base/test.h" /* last: cmocka defines skip */

/* Images of these platforms, "OS/ARCH[/VARIANT][@OS.VERSION]". */
struct images {
	struct image v[4];
	struct image *p[4];
	struct image_set set;
};

static void make(struct images *s, const char *const *names)
{
	*s = (struct images){ 0 };
	for (; names[s->set.n]; s->set.n++) {
		struct oci_platform *p = &s->v[s->set.n].platform;
		struct str rest = str_of(names[s->set.n]);
		(void)str_cut(rest, '@', &rest, &p->os_version);
		(void)str_cut(rest, '/', &p->os, &rest);
		(void)str_cut(rest, '/', &p->architecture, &p->variant);
		if (!p->architecture.n)
			p->architecture = rest;
		s->p[s->set.n] = &s->v[s->set.n];
	}
	s->set.images = s->p;
}

#define LIST(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* Each pair as "A's index or -" "B's index or -". */
static void assert_pairs(const char *const *a, const char *const *b,
			 const char *want)
{
	struct err err = { 0 };
	struct images x, y;
	scoped(work_platform_pairs_done) struct platform_pairs p = { 0 };
	char text[64] = "";
	size_t n = 0, both = 0;
	make(&x, a);
	make(&y, b);
	assert_ok(work_platform_pairs_make(&x.set, &y.set, &p, &err), &err);
	for (size_t i = 0; i < p.n; i++) {
		const struct image *l = p.v[i].image[0], *r = p.v[i].image[1];
		text[n++] = (char)(l ? '0' + (l - x.v) : '-');
		text[n++] = (char)(r ? '0' + (r - y.v) : '-');
		text[n++] = ' ';
		both += l && r;
	}
	text[n ? n - 1 : 0] = '\0';
	assert_string_equal(text, want);
	assert_int_equal(p.n_both, both);
}

TEST(platforms, alike_whatever_their_order)
{
	assert_pairs(LIST("linux/amd64", "linux/arm/v7"),
		     LIST("linux/arm/v7", "linux/amd64"), "01 10");
	assert_pairs(LIST("linux/arm/v6", "linux/arm/v7"),
		     LIST("linux/arm/v7", "linux/amd64"), "0- 10 -1");
}

/* Who names two images of one platform each wants these compared. */
TEST(platforms, one_image_a_side)
{
	assert_pairs(LIST("linux/amd64"), LIST("linux/arm64"), "00");
	assert_pairs(LIST("linux/amd64"), LIST("linux/arm64", "linux/s390x"),
		     "0- -0 -1");
}

/* Windows has one image a release, and a release may be gone. */
TEST(platforms, the_os_version_where_several_have_one)
{
	assert_pairs(LIST("windows/amd64@10.1", "windows/amd64@10.2"),
		     LIST("windows/amd64@10.2", "windows/amd64@10.1"), "01 10");
	assert_pairs(LIST("windows/amd64@10.1", "linux/amd64"),
		     LIST("windows/amd64@10.3", "linux/amd64"), "00 11");
}

TESTS_MAIN(unit(platforms, alike_whatever_their_order),
	   unit(platforms, one_image_a_side),
	   unit(platforms, the_os_version_where_several_have_one))
