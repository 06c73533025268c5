/* SPDX-License-Identifier: Apache-2.0 */
/* Names alone are compared, as hadolint does: "COPY x.tgz /tmp/" and a later
 * "tar -xf /tmp/x.tgz" have one last component. Whether it is the same file
 * PARE2003 asks (lint/rules/layer/archive.c).
 *
 * Only of what ADD would unpack. hadolint also tells of db.sql.gz, which is no
 * tar and stays packed by ADD, and of .Z and .lzma, which ADD does not know. */
#include "lint/rule.h"
#include "lint/facts/image_path.h"
#include "lint/facts/words.h"

/* tar -x, tar x, --extract, --get. */
static bool is_tar(const struct lint_command *c)
{
	if (!lint_cmd_is(c, "tar bsdtar"))
		return false;
	for (size_t i = 0; i < c->n_args; i++) {
		struct str arg = c->args[i].text;
		bool letters = arg.n && (*arg.p == '-' || i == 0) &&
			       !str_starts(arg, STR("--"));
		if (lint_word_in(arg, "--extract --get") ||
		    (letters && str_has(arg, 'x')))
			return true;
	}
	return false;
}

/* A name such as a.gz does not tell whether a tar is in it; that tar reads it
 * does. */
static bool add_unpacks(struct str archive, bool tar)
{
	return lint_place_add_unpacks(archive) ||
	       (tar && lint_word_ends(archive, ".gz .bz2 .xz .zst"));
}

/* Last components of the arguments of what unpacks, in the order of the stage:
 * each COPY asks for its names. */
struct names {
	struct str *v;
	uint32_t *instr; /* that it stands in */
	size_t n, cap, cap_instr;
	struct str_index by_name;
};

/* By tar, and by gunzip and the like. */
struct unpacked {
	struct names tar, other;
};

static int add(const struct lint_file *f, struct names *to, struct str name,
	       uint32_t instr, struct err *err)
{
	if (arena_grow(f->arena, &to->v, to->n, &to->cap, sizeof *to->v, err) <
		    0 ||
	    arena_grow(f->arena, &to->instr, to->n, &to->cap_instr,
		       sizeof *to->instr, err) < 0)
		return -1;
	to->v[to->n] = name;
	to->instr[to->n++] = instr;
	return 0;
}

static int read_command(const struct lint_file *f, const struct lint_command *c,
			uint32_t instr, struct unpacked *to, struct err *err)
{
	bool tar = is_tar(c);
	if (!tar && !lint_cmd_is(c, "gunzip bunzip2 unxz unzstd zcat gzcat "
				    "bzcat xzcat zstdcat"))
		return 0;
	for (size_t i = 0; i < c->n_args; i++)
		if (add(f, tar ? &to->tar : &to->other,
			lint_word_base(c->args[i].text), instr, err) < 0)
			return -1;
	return 0;
}

static int read_stage(const struct lint_file *f, const struct df_stage *s,
		      struct unpacked *to, struct err *err)
{
	for (uint32_t i = s->first; i < s->end; i++) {
		const struct df_instr *in = f->df->instrs[i];
		const struct lint_run *run =
			in->kind == DF_RUN ? lint_run_of(f, in) : NULL;
		for (size_t k = 0; run && k < run->n_commands; k++)
			if (run->commands[k].called &&
			    read_command(f, run->commands[k].called, i, to,
					 err) < 0)
				return -1;
	}
	if (str_index_make(&to->tar.by_name, to->tar.v, (uint32_t)to->tar.n,
			   f->arena, err) < 0)
		return -1;
	return str_index_make(&to->other.by_name, to->other.v,
			      (uint32_t)to->other.n, f->arena, err);
}

static bool stands_behind(const struct names *names, uint32_t copy,
			  struct str archive)
{
	uint32_t last = str_index_last(&names->by_name, archive, UINT32_MAX);
	return last != STR_INDEX_NONE && names->instr[last] > copy;
}

static bool is_unpacked(const struct unpacked *u, uint32_t copy,
			struct str archive)
{
	return (add_unpacks(archive, true) &&
		stands_behind(&u->tar, copy, archive)) ||
	       (add_unpacks(archive, false) &&
		stands_behind(&u->other, copy, archive));
}

/* Names of sources, or of the destination where that is a file. */
static int look(const struct unpacked *u, const struct df_instr *in,
		struct lint_out *out, struct err *err)
{
	size_t n;
	const struct df_word *src = dockerfile_copy_sources(in, &n);
	const struct df_word *dest = dockerfile_copy_dest(in);
	bool named = dest && add_unpacks(lint_word_unquoted(dest->text), true);
	for (size_t i = 0; i < n; i++) {
		struct str name =
			lint_word_unquoted(named ? dest->text : src[i].text);
		if (!add_unpacks(name, true) ||
		    !is_unpacked(u, in->index, lint_word_base(name)))
			continue;
		if (lint_find(out, src[i].at, err,
			      "%s is stored packed here and again when RUN "
			      "unpacks it, so its bytes ship twice; use ADD, "
			      "which unpacks it directly",
			      str_quoted(lint_word_base(src[i].text)).text) < 0)
			return -1;
		if (named)
			return 0;
	}
	return 0;
}

static int check(const struct lint_file *f, const struct df_stage *s,
		 struct lint_out *out, struct err *err)
{
	struct unpacked u = { 0 };
	if (s->from && !f->ships[s->index])
		return 0;
	if (read_stage(f, s, &u, err) < 0)
		return -1;
	for (uint32_t i = s->first; i < s->end; i++) {
		const struct df_instr *in = f->df->instrs[i];
		if (in->kind == DF_COPY && !dockerfile_flag(in, "from") &&
		    look(&u, in, out, err) < 0)
			return -1;
	}
	return 0;
}

const struct lint_rule rule_archive_copied_then_unpacked = {
	.id = "DL3010",
	.severity = SEV_INFO,
	.summary = "archive copied, then unpacked by RUN",
	.check_stage = check,
};
