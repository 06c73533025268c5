/* SPDX-License-Identifier: Apache-2.0 */
#include "base/chars.h"
#include "base/checked.h"
#include "catalog/catalog.h"
#include "lint/rule.h"
#include "lint/facts/words.h"

static bool is_long(struct str uid)
{
	uint64_t v;
	return uid.n > 5 && str_to_u64(uid, &v);
}

/* -u N, -uN, --uid N, --uid=N, also at the end of a bundle. */
static bool find_uid(const struct lint_command *c, size_t *at)
{
	for (size_t i = 0; i < c->n_args; i++) {
		struct str arg = c->args[i].text, head, uid;
		struct str next =
			i + 1 < c->n_args ? c->args[i + 1].text : STR("");
		bool letter = arg.n > 1 && *arg.p == '-' && arg.p[1] != '-' &&
			      arg.p[arg.n - 1] == 'u';
		*at = i;
		if (str_starts(arg, STR("-u")) && is_long(str_from(arg, 2)))
			return true;
		if (str_cut(arg, '=', &head, &uid) &&
		    lint_word_in(head, "--uid") && is_long(uid))
			return true;
		*at = i + 1;
		if ((letter || lint_word_in(arg, "--uid")) && is_long(next))
			return true;
	}
	return false;
}

/* A record for each UID up to this one: "--uid=4000000000" is 1.2 TB. */
static void weigh(struct finding *f, struct str arg)
{
	const struct catalog_estimate *row =
		catalog_estimate_find("lastlog-record");
	uint64_t uid, bytes;
	while (arg.n && !is_digit(*arg.p))
		arg = str_from(arg, 1);
	if (!row || !str_to_u64(arg, &uid) || ckd_add(&uid, uid, 1) ||
	    ckd_mul(&bytes, uid, row->bytes))
		return;
	lint_finding_bytes(f, bytes, BYTES_ESTIMATE);
	f->basis = row->source;
}

static int check_command(const struct lint_command *c, struct lint_out *out,
			 struct err *err)
{
	size_t at;
	if (!lint_cmd_is(c, "useradd") ||
	    lint_cmd_count_options(c, "l no-log-init") || !find_uid(c, &at))
		return 0;
	struct finding found = lint_finding_at(out, lint_cmd_span(c, at));
	if (lint_run_ships(c->run->file, c->run))
		weigh(&found, c->args[at].text);
	return lint_report(out, &found, err,
			   "useradd with the large uid %s makes "
			   "/var/log/lastlog 292 bytes long for each uid up "
			   "to it, and the layer stores them; add -l",
			   str_quoted(c->args[at].text).text);
}

CHECK_UNWRAPPED(check_command)

const struct lint_rule rule_large_uid_without_no_log_init = {
	.id = "DL3046",
	.severity = SEV_WARN,
	.on_onbuild = true,
	.summary = "useradd with a large uid writes a sparse lastlog",
	.check_run = check_run,
};
