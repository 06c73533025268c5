/* SPDX-License-Identifier: Apache-2.0 */
#include "base/atomic_file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/test.h"

static char dir[] = "/tmp/pare-atomic-XXXXXX";

static void run(const char *cmd)
{
	assert_int_equal(system(cmd), 0);
}

/* A new directory, in which the test then is. */
static int enter(void **state)
{
	(void)state;
	strcpy(dir + strlen(dir) - 6, "XXXXXX");
	return mkdtemp(dir) && chdir(dir) == 0 ? 0 : -1;
}

static int leave(void **state)
{
	(void)state;
	char cmd[64];
	snprintf(cmd, sizeof cmd, "rm -rf %s", dir);
	return chdir("/") == 0 && system(cmd) == 0 ? 0 : -1;
}

/* What a shell command prints, on one line. */
static const char *output(const char *cmd)
{
	static char text[1024];
	FILE *p = popen(cmd, "re");
	assert_non_null(p);
	size_t n = fread(text, 1, sizeof text - 1, p);
	assert_int_equal(pclose(p), 0);
	for (size_t i = 0; i < n; i++)
		if (text[i] == '\n')
			text[i] = ' ';
	text[n] = 0;
	return text;
}

static int write_file(const char *path, struct str text, struct err *err)
{
	scoped(atomic_file_done) struct atomic_file a = ATOMIC_FILE_INIT;
	if (atomic_file_open(path, &a, err) < 0)
		return -1;
	return atomic_file_put(&a, text, err);
}

static void save(const char *path, const char *text)
{
	struct err err = { 0 };
	assert_ok(write_file(path, str_of(text), &err), &err);
}

static void refuses(const char *path, enum err_code code, const char *why)
{
	struct err err = { 0 };
	assert_fails(write_file(path, STR("new\n"), &err), &err, code, why);
}

TEST(atomic_file, a_new_file)
{
	save("a", "1\n");
	save("./a", "2\n");
	assert_string_equal(output("cat a; ls -A"), "2 a ");
}

TEST(atomic_file, mode_and_hard_links)
{
	run("echo old > a; chmod 640 a; ln a b; umask 077");
	save("a", "new\n");
	assert_string_equal(output("cat a b; stat -c %a a b; ls -A"),
			    "new old 640 640 a b ");
}

TEST(atomic_file, owner_and_attributes)
{
	/* Root gives owners away; others keep their own. */
	const char *give = "echo old > a; chown 1234:4321 a; chmod 604 a";
	const char *want = "1234:4321:604 ";
	if (geteuid() != 0) {
		give = "echo old > a; chmod 604 a";
		want = output("echo $(id -u):$(id -g):604");
	}
	char kept[64];
	snprintf(kept, sizeof kept, "%s", want);
	run(give);
	save("a", "new\n");
	assert_string_equal(output("stat -c %u:%g:%a a"), kept);
}

TEST(atomic_file, links_stay)
{
	run("mkdir d e; ln -s ../e/x d/l; ln -s d/l l; ln -s $PWD/l abs");
	save("abs", "new\n");
	assert_string_equal(output("cat e/x; readlink d/l l; ls -A d e"),
			    "new ../e/x d/l d: l  e: x ");
	run("ln -s two one; ln -s one two");
	refuses("one", ERR_USAGE, "a loop of links");
	run("ln -s nowhere/x bad");
	refuses("bad", ERR_NOT_FOUND,
		"its directory: No such file or directory");
}

TEST(atomic_file, what_is_no_file_name)
{
	run("mkdir d; echo f > f; ln -s d l");
	refuses("", ERR_USAGE, "the name is empty");
	refuses("d", ERR_USAGE, "a directory, not a file");
	refuses("l", ERR_USAGE, "a directory, not a file");
	refuses("new/", ERR_USAGE, "the name of a directory, not of a file");
	refuses("f/", ERR_USAGE, "the name of a directory, not of a file");
	refuses("f/x", ERR_IO, "its directory: Not a directory");
	assert_string_equal(output("ls -A; cat f"), "d f l f ");
}

TEST(atomic_file, a_fifo_is_written_to)
{
	struct err err = { 0 };
	scoped(atomic_file_done) struct atomic_file a = ATOMIC_FILE_INIT;
	char got[8];
	run("mkfifo f; ln -s f l");
	/* A reader that is there all the time, and waits for nobody. */
	int reader = open("f", O_RDWR | O_NONBLOCK | O_CLOEXEC);
	assert_true(reader >= 0);
	save("l", "one\n");
	assert_ok(atomic_file_open("f", &a, &err), &err);
	assert_true(a.is_through);
	atomic_file_done(&a); /* not committed */
	assert_int_equal(read(reader, got, sizeof got), 4);
	assert_memory_equal(got, "one\n", 4);
	assert_int_equal(read(reader, got, sizeof got), -1);
	close(reader);
	assert_string_equal(output("stat -c %F f l"), "fifo symbolic link ");
}

