/* SPDX-License-Identifier: Apache-2.0 */
/* su and sudo stay as the parent of the program: docker stop signals them and
 * not the program, which is killed when its time is over. gosu, setpriv and
 * pare-init replace themselves (exec). */
#include "dockerfile/access.h"
#include "lint/rule.h"
#include "lint/facts/image_path.h"
#include "lint/rules/start/entrypoint.h"

static bool switches(struct str name)
{
	return str_eqz(name, "su") || str_eqz(name, "sudo");
}

static int tell(struct lint_out *out, struct span at, struct str script,
		struct str name, struct err *err)
{
	if (script.n == 0)
		script = STR("this");
	return lint_find(out, at, err,
			 "%.*s switches the user with %.*s, which stays the "
			 "program's parent and may not pass signals on; use "
			 "USER, or exec gosu, setpriv or pare-init",
			 STR_ARG(script), STR_ARG(name));
}

/* ["su", ...]: the first word, behind an init. */
static int json_form(const struct lint_file *f, enum df_kind kind,
		     struct lint_out *out, struct err *err)
{
	size_t n;
	const struct df_instr *in = lint_start_instr(f, kind);
	const struct df_word *w = in ? dockerfile_command(in, &n) : NULL;
	if (!w || in->form != DF_FORM_JSON)
		return 0;
	for (size_t i = 0; i < n; i++) {
		struct str base = lint_place_base(w[i].text);
		if (switches(base))
			return tell(out, in->at, (struct str){ 0 }, base, err) <
					       0
				       ? -1
				       : 1;
		if (!lint_is_init_name(base) && !str_eqz(base, "--"))
			return 0;
	}
	return 0;
}

static int check(const struct lint_file *f, struct lint_out *out,
		 struct err *err)
{
	struct start_shell shells[START_SHELLS_MAX];
	size_t n;
	int r = json_form(f, DF_ENTRYPOINT, out, err);
	if (r == 0)
		r = json_form(f, DF_CMD, out, err);
	if (r)
		return r < 0 ? -1 : 0;
	if (lint_start_shells(f, shells, &n, err) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < shells[i].sh.n_commands; k++) {
			struct str name;
			if (lint_start_command(f, &shells[i].sh,
					       shells[i].sh.commands[k], &name,
					       err) < 0)
				return -1;
			if (switches(name))
				return tell(out, shells[i].at, shells[i].name,
					    name, err);
		}
	return 0;
}

const struct lint_rule rule_user_switched_by_su = {
	.id = "PARE7008",
	.severity = SEV_WARN,
	.summary = "user switched with su or sudo at the start",
	.check_file = check,
};
