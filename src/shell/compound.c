/* SPDX-License-Identifier: Apache-2.0 */
/* Compound commands of the shell (POSIX.1-2024 XCU 2.9.4, 2.9.5).
 *
 * Reserved words are recognised only where a command may begin (XCU 2.4), so
 * `echo if` is a simple command, and `shell_plain` wants them without any
 * quote: \if is a command named if. bash's own constructs ([[ ]], (( )),
 * select, function) are skipped over as SH_OPAQUE or read where their shape
 * is that of a POSIX one.
 *
 * What the children of a node are:
 *
 *	if a; then b; elif c; then d; else e; fi	IF(a, b, c, d, e)
 *	while a; do b; done				WHILE(a, b)
 *	for x in 1 2; do a; done			FOR(a), words x 1 2
 *	case x in a|b) c;; esac				CASE(c), word x;
 *							c has words a b
 *
 * Of an if, conditions and bodies take turns and an else comes last; who asks
 * whether two commands can both run counts on that. */
#include "base/chars.h"
#include "shell/internal.h"

/* A list does not know who began it: it stops at any word that closes
 * something, and its caller compares. */
bool shell_list_ends(const struct sh_parser *p)
{
	static const char *const ends[] = { "then", "else", "elif", "fi",
					    "do",   "done", "esac", "}" };
	struct str word = shell_plain(p);
	if (p->at == p->end || shell_look(p, 0) == ')' ||
	    shell_starts(p, ";;") || (p->bash && shell_starts(p, ";&")))
		return true;
	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		if (str_eqz(word, ends[i]))
			return true;
	return false;
}

/* A list that may not be empty, as a child of n. */
static bool body(struct sh_parser *p, struct sh_node *n, struct sh_node **last)
{
	struct sh_node *list = shell_terms(p);
	if (!list)
		return false;
	if (!list->child)
		return shell_fail(p, "a command is missing");
	shell_adopt(n, last, list);
	return true;
}

static bool expect(struct sh_parser *p, const char *reserved, const char *why)
{
	return shell_accept(p, reserved) || shell_fail(p, why);
}

static bool read_if(struct sh_parser *p, struct sh_node *n)
{
	struct sh_node *last = NULL;
	do {
		if (!body(p, n, &last) ||
		    !expect(p, "then", "if has no then") || !body(p, n, &last))
			return false;
	} while (shell_accept(p, "elif"));
	if (shell_accept(p, "else") && !body(p, n, &last))
		return false;
	return expect(p, "fi", "if has no fi");
}

/* for, while and until share it: do list done. */
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
		shell_add_word(p, &n->words, &n->n_words, &n->cap_words);
	if (!w)
		return NULL;
	if (shell_is_meta(shell_look(p, 0))) {
		shell_fail(p, "a word is missing");
		return NULL;
	}
	return shell_read_word(p, w) ? w : NULL;
}

static bool is_identifier(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_alpha(s.p[i]) && s.p[i] != '_' &&
		    (i == 0 || !is_digit(s.p[i])))
			return false;
	return s.n > 0;
}

/* for NAME [in WORD...] with a ; or line ends in front of do. bash's for ((..;
 * ..;..)) has no name, and its inside is arithmetic: skipped. */
static bool read_for(struct sh_parser *p, struct sh_node *n)
{
	struct sh_node *last = NULL;
	shell_blanks(p);
	if (p->bash && shell_starts(p, "((")) {
		p->at++;
		n->kind = SH_FOR;
		p->at++;
		if (!shell_skip_balanced(p, '(', ')') ||
		    shell_look(p, 0) != ')')
			return shell_fail(p, "for (( has no ))");
		p->at++;
	} else {
		if (!is_identifier(shell_plain(p)))
			return shell_fail(p, "for has no name");
		if (!word(p, n) || !shell_newlines(p))
			return false;
		if (shell_accept(p, "in"))
			for (shell_blanks(p); !shell_is_meta(shell_look(p, 0));
			     shell_blanks(p))
				if (!word(p, n))
					return false;
	}
	shell_blanks(p);
	if (shell_look(p, 0) == ';' && !shell_starts(p, ";;"))
		p->at++;
	return shell_newlines(p) && do_group(p, n, &last);
}

/* Patterns are words with their quotes: "*" in quotes is a star. */
static bool patterns(struct sh_parser *p, struct sh_node *item)
{
	for (;;) {
		shell_blanks(p);
		if (!word(p, item))
			return false;
		shell_blanks(p);
		if (shell_look(p, 0) != '|')
			break;
		p->at++;
	}
	if (shell_look(p, 0) != ')')
		return shell_fail(p, "a pattern has no )");
	p->at++;
	return true;
}

/* One item: (patterns) list ;; */
static bool item(struct sh_parser *p, struct sh_node *n, struct sh_node **last)
{
	size_t from = p->at;
	struct sh_node pats = { 0 };
	p->at += shell_look(p, 0) == '(';
	if (!patterns(p, &pats))
		return false;
	struct sh_node *list = shell_terms(p);
	if (!list)
		return false;
	list->words = pats.words;
	list->n_words = pats.n_words;
	list->at = span_of((uint32_t)from,
			   MAX(span_end(list->at), (uint32_t)from));
	shell_adopt(n, last, list);
	return true;
}

/* The last item may go without ;; (XCU 2.10.2, case_list_ns). bash lets an item
 * fall through with ;& or test on with ;;&. */
