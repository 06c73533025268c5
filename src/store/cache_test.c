/* SPDX-License-Identifier: Apache-2.0 */
#include "store/cache.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/test.h"

struct place {
	char dir[64]; /* holds the cache in "c" */
	char cache[80];
};

static void place_done(struct place *p)
{
	char cmd[128];
	snprintf(cmd, sizeof cmd, "rm -rf %s", p->dir);
	(void)!system(cmd);
}

static struct place place_new(void)
{
	struct place p = { .dir = "/tmp/pare-cache-XXXXXX" };
	assert_non_null(mkdtemp(p.dir));
	snprintf(p.cache, sizeof p.cache, "%s/c", p.dir);
	return p;
}

static void put(struct cache *c, const char *key, const char *content)
{
	struct err err = { 0 };
	struct cache_put *p = NULL;
	struct sink *to;
	assert_ok(store_put_begin(c, str_of(key), &p, &to, &err), &err);
	assert_ok(sink_write(to, content, strlen(content), &err), &err);
	assert_ok(store_put_commit(&p, &err), &err);
	assert_null(p);
}

/* The content, or NULL; lives until the next call. */
static const char *get(struct cache *c, const char *key)
{
	static char text[8192];
	struct err err = { 0 };
	size_t n;
	scoped(stream_close) struct stream *in = NULL;
	int r = store_get(c, str_of(key), &in, &err);
	assert_ok(r, &err);
	if (r == 0)
		return NULL;
	assert_ok(stream_read(in, text, sizeof text - 1, &n, &err), &err);
	text[n] = 0;
	return text;
}

static unsigned count_files(const char *path)
{
	unsigned n = 0;
	DIR *d = opendir(path);
	assert_non_null(d);
	for (struct dirent *e; (e = readdir(d));)
		n += strcmp(e->d_name, ".") != 0 &&
		     strcmp(e->d_name, "..") != 0;
	closedir(d);
	return n;
}

