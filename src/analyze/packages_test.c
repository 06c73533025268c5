/* SPDX-License-Identifier: Apache-2.0 */
#include "analyze/packages.h"

#include "analyze/testload.h"
#include "base/test.h" /* last: cmocka defines skip */

#define LF "\\x0a"

static void expect(const struct testload *t, const struct package_db *p,
		   const char *path, const char *owner, const char *check)
{
	uint32_t node = testload_node(t, path);
	struct str o = p->names[p->owner[node]].text;
	struct str c = p->names[p->check[node]].text;
	if (!str_eqz(o, owner) || !str_eqz(c, check))
		fail_msg("%s: owned by \"%.*s\", checked by \"%.*s\"", path,
			 STR_ARG(o), STR_ARG(c));
}

TEST(packages, who_owns_and_who_checks)
{
	static const struct testspec spec = {
		.layers = { "f var/lib/dpkg/info/libc6.list =/lib" LF
			    "/lib/a" LF "/no" LF
			    "; f var/lib/dpkg/info/b.md5sums "
			    "=00\\x20\\x20opt/b" LF
			    "; f lib/apk/db/installed =R:early" LF "P:musl" LF
			    "F:etc" LF "R:m" LF "P:" LF "R:n" LF
			    "; l lib/a >b; f opt/b =x; f early =x; f etc/m =x; "
			    "f etc/n =x; f other =x" },
	};
	IN_NEW_PLACE;
	struct testload t;
	struct package_db p;
	struct err err = { 0 };
	testload_image(&t, "x.tar", &spec);
	assert_ok(analyze_read_package_db(&t.image, &p, &err), &err);
	expect(&t, &p, "lib/a", "dpkg:libc6", "dpkg:libc6");
	expect(&t, &p, "opt/b", "dpkg:b", "dpkg:b");
	/* apk does not miss a directory */
	expect(&t, &p, "etc", "apk:musl", "");
	expect(&t, &p, "etc/m", "apk:musl", "apk:musl");
	/* a package without a name is one; in front of the first is none */
	expect(&t, &p, "etc/n", "apk:", "apk:");
	expect(&t, &p, "early", "", "");
	expect(&t, &p, "other", "", "");
	assert_false(p.unread[0] || p.unread[1] || p.unread[2]);
	analyze_package_db_done(&p);
	testload_done(&t);
}

TEST(packages, rpm_is_seen_and_not_read)
{
	static const struct testspec spec = {
		.layers = { "f usr/lib/sysimage/rpm/rpmdb.sqlite =x" },
	};
	IN_NEW_PLACE;
	struct testload t;
	struct package_db p;
	struct err err = { 0 };
	testload_image(&t, "x.tar", &spec);
	assert_ok(analyze_read_package_db(&t.image, &p, &err), &err);
	assert_int_equal(p.n, 1);
	assert_string_equal(catalog_database_at(2)->name, "rpm");
	assert_true(p.unread[2]);
	assert_false(p.unread[0]);
	analyze_package_db_done(&p);
	testload_done(&t);
}

TESTS_MAIN(unit(packages, who_owns_and_who_checks),
	   unit(packages, rpm_is_seen_and_not_read))
