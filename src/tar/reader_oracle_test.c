/* SPDX-License-Identifier: Apache-2.0 */
/* libarchive reads the same: every good fixture, and what GNU tar writes in
 * each of its formats. */
#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "tar/reader.h"
#include "base/test.h"

#ifndef TAR_FIXTURES
#define TAR_FIXTURES "tests/fixtures/tar"
#endif

/* Where libarchive 3.6 is known to say something else. */
static const struct {
	const char *fixture, *because;
} differs[] = {
	{ "good-pax-over-gnu.tar", "a GNU name beats a PAX path" },
	{ "good-pax-global.tar", "global headers are ignored" },
	{ "good-pax-empty-deletes.tar", "an empty value is 0" },
	{ "good-header-only-size.tar", "a size counts for a fifo" },
	{ "good-end-no-padding.tar", "the padding must be there" },
	{ "good-other-types.tar", "unknown types are files" },
	{ "good-octal-blanks.tar", "a NUL in front of digits ends them" },
	{ "good-pax-times-ends.tar", "finer digits are cut off" },
	{ "good-star-prefix.tar", "star's prefix is read as ustar's" },
};

static bool is_excused(const char *fixture)
{
	for (size_t i = 0; i < ARRAY_LEN(differs); i++)
		if (strcmp(differs[i].fixture, fixture) == 0)
			return true;
	return false;
}

/* FNV-1a over the logical content. */
static uint64_t hash_bytes(uint64_t h, const uint8_t *p, uint64_t n)
{
	for (uint64_t i = 0; i < n; i++)
		h = (h ^ (p ? p[i] : 0)) * 0x100000001b3;
	return h;
}

struct line {
	struct str name, target;
	unsigned type; /* S_IFMT, 0 for a hard link */
	unsigned mode;
	uint64_t uid, gid, size, hash;
	int64_t mtime_s;
	unsigned long dev;
};

static void put_line(struct buf *b, const struct line *l)
{
	struct err err = { 0 };
	assert_ok(buf_quoted(b, l->name, &err), &err);
	assert_ok(buf_byte(b, '>', &err), &err);
	assert_ok(buf_quoted(b, l->target, &err), &err);
	assert_ok(buf_addf(b, &err,
			   " %o %o %" PRIu64 ":%" PRIu64 " %" PRIu64
			   " t%" PRId64 " %lx %" PRIx64 "\n",
			   l->type, l->mode, l->uid, l->gid, l->size,
			   l->mtime_s, l->dev, l->hash),
		  &err);
}

static uint64_t our_content(struct tar_reader *t)
{
	struct err err = { 0 };
	struct tar_run run;
	uint64_t h = 0xcbf29ce484222325;
	int r;
	while ((r = tar_content(t, &run, &err)) > 0)
		h = hash_bytes(h, run.p, run.n);
	assert_ok(r, &err);
	return h;
}

/* libarchive cuts the fraction off, of negative times, too. */
static int64_t toward_1970(struct instant t)
{
	return t.s < 0 && t.ns ? t.s + 1 : t.s;
}

static void list_ours(struct str tar, struct buf *b)
{
	static const unsigned types[] = {
		[TAR_FILE] = S_IFREG,	 [TAR_HARDLINK] = 0,
		[TAR_SYMLINK] = S_IFLNK, [TAR_CHAR] = S_IFCHR,
		[TAR_BLOCK] = S_IFBLK,	 [TAR_DIR] = S_IFDIR,
		[TAR_FIFO] = S_IFIFO,
	};
	struct err err = { 0 };
	struct tar_entry e;
	scoped(stream_close) struct stream *in = NULL;
	scoped(tar_close) struct tar_reader *t = NULL;
	int r;
	assert_ok(mem_open(tar.p, tar.n, &in, &err), &err);
	assert_ok(tar_open(in, &limits_default, &t, &err), &err);
	while ((r = tar_next(t, &e, &err)) > 0) {
		if (e.type == TAR_OTHER)
			continue;
		struct line l = {
			.name = e.name,
			.target = e.target,
			.type = types[e.type],
			.mode = e.mode,
			.uid = e.uid,
			.gid = e.gid,
			.size = e.size,
			.mtime_s = toward_1970(e.mtime),
			.dev = (unsigned long)e.devmajor << 32 | e.devminor,
		};
		l.hash = our_content(t);
		put_line(b, &l);
	}
	assert_ok(r, &err);
}