TEST(cache, keeps_what_was_put)
{
	struct err err = { 0 };
	scoped(place_done) struct place p = place_new();
	scoped(store_close) struct cache *c = NULL;
	struct stat st;
	(void)state;
	assert_ok(store_open(p.cache, 0, &c, &err), &err);
	assert_int_equal(stat(p.cache, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_null(get(c, "one"));
	put(c, "one", "first");
	put(c, "two", "second");
	assert_string_equal(get(c, "one"), "first");
	assert_string_equal(get(c, "two"), "second");
	put(c, "one", "again");
	assert_string_equal(get(c, "one"), "again");
	assert_int_equal(count_files(p.cache), 2);
}

TEST(cache, leaves_nothing_without_commit)
{
	struct err err = { 0 };
	scoped(place_done) struct place p = place_new();
	scoped(store_close) struct cache *c = NULL;
	struct cache_put *w = NULL;
	struct sink *to;
	(void)state;
	assert_ok(store_open(p.cache, 0, &c, &err), &err);
	assert_ok(store_put_begin(c, STR("k"), &w, &to, &err), &err);
	assert_ok(sink_write(to, "x", 1, &err), &err);
	assert_int_equal(count_files(p.cache), 1);
	store_put_close(&w);
	assert_int_equal(count_files(p.cache), 0);
	assert_null(get(c, "k"));
}

TEST(cache, removes_the_least_recently_used)
{
	struct err err = { 0 };
	scoped(place_done) struct place p = place_new();
	scoped(store_close) struct cache *c = NULL;
	char big[4001];
	(void)state;
	memset(big, 'x', sizeof big - 1);
	big[sizeof big - 1] = 0;
	/* Three files of one block each fit, four do not. */
	assert_ok(store_open(p.cache, 3 * 4096, &c, &err), &err);
	put(c, "a", big);
	usleep(20000);
	put(c, "b", big);
	usleep(20000);
	put(c, "c", big);
	usleep(20000);
	assert_non_null(get(c, "a")); /* used last now */
	usleep(20000);
	put(c, "d", big);
	assert_null(get(c, "b"));
	assert_non_null(get(c, "a"));
	assert_non_null(get(c, "c"));
	assert_non_null(get(c, "d"));
}

TEST(cache, refuses_what_others_may_write)
{
	struct err err = { 0 };
	scoped(place_done) struct place p = place_new();
	struct cache *c = NULL;
	char want[256];
	(void)state;
	assert_int_equal(mkdir(p.cache, 0700), 0);
	assert_int_equal(chmod(p.cache, 0770), 0);
	snprintf(want, sizeof want,
		 "%s: others may write to the cache (mode 770); chmod 700 "
		 "makes it usable",
		 p.cache);
	assert_fails(store_open(p.cache, 0, &c, &err), &err, ERR_USAGE, want);
	if (geteuid() != 0)
		return;
	assert_int_equal(chmod(p.cache, 0700), 0);
	assert_int_equal(chown(p.cache, 12345, 0), 0);
	snprintf(want, sizeof want, "%s: the cache belongs to another user",
		 p.cache);
	assert_fails(store_open(p.cache, 0, &c, &err), &err, ERR_USAGE, want);
}

TEST(cache, is_found_by_the_environment)
{
	struct err err = { 0 };
	scoped(place_done) struct place p = place_new();
	struct cache *c = NULL;
	char path[128];
	(void)state;
	setenv("HOME", p.dir, 1);
	unsetenv("XDG_CACHE_HOME");
	unsetenv("PARE_CACHE_DIR");
	assert_ok(store_open(NULL, 0, &c, &err), &err);
	store_close(&c);
	snprintf(path, sizeof path, "%s/.cache/pare", p.dir);
	assert_int_equal(access(path, F_OK), 0);
	snprintf(path, sizeof path, "%s/x", p.dir);
	setenv("XDG_CACHE_HOME", path, 1);
	assert_ok(store_open(NULL, 0, &c, &err), &err);
	store_close(&c);
	snprintf(path, sizeof path, "%s/x/pare", p.dir);
	assert_int_equal(access(path, F_OK), 0);
	setenv("PARE_CACHE_DIR", p.cache, 1);
	assert_ok(store_open(NULL, 0, &c, &err), &err);
	store_close(&c);
	assert_int_equal(access(p.cache, F_OK), 0);
	unsetenv("PARE_CACHE_DIR");
	setenv("XDG_CACHE_HOME", "relative", 1);
	unsetenv("HOME");
	assert_fails(store_open(NULL, 0, &c, &err), &err, ERR_NOT_FOUND,
		     "no cache: PARE_CACHE_DIR, XDG_CACHE_HOME and HOME are "
		     "not set");
}

TEST(cache, notes_are_checked)
{
	struct err err = { 0 };
	scoped(place_done) struct place p = place_new();
	scoped(store_close) struct cache *c = NULL;
	scoped(buf_done) struct buf value = BUF_INIT(CACHE_NOTE_MAX);
	char cmd[256];
	(void)state;
	assert_ok(store_open(p.cache, 0, &c, &err), &err);
	assert_int_equal(store_note_get(c, STR("n"), &value, &err), 0);
	assert_ok(store_note_put(c, STR("n"), STR("value\0x"), &err), &err);
	assert_int_equal(store_note_get(c, STR("n"), &value, &err), 1);
	assert_true(str_eq(buf_str(&value), STR("value\0x")));
	assert_null(get(c, "n")); /* an index of that key is another thing */
	snprintf(cmd, sizeof cmd, "for f in %s/*.note; do printf y >>$f; done",
		 p.cache);
	assert_int_equal(system(cmd), 0);
	assert_int_equal(store_note_get(c, STR("n"), &value, &err), 0);
	snprintf(cmd, sizeof cmd, "for f in %s/*.note; do : >$f; done",
		 p.cache);
	assert_int_equal(system(cmd), 0);
	assert_int_equal(store_note_get(c, STR("n"), &value, &err), 0);
}

TEST(cache, notes_have_a_limit)
{
	struct err err = { 0 };
	scoped(place_done) struct place p = place_new();
	scoped(store_close) struct cache *c = NULL;
	scoped(buf_done) struct buf value = BUF_INIT(CACHE_NOTE_MAX);
	static const char big[CACHE_NOTE_MAX + 1];
	(void)state;
	assert_ok(store_open(p.cache, 0, &c, &err), &err);
	assert_ok(store_note_put(c, STR("n"),
				 (struct str){ big, CACHE_NOTE_MAX }, &err),
		  &err);
	assert_int_equal(store_note_get(c, STR("n"), &value, &err), 1);
	assert_int_equal(value.n, CACHE_NOTE_MAX);
	assert_fails(store_note_put(c, STR("n"),
				    (struct str){ big, sizeof big }, &err),
		     &err, ERR_LIMIT, "cache: a note of 4097 bytes");
}

TEST(cache, racy_times)
{
	const int64_t s = 1000000000;
	struct stat st = { .st_mtim = { .tv_sec = 100 },
			   .st_ctim = { .tv_sec = 100 } };
	(void)state;
	assert_true(store_is_racy(&st, 100 * s));
	assert_true(store_is_racy(&st, 102 * s));
	assert_false(store_is_racy(&st, 102 * s + 1));
	st.st_ctim.tv_sec = 101;
	assert_true(store_is_racy(&st, 102 * s + 1));
	assert_false(store_is_racy(&st, 103 * s + 1));
	st.st_mtim.tv_sec = 200; /* the future */
	assert_true(store_is_racy(&st, 103 * s + 1));
	st.st_mtim.tv_sec = INT64_MAX;
	assert_true(store_is_racy(&st, 103 * s + 1));
}

TESTS_MAIN(unit(cache, keeps_what_was_put),
	   unit(cache, leaves_nothing_without_commit),
	   unit(cache, removes_the_least_recently_used),
	   unit(cache, refuses_what_others_may_write),
	   unit(cache, is_found_by_the_environment),
	   unit(cache, notes_are_checked), unit(cache, notes_have_a_limit),
	   unit(cache, racy_times))
