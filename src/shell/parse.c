/* SPDX-License-Identifier: Apache-2.0 */
/* Grammar of the shell (POSIX XCU 2.10): lists, pipelines, simple commands,
 * redirections. Compound commands are in sh_compound.c. */
#include "base/chars.h"
#include "shell/internal.h"

bool sh_fail(struct sh_parser *p, const char *why)
{
	if (!p->failed && !p->err->code) {
		p->s->bad = (struct span){ (uint32_t)p->at, 0 };
		p->s->why = why;
	}
	p->failed = true;
	return false;
}

bool sh_deeper(struct sh_parser *p)
{
	return ++p->depth <= SH_DEPTH_MAX || sh_fail(p, "nested too deeply");
}

char sh_look(const struct sh_parser *p, size_t ahead)
{
	return ahead < p->end - p->at ? p->text.p[p->at + ahead] : 0;
}

bool sh_starts(const struct sh_parser *p, const char *z)
{
	size_t n = strlen(z);
	return n <= p->end - p->at && memcmp(p->text.p + p->at, z, n) == 0;
}

bool sh_is_meta(char c)
{
	return strchr(" \t\n;&|<>()", c) != NULL;
}

void sh_blanks(struct sh_parser *p)
{
	while (p->at < p->end) {
		if (sh_look(p, 0) == ' ' || sh_look(p, 0) == '\t')
			p->at++;
		else if (sh_starts(p, "\\\n"))
			p->at += 2;
		else
			break;
	}
	if (sh_look(p, 0) == '#')
		while (p->at < p->end && sh_look(p, 0) != '\n')
			p->at++;
}

struct sh_node *sh_new(struct sh_parser *p, enum sh_kind kind)
{
	struct sh_node *n = arena_alloc(p->a, sizeof *n, p->err);
	if (!n) {
		sh_fail(p, "no memory");
		return NULL;
	}
	n->kind = kind;
	n->at.at = (uint32_t)p->at;
	n->in_heredoc = p->in_heredoc;
	return n;
}

struct sh_word *sh_add_word(struct sh_parser *p, struct sh_word **words,
			    size_t *n, size_t *cap)
{
	if (arena_grow(p->a, words, *n, cap, sizeof **words, p->err) < 0) {
		sh_fail(p, "no memory");
		return NULL;
	}
	return &(*words)[(*n)++];
}

/* The word at p->at when it is plain characters: for reserved words. */
struct str sh_plain(const struct sh_parser *p)
{
	size_t n = 0;
	while (p->at + n < p->end && !sh_is_meta(p->text.p[p->at + n]))
		if (strchr("\\'\"$`", p->text.p[p->at + n++]))
			return STR("");
	/* An empty buffer has no address to add to. */
	return n ? (struct str){ p->text.p + p->at, n } : STR("");
}

bool sh_accept(struct sh_parser *p, const char *reserved)
{
	sh_blanks(p);
	if (!str_eqz(sh_plain(p), reserved))
		return false;
	p->at += strlen(reserved);
	return true;
}

/* --- simple commands ------------------------------------------------------ */

/* Length of NAME= (bash: NAME+=, NAME[x]=) at p->at, or 0. */
static size_t assignment(const struct sh_parser *p)
{
	size_t n = 0;
	while (is_alpha(sh_look(p, n)) || sh_look(p, n) == '_' ||
	       (n && is_digit(sh_look(p, n))))
		n++;
	if (n == 0)
		return 0;
	if (p->bash && sh_look(p, n) == '[')
		while (sh_look(p, n) && !sh_is_meta(sh_look(p, n)) &&
		       sh_look(p, n++) != ']')
			;
	if (p->bash && sh_look(p, n) == '+')
		n++;
	return sh_look(p, n) == '=' ? n + 1 : 0;
}

static bool add_command(struct sh_parser *p, struct sh_node *n)
{
	struct sh_script *s = p->s;
	if (p->no_record)
		return true;
	if (arena_grow(p->a, &s->commands, s->n_commands, &s->cap_commands,
		       sizeof *s->commands, p->err) < 0)
		return sh_fail(p, "no memory");
	s->commands[s->n_commands++] = n;
	return true;
}

static bool simple_piece(struct sh_parser *p, struct sh_node *n)
{
	struct sh_word *w;
	if (n->n_words == 0 && assignment(p))
		w = sh_add_word(p, &n->assigns, &n->n_assigns, &n->cap_assigns);
	else
		w = sh_add_word(p, &n->words, &n->n_words, &n->cap_words);
	return w && sh_read_word(p, w);
}

