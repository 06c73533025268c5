/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/rules/cache/cache.h"
#include "lint/facts/image_path.h"
#include "lint/rules/zone/zone.h"

static bool names_zone(const struct lint_file *f)
{
	for (size_t i = 0; i < f->df->n_instrs; i++) {
		const struct df_instr *in = f->df->instrs[i];
		for (size_t k = 0; in->kind == DF_ENV && k < in->n_pairs; k++)
			if (str_eqz(in->pairs[k].key.text, "TZ") ||
			    str_eqz(in->pairs[k].key.text, "ZONEINFO"))
				return true;
	}
	return false;
}

/* The first copy of a zone to /etc/localtime that ships. */
static bool copies_zone(const struct lint_file *f, struct str *zone)
{
	for (size_t i = 0; i < f->n_runs; i++)
		for (size_t k = 0; k < f->runs[i].n_commands; k++) {
			const struct lint_command *c =
				f->runs[i].commands[k].inner;
			bool link;
			if (lint_run_ships(f, &f->runs[i]) &&
			    lint_zone_is_set(c, zone, &link) && !link)
				return true;
		}
	return false;
}

static int check(const struct lint_file *f, const struct lint_run *run,
		 struct lint_out *out, struct err *err)
{
	struct str zone;
	for (size_t i = 0; i < run->n_commands; i++) {
		const struct lint_command *c = run->commands[i].inner;
		if (!lint_cmd_is(c, "apk") || !lint_installs(c, "tzdata") ||
		    !lint_run_ships(f, run) || !copies_zone(f, &zone) ||
		    names_zone(f) || lint_zone_data_removed(f))
			continue;
		if (lint_place_text(f, run->outer, zone, &zone, err) < 0)
			return -1;
		return lint_find_bytes(
			out, run->commands[i].at, "tzdata-apk", err,
			"all time zones stay in the image, though only %.*s "
			"is used; end this RUN with apk del tzdata",
			STR_ARG(zone));
	}
	return 0;
}

const struct lint_rule rule_all_zones_kept = {
	.id = "PARE7003",
	.severity = SEV_INFO,
	.summary = "all time zones kept for one",
	.check_run = check,
};
