/* SPDX-License-Identifier: Apache-2.0 */
/* Which files the options name, and what a configuration leaves out. */
#include "work/lint_files.h"

static bool names_stdin(const struct work_lint_options *opt)
{
	for (size_t i = 0; i < opt->names.n; i++)
		if (strcmp(opt->names.v[i], "-") == 0)
			return true;
	return false;
}

int work_lint_targets_find(struct lint_files *f, struct err *err)
{
	const char *cwd[] = { "." };
	const struct work_lint_options *opt = f->opt;
	struct discover_options d = { 0 };
	const struct lint_setup *here;
	if (opt->stdin_name && opt->names.n && !names_stdin(opt))
		return err_set(err, ERR_USAGE,
			       "--stdin-filename %s: standard input (-) is not "
			       "among the files",
			       opt->stdin_name);
	if (work_lint_setup_for(&f->setups, ".", &here, err) < 0)
		return -1;
	const struct lint_config *c = &here->config;
	struct str *lines = arena_array(
		&f->arena, opt->exclude.n + c->n_exclude, sizeof *lines, err);
	if (!lines)
		return -1;
	for (size_t i = 0; i < c->n_exclude; i++)
		lines[d.n_exclude++] = c->exclude[i];
	for (size_t i = 0; i < opt->exclude.n; i++)
		lines[d.n_exclude++] = str_of(opt->exclude.v[i]);
	d.exclude = lines;
	bool none = opt->names.n == 0;
	d.stdin_name = opt->stdin_name;
	if (none && d.stdin_name)
		cwd[0] = "-";
	return lint_discover(none ? cwd : opt->names.v, none ? 1 : opt->names.n,
			     &d, &f->arena, &f->targets, err);
}
