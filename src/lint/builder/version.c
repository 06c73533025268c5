/* SPDX-License-Identifier: Apache-2.0 */
/* Flags that are newer than the front end of the syntax line.
 *
 * "# syntax=docker/dockerfile:1.4" is a promise of one version; ":1" and no
 * line at all mean the newest, and what another image knows is not known. The
 * table has the first version that takes a flag without being asked (Dockerfile
 * reference, "Minimum Dockerfile version"); those of the labs channel had most
 * of them before, so of a labs line nothing is said. */
#include "base/chars.h"
#include "dockerfile/access.h"
#include "lint/builder/builder.h"

static const struct {
	unsigned kinds;
	const char *flag;
	uint64_t minor;
} flags[] = {
	{ DF_RUN, "mount", 2 },
	{ DF_RUN, "network", 3 },
	{ DF_RUN, "security", 20 },
	{ DF_RUN, "device", 27 },
	{ DF_COPY | DF_ADD, "chmod", 2 },
	{ DF_COPY | DF_ADD, "link", 4 },
	{ DF_COPY | DF_ADD, "exclude", 19 },
	{ DF_COPY, "parents", 20 },
	{ DF_ADD, "keep-git-dir", 1 },
	{ DF_ADD, "checksum", 6 },
	{ DF_ADD, "unpack", 17 },
};

/* The N of docker/dockerfile:1.N or :1.N.M; UINT64_MAX: no version is named,
 * or nothing is known of it. */
static uint64_t minor_of(struct str syntax)
{
	static const char *const names[] = {
		"docker/dockerfile:1.",
		"docker.io/docker/dockerfile:1.",
	};
	uint64_t minor;
	syntax.n = str_find(syntax, ' ');
	syntax.n = str_find(syntax, '@');
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct str rest, name = str_of(names[i]);
		if (!str_starts(syntax, name))
			continue;
		rest = str_from(syntax, name.n);
		rest.n = str_find(rest, '.');
		return str_to_u64(rest, &minor) ? minor : UINT64_MAX;
	}
	return UINT64_MAX;
}

static uint64_t first_with(const struct df_instr *in, struct str flag)
{
	for (size_t i = 0; i < ARRAY_LEN(flags); i++)
		if ((in->kind & flags[i].kinds) && str_eqz(flag, flags[i].flag))
			return flags[i].minor;
	return 0;
}

void lint_refusal_version(struct refusal *r)
{
	const struct dockerfile *df = r->f->df;
	r->minor = UINT64_MAX;
	for (size_t i = 0; i < df->n_directives; i++)
		if (str_eqz(df->directives[i].key, "syntax"))
			r->minor = minor_of(
				span_str(df->text, df->directives[i].value));
}

int lint_refuse_flags(struct refusal *r)
{
	for (size_t i = 0; i < r->in->n_flags; i++) {
		const struct df_flag *f = &r->in->flags[i];
		uint64_t first = first_with(r->in, f->key);
		if (first <= r->minor)
			continue;
		return lint_refuse(r, f->at,
				   "--%s came with docker/dockerfile:1.%u, and "
				   "the syntax line asks for 1.%u, which "
				   "refuses it; write # "
				   "syntax=docker/dockerfile:1",
				   str_quoted(f->key).text, (unsigned)first,
				   (unsigned)r->minor);
	}
	return 0;
}
