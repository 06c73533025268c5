/* SPDX-License-Identifier: Apache-2.0 */
#include "analyze/package_files.h"

#include "analyze/testload.h"
#include "base/test.h" /* last: cmocka defines skip */

static const struct testspec spec = {
	.layers = { "f var/lib/dpkg/info/a.list =l; f "
		    "var/lib/dpkg/info/a.md5sums =m; f "
		    "var/lib/dpkg/info/a.postinst =no; f "
		    "var/lib/dpkg/info/gone.list =no; d "
		    "var/lib/dpkg/info/dir.list; f var/lib/dpkg/status =s",
		    "f var/lib/dpkg/info/.wh.gone.list; f "
		    "lib/apk/db/installed =i; f var/lib/rpm/Packages =r" },
};

static int tell(void *self, const struct package_file *f, struct str content,
		struct err *err)
{
	return buf_addf(self, err, "%s %.*s %.*s;", f->database->name,
			STR_ARG(f->package), STR_ARG(content));
}

static void expect(const struct testspec *s, bool paths, const char *want)
{
	struct testload t;
	struct package_files p;
	struct err err = { 0 };
	scoped(buf_done) struct buf out = BUF_INIT(1 << 16);
	testload_image(&t, "x.tar", s);
	assert_ok(analyze_find_package_files(t.image.tree, paths, &p, &err),
		  &err);
	assert_ok(analyze_read_package_files(&t.image, &p, tell, &out, &err),
		  &err);
	assert_string_equal(buf_cstr(&out), want);
	assert_false(p.unread[0] || p.unread[1]);
	analyze_package_files_done(&p);
	testload_done(&t);
}

TEST(package_files, that_tell_packages)
{
	IN_NEW_PLACE;
	expect(&spec, false, "dpkg  s;apk  i;");
}

/* In the order of the layers; not what is gone, a directory, or another
 * suffix. */
TEST(package_files, that_tell_paths)
{
	IN_NEW_PLACE;
	expect(&spec, true, "dpkg a l;dpkg a m;apk  i;");
}

TEST(package_files, names_of_one_file)
{
	static const struct testspec links = {
		.layers = { "f var/lib/dpkg/info/b.list =l; h "
			    "var/lib/dpkg/info/a.list "
			    ">var/lib/dpkg/info/b.list" },
	};
	IN_NEW_PLACE;
	expect(&links, true, "dpkg a l;dpkg b l;");
}

TESTS_MAIN(unit(package_files, that_tell_packages),
	   unit(package_files, that_tell_paths),
	   unit(package_files, names_of_one_file))
