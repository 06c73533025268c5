/* SPDX-License-Identifier: Apache-2.0 */
#include "context/commands/reading_commands.h"

#include "context/commands/ignored_status.h"
#include "dockerfile/access.h"
#include "dockerfile/run.h"

enum { WORDS_MAX = 64 };

/* A simple command, its words as they are written: "$X" is one that equals no
 * name, so what stands in a variable is never blanked by mistake. */
struct command {
	const struct sh_script *s;
	const struct sh_node *node;
	struct str words[WORDS_MAX]; /* as written, quotes taken off */
	struct span at[WORDS_MAX];
	size_t n;
};

/* "/usr/bin/rm": "rm". */
static struct str base_of(struct str path)
{
	struct str head, rest = path;
	while (str_cut(rest, '/', &head, &rest))
		;
	return rest;
}

static bool is_one_of(struct str word, const char *list)
{
	struct str rest = str_of(list), one;
	for (bool more = true; more;) {
		more = str_cut(rest, ' ', &one, &rest);
		if (str_eq(word, more ? one : rest))
			return true;
	}
	return false;
}

/* Takes off quotes around a whole word; those inside one stay, and such a word
 * matches nothing below. */
static struct str unquoted(struct str w)
{
	bool quoted = w.n >= 2 && (w.p[0] == '"' || w.p[0] == '\'') &&
		      w.p[w.n - 1] == w.p[0];
	return quoted ? (struct str){ w.p + 1, w.n - 2 } : w;
}

/* False: its words run other commands ($(...), `...`), whose names would be
 * blanked together with it, or there are too many. Leaves out sudo and the like
 * in front. */
static bool command_read(const struct sh_script *s, const struct sh_node *node,
			 struct command *c)
{
	*c = (struct command){ .s = s, .node = node };
	for (size_t i = 0; i < node->n_words; i++) {
		const struct sh_word *w = &node->words[i];
		for (size_t k = 0; k < w->n_parts; k++)
			if (w->parts[k].kind == SH_COMMAND ||
			    w->parts[k].kind == SH_RAW)
				return false;
		if (c->n == WORDS_MAX)
			return false;
		struct str text = unquoted(span_str(s->text, w->at));
		if (c->n == 0 && is_one_of(text, "sudo exec command time"))
			continue;
		c->words[c->n] = text;
		c->at[c->n++] = w->at;
	}
	return c->n > 0;
}

/* A short option in any bundle (-rf), or the long one. */
static bool has_option(const struct command *c, char letter, const char *name)
{
	for (size_t i = 1; i < c->n; i++) {
		struct str w = c->words[i];
		if (str_eqz(w, name) ||
		    (w.n > 1 && w.p[0] == '-' && w.p[1] != '-' &&
		     str_find(w, letter) < w.n))
			return true;
	}
	return false;
}

static void blank(char *text, struct span at)
{
	memset(text + at.at, ' ', at.n);
}

/* --- find ----------------------------------------------------------------- */

/* Where the expression of a find begins: behind the directories that it starts
 * from. */
static size_t find_expression(const struct command *c)
{
	size_t i = 1;
	while (i < c->n && c->words[i].n &&
	       (is_one_of(c->words[i], "-H -L -P") ||
		!strchr("-(!\\", c->words[i].p[0])))
		i++;
	return i;
}

/* What it finds is removed, listed or given another owner, not read: by itself,
 * by its -exec, or by the xargs that it is piped into. */
static bool find_reads_nothing(const struct command *c)
{
	static const char idle[] = "rm rmdir unlink chmod chown chgrp touch ls "
				   "stat echo du";
	const struct sh_node *next =
		c->node->op == SH_OP_PIPE ? c->node->next : NULL;
	struct command to;
	for (size_t i = 1; i < c->n; i++)
		if (is_one_of(c->words[i], "-exec -execdir -ok -okdir") &&
		    (i + 1 == c->n ||
		     !is_one_of(base_of(c->words[i + 1]), idle)))
			return false;
	if (!next)
		return true;
	if (next->kind != SH_SIMPLE || !command_read(c->s, next, &to) ||
	    !is_one_of(base_of(to.words[0]), "xargs"))
		return false;
	for (size_t i = 1; i < to.n; i++)
		if (is_one_of(base_of(to.words[i]), idle))
			return true;
	return false;
}

/* The names in the expression need not be there ("find . -name .git"); a
 * directory that it starts from has to, unless the status is ignored. */
static void blank_find(const struct command *c, char *text)
{
	size_t from = context_status_is_ignored(c->s, c->node)
			      ? 1
			      : find_expression(c);
	for (size_t i = from; i < c->n; i++)
		blank(text, c->at[i]);
}

/* --- any command ---------------------------------------------------------- */

/* tar --exclude=.git, rsync --exclude .git, grep --exclude-dir .git. The word
 * behind a bare option is its value, unless the option is made of a variable
 * and may bring the value itself. */
static void blank_excludes(const struct command *c, char *text)
{
	for (size_t i = 1; i < c->n; i++) {
		struct str w = c->words[i];
		if (!str_starts(w, STR("--exclude")))
			continue;
		blank(text, c->at[i]);
		bool apart = str_find(w, '=') == w.n;
		if (apart && i + 1 < c->n && str_find(w, '$') == w.n)
			blank(text, c->at[++i]);
	}
}

