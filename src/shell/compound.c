/* SPDX-License-Identifier: Apache-2.0 */
/* Compound commands of the shell (POSIX XCU 2.9.4, 2.9.5). */
#include "base/chars.h"
#include "shell/internal.h"

bool sh_list_ends(const struct sh_parser *p)
{
	static const char *const ends[] = { "then", "else", "elif", "fi",
					    "do",   "done", "esac", "}" };
	struct str word = sh_plain(p);
	if (p->at == p->end || sh_look(p, 0) == ')' || sh_starts(p, ";;") ||
	    (p->bash && sh_starts(p, ";&")))
		return true;
	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		if (str_eqz(word, ends[i]))
			return true;
	return false;
}

/* A list that may not be empty, as a child of n. */
static bool body(struct sh_parser *p, struct sh_node *n, struct sh_node **last)
{
	struct sh_node *list = sh_terms(p);
	if (!list)
		return false;
	if (!list->child)
		return sh_fail(p, "a command is missing");
	sh_adopt(n, last, list);
	return true;
}

static bool expect(struct sh_parser *p, const char *reserved, const char *why)
{
	return sh_accept(p, reserved) || sh_fail(p, why);
}

static bool read_if(struct sh_parser *p, struct sh_node *n)
{
	struct sh_node *last = NULL;
	do {
		if (!body(p, n, &last) ||
		    !expect(p, "then", "if has no then") || !body(p, n, &last))
			return false;
	} while (sh_accept(p, "elif"));
	if (sh_accept(p, "else") && !body(p, n, &last))
		return false;
	return expect(p, "fi", "if has no fi");
}

static bool do_group(struct sh_parser *p, struct sh_node *n,
		     struct sh_node **last)
{
	return expect(p, "do", "a loop has no do") && body(p, n, last) &&
	       expect(p, "done", "a loop has no done");
}

static bool read_while(struct sh_parser *p, struct sh_node *n)
{
	struct sh_node *last = NULL;
	return body(p, n, &last) && do_group(p, n, &last);
}

static struct sh_word *word(struct sh_parser *p, struct sh_node *n)
{
	struct sh_word *w =
		sh_add_word(p, &n->words, &n->n_words, &n->cap_words);
	if (!w)
		return NULL;
	if (sh_is_meta(sh_look(p, 0))) {
		sh_fail(p, "a word is missing");
		return NULL;
	}
	return sh_read_word(p, w) ? w : NULL;
}

static bool is_identifier(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_alpha(s.p[i]) && s.p[i] != '_' &&
		    (i == 0 || !is_digit(s.p[i])))
			return false;
	return s.n > 0;
}

static bool read_for(struct sh_parser *p, struct sh_node *n)
{
	struct sh_node *last = NULL;
	sh_blanks(p);
	if (p->bash && sh_starts(p, "((")) {
		p->at++;
		n->kind = SH_FOR;
		p->at++;
		if (!sh_skip_balanced(p, '(', ')') || sh_look(p, 0) != ')')
			return sh_fail(p, "for (( has no ))");
		p->at++;
	} else {
		if (!is_identifier(sh_plain(p)))
			return sh_fail(p, "for has no name");
		if (!word(p, n) || !sh_newlines(p))
			return false;
		if (sh_accept(p, "in"))
			for (sh_blanks(p); !sh_is_meta(sh_look(p, 0));
			     sh_blanks(p))
				if (!word(p, n))
					return false;
	}
	sh_blanks(p);
	if (sh_look(p, 0) == ';' && !sh_starts(p, ";;"))
		p->at++;
	return sh_newlines(p) && do_group(p, n, &last);
}

static bool patterns(struct sh_parser *p, struct sh_node *item)
{
	for (;;) {
		sh_blanks(p);
		if (!word(p, item))
			return false;
		sh_blanks(p);
		if (sh_look(p, 0) != '|')
			break;
		p->at++;
	}
	if (sh_look(p, 0) != ')')
		return sh_fail(p, "a pattern has no )");
	p->at++;
	return true;
}

/* One item: (patterns) list ;; */
static bool item(struct sh_parser *p, struct sh_node *n, struct sh_node **last)
{
	size_t from = p->at;
	struct sh_node pats = { 0 };
	p->at += sh_look(p, 0) == '(';
	if (!patterns(p, &pats))
		return false;
	struct sh_node *list = sh_terms(p);
	if (!list)
		return false;
	list->words = pats.words;
	list->n_words = pats.n_words;
	list->at = span_of((uint32_t)from,
			   MAX(span_end(list->at), (uint32_t)from));
	sh_adopt(n, last, list);
	return true;
}

static bool read_case(struct sh_parser *p, struct sh_node *n)
{
	struct sh_node *last = NULL;
	sh_blanks(p);
	if (!word(p, n) || !sh_newlines(p) ||
	    !expect(p, "in", "case has no in") || !sh_newlines(p))
		return false;
	while (!sh_accept(p, "esac")) {
		if (p->at == p->end)
			return sh_fail(p, "case has no esac");
		if (!item(p, n, &last) || !sh_newlines(p))
			return false;
		if (p->bash && sh_starts(p, ";;&"))
			p->at += 3;
		else if (sh_starts(p, ";;") || (p->bash && sh_starts(p, ";&")))
			p->at += 2;
		else
			return expect(p, "esac", "case has no esac");
		if (!sh_newlines(p))
			return false;
	}
	return true;
}

static bool read_brace(struct sh_parser *p, struct sh_node *n)
{
	struct sh_node *last = NULL;
	return body(p, n, &last) && expect(p, "}", "{ has no }");
}

