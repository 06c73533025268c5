/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/database.h"

#include <string.h>

#include "base/test.h"

static const struct catalog_database_file *file_of(
	const struct catalog_database *d, const char *path, const char *suffix)
{
	for (const struct catalog_database_file *f = d->files; f->path; f++)
		if (strcmp(f->path, path) == 0 &&
		    (suffix == f->suffix ||
		     (suffix && f->suffix && strcmp(suffix, f->suffix) == 0)))
			return f;
	fail_msg("no %s in %s", path, d->name);
	return NULL;
}

static int tell_package(void *self, const struct catalog_package *p,
			struct err *err)
{
	return buf_addf(self, err, "%.*s %.*s %.*s;", STR_ARG(p->name),
			STR_ARG(p->version), STR_ARG(p->architecture));
}

static int tell_path(void *self, struct str package, struct str path,
		     bool checked, struct err *err)
{
	return buf_addf(self, err, "%.*s:%.*s%s;", STR_ARG(package),
			STR_ARG(path), checked ? "" : "?");
}

static void expect(const struct catalog_database_file *f, const char *text,
		   const char *packages, const char *paths)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf out = BUF_INIT(1 << 16);
	if (packages) {
		assert_ok(f->read_packages(str_of(text), tell_package, &out,
					   &err),
			  &err);
		assert_string_equal(buf_cstr(&out), packages);
	}
	buf_reset(&out);
	if (paths) {
		assert_ok(f->read_paths(STR("p"), str_of(text), tell_path, &out,
					&err),
			  &err);
		assert_string_equal(buf_cstr(&out), paths);
	}
}

TEST(database, dpkg_status)
{
	const struct catalog_database_file *f =
		file_of(&catalog_dpkg_database, "var/lib/dpkg/status", NULL);
	assert_null(f->read_paths);
	expect(f, "", "", NULL);
	expect(f,
	       "Package: a\nStatus: install ok installed\nVersion: 1:2-3\n"
	       "Architecture: amd64\nDescription: x\n Package: no\n\n"
	       "Package: gone\nStatus: deinstall ok config-files\n\n"
	       "Package: b\r\nVersion:  2 \r\n\r\n \n\n"
	       "Version: 9\n\nPackage: c",
	       "a 1:2-3 amd64;b 2 ;c  ;", NULL);
	/* of a key that stands twice the last counts */
	expect(f, "Package: a\nPackage: b\n", "b  ;", NULL);
	expect(f, "Package:\nVersion: 1\n", "", NULL);
	expect(f, "\n\n:\n: x\nPackage\n", "", NULL);
}

TEST(database, dpkg_files)
{
	const char *info = "var/lib/dpkg/info";
	expect(file_of(&catalog_dpkg_database, info, ".list"),
	       "/.\n/usr/bin/a\n\n/usr/b c", NULL,
	       "p:/.;p:/usr/bin/a;p:/usr/b c;");
	expect(file_of(&catalog_dpkg_database, info, ".md5sums"),
	       "00  usr/bin/a\n00 *b\n\n00\n00 \n00  \n x", NULL,
	       "p:usr/bin/a;p:b;");
}

TEST(database, apk)
{
	const struct catalog_database_file *f =
		file_of(&catalog_apk_database, "lib/apk/db/installed", NULL);
	expect(f,
	       "R:x\n\nC:Q1=\nP:a\nV:1-r0\nA:x86_64\nF:\nR:top\nF:usr/bin\n"
	       "R:a\na:0:0:755\nR:b\n\nP:b\nF:etc\nM:0:0:700\nR:c",
	       "a 1-r0 x86_64;b  ;",
	       "p:x;a:?;a:top;a:usr/bin?;a:usr/bin/a;a:usr/bin/b;b:etc?;"
	       "b:etc/c;");
	expect(f, "P\n:\nP:", "", "");
}

/* A directory that grows past its ceiling is an error, not a cut. */
TEST(database, apk_path_too_long)
{
	const struct catalog_database_file *f =
		file_of(&catalog_apk_database, "lib/apk/db/installed", NULL);
	struct err err = { 0 };
	scoped(buf_done) struct buf text = BUF_INIT(4 << 20);
	scoped(buf_done) struct buf out = BUF_INIT(4 << 20);
	char *to;
	assert_ok(buf_addf(&text, &err, "F:"), &err);
	assert_ok(buf_room(&text, 2 << 20, &to, &err), &err);
	memset(to, 'a', 2 << 20);
	text.n += 2 << 20;
	assert_int_equal(
		f->read_paths(STR("p"), buf_str(&text), tell_path, &out, &err),
		-1);
	assert_int_equal(err.code, ERR_LIMIT);
}

static int refuse(void *self, const struct catalog_package *p, struct err *err)
{
	(void)p;
	++*(int *)self;
	return err_set(err, ERR_LIMIT, "no more");
}

TEST(database, a_callback_ends_it)
{
	const struct catalog_database_file *f =
		file_of(&catalog_dpkg_database, "var/lib/dpkg/status", NULL);
	struct err err = { 0 };
	int calls = 0;
	assert_int_equal(f->read_packages(STR("Package: a\n\nPackage: b\n"),
					  refuse, &calls, &err),
			 -1);
	assert_int_equal(calls, 1);
}

TEST(database, each_once_and_by_number)
{
	assert_ptr_equal(catalog_database_at(0), &catalog_dpkg_database);
	assert_ptr_equal(catalog_database_at(1), &catalog_apk_database);
	assert_ptr_equal(catalog_database_at(2), &catalog_rpm_database);
	size_t n = 0;
	while (catalog_database_at(n))
		n++;
	assert_int_equal(n, 3);
	assert_true(n <= CATALOG_DATABASES_MAX);
	assert_true(catalog_database_has_paths(&catalog_apk_database));
	assert_false(catalog_database_has_paths(&catalog_rpm_database));
}

TESTS_MAIN(unit(database, dpkg_status), unit(database, dpkg_files),
	   unit(database, apk), unit(database, apk_path_too_long),
	   unit(database, a_callback_ends_it),
	   unit(database, each_once_and_by_number))