static uint64_t their_content(struct archive *a, uint64_t size)
{
	uint64_t h = 0xcbf29ce484222325, at = 0;
	const void *p;
	size_t n;
	la_int64_t offset;
	int r;
	while ((r = archive_read_data_block(a, &p, &n, &offset)) ==
	       ARCHIVE_OK) {
		h = hash_bytes(h, NULL, (uint64_t)offset - at);
		h = hash_bytes(h, p, n);
		at = (uint64_t)offset + n;
	}
	return r == ARCHIVE_EOF && size >= at ? hash_bytes(h, NULL, size - at)
					      : 0;
}

static struct str str_or_empty(const char *z)
{
	return z ? str_of(z) : STR("");
}

static void list_theirs(struct str tar, struct buf *b)
{
	struct archive *a = archive_read_new();
	struct archive_entry *e;
	int r;
	archive_read_support_format_tar(a);
	archive_read_support_format_empty(a);
	assert_int_equal(archive_read_open_memory(a, tar.p, tar.n), 0);
	while ((r = archive_read_next_header(a, &e)) >= ARCHIVE_WARN &&
	       r != ARCHIVE_EOF) {
		const char *hard = archive_entry_hardlink(e);
		unsigned type = hard ? 0 : archive_entry_filetype(e);
		struct line l = {
			.name = str_or_empty(archive_entry_pathname(e)),
			.target = str_or_empty(hard ? hard
						    : archive_entry_symlink(e)),
			.type = type,
			.mode = archive_entry_perm(e),
			.uid = (uint64_t)archive_entry_uid(e),
			.gid = (uint64_t)archive_entry_gid(e),
			.size = type == S_IFREG
					? (uint64_t)archive_entry_size(e)
					: 0,
			.mtime_s = archive_entry_mtime(e),
		};
		if (type == S_IFCHR || type == S_IFBLK)
			l.dev = (unsigned long)archive_entry_rdevmajor(e)
					<< 32 |
				archive_entry_rdevminor(e);
		l.hash = their_content(a, l.size);
		put_line(b, &l);
	}
	struct err err = { 0 };
	if (r != ARCHIVE_EOF)
		assert_ok(buf_addf(b, &err, "refused: %s\n",
				   archive_error_string(a)),
			  &err);
	archive_read_free(a);
}

static bool lists_agree(const char *what, struct str tar, bool excused)
{
	scoped(buf_done) struct buf ours = BUF_INIT(1 << 24);
	scoped(buf_done) struct buf theirs = BUF_INIT(1 << 24);
	list_ours(tar, &ours);
	list_theirs(tar, &theirs);
	if (str_eq(buf_str(&ours), buf_str(&theirs)))
		return true;
	if (!excused)
		print_error("%s\nours:\n%s\nlibarchive's:\n%s\n", what,
			    buf_cstr(&ours), buf_cstr(&theirs));
	return false;
}

static void read_file(const char *path, struct buf *b)
{
	struct err err = { 0 };
	char part[4096];
	size_t n;
	FILE *f = fopen(path, "rb");
	if (!f)
		fail_msg("%s is missing", path);
	while ((n = fread(part, 1, sizeof part, f)) > 0)
		assert_ok(buf_add(b, part, n, &err), &err);
	fclose(f);
}

