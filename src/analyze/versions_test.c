/* SPDX-License-Identifier: Apache-2.0 */
#include "analyze/versions.h"

#include <stdio.h>
#include <unistd.h>

#include "analyze/testload.h"
#include "base/test.h" /* last: cmocka defines skip */

#define LF "\\x0a"
#define SP "\\x20"
#define STATUS(version)                                                        \
	"f var/lib/dpkg/status =Package:b" LF "Version:1" LF LF "Package:a" LF \
	"Architecture:amd64" LF "Version:" version LF LF "Package:gone" LF     \
	"Status:deinstall" SP "ok" SP "config-files" LF

static void list(const struct testspec *spec, struct package_list *out)
{
	struct testload t;
	struct err err = { 0 };
	testload_image(&t, "x.tar", spec);
	assert_ok(analyze_list_packages(&t.image, out, &err), &err);
	testload_done(&t);
	assert_int_equal(unlink("x.tar"), 0);
}

TEST(versions, of_all_databases)
{
	static const struct testspec spec = {
		.layers = { STATUS("2") "; f lib/apk/db/installed =P:musl" LF
					"V:1.2" LF "A:x86_64" LF
					"; f var/lib/dpkg/status.d/tz "
					"=Package:tz" LF "Version:3" LF
					"; f var/lib/dpkg/status.d/tz.md5sums "
					"=Package:no" LF },
	};
	static const char *const want[] = { "apk musl 1.2 x86_64",
					    "dpkg a 2 amd64", "dpkg b 1 ",
					    "dpkg tz 3 " };
	IN_NEW_PLACE;
	struct package_list l;
	list(&spec, &l);
	assert_int_equal(l.n, ARRAY_LEN(want));
	for (uint32_t i = 0; i < l.n; i++) {
		char text[128];
		snprintf(text, sizeof text, "%.*s %.*s %.*s %.*s",
			 STR_ARG(l.v[i].manager), STR_ARG(l.v[i].name),
			 STR_ARG(l.v[i].version), STR_ARG(l.v[i].architecture));
		assert_string_equal(text, want[i]);
	}
	analyze_package_list_done(&l);
}

TEST(versions, none)
{
	static const struct testspec spec = { .layers = { "f a =x" } };
	IN_NEW_PLACE;
	struct package_list l;
	list(&spec, &l);
	assert_int_equal(l.n, 0);
	analyze_package_list_done(&l);
}

static int tell(void *self, const struct package *a, const struct package *b,
		struct err *err)
{
	return buf_addf(self, err, "%.*s:%.*s>%.*s;",
			STR_ARG((a ? a : b)->name), a ? (int)a->version.n : 1,
			a ? a->version.p : "-", b ? (int)b->version.n : 1,
			b ? b->version.p : "-");
}

TEST(versions, compared)
{
	static const struct testspec old = {
		.layers = { STATUS("2") "; f lib/apk/db/installed =P:x" LF
					"V:1" LF },
	};
	static const struct testspec new = {
		.layers = { STATUS("3") LF "Package:c" LF "Version:9" LF },
	};
	IN_NEW_PLACE;
	struct package_list a, b;
	struct err err = { 0 };
	scoped(buf_done) struct buf out = BUF_INIT(1 << 16);
	list(&old, &a);
	list(&new, &b);
	assert_ok(analyze_compare_packages(&a, &b, tell, &out, &err), &err);
	assert_string_equal(buf_cstr(&out), "x:1>-;a:2>3;c:->9;");
	analyze_package_list_done(&a);
	analyze_package_list_done(&b);
}

TESTS_MAIN(unit(versions, of_all_databases), unit(versions, none),
	   unit(versions, compared))
