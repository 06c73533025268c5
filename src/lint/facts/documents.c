/* SPDX-License-Identifier: Apache-2.0 */
/* Scripts in heredocs that neither the builder nor the shell of the RUN reads.
 *
 *	RUN <<EOF bash -e          the body is what bash reads as its input,
 *	  ...                      with the options and in the language of that
 *	EOF                        bash, whatever SHELL says
 *	RUN <<A sh && <<B bash     two documents
 *	COPY <<EOF /run.sh         a file that some container runs
 *	  #!/bin/sh
 *
 * The first two are runs of their own (lint_run.is_document), so every rule
 * about commands sees them; the last is shellcheck's alone, because nothing of
 * it happens while the image is built. */
#include "dockerfile/access.h"
#include "lint/internal.h"

/* Bytes [at, at + n) of a logical text as a text of its own. */
static int cut(const struct df_logical *whole, struct span at, struct arena *a,
	       struct df_logical *out, struct err *err)
{
	struct df_seg *segs =
		arena_array(a, (size_t)whole->n_segs + 1, sizeof *segs, err);
	uint32_t n = 0;
	if (!segs)
		return -1;
	for (uint32_t i = 0; i < whole->n_segs; i++) {
		uint32_t from = whole->segs[i].logical;
		uint32_t to = i + 1 < whole->n_segs ? whole->segs[i + 1].logical
						    : (uint32_t)whole->text.n;
		if (to <= at.at || from >= span_end(at))
			continue;
		from = MAX(from, at.at);
		segs[n++] =
			(struct df_seg){ from - at.at,
					 dockerfile_logical_at(whole, from) };
	}
	*out = (struct df_logical){ .text = span_str(whole->text, at),
				    .segs = segs,
				    .n_segs = n };
	return 0;
}

/* POSIX first, bash where that is asked for or where sh may be one. */
static int parse(struct lint_run *doc, struct arena *a, struct err *err)
{
	const char *name = doc->shell_is.name;
	struct df_run *r = &doc->run;
	if (!name)
		return 0;
	bool bash = strcmp(name, "bash") == 0 || strcmp(name, "ksh") == 0 ||
		    strcmp(name, "zsh") == 0;
	if (shell_parse(r->script.text, bash ? SH_BASH : SH_POSIX, a, &r->sh,
			err) < 0)
		return -1;
	return r->sh.readable || bash
		       ? 0
		       : shell_parse(r->script.text, SH_BASH, a, &r->sh, err);
}

/* A shell without a script among its arguments reads its standard input:
 * `bash`, `bash -eux`, `sh -s -- x`, but not `bash -c ...` or `bash x.sh`.
 *
 * "bash -o pipefail" reads its input, though "pipefail" stands like a script:
 * the word behind -o is its name. */
static bool reads_input(const struct lint_command *c)
{
	bool named = false;
	for (size_t i = 0; i < c->n_args; i++) {
		struct str w = c->args[i].text;
		if (named) {
			named = false;
			continue;
		}
		if (w.n == 1 && *w.p == '-')
			continue;
		if (w.n == 0 || (*w.p != '-' && *w.p != '+'))
			return false;
		if (w.n > 1 && w.p[1] == '-')
			continue;
		if (str_has(w, 'c'))
			return false;
		if (str_has(w, 's'))
			return true;
		named = str_has(w, 'o');
	}
	return true;
}

static int shell_of(const struct lint_command *c, struct arena *a,
		    struct lint_shell *out, struct err *err)
{
	struct str *words = arena_array(a, c->n_args + 1, sizeof *words, err);
	if (!words)
		return -1;
	words[0] = c->name.text;
	for (size_t i = 0; i < c->n_args; i++)
		words[i + 1] = c->args[i].text;
	*out = lint_shell_read(words, c->n_args + 1);
	return 0;
}

/* The heredoc that is the command's standard input: the last one counts. */
static const struct sh_redirect *input_of(const struct sh_node *node)
{
	const struct sh_redirect *input = NULL;
	for (size_t i = 0; i < node->n_redirects; i++) {
		const struct sh_redirect *r = &node->redirects[i];
		if (r->is_heredoc && r->fd <= 0)
			input = r;
	}
	return input;
}

