/* SPDX-License-Identifier: Apache-2.0 */
/* Debian's and Ubuntu's images have a hook that removes package files after
 * each run of apt, so this needs a sign that the hook is not at work. */
#include "lint/rule.h"
#include "lint/rules/cache/cache.h"
#include "lint/facts/image_path.h"

static const struct lint_base *base_of(const struct lint_file *f,
				       const struct lint_run *run)
{
	bool inside = run->stage != DF_NO_STAGE && f->bases;
	return inside ? f->bases[run->stage] : NULL;
}

/* apt is told to keep them: in a file of its configuration, or by an option
 * of one command. */
static bool keeps_packages(struct str text)
{
	return lint_has_word(text, STR("Keep-Downloaded-Packages")) &&
	       (lint_has_word(text, STR("true")) ||
		lint_has_word(text, STR("1")));
}

/* The first instruction that ships and switches the hook off; n_instrs. */
static uint32_t find_hook_off(const struct lint_file *f)
{
	for (uint32_t i = 0; i < f->df->n_instrs; i++) {
		struct str text = f->df->instrs[i]->line.text;
		if (lint_ships(f, f->df->instrs[i]) &&
		    (lint_has_word(text, STR("docker-clean")) ||
		     (keeps_packages(text) &&
		      lint_has_word(text, STR("apt.conf")))))
			return i;
	}
	return (uint32_t)f->df->n_instrs;
}

/* The RUN itself or an earlier instruction that ships switched the hook
 * off. */
static bool hook_is_off(const struct lint_file *f, const struct df_instr *in)
{
	if (!f->memo->has_hook_off)
		f->memo->hook_off = find_hook_off(f);
	f->memo->has_hook_off = true;
	if (f->memo->hook_off < in->index)
		return true;
	return lint_has_word(in->line.text, STR("docker-clean")) ||
	       keeps_packages(in->line.text);
}

static bool runs_apt(const struct lint_run *run)
{
	for (size_t i = 0; i < run->n_commands; i++) {
		const struct lint_command *c = run->commands[i].inner;
		if (lint_cmd_is(c, catalog_apt.programs))
			return true;
	}
	return false;
}

static int check(const struct lint_file *f, const struct lint_run *run,
		 struct lint_out *out, struct err *err)
{
	const struct lint_base *b = base_of(f, run);
	if (!runs_apt(run))
		return 0;
	bool keeps = b && b->manager &&
		     str_eqz(str_of(b->manager), catalog_apt.name) &&
		     !b->cleans_archives;
	uint64_t bytes;
	keeps |= lint_run_measured(f, run, "apt-archives", &bytes) && bytes;
	if (!keeps && !hook_is_off(f, run->in))
		return 0;
	return lint_cache_rule(f, run, "apt-archives", out, err);
}

const struct lint_rule rule_apt_archives_kept = {
	.id = "PARE1001",
	.severity = SEV_WARN,
	.summary = "apt leaves package files in the layer",
	.check_run = check,
};
