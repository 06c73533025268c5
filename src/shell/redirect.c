/* SPDX-License-Identifier: Apache-2.0 */
/* Redirections and here-documents of the shell (POSIX XCU 2.7). */
#include "base/chars.h"
#include "shell/internal.h"

static bool unquote(struct sh_parser *p, struct span at, struct str *out,
		    bool *quoted)
{
	struct str in = span_str(p->text, at);
	char *to = arena_bytes(p->a, in.n + 1, p->err);
	size_t n = 0;
	if (!to)
		return sh_fail(p, "no memory");
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
	p->at = from;
	p->end = end;
	bool outer = p->in_heredoc;
	p->in_heredoc = true;
	bool ok = sh_read_body(p, &r->body);
	p->in_heredoc = outer;
	p->end = limit;
	p->at = behind;
	return ok;
}

bool sh_read_heredocs(struct sh_parser *p)
{
	size_t n = p->n_pending;
	p->n_pending = 0;
	for (size_t i = 0; i < n; i++)
		if (!read_heredoc(
			    p, &p->pending[i]->redirects[p->pending_index[i]]))
			return false;
	return true;
}

bool sh_newline(struct sh_parser *p)
{
	p->at++;
	return sh_read_heredocs(p);
}

bool sh_newlines(struct sh_parser *p)
{
	for (sh_blanks(p); sh_look(p, 0) == '\n' && !p->failed; sh_blanks(p))
		if (!sh_newline(p))
			return false;
	return !p->failed;
}

static const char *const redirect_ops[] = {
	"<<-", "<<", "<&", "<>", "<", ">>", ">&", ">|", ">",
};
static const char *const bash_ops[] = { "&>>", "&>", "<<<" };

static const char *redirect_op(const struct sh_parser *p)
{
	for (size_t i = 0; i < ARRAY_LEN(bash_ops) && p->bash; i++)
		if (sh_starts(p, bash_ops[i]))
			return bash_ops[i];
	for (size_t i = 0; i < ARRAY_LEN(redirect_ops); i++)
		if (sh_starts(p, redirect_ops[i]))
			return p->bash && sh_look(p, 1) == '('
				       ? NULL
				       : redirect_ops[i];
	return NULL;
}

static bool heredoc(struct sh_parser *p, struct sh_node *n,
		    struct sh_redirect *r)
{
	if (p->n_pending == SH_PENDING_MAX)
		return sh_fail(p, "too many heredocs on a line");
	p->pending[p->n_pending] = n;
	p->pending_index[p->n_pending++] = n->n_redirects - 1;
	r->is_heredoc = true;
	return unquote(p, r->target.at, &r->end, &r->quoted);
}

int sh_redirection(struct sh_parser *p, struct sh_node *n)
{
	size_t from = p->at, digits = 0;
	while (is_digit(sh_look(p, digits)))
		digits++;
	p->at += digits;
	const char *op = redirect_op(p);
	if (!op || (digits && *op == '&')) {
		p->at = from;
		return 0;
	}
	if (arena_grow(p->a, &n->redirects, n->n_redirects, &n->cap_redirects,
		       sizeof *n->redirects, p->err) < 0)
		return sh_fail(p, "no memory") - 1;
	struct sh_redirect *r = &n->redirects[n->n_redirects++];
	uint64_t fd = 0;
	str_to_u64((struct str){ p->text.p + from, digits }, &fd);
	r->fd = digits ? (int32_t)(fd & INT32_MAX) : -1;
	r->op = (struct span){ (uint32_t)p->at, (uint32_t)strlen(op) };
	p->at += strlen(op);
	sh_blanks(p);
	if (sh_is_meta(sh_look(p, 0)) && !(p->bash && sh_look(p, 1) == '('))
		return sh_fail(p, "a redirection has no target") - 1;
	if (!sh_read_word(p, &r->target))
		return -1;
	r->at = span_of((uint32_t)from, (uint32_t)p->at);
	r->strip_tabs = !strcmp(op, "<<-");
	if ((r->strip_tabs || !strcmp(op, "<<")) && !heredoc(p, n, r))
		return -1;
	return 1;
}
