/* SPDX-License-Identifier: Apache-2.0 */
/*	ENV TZ=Europe/Berlin on alpine		no /usr/share/zoneinfo: UTC
 *	ENV TZ=UTC, TZ=CET-1CEST		need no file
 *	node, java				bring data of their own
 *
 * A warning where the base is known to lack the data, a hint where nobody
 * knows. */
#include "lint/facts/bases.h"
#include "lint/rule.h"
#include "lint/facts/image_path.h"
#include "lint/rules/zone/zone.h"

/* Programs that bring zone data of their own and read TZ. */
static bool brings_its_own(struct str image)
{
	static const char *const repos[] = {
		"node",	 "openjdk", "eclipse-temurin", "amazoncorretto",
		"maven", "gradle",  "tomcat",	       "jetty",
	};
	struct str repo = lint_image_of(image).repo;
	for (size_t i = 0; i < ARRAY_LEN(repos); i++)
		if (str_eqz(repo, repos[i]))
			return true;
	return false;
}

static int tell(const struct lint_file *f, struct lint_out *out, struct span at,
		struct str zone, bool link, struct err *err)
{
	struct str image = lint_zone_lacking(f);
	bool lacks = lint_zone_data(f, zone) == 0;
	const char *what = link ? "the link to" : "TZ";
	if (!lacks) {
		struct finding found = lint_finding_at(out, at);
		found.severity = SEV_INFO;
		return lint_report(
			out, &found, err,
			"does the base image have the zone file that %s %.*s "
			"needs? nothing in this file brings it, and without "
			"it the time is silently UTC; tzdata has it",
			what, STR_ARG(zone));
	}
	return lint_find(out, at, err,
			 "%s %.*s finds no zone file: %.*s has none, so the "
			 "time is silently UTC; install tzdata or copy the "
			 "one file",
			 what, STR_ARG(zone), STR_ARG(image));
}

static int check_run(const struct lint_file *f, const struct lint_run *run,
		     struct lint_out *out, struct err *err)
{
	for (size_t i = 0; i < run->n_commands; i++) {
		const struct lint_command *c = run->commands[i].inner;
		struct str zone;
		bool link;
		if (!lint_zone_is_set(c, &zone, &link) || !link ||
		    str_eqz(zone, "UTC") || str_starts(zone, STR("Etc/")) ||
		    !lint_run_ships(f, run))
			continue;
		if (lint_place_text(f, run->outer, zone, &zone, err) < 0)
			return -1;
		if (lint_zone_data(f, zone) != 1 &&
		    tell(f, out, run->commands[i].at, zone, true, err) < 0)
			return -1;
	}
	return 0;
}

static int check_instr(const struct lint_file *f, const struct df_instr *in,
		       struct lint_out *out, struct err *err)
{
	for (size_t i = 0; i < in->n_pairs; i++) {
		const struct df_pair *p = &in->pairs[i];
		struct str zone;
		if (!str_eqz(p->key.text, "TZ") || !lint_ships(f, in))
			continue;
		if (lint_place_text(f, in, p->value.text, &zone, err) < 0)
			return -1;
		if (!lint_zone_needs_file(zone) ||
		    lint_zone_data(f, zone) == 1 ||
		    brings_its_own(lint_base_image(f)))
			continue;
		if (tell(f, out, p->at, zone, false, err) < 0)
			return -1;
	}
	return 0;
}

const struct lint_rule rule_zone_without_data = {
	.id = "PARE7001",
	.severity = SEV_WARN,
	.on = DF_ENV,
	.summary = "time zone without its data",
	.check_instr = check_instr,
	.check_run = check_run,
};
