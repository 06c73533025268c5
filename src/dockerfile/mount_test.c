/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/mount.h"

#include <stdio.h>

#include "base/test.h"
#include "dockerfile/access.h"

static int read_mount(const char *mount, struct dockerfile *df,
		      struct df_mount *m, const char **why, struct str *at)
{
	static char text[256];
	struct err err = { 0 };
	struct span span = { 0 };
	snprintf(text, sizeof text, "FROM a\nRUN --mount=%s x\n", mount);
	assert_ok(dockerfile_parse(str_of(text), NULL, df, &err), &err);
	const struct df_flag *f = dockerfile_flag(df->instrs[1], "mount");
	assert_non_null(f);
	int r = dockerfile_mount_read(f, &df->arena, m, &span, why, &err);
	assert_ok(r, &err);
	*at = span_str(df->text, span);
	return r;
}

TEST(mount, reads)
{
	static const struct {
		const char *mount;
		enum df_mount_type type;
		const char *target, *source, *from;
		bool read_only;
	} rows[] = {
		{ "target=/a", DF_MOUNT_BIND, "/a", "", "", true },
		{ "dst=/a,rw", DF_MOUNT_BIND, "/a", "", "", false },
		{ "type=cache,destination=/c", DF_MOUNT_CACHE, "/c", "", "",
		  false },
		{ "type=cache,target=/c,ro", DF_MOUNT_CACHE, "/c", "", "",
		  true },
		{ "TYPE=Bind,src=s,from=b,target=/a,target=/z", DF_MOUNT_BIND,
		  "/z", "s", "b", true },
		/* The flag's own quotes go first: those of CSV are escaped. */
		{ "\\\"type=bind\\\",\\\"target=/a,b\\\"", DF_MOUNT_BIND,
		  "/a,b", "", "", true },
		{ "type=$T,target=/a", DF_MOUNT_VARIABLE, "/a", "", "", true },
		{ "type=secret,id=k", DF_MOUNT_SECRET, "", "", "", true },
		{ "type=tmpfs,target=/t,size=1.5GiB", DF_MOUNT_TMPFS, "/t", "",
		  "", false },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(dockerfile_done) struct dockerfile df = { 0 };
		struct df_mount m;
		const char *why = "";
		struct str at;
		if (read_mount(rows[i].mount, &df, &m, &why, &at) != 1)
			fail_msg("%s: %s", rows[i].mount, why);
		assert_int_equal(m.type, rows[i].type);
		assert_true(str_eqz(m.target, rows[i].target));
		assert_true(str_eqz(m.source, rows[i].source));
		assert_true(str_eqz(m.from, rows[i].from));
		assert_int_equal(m.read_only, rows[i].read_only);
	}
}

/* What is wrong, and where in the file. */
TEST(mount, refuses)
{
	static const struct {
		const char *mount, *why, *at;
	} rows[] = {
		{ "type=bnd",
		  "there is no such type of mount (did you mean bind?)",
		  "bnd" },
		{ "type=bind,target", "this key needs a value", "target" },
		{ "type=secret,from=a", "a secret has no from",
		  "type=secret,from=a" },
		{ "size=1m,type=tmpfs",
		  "size is for tmpfs mounts, and stands behind their type",
		  "size" },
		{ "a\\\"b", "a quote stands wrong", "a\\\"b" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(dockerfile_done) struct dockerfile df = { 0 };
		struct df_mount m;
		const char *why = "";
		struct str at;
		if (read_mount(rows[i].mount, &df, &m, &why, &at) != 0)
			fail_msg("%s", rows[i].mount);
		assert_string_equal(why, rows[i].why);
		if (!str_eqz(at, rows[i].at))
			fail_msg("%s: %.*s", rows[i].mount, STR_ARG(at));
	}
}

TESTS_MAIN(unit(mount, reads), unit(mount, refuses))