TEST(atomic_file, a_device_is_written_to)
{
	run("mknod full c 1 7 2>/dev/null || ln -s /dev/full full");
	const char *was = output("stat -c '%F %i' full");
	char kept[64];
	snprintf(kept, sizeof kept, "%s", was);
	refuses("full", ERR_IO, "writing: No space left on device");
	assert_string_equal(output("stat -c '%F %i' full"), kept);
}

TEST(atomic_file, a_descriptor_goes_on)
{
	struct err err = { 0 };
	run("printf 12345 > a");
	int fd = open("a", O_WRONLY);
	assert_true(fd >= 0);
	char name[64];
	assert_int_equal(lseek(fd, 2, SEEK_SET), 2);
	snprintf(name, sizeof name, "/dev/fd/%d", fd);
	save(name, "x");
	snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
	assert_int_equal(symlink(name, "l"), 0);
	save("l", "y");
	assert_string_equal(output("cat a"), "12xy5");
	assert_int_equal(fcntl(fd, F_SETFD, FD_CLOEXEC), 0);
	assert_fails(write_file("l", STR(""), &err), &err, ERR_IO,
		     "Bad file descriptor");
	close(fd);
	assert_fails(write_file("l", STR(""), &err), &err, ERR_IO,
		     "Bad file descriptor");
	fd = open("a", O_RDONLY);
	snprintf(name, sizeof name, "/dev/fd/%d", fd);
	assert_fails(write_file(name, STR("z"), &err), &err, ERR_IO,
		     "Bad file descriptor");
	close(fd);
}

TEST(atomic_file, what_is_not_committed_goes)
{
	struct err err = { 0 };
	run("echo old > a");
	scoped(atomic_file_done) struct atomic_file a = ATOMIC_FILE_INIT;
	assert_ok(atomic_file_open("a", &a, &err), &err);
	assert_string_equal(output("ls -A | wc -l"), "2 ");
	atomic_file_done(&a);
	assert_string_equal(output("ls -A; cat a"), "a old ");
}

static int root(void)
{
	int fd = open(".", O_RDONLY | O_DIRECTORY);
	assert_true(fd >= 0);
	return fd;
}

TEST(atomic_file, found_and_unchanged)
{
	struct err err = { 0 };
	struct stat st;
	run("mkdir d; echo old > d/f; ln -s d/f l; chmod 600 d/f");
	int r = root();
	assert_int_equal(stat("d/f", &st), 0);
	assert_ok(atomic_file_save_found(r, "l", &st, STR("new\n"), &err),
		  &err);
	assert_string_equal(output("cat d/f; readlink l; stat -c %a d/f"),
			    "new d/f 600 ");
	assert_fails(atomic_file_save_found(r, "l", &st, STR("no\n"), &err),
		     &err, ERR_MISMATCH,
		     "changed since it was read; nothing was written");
	assert_ok(atomic_file_save_found(r, "d/g", NULL, STR("g\n"), &err),
		  &err);
	assert_fails(atomic_file_save_found(r, "d/g", NULL, STR("h\n"), &err),
		     &err, ERR_MISMATCH,
		     "changed since it was read; nothing was written");
	assert_int_equal(unlink("d/g"), 0);
	assert_fails(atomic_file_save_found(r, "d/g", &st, STR("h\n"), &err),
		     &err, ERR_MISMATCH,
		     "changed since it was read; nothing was written");
	assert_string_equal(output("cat d/f; ls -A d"), "new f ");
	close(r);
}

TEST(atomic_file, found_leads_out)
{
	static const char *const links[] = { "up", "abs", "under/f", "deep" };
	struct err err = { 0 };
	struct stat st;
	run("mkdir in; echo old > f; cd in; ln -s ../f up; ln -s $PWD/f abs; "
	    "ln -s .. under; ln -s up deep; mkfifo p");
	assert_int_equal(chdir("in"), 0);
	int r = root();
	assert_int_equal(stat("../f", &st), 0);
	for (size_t i = 0; i < ARRAY_LEN(links); i++) {
		assert_int_equal(atomic_file_save_found(r, links[i], &st,
							STR("new\n"), &err),
				 -1);
		assert_int_equal(err.code, ERR_UNSUPPORTED);
		assert_non_null(strstr(err.text, "a link that leads out"));
		err_clear(&err);
	}
	assert_fails(atomic_file_save_found(r, "p", &st, STR("new\n"), &err),
		     &err, ERR_UNSUPPORTED, "not a regular file");
	assert_string_equal(output("cat ../f; ls -A .."), "old f in ");
	close(r);
}

#define here(name)                                                           \
	{                                                                    \
		"atomic_file/" #name, test_atomic_file_##name, enter, leave, \
			NULL                                                 \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
		here(a_new_file),
		here(mode_and_hard_links),
		here(owner_and_attributes),
		here(links_stay),
		here(what_is_no_file_name),
		here(a_fifo_is_written_to),
		here(a_device_is_written_to),
		here(a_descriptor_goes_on),
		here(what_is_not_committed_goes),
		here(found_and_unchanged),
		here(found_leads_out),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
