/* SPDX-License-Identifier: Apache-2.0 */
#include "source/read/format.h"

int source_read_named(struct file_source *f, const char *file,
		      const uint64_t *size_max, struct str *out,
		      struct err *err)
{
	struct source *s = &f->source;
	return source_files_read(&f->files, file, &s->lim, size_max, &s->arena,
				 out, err);
}
