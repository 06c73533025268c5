/* SPDX-License-Identifier: Apache-2.0 */
/*	RUN apt-get install -y gcc
 *	RUN make
 *	RUN apt-get purge -y gcc	the layer of line 1 keeps it
 *	RUN apt-get install -y gcc && make && apt-get purge -y gcc	fine
 *
 * A group (apk --virtual .build) goes by its name. rpm and dpkg are left out:
 * what they remove is often no package of this file. */
#include "lint/rule.h"
#include "lint/rules/content/build_tools.h"
#include "lint/facts/image_path.h"

/* The RUN of another layer, before this one, that installed the package or
 * the group. */
static const struct lint_run *installed_in(const struct lint_file *f,
					   const struct lint_run *run,
					   struct str package)
{
	for (size_t i = f->n_runs; i-- > 0;) {
		const struct lint_run *r = &f->runs[i];
		if (r->outer->index >= run->outer->index ||
		    !lint_run_ships(f, r))
			continue;
		for (size_t k = 0; k < r->n_commands; k++) {
			const struct lint_command *c = r->commands[k].inner;
			if (!lint_cmd_installs(c))
				continue;
			if (str_eq(lint_cmd_group(c), package))
				return r;
			for (size_t j = 1; j < c->n_args; j++)
				if (str_eq(lint_package_name(c->args[j].text),
					   package))
					return r;
		}
	}
	return NULL;
}

/* The RUN installs it itself before it takes it away. */
static bool own(const struct lint_run *run, struct str package)
{
	for (size_t k = 0; k < run->n_commands; k++) {
		const struct lint_command *c = run->commands[k].inner;
		for (size_t j = 1; lint_cmd_installs(c) && j < c->n_args; j++)
			if (str_eq(lint_package_name(c->args[j].text), package))
				return true;
	}
	return false;
}

static int check(const struct lint_file *f, const struct lint_run *run,
		 struct lint_out *out, struct err *err)
{
	if (!lint_run_ships(f, run) || run->outer != run->in)
		return 0;
	for (size_t i = 0; i < run->n_commands; i++) {
		const struct lint_command *c = run->commands[i].inner;
		if (!lint_cmd_uninstalls(c))
			continue;
		for (size_t k = 1; k < c->n_args; k++) {
			struct str p = lint_package_name(c->args[k].text);
			const struct lint_run *r =
				p.n && p.p[0] != '-' && !own(run, p)
					? installed_in(f, run, p)
					: NULL;
			if (!r)
				continue;
			const struct lint_measured *m =
				lint_measured_at(f, r->outer->at.at);
			struct finding found =
				lint_finding_at(out, c->args[k].at);
			if (m && m->known)
				lint_finding_bytes(&found, m->dead,
						   BYTES_MEASURED);
			if (lint_report(
				    out, &found, err,
				    "removing %.*s here frees nothing: the "
				    "layer of line %u keeps it; install, use "
				    "and remove it in one RUN",
				    STR_ARG(p),
				    dockerfile_position(f->df, r->outer->at.at)
					    .line) < 0)
				return -1;
			break;
		}
	}
	return 0;
}

const struct lint_rule rule_package_removed_in_later_layer = {
	.id = "PARE2006",
	.severity = SEV_WARN,
	.summary = "package removed in a later layer than the one it is in",
	.check_run = check,
};