TEST(tar_oracle, libarchive_reads_the_good_fixtures_alike)
{
	(void)state;
	DIR *d = opendir(TAR_FIXTURES);
	struct dirent *e;
	unsigned wrong = 0, n = 0;
	assert_non_null(d);
	while ((e = readdir(d))) {
		char path[512];
		scoped(buf_done) struct buf b = BUF_INIT(1 << 20);
		if (!str_starts(str_of(e->d_name), STR("good-")))
			continue;
		snprintf(path, sizeof path, "%s/%s", TAR_FIXTURES, e->d_name);
		read_file(path, &b);
		n++;
		/* An excuse that is no longer needed is wrong, too. */
		bool excused = is_excused(e->d_name);
		if (lists_agree(e->d_name, buf_str(&b), excused) == excused)
			wrong++;
	}
	closedir(d);
	assert_true(n > 30);
	assert_int_equal(wrong, 0);
}

/* A tree with names of all lengths, links, holes, times and xattrs. */
static const char make_tree[] =
	"set -e; cd \"$1\"; mkdir -p tree/dir; cd tree\n"
	"echo hello >file; ln file hard; ln -s file sym; mkfifo fifo\n"
	"long=$(printf '%0120d' 0); mkdir $long; echo x >$long/$long\n"
	"ln $long/$long hard2; ln -s $long/$long sym2\n"
	"printf y >\"$(printf 'new\\nline \\303\\244')\"\n"
	"truncate -s 3M sparse\n"
	"for i in $(seq 60); do echo $i | dd of=sparse bs=32k seek=$i"
	" conv=notrunc status=none; done\n"
	"truncate -s 1M hole\n"
	"echo 1 >old; touch -d @-100000 old; touch -d @1.25 fraction\n"
	"head -c 100000 /dev/zero | tr '\\0' z >large\n";

static const char *const options[] = {
	"--format=oldgnu",
	"--format=gnu",
	"--format=ustar",
	"--format=v7",
	"--format=pax",
	"--format=posix --xattrs",
	"--format=gnu --sparse",
	"--format=oldgnu --sparse",
	"--format=posix --sparse --sparse-version=0.0",
	"--format=posix --sparse --sparse-version=0.1",
	"--format=posix --sparse --sparse-version=1.0",
	"--format=posix --sparse --xattrs --numeric-owner --owner=:4294967294",
	"--format=gnu --owner=:4294967294 --mtime=@-5",
	"--format=posix --pax-option=globexthdr.name=g,comment=x",
};

static void run(const char *script, const char *a, const char *b)
{
	pid_t pid = fork();
	if (pid == 0) {
		int null = open("/dev/null", O_WRONLY);
		dup2(null, 2);
		execl("/bin/sh", "sh", "-c", script, "sh", a, b, (char *)0);
		_exit(127);
	}
	int status;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	/* tar's 2: ustar and v7 leave out what they cannot say. */
	if (status != 0 && status >> 8 != 2)
		fail_msg("%s: status %x", script, status);
}

TEST(tar_oracle, libarchive_reads_what_gnu_tar_writes_alike)
{
	(void)state;
	char dir[] = "/tmp/pare-tar-XXXXXX", path[64], command[256];
	unsigned wrong = 0;
	assert_non_null(mkdtemp(dir));
	run(make_tree, dir, "");
	snprintf(path, sizeof path, "%s/tree/file", dir);
	/* Not every file system has them. */
	(void)setxattr(path, "user.test", "a\0b", 3, 0);
	snprintf(path, sizeof path, "%s/t.tar", dir);
	for (size_t i = 0; i < ARRAY_LEN(options); i++) {
		scoped(buf_done) struct buf b = BUF_INIT(1 << 24);
		snprintf(command, sizeof command,
			 "cd \"$1\" && tar --sort=name %s -cf t.tar tree",
			 options[i]);
		run(command, dir, "");
		read_file(path, &b);
		assert_true(b.n > 100000);
		wrong += !lists_agree(options[i], buf_str(&b), false);
	}
	run("rm -rf \"$1\"", dir, "");
	assert_int_equal(wrong, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		unit(tar_oracle, libarchive_reads_the_good_fixtures_alike),
		unit(tar_oracle, libarchive_reads_what_gnu_tar_writes_alike),
	};
	/* libarchive converts names to the locale's encoding. */
	if (!setlocale(LC_ALL, "C.UTF-8"))
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
