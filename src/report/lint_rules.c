/* SPDX-License-Identifier: Apache-2.0 */
#include "json/write.h"
#include "report/lint_parts.h"

static int put_text(const struct lint_rule *r, struct buf *out, struct err *err)
{
	const char *fix = lint_fix_name[r->fix];
	return buf_addf(out, err, "%-30s %-8s %-4s %-11s %s%s%s%s\n", r->id,
			lint_severity_name[r->severity], r->off ? "off" : "on",
			fix ? fix : "-", r->summary, r->alias ? " (" : "",
			r->alias ? r->alias : "", r->alias ? ")" : "");
}

int report_lint_rules_text(const struct lint_table *t, bool color,
			   struct buf *out, struct err *err)
{
	if (buf_addf(out, err, "%s%-30s %-8s %-4s %-11s %s%s\n",
		     color ? "\033[1m" : "", "RULE", "SEVERITY", "RUN", "FIX",
		     "FINDS", color ? "\033[0m" : "") < 0)
		return -1;
	for (size_t i = 0; i < t->n; i++)
		if (put_text(t->v[i], out, err) < 0)
			return -1;
	return 0;
}

static void put_name(struct json_out *o, const char *key, const char *name)
{
	json_key(o, key);
	if (name)
		json_put_str(o, str_of(name));
	else
		json_put_null(o);
}

static void put_json(struct json_out *o, const struct lint_rule *r)
{
	json_open_object(o);
	put_name(o, "rule", r->id);
	json_key(o, "aliases");
	json_open_array(o);
	if (r->alias)
		json_put_str(o, str_of(r->alias));
	json_close_array(o);
	put_name(o, "severity", lint_severity_name[r->severity]);
	json_key(o, "default");
	json_put_bool(o, !r->off);
	put_name(o, "fix", lint_fix_name[r->fix]);
	put_name(o, "summary", r->summary);
	json_close_object(o);
}

int report_lint_rules_json(const struct lint_table *t, struct buf *out,
			   struct err *err)
{
	struct json_out o;
	json_out_begin(&o, out, true);
	json_open_object(&o);
	json_key(&o, "schema");
	json_put_u64(&o, 1);
	json_key(&o, "rules");
	json_open_array(&o);
	for (size_t i = 0; i < t->n; i++)
		put_json(&o, t->v[i]);
	json_close_array(&o);
	json_close_object(&o);
	if (json_out_finish(&o, err) < 0)
		return -1;
	return buf_byte(out, '\n', err);
}
