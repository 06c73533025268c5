/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/rules/cache/cache.h"
#include "lint/facts/image_path.h"
#include "lint/rules/zone/zone.h"

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	for (size_t i = 0; i < in->n_pairs; i++) {
		const struct df_pair *p = &in->pairs[i];
		struct str zone;
		if (!str_eqz(p->key.text, "TZ") || !lint_ships(f, in))
			continue;
		if (lint_place_text(f, in, p->value.text, &zone, err) < 0)
			return -1;
		if (!lint_zone_needs_file(zone) || !lint_zone_data_removed(f) ||
		    lint_zone_brought(f, zone) == 1)
			continue;
		if (lint_find(out, p->at, err,
			      "TZ names %.*s, but its file is removed with "
			      "tzdata, so programs silently use UTC; unset "
			      "TZ, since /etc/localtime is enough",
			      STR_ARG(zone)) < 0)
			return -1;
	}
	return 0;
}

const struct lint_rule rule_zone_data_removed = {
	.id = "PARE7002",
	.severity = SEV_WARN,
	.on = DF_ENV,
	.summary = "TZ names a zone whose data is removed",
	.check_instr = check,
};
