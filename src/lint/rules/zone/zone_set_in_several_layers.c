/* SPDX-License-Identifier: Apache-2.0 */
/*	RUN apk add tzdata
 *	RUN cp /usr/share/zoneinfo/Europe/Berlin /etc/localtime
 *	RUN echo Europe/Berlin > /etc/timezone		three layers of one matter
 *
 * Only RUNs that do nothing else and follow each other directly can be joined
 * without a thought. */
#include "catalog/catalog.h"
#include "lint/rule.h"
#include "lint/facts/image_path.h"
#include "lint/rules/zone/zone.h"

static bool redirects_to(const struct lint_command *c, const char *path)
{
	for (size_t i = 0; c->node && i < c->node->n_redirects; i++)
		if (shell_word_is(&c->run->run.sh,
				  &c->node->redirects[i].target, path))
			return true;
	return false;
}

/* Nothing but tzdata is installed. */
static bool installs_zones_only(const struct lint_command *c)
{
	size_t n = 0;
	if (!lint_installs(c, "tzdata"))
		return false;
	for (size_t i = 0; i < c->n_args; i++)
		n += c->args[i].text.n && c->args[i].text.p[0] != '-';
	return n == 2;
}

static bool is_of_zone(const struct lint_command *c)
{
	struct str zone;
	bool link;
	return installs_zones_only(c) || lint_zone_is_set(c, &zone, &link) ||
	       redirects_to(c, "/etc/timezone") || redirects_to(c, "/etc/TZ") ||
	       (lint_cmd_is(c, "dpkg-reconfigure") && c->n_args &&
		str_eqz(c->args[c->n_args - 1].text, "tzdata"));
}

static bool refreshes(const struct lint_command *c)
{
	const struct catalog_tool *tool = lint_cmd_tool(c);
	return tool && lint_cmd_does(c, tool, tool->verbs.refresh);
}

/* All that the RUN does. Updates of lists do not count, but are allowed. */
static bool is_of_zone_only(const struct lint_run *run)
{
	bool any = false;
	for (size_t i = 0; i < run->n_commands; i++) {
		const struct lint_command *c = run->commands[i].inner;
		if (is_of_zone(c))
			any = true;
		else if (!refreshes(c))
			return false;
	}
	return any && run->n_mounts == 0 && run->in->n_flags == 0;
}

static const struct lint_run *run_at(const struct lint_file *f, size_t i,
				     const struct lint_run *before)
{
	if (i >= f->n_runs)
		return NULL;
	const struct lint_run *run = &f->runs[i];
	bool next = !before || run->outer->index == before->outer->index + 1;
	return next && run->outer == run->in && is_of_zone_only(run) ? run
								     : NULL;
}

static int check(const struct lint_file *f, struct lint_out *out,
		 struct err *err)
{
	for (size_t i = 0; i < f->n_runs;) {
		const struct lint_run *first = run_at(f, i, NULL),
				      *last = first;
		size_t n = 0;
		while (last) {
			const struct lint_run *next = run_at(f, i + ++n, last);
			if (!next)
				break;
			last = next;
		}
		i += n ? n : 1;
		if (n < 2 || !lint_run_ships(f, first))
			continue;
		struct span at =
			span_of(first->outer->at.at, span_end(last->outer->at));
		if (lint_find(out, at, err,
			      "the time zone is set in %zu RUN instructions, "
			      "which makes %zu layers for one file; put them "
			      "in one RUN",
			      n, n) < 0)
			return -1;
	}
	return 0;
}

const struct lint_rule rule_zone_set_in_several_layers = {
	.id = "PARE2005",
	.severity = SEV_INFO,
	.summary = "time zone set in several layers",
	.check_file = check,
};
