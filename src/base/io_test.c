/* SPDX-License-Identifier: Apache-2.0 */
#include "base/io.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/slurp.h"
#include "base/test.h"

/* Two packets and the end: one read gives one packet, however much was asked
 * for, as a pipe or a network file may do. */
static int two_packets(void)
{
	struct err err = { 0 };
	int ends[2];
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends), 0);
	assert_ok(io_write(ends[0], "ab", 2, &err), &err);
	assert_ok(io_write(ends[0], "cde", 3, &err), &err);
	close(ends[0]);
	return ends[1];
}

TEST(io, a_short_read_is_not_the_end)
{
	(void)state;
	struct err err = { 0 };
	char got[8];
	scoped(fd_close) int one = two_packets();
	assert_int_equal(io_read(one, got, sizeof got, &err), 2);
	scoped(fd_close) int full = two_packets();
	assert_int_equal(io_read_full(full, got, sizeof got, &err), 5);
	assert_memory_equal(got, "abcde", 5);
	assert_int_equal(io_read_full(full, got, sizeof got, &err), 0);
}

TEST(io, pread_full_ends_with_the_file)
{
	(void)state;
	struct err err = { 0 };
	char got[8];
	FILE *f = tmpfile();
	assert_non_null(f);
	int fd = fileno(f);
	assert_ok(io_pwrite(fd, "0123456789", 10, 0, &err), &err);
	assert_int_equal(io_pread_full(fd, got, 4, 3, &err), 4);
	assert_memory_equal(got, "3456", 4);
	assert_int_equal(io_pread_full(fd, got, sizeof got, 7, &err), 3);
	assert_int_equal(io_pread_full(fd, got, sizeof got, 10, &err), 0);
	assert_int_equal(io_pread_full(fd, got, 0, 0, &err), 0);
	fclose(f);
}

TEST(io, errors_say_why)
{
	(void)state;
	struct err err = { 0 };
	char got[1];
	assert_fails(io_open(AT_FDCWD, "/nowhere/x", O_RDONLY, 0, &err), &err,
		     ERR_NOT_FOUND, "No such file or directory");
	scoped(fd_close) int dir = io_open(AT_FDCWD, "/", O_RDONLY, 0, &err);
	assert_int_equal(io_read_full(dir, got, 1, &err), -1);
	assert_string_equal(err.text, "Is a directory");
	err_clear(&err);
	assert_int_equal(io_pread_full(dir, got, 1, 0, &err), -1);
	assert_string_equal(err.text, "Is a directory");
}

TEST(io, slurp_stops_at_the_ceiling)
{
	(void)state;
	struct err err = { 0 };
	scoped(buf_done) struct buf whole = BUF_INIT(5), less = BUF_INIT(4);
	assert_ok(slurp_fd(two_packets(), "x", &whole, &err), &err);
	assert_true(str_eqz(buf_str(&whole), "abcde"));
	assert_int_equal(slurp_fd(two_packets(), "x", &less, &err), -1);
	assert_int_equal(err.code, ERR_LIMIT);
	err_clear(&err);
	assert_int_equal(slurp_file(AT_FDCWD, "/nowhere/x", 0, &less, &err),
			 -1);
	assert_string_equal(err.text, "/nowhere/x: No such file or directory");
}

TESTS_MAIN(unit(io, a_short_read_is_not_the_end),
	   unit(io, pread_full_ends_with_the_file), unit(io, errors_say_why),
	   unit(io, slurp_stops_at_the_ceiling))
