/* SPDX-License-Identifier: Apache-2.0 */
/* What the shell of a RUN reads, and the way back to the file.
 *
 *	RUN a \              the script is "a  b": two pieces
 *	 b
 *	RUN <<EOF            the script is the body alone
 *	RUN cat <<EOF        the script is the line, the body and the end: the
 *	                     shell reads the heredoc, not the builder
 *
 * The script is a text of its own with a table of segments, so that a span of
 * it can be shown in the file (dockerfile_run_span). */
#include "dockerfile/run.h"

#include "base/chars.h"
#include "dockerfile/heredoc.h"

/* Pieces of the file that make up one text. */
struct build {
	struct arena *a;
	struct df_seg *segs;
	uint32_t n_segs;
	char *to;
	uint32_t n;
};

static void piece(struct build *b, const char *p, size_t n, uint32_t file)
{
	if (n == 0)
		return;
	b->segs[b->n_segs++] = (struct df_seg){ b->n, file };
	memcpy(b->to + b->n, p, n);
	b->n += (uint32_t)n;
}

/* Lines of a heredoc, without the tabs that <<- takes. */
static void body(struct build *b, struct str text, struct span at, bool tabs)
{
	uint32_t end = span_end(at);
	for (uint32_t i = at.at; i < end;) {
		struct str rest = { text.p + i, end - i };
		size_t n = MIN(str_find(rest, '\n') + 1, rest.n), skip = 0;
		while (tabs && skip < n && rest.p[skip] == '\t')
			skip++;
		piece(b, rest.p + skip, n - skip, i + (uint32_t)skip);
		i += (uint32_t)n;
	}
}

static size_t lines(struct str text, struct span at)
{
	size_t n = 1;
	for (uint32_t i = at.at; i < span_end(at); i++)
		n += text.p[i] == '\n';
	return n;
}

static int make_room(struct build *b, const struct dockerfile *df,
		     const struct df_instr *in, struct err *err)
{
	size_t bytes = in->line.text.n + 1, segs = in->line.n_segs + 1;
	for (size_t i = 0; i < in->n_heredocs; i++) {
		const struct df_heredoc *h = &in->heredocs[i];
		bytes += h->body.n + h->end.n + h->name.n + 3;
		segs += lines(df->text, h->body) + 3;
	}
	b->segs = arena_array(b->a, segs, sizeof *b->segs, err);
	b->to = arena_bytes(b->a, bytes, err);
	return b->segs && b->to ? 0 : -1;
}

/* The logical line from `rest` on, piece by piece. */
static void add_line(struct build *b, const struct df_instr *in)
{
	const struct df_logical *l = &in->line;
	size_t from = in->rest.logical, end = from + in->rest.text.n;
	for (uint32_t i = 0; i < l->n_segs; i++) {
		size_t a = l->segs[i].logical;
		size_t z =
			i + 1 < l->n_segs ? l->segs[i + 1].logical : l->text.n;
		a = MAX(a, from);
		z = MIN(z, end);
		if (a < z)
			piece(b, l->text.p + a, z - a,
			      dockerfile_logical_at(l, a));
	}
}

/* Heredocs put back for the shell to read; a line end between is taken from
 * the file. */
static void add_heredocs(struct build *b, const struct dockerfile *df,
			 const struct df_instr *in)
{
	for (size_t i = 0; i < in->n_heredocs; i++) {
		const struct df_heredoc *h = &in->heredocs[i];
		piece(b, "\n", 1, h->body.at ? h->body.at - 1 : 0);
		body(b, df->text, h->body, false);
		piece(b, h->name.p, h->name.n, h->end.at);
	}
}

/* The text borrows nothing from the file, as a heredoc's tabs are taken out of
 * it; the segments lead back. */
