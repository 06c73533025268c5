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

static bool unpacks(const struct lint_command *c, struct str archive)
{
	bool tar = is_tar(c);
	if (!tar && !lint_cmd_is(c, "gunzip bunzip2 unxz unzstd zcat gzcat "
				    "bzcat xzcat zstdcat"))
		return false;
	if (!add_unpacks(archive, tar))
		return false;
	for (size_t i = 0; i < c->n_args; i++)
		if (str_eq(lint_word_base(c->args[i].text), archive))
			return true;
	return false;
}

static bool is_unpacked(const struct lint_file *f, const struct df_stage *s,
			uint32_t copy, struct str archive)
{
	for (uint32_t i = copy + 1; i < s->end; i++) {
		const struct lint_run *run = lint_run_of(f, f->df->instrs[i]);
		for (size_t k = 0; run && k < run->n_commands; k++)
			if (f->df->instrs[i]->kind == DF_RUN &&
			    run->commands[k].called &&
			    unpacks(run->commands[k].called, archive))
				return true;
	}
	return false;
}

/* Names of sources, or of the destination where that is a file. */
static int look(const struct lint_file *f, const struct df_stage *s,
		const struct df_instr *in, struct lint_out *out,
		struct err *err)
{
	size_t n;
	const struct df_word *src = dockerfile_copy_sources(in, &n);
	const struct df_word *dest = dockerfile_copy_dest(in);
	bool named = dest && add_unpacks(lint_word_unquoted(dest->text), true);
	for (size_t i = 0; i < n; i++) {
		struct str name =
			lint_word_unquoted(named ? dest->text : src[i].text);
		if (!add_unpacks(name, true) ||
		    !is_unpacked(f, s, in->index, lint_word_base(name)))
			continue;
		if (lint_find(out, src[i].at, err,
			      "%s is stored packed here and a second time "
			      "when RUN unpacks it; write ADD, which unpacks "
			      "it at once",
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
	if (s->from && !f->ships[s->index])
		return 0;
	for (uint32_t i = s->first; i < s->end; i++) {
		const struct df_instr *in = f->df->instrs[i];
		if (in->kind == DF_COPY && !dockerfile_flag(in, "from") &&
		    look(f, s, in, out, err) < 0)
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
