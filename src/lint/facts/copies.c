/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/facts/copies.h"

#include "lint/facts/image_path.h"

const struct lint_copy *lint_copy_of(const struct lint_file *f,
				     const struct df_instr *in)
{
	const struct lint_copy *c = f->copies[in->index];
	return c && c->in == in ? c : NULL;
}

bool lint_source_is_remote_archive(const struct lint_source *s)
{
	return s->is_url && lint_place_is_archive(s->name);
}
