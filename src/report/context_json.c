/* SPDX-License-Identifier: Apache-2.0 */
#include "json/write.h"
#include "report/context.h"

static void put_path_or_null(struct json_out *o, const char *key, struct str s)
{
	if (s.n) {
		json_put_path(o, key, s);
		return;
	}
	json_key(o, key);
	json_put_null(o);
}

static void put_amount(struct json_out *o, struct context_sum s)
{
	json_member_u64(o, "files", s.files);
	json_member_u64(o, "bytes", s.bytes);
}

static void put_sum(struct json_out *o, const char *key, struct context_sum s)
{
	json_key(o, key);
	json_open_object(o);
	put_amount(o, s);
	json_close_object(o);
}

static int put_entry(struct json_out *o, const struct context *c, uint32_t i,
		     struct err *err)
{
	scoped(buf_done) struct buf path = BUF_INIT(UINT32_MAX);
	if (i == CONTEXT_ROOT) {
		json_member_str(o, "path", STR("."));
		return 0;
	}
	if (context_path(&c->tree, CONTEXT_ROOT, i, &path, err) < 0)
		return -1;
	json_put_path(o, "path", buf_str(&path));
	return 0;
}

static void put_reasons(struct json_out *o, const struct context *c)
{
	json_key(o, "reasons");
	json_open_array(o);
	for (int r = REASON_NONE + 1; r < REASONS; r++) {
		if (c->reasons[r].files == 0)
			continue;
		json_open_object(o);
		json_member_str(
			o, "reason",
			str_of(catalog_reason_name((enum catalog_reason)r)));
		put_amount(o, c->reasons[r]);
		json_close_object(o);
	}
	json_close_array(o);
}

static int put_dirs(struct json_out *o, const struct context *c, unsigned depth,
		    struct err *err)
{
	scoped(report_context_dirs_done) struct context_dirs d = { 0 };
	if (report_context_dirs(c, depth, &d, err) < 0)
		return -1;
	json_key(o, "directories");
	json_open_array(o);
	for (size_t i = 0; i < d.n; i++) {
		json_open_object(o);
		if (put_entry(o, c, d.v[i].entry, err) < 0)
			return -1;
		put_amount(o, d.v[i].sum);
		json_close_object(o);
	}
	json_close_array(o);
	return 0;
}

static void put_patterns(struct json_out *o, const struct context *c)
{
	json_key(o, "patterns");
	json_open_array(o);
	for (size_t i = 0; i < c->ig.n; i++) {
		const struct ignore_pattern *p = &c->ig.patterns[i];
		json_open_object(o);
		json_member_u64(o, "line", p->line);
		json_member_str(o, "pattern", span_str(c->ignore_text, p->at));
		put_amount(o, c->by_pattern[i]);
		json_close_object(o);
	}
	json_close_array(o);
}

static void put_source(struct json_out *o, const struct context *c,
		       const struct context_copy_result *k, size_t s)
{
	uint32_t at = k->copied.excluded[s];
	json_open_object(o);
	struct str written = k->copy.sources[s].written;
	json_put_path(o, "source", written.n ? written : STR("."));
	json_member_str(o, "state",
			str_of(report_context_state_name(k->copied.states[s])));
	json_key(o, "excluded_by");
	if (at != CONTEXT_NONE && c->verdicts[at].pattern != CONTEXT_NONE)
		json_put_u64(o, c->ig.patterns[c->verdicts[at].pattern].line);
	else
		json_put_null(o);
	json_close_object(o);
}

static void put_copies(struct json_out *o, const struct context *c)
{
	json_key(o, "copies");
	json_open_array(o);
	for (size_t i = 0; i < c->n_own; i++) {
		const struct context_copy_result *k = &c->copy_results[i];
		json_open_object(o);
		json_member_u64(o, "line", k->copy.line);
		json_member_str(o, "instruction",
				str_of(report_context_use_name(k->copy.kind)));
		json_member_u64(o, "stage", k->copy.stage);
		json_key(o, "needed");
		json_put_bool(o, k->needed);
		put_amount(o, k->copied.sum);
		json_key(o, "sources");
		json_open_array(o);
		for (size_t s = 0; s < k->copy.n; s++)
			put_source(o, c, k, s);
		json_close_array(o);
		json_close_object(o);
	}
	json_close_array(o);
}

static int put_unread(struct json_out *o, const struct context *c,
		      struct err *err)
{
	json_key(o, "unread");
	json_open_array(o);
	for (size_t i = 0; i < c->tree.n_unread; i++) {
		json_open_object(o);
		if (put_entry(o, c, c->tree.unread[i].entry, err) < 0)
			return -1;
		json_member_str(o, "error",
				str_of(strerror(c->tree.unread[i].sys)));
		json_close_object(o);
	}
	json_close_array(o);
	return 0;
}

static void put_problem(struct json_out *o, const struct context_problem *p)
{
	json_key(o, "problem");
	if (p->line == 0) {
		json_put_null(o);
		return;
	}
	json_open_object(o);
	json_member_u64(o, "line", p->line);
	json_member_u64(o, "column", p->column);
	json_member_str(o, "message", str_of(p->message));
	json_close_object(o);
}

static void put_additions(struct json_out *o, const struct context *c,
			  bool written)
{
	json_key(o, "additions");
	json_open_array(o);
	for (size_t i = 0; i < c->advice.n; i++) {
		const struct context_addition *x = &c->advice.v[i];
		json_open_object(o);
		json_member_str(o, "pattern", x->line);
		json_member_str(
			o, "reason",
			str_of(x->reason == REASON_NONE
				       ? "never copied"
				       : catalog_reason_name(x->reason)));
		put_amount(o, x->saves);
		json_close_object(o);
	}
	json_close_array(o);
	put_sum(o, "saves", c->advice.saves);
	json_key(o, "written");
	json_put_bool(o, written);
}

int report_context_json(const struct report_context *p,
			const struct text_style *style, struct buf *out,
			struct err *err)
{
	(void)style;
	const struct context *c = p->c;
	struct json_out o;
	json_out_begin(&o, out, true);
	json_open_object(&o);
	json_member_u64(&o, "schema", CONTEXT_SCHEMA);
	json_put_path(&o, "root", p->root);
	put_path_or_null(&o, "dockerfile", p->dockerfile);
	json_member_str(&o, "builder", str_of(p->builder));
	put_path_or_null(&o, "ignore_file",
			 p->ignore_exists ? p->ignore_file : STR(""));
	put_sum(&o, "sent", c->sent);
	put_sum(&o, "excluded", c->excluded);
	put_reasons(&o, c);
	put_sum(&o, "unused",
		c->has_dockerfile ? c->unused : (struct context_sum){ 0 });
	put_copies(&o, c);
	if (put_dirs(&o, c, p->depth, err) < 0)
		return -1;
	put_patterns(&o, c);
	put_additions(&o, c, p->written);
	if (put_unread(&o, c, err) < 0)
		return -1;
	json_member_u64(&o, "sockets", c->n_sockets);
	put_problem(&o, &c->problem);
	json_close_object(&o);
	return json_out_finish(&o, err);
}
