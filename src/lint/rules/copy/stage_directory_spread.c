/* SPDX-License-Identifier: Apache-2.0 */
/* COPY of one directory copies what is in it. Who copies /usr/local/jdk-17 to
 * /usr/local most likely meant the directory. */
#include "dockerfile/access.h"
#include "base/chars.h"
#include "lint/rule.h"
#include "lint/facts/copies.h"
#include "lint/facts/image_path.h"

/* A digit, a dot or underscore, a digit. */
static bool has_version(struct str name)
{
	for (size_t i = 1; i + 1 < name.n; i++)
		if ((name.p[i] == '.' || name.p[i] == '_') &&
		    is_digit(name.p[i - 1]) && is_digit(name.p[i + 1]))
			return true;
	return false;
}

/* .jar, .so, .whl: letters behind the last dot; or a place of programs. */
static bool may_be_file(struct str name, struct str directory)
{
	size_t dot = name.n;
	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] == '.')
			dot = i;
	struct str base = lint_place_base(directory);
	return (dot + 1 < name.n && is_alpha(name.p[dot + 1])) ||
	       str_eqz(base, "bin") || str_eqz(base, "sbin") ||
	       str_starts(base, STR("lib"));
}

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	const struct lint_copy *c = lint_copy_of(f, in);
	struct str parent;
	if (!c || c->n_sources != 1 || !dockerfile_flag(in, "from") ||
	    dockerfile_flag_on(in, "parents"))
		return 0;
	struct str source = c->sources->place, dest = c->dest;
	if (lint_place_join(f, source, STR(".."), &parent, err) < 0)
		return -1;
	struct str name = lint_place_base(source);
	if (!str_eq(parent, dest) ||
	    dockerfile_copy_dest(in)->text.p[0] != '/' || !has_version(name) ||
	    may_be_file(name, dest))
		return 0;
	return lint_find(out, in->at, err,
			 "COPY puts what is in %.*s straight into %.*s, among "
			 "everything else there; to keep the directory, copy "
			 "it to %.*s",
			 STR_ARG(name), STR_ARG(dest), STR_ARG(source));
}

const struct lint_rule rule_stage_directory_spread = {
	.id = "PARE3006",
	.severity = SEV_WARN,
	.on = DF_COPY,
	.summary = "directory of another stage spread over its parent",
	.check_instr = check,
};
