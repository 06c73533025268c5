/* SPDX-License-Identifier: Apache-2.0 */
/* Grammar of the shell (POSIX.1-2024 XCU 2.10.2): lists, pipelines, simple
 * commands. Compound commands are in compound.c, redirections in redirect.c.
 *
 * Recursive descent without a token stream: the shell's lexer depends on the
 * grammar (`do` is a word of echo, `#` inside a word is a character), so each
 * function looks at the text where it needs to. Invariants, for all files of
 * the parser:
 *
 * - p->at <= p->end, and a function that succeeds leaves p->at behind what it
 *   read; one that fails leaves p->failed set, and nobody goes on.
 * - Nodes refer to the text by spans alone; nothing of it is copied.
 * - Every recursion passes shell_deeper, so that `((((...` of 4 MiB ends at
 *   SH_DEPTH_MAX and not at the end of the stack.
 *
 * For `a && b | c; d` the tree is
 *
 *	LIST( AND_OR( SIMPLE a, PIPELINE(SIMPLE b, SIMPLE c) ), SIMPLE d )
 *
 * where a chain of one element is that element: no AND_OR stands around d. */
#include "base/chars.h"
#include "shell/internal.h"

/* Only the first reason is kept: what follows it is a consequence. */
bool shell_fail(struct sh_parser *p, const char *why)
{
	if (!p->failed && !p->err->code) {
		p->s->bad = (struct span){ (uint32_t)p->at, 0 };
		p->s->why = why;
	}
	p->failed = true;
	return false;
}

bool shell_deeper(struct sh_parser *p)
{
	return ++p->depth <= SH_DEPTH_MAX || shell_fail(p, "nested too deeply");
}

/* NUL where the text ends; the text has none (shell_parse refuses it), so NUL
 * needs no other test. */
char shell_look(const struct sh_parser *p, size_t ahead)
{
	return ahead < p->end - p->at ? p->text.p[p->at + ahead] : 0;
}

bool shell_starts(const struct sh_parser *p, const char *z)
{
	size_t n = strlen(z);
	return n <= p->end - p->at && memcmp(p->text.p + p->at, z, n) == 0;
}

/* XCU 2.3: what delimits a token when it is not quoted. strchr finds the NUL,
 * too, which is the end of the text. */
bool shell_is_meta(char c)
{
	return strchr(" \t\n;&|<>()", c) != NULL;
}

/* A backslash and a line end vanish before tokens are made (XCU 2.2.1). A #
 * begins a comment here because this is only called where a token may begin. */
void shell_blanks(struct sh_parser *p)
{
	while (p->at < p->end) {
		if (shell_look(p, 0) == ' ' || shell_look(p, 0) == '\t')
			p->at++;
		else if (shell_starts(p, "\\\n"))
			p->at += 2;
		else
			break;
	}
	if (shell_look(p, 0) == '#')
		while (p->at < p->end && shell_look(p, 0) != '\n')
			p->at++;
}

struct sh_node *shell_new(struct sh_parser *p, enum sh_kind kind)
{
	struct sh_node *n = arena_alloc(p->a, sizeof *n, p->err);
	if (!n) {
		shell_fail(p, "no memory");
		return NULL;
	}
	n->kind = kind;
	n->at.at = (uint32_t)p->at;
	n->in_heredoc = p->in_heredoc;
	return n;
}

struct sh_word *shell_add_word(struct sh_parser *p, struct sh_word **words,
			       size_t *n, size_t *cap)
{
	if (arena_grow(p->a, words, *n, cap, sizeof **words, p->err) < 0) {
		shell_fail(p, "no memory");
		return NULL;
	}
	return &(*words)[(*n)++];
}

/* The word at p->at when it is plain characters: for reserved words. */
struct str shell_plain(const struct sh_parser *p)
{
	size_t n = 0;
	while (p->at + n < p->end && !shell_is_meta(p->text.p[p->at + n]))
		if (strchr("\\'\"$`", p->text.p[p->at + n++]))
			return STR("");
	/* An empty buffer has no address to add to. */
	return n ? (struct str){ p->text.p + p->at, n } : STR("");
}

