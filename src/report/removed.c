/* SPDX-License-Identifier: Apache-2.0 */
#include "report/removed.h"

#include <inttypes.h>

#include "report/human.h"

static int put_missed(const struct dropping *d, struct buf *out,
		      struct err *err)
{
	static const char line[] = "       %s will miss %s of them%s\n";
	const struct catalog_database *b;
	for (size_t i = 0; (b = catalog_database_at(i)); i++) {
		if (d->n_missed[i] &&
		    buf_addf(out, err, line, b->check,
			     report_human_count(d->n_missed[i]).text,
			     " (--removed names the packages)") < 0)
			return -1;
		if (d->n && d->unread[i] &&
		    buf_addf(out, err,
			     "       %s will miss those that are a "
			     "package's: its database is not read\n",
			     b->check) < 0)
			return -1;
	}
	return 0;
}

int report_removed_text(const struct dropping *d, struct buf *out,
			struct err *err)
{
	const char *label = "gone  ";
	const struct catalog_drop *rule;
	struct catalog_at at = { 0 };
	for (size_t i = 0; (rule = catalog_next_drop(&at)); i++) {
		const struct drop_sum *s = &d->by_rule[i];
		if (s->names == 0)
			continue;
		if (buf_addf(out, err, "%s %-16s %9s %-5s %10s\n", label,
			     rule->name, report_human_count(s->names).text,
			     plural(s->names, "name", "names"),
			     report_human_bytes(s->bytes).text) < 0)
			return -1;
		label = "      ";
	}
	if (d->base.names &&
	    buf_addf(out, err,
		     "       %s with %s %s in the kept base: hiding %s saves "
		     "nothing;\n       --base none would drop %s\n",
		     report_human_things(d->base.names, "name", "names").text,
		     report_human_bytes(d->base.bytes).text,
		     plural(d->base.names, "stays", "stay"),
		     plural(d->base.names, "it", "them"),
		     plural(d->base.names, "it", "them")) < 0)
		return -1;
	return put_missed(d, out, err);
}

static int put_removed(struct json_out *o, const struct tree *t,
		       const struct dropped *d, struct buf *path,
		       struct err *err)
{
	buf_reset(path);
	if (tree_path(t, d->node, path, err) < 0)
		return -1;
	json_open_object(o);
	json_put_path(o, "path", buf_str(path));
	json_member_u64(o, "bytes", d->bytes);
	json_key(o, "rule");
	json_put_str(o, str_of(d->rule->name));
	json_key(o, "package");
	if (d->owner.n)
		json_put_str(o, d->owner);
	else
		json_put_null(o);
	json_close_object(o);
	return 0;
}

static void put_base(struct json_out *o, const struct dropping *d)
{
	json_key(o, "kept_in_base");
	json_open_object(o);
	json_member_u64(o, "names", d->base.names);
	json_member_u64(o, "bytes", d->base.bytes);
	json_close_object(o);
	json_key(o, "missed_by");
	json_open_object(o);
	const struct catalog_database *b;
	for (size_t i = 0; (b = catalog_database_at(i)); i++) {
		json_key(o, b->name);
		if (d->unread[i])
			json_put_null(o); /* not known */
		else
			json_put_u64(o, d->n_missed[i]);
	}
	json_close_object(o);
}

int report_removed_json(struct json_out *o, const struct tree *t,
			const struct dropping *d, struct err *err)
{
	scoped(buf_done) struct buf path = BUF_INIT(1 << 20);
	json_key(o, "removed");
	json_open_array(o);
	for (uint32_t i = 0; d && i < d->n; i++)
		if (put_removed(o, t, &d->v[i], &path, err) < 0)
			return -1;
	json_close_array(o);
	if (d)
		put_base(o, d);
	return 0;
}

int report_removed_list(const struct tree *t, const struct dropping *d,
			struct buf *out, struct err *err)
{
	scoped(buf_done) struct buf path = BUF_INIT(1 << 20);
	for (uint32_t i = 0; i < d->n; i++) {
		const struct dropped *x = &d->v[i];
		buf_reset(&path);
		if (tree_path(t, x->node, &path, err) < 0 ||
		    buf_addf(out, err, "%" PRIu64 "\t%s\t%.*s\t/", x->bytes,
			     x->rule->name,
			     STR_ARG(x->owner.n ? x->owner : STR("-"))) < 0 ||
		    buf_quoted(out, buf_str(&path), err) < 0 ||
		    buf_byte(out, '\n', err) < 0)
			return -1;
	}
	return 0;
}
