/* SPDX-License-Identifier: Apache-2.0 */
/* Redirections and here-documents of the shell (POSIX.1-2024 XCU 2.7).
 *
 * A heredoc is announced on one line and stands on the next ones, behind
 * everything else of that line:
 *
 *	cat <<A; cat <<B
 *	body of A
 *	A
 *	body of B
 *	B
 *
 * So << only notes the redirection in p->pending, and whoever steps over a
 * line end reads all that is pending, in order. */
#include "base/chars.h"
#include "shell/internal.h"

/* The delimiter after quote removal; any quote in it, a backslash too, keeps
 * the body as it is (XCU 2.7.4). */
static bool unquote(struct sh_parser *p, struct span at, struct str *out,
		    bool *quoted)
{
	struct str in = span_str(p->text, at);
	char *to = arena_bytes(p->a, in.n + 1, p->err);
	size_t n = 0;
	if (!to)
		return shell_fail(p, "no memory");
	for (size_t i = 0; i < in.n; i++) {
		char c = in.p[i];
		bool quote = c == '\'' || c == '"' || c == '\\';
		*quoted |= quote;
		if (c == '\\' && i + 1 < in.n)
			to[n++] = in.p[++i];
		else if (!quote)
			to[n++] = c;
	}
	*out = (struct str){ to, n };
	return true;
}

/* The body of one heredoc, whose first line is at p->at. */
static bool read_heredoc(struct sh_parser *p, struct sh_redirect *r)
{
	size_t from = p->at, end = p->end;
	while (p->at < end) {
		struct str line = { p->text.p + p->at, end - p->at };
		size_t start = p->at;
		line.n = str_find(line, '\n');
		p->at = MIN(p->at + line.n + 1, end);
		while (r->strip_tabs && line.n && *line.p == '\t')
			line = str_from(line, 1);
		if (str_eq(line, r->end)) {
			end = start;
			break;
		}
	}
	size_t behind = p->at, limit = p->end;
	r->body.at = span_of((uint32_t)from, (uint32_t)end);
	if (r->quoted)
		return true;
	/* The body is a text of its own: an expansion in it may not run on
	 * into the terminator and the lines behind. */
	p->at = from;
	p->end = end;
	bool outer = p->in_heredoc;
	p->in_heredoc = true;
	bool ok = shell_read_body(p, &r->body);
	p->in_heredoc = outer;
	p->end = limit;
	p->at = behind;
	return ok;
}

bool shell_read_heredocs(struct sh_parser *p)
{
	size_t n = p->n_pending;
	p->n_pending = 0;
	for (size_t i = 0; i < n; i++)
		if (!read_heredoc(
			    p, &p->pending[i]->redirects[p->pending_index[i]]))
			return false;
	return true;
}

bool shell_newline(struct sh_parser *p)
{
	p->at++;
	return shell_read_heredocs(p);
}

bool shell_newlines(struct sh_parser *p)
{
	for (shell_blanks(p); shell_look(p, 0) == '\n' && !p->failed;
	     shell_blanks(p))
		if (!shell_newline(p))
			return false;
	return !p->failed;
}

/* The longest first: << is the beginning of <<-. */
static const char *const redirect_ops[] = {
	"<<-", "<<", "<&", "<>", "<", ">>", ">&", ">|", ">",
};
static const char *const bash_ops[] = { "&>>", "&>", "<<<" };

static const char *redirect_op(const struct sh_parser *p)
{
	for (size_t i = 0; i < ARRAY_LEN(bash_ops) && p->bash; i++)
		if (shell_starts(p, bash_ops[i]))
			return bash_ops[i];
	for (size_t i = 0; i < ARRAY_LEN(redirect_ops); i++)
		if (shell_starts(p, redirect_ops[i]))
			return p->bash && shell_look(p, 1) == '('
				       ? NULL
				       : redirect_ops[i];
	return NULL;
}

/* By index, since the array of redirects may move while it grows. */
static bool heredoc(struct sh_parser *p, struct sh_node *n,
		    struct sh_redirect *r)
{
	if (p->n_pending == SH_PENDING_MAX)
		return shell_fail(p, "too many heredocs on a line");
	p->pending[p->n_pending] = n;
	p->pending_index[p->n_pending++] = n->n_redirects - 1;
	r->is_heredoc = true;
	return unquote(p, r->target.at, &r->end, &r->quoted);
}

/* [N] operator word. Digits are a file descriptor only when the operator
 * follows at once (XCU 2.10.1, IO_NUMBER): `echo 2 >x` writes "2". */
int shell_redirection(struct sh_parser *p, struct sh_node *n)
{
	size_t from = p->at, digits = 0;
	while (is_digit(shell_look(p, digits)))
		digits++;
	p->at += digits;
	const char *op = redirect_op(p);
	if (!op || (digits && *op == '&')) {
		p->at = from;
		return 0;
	}
	if (arena_grow(p->a, &n->redirects, n->n_redirects, &n->cap_redirects,
		       sizeof *n->redirects, p->err) < 0)
		return shell_fail(p, "no memory") - 1;
	struct sh_redirect *r = &n->redirects[n->n_redirects++];
	uint64_t fd = 0;
	str_to_u64((struct str){ p->text.p + from, digits }, &fd);
	r->fd = digits ? (int32_t)(fd & INT32_MAX) : -1;
	r->op = (struct span){ (uint32_t)p->at, (uint32_t)strlen(op) };
	p->at += strlen(op);
	shell_blanks(p);
	if (shell_is_meta(shell_look(p, 0)) &&
	    !(p->bash && shell_look(p, 1) == '('))
		return shell_fail(p, "a redirection has no target") - 1;
	if (!shell_read_word(p, &r->target))
		return -1;
	r->at = span_of((uint32_t)from, (uint32_t)p->at);
	r->strip_tabs = !strcmp(op, "<<-");
	if ((r->strip_tabs || !strcmp(op, "<<")) && !heredoc(p, n, r))
		return -1;
	return 1;
}