bool shell_accept(struct sh_parser *p, const char *reserved)
{
	shell_blanks(p);
	if (!str_eqz(shell_plain(p), reserved))
		return false;
	p->at += strlen(reserved);
	return true;
}

/* --- simple commands ------------------------------------------------------ */

/* Length of NAME= (bash: NAME+=, NAME[x]=) at p->at, or 0. */
static size_t assignment(const struct sh_parser *p)
{
	size_t n = 0;
	while (is_alpha(shell_look(p, n)) || shell_look(p, n) == '_' ||
	       (n && is_digit(shell_look(p, n))))
		n++;
	if (n == 0)
		return 0;
	if (p->bash && shell_look(p, n) == '[')
		while (shell_look(p, n) && !shell_is_meta(shell_look(p, n)) &&
		       shell_look(p, n++) != ']')
			;
	if (p->bash && shell_look(p, n) == '+')
		n++;
	return shell_look(p, n) == '=' ? n + 1 : 0;
}

/* Commands are recorded as they are met, which is not the order of the text
 * where a heredoc's body is read late: shell_parse sorts them at the end. */
static bool add_command(struct sh_parser *p, struct sh_node *n)
{
	struct sh_script *s = p->s;
	if (p->no_record)
		return true;
	if (s->n_commands == SH_COMMANDS_MAX) {
		err_set(p->err, ERR_LIMIT, "a script of more than %d commands",
			SH_COMMANDS_MAX);
		return shell_fail(p, "too many commands");
	}
	if (arena_grow(p->a, &s->commands, s->n_commands, &s->cap_commands,
		       sizeof *s->commands, p->err) < 0)
		return shell_fail(p, "no memory");
	s->commands[s->n_commands++] = n;
	return true;
}

/* XCU 2.10.2 rule 7: NAME=... is an assignment only in front of the command's
 * name; `env A=1` has a word. */
static bool simple_piece(struct sh_parser *p, struct sh_node *n)
{
	struct sh_word *w;
	if (n->n_words == 0 && assignment(p))
		w = shell_add_word(p, &n->assigns, &n->n_assigns,
				   &n->cap_assigns);
	else
		w = shell_add_word(p, &n->words, &n->n_words, &n->cap_words);
	return w && shell_read_word(p, w);
}

/* Words, assignments and redirections in any order; NAME followed by ( turns
 * it into the definition of a function (XCU 2.9.5). */
struct sh_node *shell_simple(struct sh_parser *p)
{
	struct sh_node *n = shell_new(p, SH_SIMPLE);
	if (!n || !add_command(p, n))
		return NULL;
	for (;;) {
		int r = shell_redirection(p, n);
		char c = shell_look(p, 0);
		bool group = p->bash && (c == '<' || c == '>') &&
			     shell_look(p, 1) == '(';
		if (r < 0)
			return NULL;
		if (r == 0 && shell_is_meta(c) && !group)
			break;
		if (r == 0 && !simple_piece(p, n))
			return NULL;
		n->at = span_of(n->at.at, (uint32_t)p->at);
		shell_blanks(p);
	}
	if (n->n_words + n->n_assigns + n->n_redirects == 0) {
		shell_fail(p, "a command is missing");
		return NULL;
	}
	if (shell_look(p, 0) == '(' && n->n_words == 1 && !n->n_assigns &&
	    !n->n_redirects)
		return shell_function(p, n);
	if (shell_look(p, 0) == '(') {
		shell_fail(p, "( stands wrong");
		return NULL;
	}
	return n;
}

/* --- pipelines and lists -------------------------------------------------- */

void shell_adopt(struct sh_node *parent, struct sh_node **last,
		 struct sh_node *child)
{
	child->parent = parent;
	if (*last)
		(*last)->next = child;
	else
		parent->child = child;
	*last = child;
}

static void set_op(struct sh_parser *p, struct sh_node *n, enum sh_op op,
		   size_t length)
{
	n->op = op;
	n->op_at = (struct span){ (uint32_t)p->at, (uint32_t)length };
	p->at += length;
}