struct sh_node *sh_simple(struct sh_parser *p)
{
	struct sh_node *n = sh_new(p, SH_SIMPLE);
	if (!n || !add_command(p, n))
		return NULL;
	for (;;) {
		int r = sh_redirection(p, n);
		char c = sh_look(p, 0);
		bool group = p->bash && (c == '<' || c == '>') &&
			     sh_look(p, 1) == '(';
		if (r < 0)
			return NULL;
		if (r == 0 && sh_is_meta(c) && !group)
			break;
		if (r == 0 && !simple_piece(p, n))
			return NULL;
		n->at = span_of(n->at.at, (uint32_t)p->at);
		sh_blanks(p);
	}
	if (n->n_words + n->n_assigns + n->n_redirects == 0) {
		sh_fail(p, "a command is missing");
		return NULL;
	}
	if (sh_look(p, 0) == '(' && n->n_words == 1 && !n->n_assigns &&
	    !n->n_redirects)
		return sh_function(p, n);
	if (sh_look(p, 0) == '(') {
		sh_fail(p, "( stands wrong");
		return NULL;
	}
	return n;
}

/* --- pipelines and lists -------------------------------------------------- */

void sh_adopt(struct sh_node *parent, struct sh_node **last,
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
		return sh_starts(p, "&&")   ? SH_OP_AND
		       : sh_starts(p, "||") ? SH_OP_OR
					    : SH_OP_NONE;
	if (p->bash && sh_starts(p, "|&"))
		return SH_OP_PIPE;
	*n = 1;
	return sh_look(p, 0) == '|' && sh_look(p, 1) != '|' ? SH_OP_PIPE
							    : SH_OP_NONE;
}

static struct sh_node *pipeline(struct sh_parser *p);

/* One command, or a chain of them. */
static struct sh_node *chain(struct sh_parser *p, enum sh_kind level)
{
	struct sh_node *n = NULL, *last = NULL, *first;
	for (;;) {
		size_t length;
		first = level == SH_AND_OR ? pipeline(p) : sh_command(p);
		if (!first)
			return NULL;
		sh_blanks(p);
		enum sh_op op = chain_op(p, level, &length);
		if (op == SH_OP_NONE && !n)
			return first;
		if (!n) {
			n = sh_new(p, level);
			if (!n)
				return NULL;
			n->at.at = first->at.at;
		}
		sh_adopt(n, &last, first);
		n->at = span_of(n->at.at, span_end(first->at));
		if (op == SH_OP_NONE)
			return n;
		set_op(p, first, op, length);
		if (!sh_newlines(p))
			return NULL;
	}
}

static struct sh_node *pipeline(struct sh_parser *p)
{
	size_t from;
	sh_blanks(p);
	from = p->at;
	bool negated = sh_accept(p, "!");
	sh_blanks(p);
	struct sh_node *n = chain(p, SH_PIPELINE);
	if (!n || !negated)
		return n;
	struct sh_node *whole = n, *last = NULL;
	if (n->kind != SH_PIPELINE) {
		whole = sh_new(p, SH_PIPELINE);
		if (!whole)
			return NULL;
		sh_adopt(whole, &last, n);
	}
	whole->negated = true;
	whole->at = span_of((uint32_t)from, span_end(n->at));
	return whole;
}

/* 1: the list goes on; 0: it ends here. */
static int separator(struct sh_parser *p, struct sh_node *n)
{
	sh_blanks(p);
	char c = sh_look(p, 0);
	if (c == '\n') {
		set_op(p, n, SH_OP_NEWLINE, 1);
		return sh_read_heredocs(p) ? 1 : -1;
	}
	if (sh_starts(p, ";;") || (c != ';' && c != '&') ||
	    (p->bash && sh_starts(p, ";&")))
		return 0;
	set_op(p, n, c == ';' ? SH_OP_SEMI : SH_OP_BACKGROUND, 1);
	return 1;
}

struct sh_node *sh_terms(struct sh_parser *p)
{
	struct sh_node *list = sh_new(p, SH_LIST), *last = NULL;
	if (!list || !sh_newlines(p))
		return NULL;
	list->at.at = (uint32_t)p->at;
	for (int more = 1; more > 0;) {
		if (!sh_newlines(p))
			return NULL;
		if (sh_list_ends(p))
			break;
		struct sh_node *n = chain(p, SH_AND_OR);
		if (!n)
			return NULL;
		sh_adopt(list, &last, n);
		list->at = span_of(list->at.at, span_end(n->at));
		more = separator(p, n);
		if (more < 0)
			return NULL;
	}
	return list;
}

struct sh_node *sh_read_list(struct sh_parser *p, char close)
{
	struct sh_node *list = sh_terms(p);
	if (!list)
		return NULL;
	sh_blanks(p);
	if (close ? sh_look(p, 0) != close || p->at == p->end
		  : p->at < p->end) {
		sh_fail(p, p->at < p->end ? "this stands wrong"
					  : "a ) is missing");
		return NULL;
	}
	return list;
}