/* The outer shell puts values into a heredoc whose name has no quotes. */
static bool is_literal(const struct sh_redirect *r, struct str body)
{
	for (size_t i = 0; !r->quoted && i < body.n; i++)
		if (strchr("$`\\", body.p[i]))
			return false;
	return true;
}

static int add_document(struct lint_file *f, const struct lint_run *run,
			const struct lint_command *c, struct err *err)
{
	const struct sh_redirect *input = input_of(c->node);
	struct lint_shell shell;
	if (!input || !c->inner->name.known || !reads_input(c->inner))
		return 0;
	if (shell_of(c->inner, f->arena, &shell, err) < 0)
		return -1;
	if (!shell.name)
		return 0;
	struct lint_run *doc = &f->runs[f->n_runs];
	*doc = *run;
	doc->shell_is = shell;
	doc->is_document = true;
	doc->run = (struct df_run){ .form = DF_RUN_HEREDOC };
	doc->commands = NULL;
	doc->n_commands = doc->n_sets = 0;
	if (cut(&run->run.script, input->body.at, f->arena, &doc->run.script,
		err) < 0 ||
	    parse(doc, f->arena, err) < 0 ||
	    lint_read_commands(doc, f->arena, err) < 0)
		return -1;
	doc->literal = is_literal(input, doc->run.script.text);
	f->n_runs++;
	return 0;
}

int lint_read_documents(struct lint_file *f, const struct lint_run *run,
			struct err *err)
{
	size_t added = 0;
	if (run->run.form != DF_RUN_SHELL || run->in->n_heredocs == 0)
		return 0;
	for (size_t i = 0; i < run->n_commands; i++) {
		size_t before = f->n_runs;
		/* Each heredoc of the line has room for one. */
		if (added == run->in->n_heredocs)
			break;
		if (run->commands[i].node &&
		    add_document(f, run, &run->commands[i], err) < 0)
			return -1;
		added += f->n_runs - before;
	}
	return 0;
}

/* --- COPY ----------------------------------------------------------------- */

/* The builder expands $NAME in a body whose name has no quotes; a script that
 * has one is then another one than what stands there. */
static int add_copied(struct lint_file *f, const struct df_instr *in,
		      const struct df_heredoc *h, struct err *err)
{
	struct str body = span_str(f->df->text, h->body);
	struct df_seg *seg = arena_alloc(f->arena, sizeof *seg, err);
	if (!seg)
		return -1;
	*seg = (struct df_seg){ 0, h->body.at };
	if (!str_starts(body, STR("#!")) || h->strip_tabs ||
	    (h->expand && (str_has(body, '$') || str_has(body, '\\'))))
		return 0;
	struct lint_run *s = &f->copied_scripts[f->n_copied_scripts++];
	*s = (struct lint_run){
		.file = f,
		.in = in,
		.outer = in,
		.stage = dockerfile_graph_stage_of(f->graph, in->index),
		.shell_is = lint_shell_of_shebang(
			(struct str){ body.p + 2, str_find(body, '\n') - 2 }),
		.is_document = true,
		.literal = true,
		.run = { .form = DF_RUN_FILE,
			 .script = { .text = body, .segs = seg, .n_segs = 1 } },
	};
	return 0;
}

int lint_read_copied_scripts(struct lint_file *f, struct err *err)
{
	size_t n = 0;
	for (size_t i = 0; i < f->df->n_instrs; i++)
		n += f->df->instrs[i]->n_heredocs;
	f->copied_scripts =
		arena_array(f->arena, n, sizeof *f->copied_scripts, err);
	if (!f->copied_scripts)
		return -1;
	for (size_t i = 0; n && i < f->df->n_instrs; i++) {
		const struct df_instr *in = f->df->instrs[i];
		if (!(in->kind & (DF_COPY | DF_ADD)) || in->bad)
			continue;
		for (size_t k = 0; k < in->n_heredocs; k++)
			if (add_copied(f, in, &in->heredocs[k], err) < 0)
				return -1;
	}
	return 0;
}
