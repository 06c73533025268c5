/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/access.h"
#include "lint/rule.h"
#include "lint/facts/copies.h"
#include "lint/rules/start/entrypoint.h"

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	const struct lint_copy *c = lint_copy_of(f, in);
	if (!c || dockerfile_flag(in, "checksum") ||
	    dockerfile_flag(in, "unpack"))
		return 0;
	for (size_t i = 0; i < c->n_sources; i++) {
		const struct lint_source *s = &c->sources[i];
		/* Archives are PARE3001's, inits PARE7007's; a repository has
		 * its checksum in the commit that it names. */
		if (!s->is_url || lint_source_is_remote_archive(s) ||
		    str_ends(s->name, STR(".git")) ||
		    lint_is_init_name(s->name))
			continue;
		struct str name = s->name.n ? s->name : s->text;
		if (lint_find(out, s->word->at, err,
			      "ADD takes whatever the server sends for %.*s, "
			      "today and in every later build; give it the "
			      "file's --checksum",
			      STR_ARG(name)) < 0)
			return -1;
	}
	return 0;
}

const struct lint_rule rule_add_without_checksum = {
	.id = "PARE3002",
	.severity = SEV_INFO,
	.on = DF_ADD,
	.summary = "ADD of a remote file without a checksum",
	.check_instr = check,
};