static bool read_case(struct sh_parser *p, struct sh_node *n)
{
	struct sh_node *last = NULL;
	shell_blanks(p);
	if (!word(p, n) || !shell_newlines(p) ||
	    !expect(p, "in", "case has no in") || !shell_newlines(p))
		return false;
	while (!shell_accept(p, "esac")) {
		if (p->at == p->end)
			return shell_fail(p, "case has no esac");
		if (!item(p, n, &last) || !shell_newlines(p))
			return false;
		if (p->bash && shell_starts(p, ";;&"))
			p->at += 3;
		else if (shell_starts(p, ";;") ||
			 (p->bash && shell_starts(p, ";&")))
			p->at += 2;
		else
			return expect(p, "esac", "case has no esac");
		if (!shell_newlines(p))
			return false;
	}
	return true;
}

/* "{" is a reserved word and not a metacharacter: "{a;}" is a command called {a
 * (XCU 2.9.4.1). */
static bool read_brace(struct sh_parser *p, struct sh_node *n)
{
	struct sh_node *last = NULL;
	return body(p, n, &last) && expect(p, "}", "{ has no }");
}

/* "(" needs no blank behind it. What a cd in it does ends with it. */
static bool read_subshell(struct sh_parser *p, struct sh_node *n)
{
	struct sh_node *last = NULL;
	if (!body(p, n, &last))
		return false;
	shell_blanks(p);
	if (shell_look(p, 0) != ')')
		return shell_fail(p, "( has no )");
	p->at++;
	return true;
}

/* bash: function NAME [()] command */
static bool read_function(struct sh_parser *p, struct sh_node *n)
{
	struct sh_node *last = NULL, *cmd;
	shell_blanks(p);
	if (!word(p, n))
		return false;
	shell_blanks(p);
	if (shell_starts(p, "()"))
		p->at += 2;
	if (!shell_newlines(p) || !(cmd = shell_command(p)))
		return false;
	shell_adopt(n, &last, cmd);
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
	{ "[[", true, SH_OPAQUE, shell_read_test },
	{ "function", true, SH_FUNCTION, read_function },
	{ "select", true, SH_FOR, read_for },
};

/* In bash, (( is arithmetic wherever a command may begin; in POSIX it is a
 * subshell in a subshell. */
static const struct compound *find(const struct sh_parser *p)
{
	static const struct compound arith = { "(", true, SH_OPAQUE,
					       shell_read_arithmetic };
	static const struct compound group = { "(", false, SH_SUBSHELL,
					       read_subshell };
	if (p->bash && shell_starts(p, "(("))
		return &arith;
	if (shell_look(p, 0) == '(')
		return &group;
	struct str word = shell_plain(p);
	for (size_t i = 0; i < ARRAY_LEN(compounds); i++)
		if (str_eqz(word, compounds[i].word) &&
		    (p->bash || !compounds[i].bash))
			return &compounds[i];
	return NULL;
}

/* "done < file" and "} > log" are of the whole command. */
static bool redirections(struct sh_parser *p, struct sh_node *n)
{
	int r;
	do {
		shell_blanks(p);
		r = shell_redirection(p, n);
		if (r > 0)
			n->at = span_of(n->at.at, (uint32_t)p->at);
	} while (r > 0);
	return r == 0;
}

/* A command. dash takes `in` for a reserved word here, bash does not. */
struct sh_node *shell_command(struct sh_parser *p)
{
	shell_blanks(p);
	const struct compound *c = find(p);
	bool in = !p->bash && str_eqz(shell_plain(p), "in");
	if (!c && (in || shell_list_ends(p))) {
		shell_fail(p, "a command is missing");
		return NULL;
	}
	if (!c)
		return shell_simple(p);
	struct sh_node *n = shell_new(p, c->kind);
	if (!n || !shell_deeper(p))
		return NULL;
	p->at += strlen(c->word);
	if (!c->read(p, n))
		return NULL;
	p->depth--;
	n->at = span_of(n->at.at, (uint32_t)p->at);
	if (!redirections(p, n))
		return NULL;
	/* A word may not follow; what may is seen by the caller. */
	if (!shell_is_meta(shell_look(p, 0)) || shell_look(p, 0) == '(') {
		if (!shell_list_ends(p)) {
			shell_fail(p,
				   "a word stands behind a compound command");
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

/* NAME ( ) command: the simple command that held the name becomes the
 * definition, and is taken back from the recorded commands: defining runs
 * nothing. */
struct sh_node *shell_function(struct sh_parser *p, struct sh_node *name)
{
	struct sh_node *last = NULL;
	struct str s = span_str(p->text, name->words[0].at);
	p->at++;
	shell_blanks(p);
	if (shell_look(p, 0) != ')' || !str_eq(s, plain_name(name, s)) ||
	    (!p->bash && !is_identifier(s))) {
		shell_fail(p, "( stands wrong");
		return NULL;
	}
	p->at++;
	name->kind = SH_FUNCTION;
	if (!p->no_record)
		p->s->n_commands--;
	if (!shell_deeper(p) || !shell_newlines(p))
		return NULL;
	struct sh_node *cmd = shell_command(p);
	if (!cmd)
		return NULL;
	p->depth--;
	shell_adopt(name, &last, cmd);
	name->at = span_of(name->at.at, span_end(cmd->at));
	return name;
}
