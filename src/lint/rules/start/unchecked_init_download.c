/* SPDX-License-Identifier: Apache-2.0 */
/* The one binary that runs as PID 1, or as root before the user is switched,
 * taken from the net as it comes. A checksum anywhere in the RUN is believed to
 * be of this download; an archive is left to other rules. */
#include "dockerfile/access.h"
#include "base/chars.h"
#include "lint/rule.h"
#include "lint/rules/cache/cache.h"
#include "lint/facts/image_path.h"
#include "lint/rules/start/entrypoint.h"

/* An architecture, or a variable that may be one, in the last part.
 *
 * A name without either is a binary of one architecture, mostly amd64: in an
 * image for arm64 it fails when the container starts, and no build tells. */
static bool names_architecture(struct str name)
{
	static const char *const words[] = { "amd64",	"x86_64", "arm64",
					     "aarch64", "armhf",  "armel",
					     "i386",	"ppc64",  "s390x" };
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		for (size_t k = 0; k < name.n; k++)
			if (str_starts(str_from(name, k), str_of(words[i])))
				return true;
	return str_find(name, '$') < name.n;
}

static int tell(const struct lint_file *f, const struct df_instr *in,
		struct str raw, struct span at, const char *how,
		struct lint_out *out, struct err *err)
{
	struct str url;
	if (lint_place_text(f, in, raw, &url, err) < 0)
		return -1;
	struct str name = lint_place_of_url(url);
	if (!lint_place_is_url(url) || !lint_is_init_name(name) ||
	    lint_place_is_archive(name))
		return 0;
	bool any = !names_architecture(lint_place_of_url(raw));
	return lint_find(out, at, err,
			 "%.*s is downloaded without a check%s, and it runs "
			 "before the program; %s, install the distribution's "
			 "package, or use pare-init, which does the same",
			 STR_ARG(name),
			 any ? ", for one architecture only" : "", how);
}

static int check_instr(const struct lint_file *f, const struct df_instr *in,
		       struct lint_out *out, struct err *err)
{
	size_t n;
	const struct df_word *w = dockerfile_copy_sources(in, &n);
	if (dockerfile_flag(in, "checksum"))
		return 0;
	for (size_t i = 0; i < n; i++)
		if (tell(f, in, w[i].text, w[i].at,
			 "give ADD --checksum=sha256:...", out, err) < 0)
			return -1;
	return 0;
}

static bool verifies(const struct lint_run *run)
{
	for (size_t i = 0; i < run->n_commands; i++) {
		const struct lint_command *c = run->commands[i].inner;
		if (lint_cmd_is(c, "sha256sum sha512sum sha1sum shasum "
				   "openssl gpg gpgv cosign minisign "
				   "signify"))
			return true;
	}
	return false;
}

static int check_run(const struct lint_file *f, const struct lint_run *run,
		     struct lint_out *out, struct err *err)
{
	if (verifies(run))
		return 0;
	for (size_t i = 0; i < run->n_commands; i++) {
		const struct lint_command *c = run->commands[i].inner;
		for (size_t k = 0; lint_cmd_is(c, "curl wget") && k < c->n_args;
		     k++)
			if (tell(f, run->outer, c->args[k].text, c->args[k].at,
				 "compare it with sha256sum --check", out,
				 err) < 0)
				return -1;
	}
	return 0;
}

const struct lint_rule rule_unchecked_init_download = {
	.id = "PARE7007",
	.severity = SEV_INFO,
	.on = DF_ADD,
	.summary = "init or user switcher downloaded without a check",
	.check_instr = check_instr,
	.check_run = check_run,
};