static int script(const struct dockerfile *df, const struct df_instr *in,
		  struct arena *a, struct df_run *out, struct err *err)
{
	struct build b = { .a = a };
	struct df_heredoc h;
	struct err none = { 0 };
	if (make_room(&b, df, in, err) < 0)
		return -1;
	int single = in->n_heredocs ? dockerfile_heredoc_word(in->rest.text, a,
							      &h, &none)
				    : 0;
	if (single > 0) {
		const struct df_heredoc *d = &in->heredocs[0];
		body(&b, df->text, d->body, d->strip_tabs);
		out->form = DF_RUN_HEREDOC;
		if (b.n > 1 && b.to[0] == '#' && b.to[1] == '!')
			out->form = DF_RUN_FILE;
	} else {
		add_line(&b, in);
		add_heredocs(&b, df, in);
	}
	out->script.text = (struct str){ b.to, b.n };
	out->script.segs = b.segs;
	out->script.n_segs = b.n_segs;
	return 0;
}

/* ksh and zsh are read with bash's grammar: what they have in common with it is
 * more than what POSIX has. */
static enum df_shell by_name(struct str path)
{
	static const struct {
		const char *name;
		enum df_shell shell;
	} known[] = {
		{ "sh", DF_SHELL_SH },	   { "ash", DF_SHELL_SH },
		{ "dash", DF_SHELL_SH },   { "ksh", DF_SHELL_BASH },
		{ "bash", DF_SHELL_BASH }, { "zsh", DF_SHELL_BASH },
	};
	struct str head;
	while (str_cut(path, '/', &head, &path))
		;
	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (str_eqz(path, known[i].name))
			return known[i].shell;
	return DF_SHELL_OTHER;
}

/* ["/usr/bin/env", "-S", "bash", "-c"]: env's own options are passed over. */
enum df_shell dockerfile_shell_of(const struct df_word *words, size_t n)
{
	size_t i = 0;
	if (n > 1 && (str_ends(words[0].text, STR("/env")) ||
		      str_eqz(words[0].text, "env")))
		for (i = 1;
		     i + 1 < n && words[i].text.n && words[i].text.p[0] == '-';)
			i++;
	return n ? by_name(words[i].text) : DF_SHELL_OTHER;
}

/* "#!/usr/bin/env bash" as the words of a SHELL. */
static enum df_shell of_shebang(struct str text)
{
	struct df_word words[4] = { { .text = STR("") } };
	size_t n = 0, at = 2;
	text.n = str_find(text, '\n');
	while (at < text.n && n < ARRAY_LEN(words)) {
		size_t end = at;
		while (end < text.n && !is_blank(text.p[end]))
			end++;
		if (end > at)
			words[n++].text = (struct str){ text.p + at, end - at };
		at = end + 1;
	}
	return dockerfile_shell_of(words, n);
}

int dockerfile_run_read(const struct dockerfile *df, const struct df_instr *in,
			const struct df_instr *shell, struct arena *a,
			struct df_run *out, struct err *err)
{
	*out = (struct df_run){ .sh.why = "it is no shell script" };
	if (in->form == DF_FORM_JSON || in->bad) {
		out->form =
			in->form == DF_FORM_JSON ? DF_RUN_EXEC : DF_RUN_SHELL;
		return 0;
	}
	if (script(df, in, a, out, err) < 0)
		return -1;
	enum df_shell kind = DF_SHELL_SH;
	if (out->form == DF_RUN_FILE)
		kind = of_shebang(out->script.text);
	else if (shell)
		kind = dockerfile_shell_of(shell->words, shell->n_words);
	if (kind == DF_SHELL_OTHER)
		return 0;
	enum sh_dialect d = kind == DF_SHELL_BASH ? SH_BASH : SH_POSIX;
	if (shell_parse(out->script.text, d, a, &out->sh, err) < 0)
		return -1;
	/* /bin/sh may be bash, and in many images is: a script that POSIX's
	 * grammar does not take is tried as one of bash's before it is called
	 * unreadable. */
	if (out->sh.readable || d == SH_BASH)
		return 0;
	struct sh_script bash;
	if (shell_parse(out->script.text, SH_BASH, a, &bash, err) < 0)
		return -1;
	if (bash.readable)
		out->sh = bash;
	return 0;
}

struct span dockerfile_run_span(const struct df_run *run, struct span at)
{
	return dockerfile_logical_span(&run->script, at.at, span_end(at));
}