static bool read_subshell(struct sh_parser *p, struct sh_node *n)
{
	struct sh_node *last = NULL;
	if (!body(p, n, &last))
		return false;
	sh_blanks(p);
	if (sh_look(p, 0) != ')')
		return sh_fail(p, "( has no )");
	p->at++;
	return true;
}

/* [[ ... ]] as pieces that are not looked into. */
static bool read_test(struct sh_parser *p, struct sh_node *n)
{
	struct sh_word dropped = { 0 };
	(void)n;
	while (p->at < p->end) {
		if (sh_look(p, 0) == '\n')
			p->at++;
		sh_blanks(p);
		if (sh_accept(p, "]]"))
			return true;
		if (sh_is_meta(sh_look(p, 0)))
			p->at += p->at < p->end;
		else if (!sh_read_word(p, &dropped))
			return false;
	}
	return sh_fail(p, "[[ has no ]]");
}

static bool read_arithmetic(struct sh_parser *p, struct sh_node *n)
{
	(void)n;
	p->at++;
	if (!sh_skip_balanced(p, '(', ')') || sh_look(p, 0) != ')')
		return sh_fail(p, "(( has no ))");
	p->at++;
	return true;
}

/* bash: function NAME [()] command */
static bool read_function(struct sh_parser *p, struct sh_node *n)
{
	struct sh_node *last = NULL, *cmd;
	sh_blanks(p);
	if (!word(p, n))
		return false;
	sh_blanks(p);
	if (sh_starts(p, "()"))
		p->at += 2;
	if (!sh_newlines(p) || !(cmd = sh_command(p)))
		return false;
	sh_adopt(n, &last, cmd);
	return true;
}

static const struct compound {
	const char *word;
	bool bash;
	enum sh_kind kind;
	bool (*read)(struct sh_parser *p, struct sh_node *n);
} compounds[] = {
	{ "if", false, SH_IF, read_if },
	{ "while", false, SH_WHILE, read_while },
	{ "until", false, SH_UNTIL, read_while },
	{ "for", false, SH_FOR, read_for },
	{ "case", false, SH_CASE, read_case },
	{ "{", false, SH_BRACE, read_brace },
	{ "[[", true, SH_OPAQUE, read_test },
	{ "function", true, SH_FUNCTION, read_function },
	{ "select", true, SH_FOR, read_for },
};

static const struct compound *find(const struct sh_parser *p)
{
	static const struct compound arith = { "(", true, SH_OPAQUE,
					       read_arithmetic };
	static const struct compound group = { "(", false, SH_SUBSHELL,
					       read_subshell };
	if (p->bash && sh_starts(p, "(("))
		return &arith;
	if (sh_look(p, 0) == '(')
		return &group;
	struct str word = sh_plain(p);
	for (size_t i = 0; i < ARRAY_LEN(compounds); i++)
		if (str_eqz(word, compounds[i].word) &&
		    (p->bash || !compounds[i].bash))
			return &compounds[i];
	return NULL;
}

static bool redirections(struct sh_parser *p, struct sh_node *n)
{
	int r;
	do {
		sh_blanks(p);
		r = sh_redirection(p, n);
		if (r > 0)
			n->at = span_of(n->at.at, (uint32_t)p->at);
	} while (r > 0);
	return r == 0;
}

struct sh_node *sh_command(struct sh_parser *p)
{
	sh_blanks(p);
	const struct compound *c = find(p);
	bool in = !p->bash && str_eqz(sh_plain(p), "in");
	if (!c && (in || sh_list_ends(p))) {
		sh_fail(p, "a command is missing");
		return NULL;
	}
	if (!c)
		return sh_simple(p);
	struct sh_node *n = sh_new(p, c->kind);
	if (!n || !sh_deeper(p))
		return NULL;
	p->at += strlen(c->word);
	if (!c->read(p, n))
		return NULL;
	p->depth--;
	n->at = span_of(n->at.at, (uint32_t)p->at);
	if (!redirections(p, n))
		return NULL;
	/* A word may not follow; what may is seen by the caller. */
	if (!sh_is_meta(sh_look(p, 0)) || sh_look(p, 0) == '(') {
		if (!sh_list_ends(p)) {
			sh_fail(p, "a word stands behind a compound command");
			return NULL;
		}
	}
	return n;
}

/* The name when it is plain text. */
static struct str plain_name(const struct sh_node *name, struct str s)
{
	const struct sh_word *w = &name->words[0];
	return w->n_parts == 1 && w->parts[0].kind == SH_LITERAL &&
			       !w->parts[0].quoted
		       ? s
		       : STR("");
}

struct sh_node *sh_function(struct sh_parser *p, struct sh_node *name)
{
	struct sh_node *last = NULL;
	struct str s = span_str(p->text, name->words[0].at);
	p->at++;
	sh_blanks(p);
	if (sh_look(p, 0) != ')' || !str_eq(s, plain_name(name, s)) ||
	    (!p->bash && !is_identifier(s))) {
		sh_fail(p, "( stands wrong");
		return NULL;
	}
	p->at++;
	name->kind = SH_FUNCTION;
	if (!p->no_record)
		p->s->n_commands--;
	if (!sh_deeper(p) || !sh_newlines(p))
		return NULL;
	struct sh_node *cmd = sh_command(p);
	if (!cmd)
		return NULL;
	p->depth--;
	sh_adopt(name, &last, cmd);
	name->at = span_of(name->at.at, span_end(cmd->at));
	return name;
}