/* The operator at p->at if it is of this level, and its length. */
static enum sh_op chain_op(const struct sh_parser *p, enum sh_kind level,
			   size_t *n)
{
	*n = 2;
	if (level == SH_AND_OR)
		return shell_starts(p, "&&")   ? SH_OP_AND
		       : shell_starts(p, "||") ? SH_OP_OR
					       : SH_OP_NONE;
	if (p->bash && shell_starts(p, "|&"))
		return SH_OP_PIPE;
	*n = 1;
	return shell_look(p, 0) == '|' && shell_look(p, 1) != '|' ? SH_OP_PIPE
								  : SH_OP_NONE;
}

static struct sh_node *pipeline(struct sh_parser *p);

/* One command, or a chain of them. */
static struct sh_node *chain(struct sh_parser *p, enum sh_kind level)
{
	struct sh_node *n = NULL, *last = NULL, *first;
	for (;;) {
		size_t length;
		first = level == SH_AND_OR ? pipeline(p) : shell_command(p);
		if (!first)
			return NULL;
		shell_blanks(p);
		enum sh_op op = chain_op(p, level, &length);
		if (op == SH_OP_NONE && !n)
			return first;
		if (!n) {
			n = shell_new(p, level);
			if (!n)
				return NULL;
			n->at.at = first->at.at;
		}
		shell_adopt(n, &last, first);
		n->at = span_of(n->at.at, span_end(first->at));
		if (op == SH_OP_NONE)
			return n;
		set_op(p, first, op, length);
		if (!shell_newlines(p))
			return NULL;
	}
}

/* `! a | b` negates the whole pipeline; `! a` alone becomes a pipeline of one,
 * so that the ! has a node. */
static struct sh_node *pipeline(struct sh_parser *p)
{
	size_t from;
	shell_blanks(p);
	from = p->at;
	bool negated = shell_accept(p, "!");
	shell_blanks(p);
	struct sh_node *n = chain(p, SH_PIPELINE);
	if (!n || !negated)
		return n;
	struct sh_node *whole = n, *last = NULL;
	if (n->kind != SH_PIPELINE) {
		whole = shell_new(p, SH_PIPELINE);
		if (!whole)
			return NULL;
		shell_adopt(whole, &last, n);
	}
	whole->negated = true;
	whole->at = span_of((uint32_t)from, span_end(n->at));
	return whole;
}

/* 1: the list goes on; 0: it ends here. */
static int separator(struct sh_parser *p, struct sh_node *n)
{
	shell_blanks(p);
	char c = shell_look(p, 0);
	if (c == '\n') {
		set_op(p, n, SH_OP_NEWLINE, 1);
		return shell_read_heredocs(p) ? 1 : -1;
	}
	if (shell_starts(p, ";;") || (c != ';' && c != '&') ||
	    (p->bash && shell_starts(p, ";&")))
		return 0;
	set_op(p, n, c == ';' ? SH_OP_SEMI : SH_OP_BACKGROUND, 1);
	return 1;
}

/* `compound_list` and `program` of the grammar in one: an empty list is for
 * the caller to refuse. */
struct sh_node *shell_terms(struct sh_parser *p)
{
	struct sh_node *list = shell_new(p, SH_LIST), *last = NULL;
	if (!list || !shell_newlines(p))
		return NULL;
	list->at.at = (uint32_t)p->at;
	for (int more = 1; more > 0;) {
		if (!shell_newlines(p))
			return NULL;
		if (shell_list_ends(p))
			break;
		struct sh_node *n = chain(p, SH_AND_OR);
		if (!n)
			return NULL;
		shell_adopt(list, &last, n);
		list->at = span_of(list->at.at, span_end(n->at));
		more = separator(p, n);
		if (more < 0)
			return NULL;
	}
	return list;
}

/* What stops the list must be what the caller waits for: a `fi` too many, or a
 * ) that nobody opened, is where reading ended. */
struct sh_node *shell_read_list(struct sh_parser *p, char close)
{
	struct sh_node *list = shell_terms(p);
	if (!list)
		return NULL;
	shell_blanks(p);
	if (close ? shell_look(p, 0) != close || p->at == p->end
		  : p->at < p->end) {
		shell_fail(p, p->at < p->end ? "this stands wrong"
					     : "a ) is missing");
		return NULL;
	}
	return list;
}
