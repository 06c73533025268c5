/* SPDX-License-Identifier: Apache-2.0 */
/* tar/writer.h - a tar as every engine reads it, the same bytes every time.
 *
 * ustar headers (POSIX.1-2024, pax "ustar Interchange Format"); a PAX header
 * (named "PaxHeaders/<base name>", mtime 0, mode 0644) only for what ustar
 * cannot say: long names and targets, large numbers, times before 1970 or with
 * fractions, xattrs (SCHILY.xattr., sorted), sparse maps (PAX 1.0). User and
 * group names empty, device 0 but for devices, no atime, no ctime. */
#pragma once
#include "base/sink.h"
#include "tar/tar.h"

struct tar_writer;

/* Borrows the sink. */
must_check int tar_writer_open(struct sink *to, struct tar_writer **out,
			       struct err *err);
void tar_writer_close(struct tar_writer **w);

/* Begins a member: name, target, type (not TAR_OTHER), mode, uid, gid,
 * mtime_ns, devices, xattrs, size and sparse map count; directories get their
 * trailing slash here. Content must follow in full. For a sparse file the
 * content is its regions alone, in order. */
must_check int tar_write_entry(struct tar_writer *w, const struct tar_entry *e,
			       struct err *err);
must_check int tar_write_data(struct tar_writer *w, const void *p, size_t n,
			      struct err *err);
/* Two zero blocks. Does not finish the sink. */
must_check int tar_write_end(struct tar_writer *w, struct err *err);
/* Bytes that tar_write_entry and its content will take, padding included. */
must_check int tar_entry_bytes(const struct tar_entry *e, uint64_t *out,
			       struct err *err);
