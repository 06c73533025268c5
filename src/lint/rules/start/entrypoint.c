/* SPDX-License-Identifier: Apache-2.0 */
/* What the container starts: the last ENTRYPOINT and CMD that ship, and the
 * script they name, when a COPY or a heredoc of the file brought it. */
#include "lint/rules/start/entrypoint.h"

#include "dockerfile/access.h"
#include "base/chars.h"
#include "lint/rules/cache/cache.h"
#include "lint/facts/copies.h"
#include "lint/facts/image_path.h"
#include "lint/facts/users.h"
#include "lint/rules/copy/context_source.h"
#include "lint/rules/layer/layer_writes.h"

/* The last one of a kind replaces those before it, in the stage and in those
 * below it. */
const struct df_instr *lint_start_instr(const struct lint_file *f,
					enum df_kind kind)
{
	return lint_last_instr(f, f->target, kind);
}

/* A shell's script alone: python's and node's are read by nobody here. */
static bool is_script(struct str text)
{
	struct str line = text;
	str_cut(text, '\n', &line, &text);
	return str_starts(line, STR("#!")) &&
	       (lint_has_word(line, STR("sh")) ||
		lint_has_word(line, STR("bash")) ||
		lint_has_word(line, STR("ash")) ||
		lint_has_word(line, STR("dash")));
}

int lint_start_script(const struct lint_file *f, struct start_script *out,
		      struct err *err)
{
	static const enum df_kind kinds[] = { DF_ENTRYPOINT, DF_CMD };
	for (size_t k = 0; k < ARRAY_LEN(kinds); k++) {
		int r = lint_start_file(f, kinds[k], out, err);
		if (r < 0 || (r > 0 && is_script(out->text)))
			return r;
	}
	return 0;
}

static int add_shell(const struct lint_file *f, struct start_shell *s,
		     struct str text, const struct df_instr *in, struct span at,
		     size_t *n, struct err *err)
{
	if (shell_parse(text, SH_BASH, f->arena, &s->sh, err) < 0)
		return -1;
	s->in = in;
	s->at = at;
	*n += s->sh.readable;
	return 0;
}

/* The text that ENTRYPOINT or CMD gives to a shell; empty: none.
 *
 * ["sh", "-c", "a && b"] and the shell form are the same question. */
static struct str shell_text(const struct df_instr *in)
{
	size_t n;
	const struct df_word *w = dockerfile_command(in, &n);
	if (n && in->form != DF_FORM_JSON)
		return w[0].text;
	for (size_t i = 0; i + 2 < n; i++) {
		struct str base = lint_place_base(w[i].text);
		if ((str_eqz(base, "sh") || str_eqz(base, "bash") ||
		     str_eqz(base, "ash")) &&
		    str_ends(w[i + 1].text, STR("c")) &&
		    w[i + 1].text.p[0] == '-')
			return w[i + 2].text;
	}
	return (struct str){ 0 };
}

/* At most three texts: what ENTRYPOINT and CMD give a shell, and the script
 * that is started. One that could not be read is not counted. */
int lint_start_shells(const struct lint_file *f,
		      struct start_shell out[START_SHELLS_MAX], size_t *n,
		      struct err *err)
{
	static const enum df_kind kinds[] = { DF_ENTRYPOINT, DF_CMD };
	struct start_script script;
	*n = 0;
	memset(out, 0, START_SHELLS_MAX * sizeof *out);
	for (size_t k = 0; k < ARRAY_LEN(kinds); k++) {
		const struct df_instr *in = lint_start_instr(f, kinds[k]);
		struct str text = in ? shell_text(in) : (struct str){ 0 };
		if (text.n &&
		    add_shell(f, &out[*n], text, in, in->at, n, err) < 0)
			return -1;
	}
	int r = lint_start_script(f, &script, err);
	if (r <= 0)
		return r;
	out[*n].name = lint_place_base(script.name);
	return add_shell(f, &out[*n], script.text, script.in, script.at, n,
			 err);
}

int lint_start_command(const struct lint_file *f, const struct sh_script *sh,
		       const struct sh_node *node, struct str *name,
		       struct err *err)
{
	*name = (struct str){ 0 };
	for (size_t i = 0; i < node->n_words; i++) {
		scoped(buf_done) struct buf b = BUF_INIT(4096);
		if (!shell_word_text(sh, &node->words[i], &b))
			return 0;
		struct str text = buf_str(&b);
		if (str_eqz(text, "exec") || str_eqz(text, "nohup"))
			continue;
		return arena_str(f->arena, lint_place_base(text), name, err);
	}
	return 0;
}
