/* SPDX-License-Identifier: Apache-2.0 */
/* COPY and ADD: flags that are expanded, sources of which some are fetched, and
 * heredocs, whose text is expanded unless their word was quoted. */
#include "base/chars.h"
#include "dockerfile/access.h"
#include "lint/builder/builder.h"

static int look_flag(struct refusal *r, const char *key, struct value *v,
		     const struct df_flag **f)
{
	*v = (struct value){ 0 };
	*f = dockerfile_flag(r->in, key);
	if (!*f)
		return 0;
	return lint_refusal_value(r, (*f)->text, (struct origin){ .flag = *f },
				  v);
}

/* --link lays the files out in a layer of their own, where no passwd file could
 * tell who a name is. root is taken for 0. */
static bool is_owner_by_name(struct str owner)
{
	struct str part[2] = { owner, STR("0") };
	str_cut(owner, ':', &part[0], &part[1]);
	for (size_t i = 0; i < ARRAY_LEN(part); i++) {
		uint64_t id;
		bool sign =
			part[i].n && (*part[i].p == '+' || *part[i].p == '-');
		bool number = str_to_u64(str_from(part[i], sign), &id) &&
			      id <= INT32_MAX;
		bool none = i == 1 && part[i].n == 0;
		if (!number && !none && !str_eqz(part[i], "root"))
			return true;
	}
	return false;
}

static int refuse_owner(struct refusal *r)
{
	const struct df_flag *f;
	struct value v;
	int read = look_flag(r, "chown", &v, &f);
	if (read <= 0 || !v.known || v.text.n == 0 ||
	    !dockerfile_flag_on(r->in, "link") || !is_owner_by_name(v.text))
		return read < 0 ? -1 : 0;
	return lint_refuse(r, f->value,
			   "--chown=%s with --link: a linked layer has no "
			   "/etc/passwd to look names up in; write numbers, "
			   "UID:GID, or leave --link out",
			   str_quoted(v.text).text);
}

static int refuse_mode(struct refusal *r)
{
	const struct df_flag *f;
	struct value v;
	int read = look_flag(r, "chmod", &v, &f);
	if (read <= 0 || !v.known || v.text.n == 0)
		return read < 0 ? -1 : 0;
	const char *why = lint_mode_fault(v.text);
	if (!why)
		return 0;
	return lint_refuse(
		r, f->value,
		"--chmod=%s: %s; write an octal mode such as 755, or a "
		"change such as u=rwX,go=rX",
		str_quoted(v.text).text, why);
}

/* Heredocs are no sources of which a sum could be taken. */
static size_t n_paths(const struct df_instr *in)
{
	size_t n = 0;
	for (size_t i = 0; i + 1 < in->n_words; i++)
		n += !dockerfile_copy_heredoc(in, &in->words[i]);
	return n;
}

static int refuse_checksum(struct refusal *r, const struct value *source,
			   enum copy_source_kind kind)
{
	const struct df_flag *f;
	struct value v;
	if (r->in->kind != DF_ADD)
		return 0;
	int read = look_flag(r, "checksum", &v, &f);
	if (read <= 0 || !v.known || v.text.n == 0)
		return read < 0 ? -1 : 0;
	if (n_paths(r->in) != 1)
		return lint_refuse(
			r, f->at,
			"--checksum holds for one source, and this ADD "
			"has %zu; write an ADD for each",
			n_paths(r->in));
	if (!source->known)
		return 0;
	if (kind == SOURCE_PATH)
		return lint_refuse(
			r, f->at,
			"--checksum is for sources that are fetched, and "
			"%s is a path of the build context; leave it out",
			str_quoted(source->text).text);
	const char *why =
		kind == SOURCE_HTTP ? lint_checksum_fault(v.text) : NULL;
	if (!why)
		return 0;
	return lint_refuse(r, f->value, "--checksum=%s: %s",
			   str_quoted(v.text).text, why);
}

static int refuse_source(struct refusal *r, const struct df_word *w,
			 const struct value *v, enum copy_source_kind kind,
			 const char *fault)
{
	if (!v->known)
		return 0;
	if (fault)
		return lint_refuse(r, w->at, "the git source %s: %s",
				   str_quoted(v->text).text, fault);
	if (r->in->kind == DF_ADD || kind == SOURCE_PATH)
		return 0;
	return lint_refuse(
		r, w->at,
		"COPY takes files of the build context and of stages, "
		"and %s is %s; write ADD",
		str_quoted(v->text).text,
		kind == SOURCE_GIT ? "a git repository" : "a URL");
}

static int refuse_paths(struct refusal *r)
{
	struct value first = { .text = STR("") };
	enum copy_source_kind kind = SOURCE_PATH;
	for (size_t i = 0; i < r->in->n_words; i++) {
		const struct df_word *w = &r->in->words[i];
		struct value v = { .text = STR("") };
		const char *fault = NULL;
		if (dockerfile_copy_heredoc(r->in, w))
			continue;
		int read = lint_refusal_value(r, w->text,
					      (struct origin){ .word = w }, &v);
		if (read < 0)
			return -1;
		if (read == 0 || i + 1 == r->in->n_words)
			continue;
		enum copy_source_kind is = lint_source_kind_of(v.text, &fault);
		if (refuse_source(r, w, &v, is, fault) < 0)
			return -1;
		first = v;
		kind = is;
	}
	return refuse_checksum(r, &first, kind);
}

/* <<-EOF is without its tabs when it is expanded, which changes no variable. */
static int refuse_heredocs(struct refusal *r)
{
	for (size_t i = 0; i < r->in->n_heredocs; i++) {
		const struct df_heredoc *h = &r->in->heredocs[i];
		struct value v;
		if (h->expand &&
		    lint_refusal_value(r, span_str(r->f->df->text, h->body),
				       (struct origin){ .at = h->body.at,
							.heredoc = true },
				       &v) < 0)
			return -1;
	}
	return 0;
}

/* No variable counts in it: what it takes is decided before any has a value. */
static int refuse_source_stage(struct refusal *r)
{
	const struct df_flag *f = dockerfile_flag(r->in, "from");
	if (!f || f->text.n == 0 || r->in->kind != DF_COPY)
		return 0;
	scoped(buf_done) struct buf b = BUF_INIT(EXPAND_MAX);
	struct expand x = { .escape = r->f->df->escape };
	bool plain = dockerfile_expand_text(&x, f->text, &b, r->err) == 0 &&
		     str_eq(buf_str(&b), f->text);
	if (r->err->code == ERR_NOMEM)
		return -1;
	err_clear(r->err);
	if (!plain)
		return lint_refuse(
			r, f->value,
			"--from=%s: the builder expands no variable "
			"here; name a stage with FROM %s AS NAME and "
			"write --from=NAME",
			str_quoted(f->text).text, str_quoted(f->text).text);
	return lint_refuse_stage(r, f->text, f->value, true);
}

int lint_refuse_copy(struct refusal *r)
{
	if (refuse_source_stage(r) < 0 || refuse_owner(r) < 0 ||
	    refuse_mode(r) < 0)
		return -1;
	return refuse_paths(r) < 0 ? -1 : refuse_heredocs(r);
}
