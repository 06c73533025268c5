/* SPDX-License-Identifier: Apache-2.0 */
#include "base/chars.h"
#include "lint/rule.h"
#include "lint/facts/image_path.h"
#include "lint/rules/zone/zone.h"

static bool names_locale(struct str key)
{
	return str_eqz(key, "LANG") || str_eqz(key, "LC_ALL") ||
	       str_eqz(key, "LC_CTYPE");
}

/* C, POSIX and C.UTF-8 are in every base that has a libc of its own. */
static bool needs_data(struct str value)
{
	struct str name = value;
	str_cut(value, '.', &name, &(struct str){ 0 });
	return name.n >= 2 && !str_eqz(name, "POSIX") && is_alpha(name.p[0]) &&
	       str_find(value, '$') == value.n;
}

/* LC_ALL goes before the others. */
static bool is_overridden(const struct lint_file *f, struct str key)
{
	for (size_t i = 0; i < f->df->n_instrs; i++) {
		const struct df_instr *in = f->df->instrs[i];
		bool sets = in->kind == DF_ENV && lint_ships(f, in);
		for (size_t k = 0; sets && k < in->n_pairs; k++)
			if (str_eqz(in->pairs[k].key.text, "LC_ALL") &&
			    !str_eqz(key, "LC_ALL"))
				return true;
	}
	return false;
}

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	for (size_t i = 0; i < in->n_pairs; i++) {
		const struct df_pair *p = &in->pairs[i];
		struct str value, image = lint_zone_lacking(f);
		if (!names_locale(p->key.text) || !lint_ships(f, in))
			continue;
		if (lint_place_text(f, in, p->value.text, &value, err) < 0)
			return -1;
		int data = lint_locale_data(f, value);
		if (!needs_data(value) || data == 1 ||
		    is_overridden(f, p->key.text))
			continue;
		struct finding found = lint_finding_at(out, p->at);
		found.severity = data < 0 ? SEV_INFO : found.severity;
		if (data < 0)
			return lint_report(
				out, &found, err,
				"does the base image have the locale %.*s that "
				"%.*s names? nothing in this file brings it, "
				"and without it programs fall back to ASCII; "
				"C.UTF-8 needs no data",
				STR_ARG(value), STR_ARG(p->key.text));
		return lint_report(out, &found, err,
				   "%.*s names %.*s, but %.*s has no data of "
				   "that locale: programs fall back to ASCII; "
				   "use C.UTF-8, or generate it (3 MB)",
				   STR_ARG(p->key.text), STR_ARG(value),
				   STR_ARG(image));
	}
	return 0;
}

const struct lint_rule rule_locale_without_data = {
	.id = "PARE7004",
	.severity = SEV_WARN,
	.on = DF_ENV,
	.summary = "locale without its data",
	.check_instr = check,
};
