/* SPDX-License-Identifier: Apache-2.0 */
/* The table of rules that --drop takes. */
#include "json/write.h"
#include "report/report.h"

static int put_presets(const struct drop_rule *r, struct buf *out,
		       struct err *err)
{
	bool first = true;
	for (size_t i = 0; i < ARRAY_LEN(drop_presets); i++) {
		if (!(r->presets & drop_presets[i].bit))
			continue;
		if (buf_addf(out, err, "%s%s", first ? "" : " ",
			     drop_presets[i].name) < 0)
			return -1;
		first = false;
	}
	return 0;
}

/* A place as a shell would match it; two stars stand for any depth. */
static int put_place(const struct drop_place *p, struct buf *out,
		     struct err *err)
{
	const char *anywhere = strncmp(p->root, "**", 2) == 0 ? "" : "/";
	const char *below = p->flags & PLACE_FLAT   ? ""
			    : p->flags & PLACE_DEEP ? "/*/**"
						    : "/**";
	if (*p->root == 0)
		return buf_addf(out, err, "/**/{%s}", p->take);
	if (buf_addf(out, err, "%s%s%s", anywhere, p->root, below) < 0)
		return -1;
	if (p->take && buf_addf(out, err, "/{%s}", p->take) < 0)
		return -1;
	return p->keep ? buf_addf(out, err, " but %s", p->keep) : 0;
}

int report_drop_list_text(const struct text_style *style, struct buf *out,
			  struct err *err)
{
	const char *bold = style->color ? "\033[1m" : "";
	const char *plain = style->color ? "\033[0m" : "";
	for (size_t i = 0; i < ARRAY_LEN(drop_presets); i++)
		if (buf_addf(out, err, "%s%-16s%s preset: %s\n", bold,
			     drop_presets[i].name, plain,
			     drop_presets[i].holds) < 0)
			return -1;
	for (size_t i = 0; i < n_drop_rules; i++) {
		const struct drop_rule *r = &drop_rules[i];
		if (buf_addf(out, err, "\n%s%-16s%s %s\n", bold, r->name, plain,
			     r->holds) < 0 ||
		    buf_addf(out, err, "  can break      %s\n", r->breaks) <
			    0 ||
		    buf_addf(out, err, "  presets        ") < 0 ||
		    (r->presets ? put_presets(r, out, err)
				: buf_str_add(out, STR("none"), err)) < 0 ||
		    buf_byte(out, '\n', err) < 0)
			return -1;
		for (const struct drop_place *p = r->places; p->root; p++)
			if (buf_addf(out, err, "  %-14s ",
				     p == r->places ? "takes" : "") < 0 ||
			    put_place(p, out, err) < 0 ||
			    buf_byte(out, '\n', err) < 0)
				return -1;
	}
	return 0;
}

static int put_rule(struct json_out *o, const struct drop_rule *r,
		    struct err *err)
{
	scoped(buf_done) struct buf place = BUF_INIT(4096);
	json_open_object(o);
	json_key(o, "rule");
	json_put_str(o, str_of(r->name));
	json_key(o, "holds");
	json_put_str(o, str_of(r->holds));
	json_key(o, "breaks");
	json_put_str(o, str_of(r->breaks));
	json_key(o, "presets");
	json_open_array(o);
	for (size_t i = 0; i < ARRAY_LEN(drop_presets); i++)
		if (r->presets & drop_presets[i].bit)
			json_put_str(o, str_of(drop_presets[i].name));
	json_close_array(o);
	json_key(o, "takes");
	json_open_array(o);
	for (const struct drop_place *p = r->places; p->root; p++) {
		buf_reset(&place);
		if (put_place(p, &place, err) < 0)
			return -1;
		json_put_str(o, buf_str(&place));
	}
	json_close_array(o);
	json_close_object(o);
	return 0;
}

int report_drop_list_json(struct buf *out, struct err *err)
{
	struct json_out o;
	json_out_begin(&o, out, true);
	json_open_object(&o);
	json_key(&o, "schema");
	json_put_u64(&o, REPORT_SCHEMA);
	json_key(&o, "rules");
	json_open_array(&o);
	for (size_t i = 0; i < n_drop_rules; i++)
		if (put_rule(&o, &drop_rules[i], err) < 0)
			return -1;
	json_close_array(&o);
	json_close_object(&o);
	return json_out_finish(&o, err);
}