/* Succeeds whether or not what it names is there, and does not read it. */
static bool succeeds_without(const struct command *c)
{
	struct str name = base_of(c->words[0]);
	if (is_one_of(name, "rm"))
		return has_option(c, 'f', "--force");
	if (is_one_of(name, "mkdir"))
		return has_option(c, 'p', "--parents");
	return is_one_of(name, "touch echo printf");
}

static bool only_inspects(const struct command *c)
{
	return is_one_of(base_of(c->words[0]),
			 "rm rmdir unlink shred test [ ls stat du chown chmod "
			 "chgrp");
}

/* Worked example: RUN tar --exclude=.git -cf a.tar . && rm -rf .git
 *
 *   tar   reads files, and stays; its --exclude=.git is blanked
 *   rm    has -f and is blanked as a whole
 *
 *   tar                -cf a.tar . &&             "&&" is no word of either
 *
 * So .git is not mentioned: the build does without it. */
static void blank_command(const struct sh_script *s, const struct sh_node *node,
			  char *text)
{
	struct command c;
	if (!command_read(s, node, &c))
		return;
	if (is_one_of(base_of(c.words[0]), "find")) {
		if (find_reads_nothing(&c))
			blank_find(&c, text);
		return;
	}
	blank_excludes(&c, text);
	if (succeeds_without(&c) ||
	    (only_inspects(&c) && context_status_is_ignored(s, node)))
		for (size_t i = 0; i < c.n; i++)
			blank(text, c.at[i]);
}

/* [[ -d .git ]] is no simple command but a node that the parser leaves whole;
 * blanked like one, unless it runs commands itself. */
static void blank_opaque(const struct sh_script *s, const struct sh_node *node,
			 char *text)
{
	for (; node; node = node->next) {
		blank_opaque(s, node->child, text);
		struct str t = span_str(s->text, node->at);
		if (node->kind == SH_OPAQUE && str_starts(t, STR("[[")) &&
		    str_find(t, '`') == t.n && !str_contains(t, STR("$(")) &&
		    context_status_is_ignored(s, node))
			blank(text, node->at);
	}
}

/* Adds the text and blanks it there; blanks keep every offset, so spans of the
 * script stay true. */
static int add_script(const struct sh_script *s, struct buf *out,
		      struct err *err)
{
	size_t at = out->n;
	if (buf_str_add(out, s->text, err) < 0)
		return -1;
	if (!s->readable || s->text.n == 0)
		return 0;
	char *text = (char *)out->p + at;
	for (size_t i = 0; i < s->n_commands; i++)
		if (s->commands[i]->kind == SH_SIMPLE)
			blank_command(s, s->commands[i], text);
	blank_opaque(s, s->root, text);
	return 0;
}

/* --- instructions --------------------------------------------------------- */

/* Nothing is known of the commands: adds the instruction as it is written. */
static int add_raw(const struct dockerfile *df, const struct df_instr *in,
		   struct buf *out, struct err *err)
{
	if (buf_str_add(out, in->rest.text, err) < 0 ||
	    buf_byte(out, '\n', err) < 0)
		return -1;
	for (size_t i = 0; i < in->n_heredocs; i++)
		if (buf_str_add(out, span_str(df->text, in->heredocs[i].body),
				err) < 0)
			return -1;
	return 0;
}

/* ["sh", "-c", "..."] is a script, ["rm", "-rf", "x"] a command. */
static int add_exec(const struct dockerfile *df, const struct df_instr *in,
		    struct arena *a, struct buf *out, struct err *err)
{
	size_t n;
	const struct df_word *w = dockerfile_command(in, &n);
	struct sh_script s;
	if (n == 3 && is_one_of(base_of(w[0].text), "sh bash ash dash") &&
	    is_one_of(w[1].text, "-c -ec -exc -lc")) {
		if (shell_parse(w[2].text, SH_BASH, a, &s, err) < 0)
			return -1;
		return s.readable ? add_script(&s, out, err)
				  : add_raw(df, in, out, err);
	}
	/* No shell reads this rm: its words are its own, quotes and all. */
	bool removes = n > 1 && is_one_of(base_of(w[0].text), "rm");
	for (size_t i = 1; removes && i < n; i++)
		if (w[i].text.n > 1 && w[i].text.p[0] == '-' &&
		    (str_find(w[i].text, 'f') < w[i].text.n))
			return 0;
	return add_raw(df, in, out, err);
}

int context_add_reading_commands(const struct dockerfile *df,
				 const struct df_instr *in,
				 const struct df_instr *shell, struct buf *out,
				 struct err *err)
{
	scoped(arena_done) struct arena a = { 0 };
	struct df_run run;
	if (in->bad)
		return add_raw(df, in, out, err);
	if (dockerfile_run_read(df, in, shell, &a, &run, err) < 0)
		return -1;
	if (run.form == DF_RUN_EXEC)
		return add_exec(df, in, &a, out, err);
	if (!run.sh.readable)
		return add_raw(df, in, out, err);
	return add_script(&run.sh, out, err);
}
