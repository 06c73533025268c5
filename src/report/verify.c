/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>

#include "json/write.h"
#include "report/human.h"
#include "report/report.h"

int report_difference_text(const struct tree_difference *d, bool first,
			   struct buf *out, struct err *err)
{
	(void)first;
	bool config = strncmp(d->field, "config:", 7) == 0;
	if (strcmp(d->field, "platform") == 0)
		return buf_addf(out, err, "platform %s: %s alone has it\n",
				str_quoted(d->a.n ? d->a : d->b).text,
				d->a.n ? "A" : "B");
	if ((!config &&
	     (buf_byte(out, '/', err) < 0 || buf_shown(out, d->path, err) < 0 ||
	      buf_str_add(out, STR(": "), err) < 0)) ||
	    buf_addf(out, err, "%s: ", d->field) < 0 ||
	    buf_shown(out, d->a, err) < 0 ||
	    buf_str_add(out, STR(" -> "), err) < 0 ||
	    buf_shown(out, d->b, err) < 0)
		return -1;
	return buf_byte(out, '\n', err);
}

int report_difference_json(const struct tree_difference *d, bool first,
			   struct buf *out, struct err *err)
{
	struct json_out o;
	if (!first && buf_str_add(out, STR(",\n"), err) < 0)
		return -1;
	json_out_begin(&o, out, false);
	json_open_object(&o);
	json_put_path(&o, "path", d->path);
	json_key(&o, "field");
	json_put_str(&o, str_of(d->field));
	json_key(&o, "a");
	json_put_str(&o, d->a);
	json_key(&o, "b");
	json_put_str(&o, d->b);
	json_close_object(&o);
	return json_out_finish(&o, err);
}

static int put_text(const struct verification *v, struct buf *out,
		    struct err *err)
{
	if (v->platform.n && (buf_shown(out, v->platform, err) < 0 ||
			      buf_byte(out, '\n', err) < 0))
		return -1;
	if (buf_str_add(out, buf_str(v->differences), err) < 0)
		return -1;
	if (v->n_differences)
		return buf_addf(out, err, "%s\n",
				report_human_things(v->n_differences,
						    "difference", "differences")
					.text);
	return buf_addf(out, err, "equal: tree %s, and the same config\n",
			digest_text(&v->digest[0]).text);
}

int report_verify_text(const struct report_verify *r, struct buf *out,
		       struct err *err)
{
	if (buf_str_add(out, r->alone, err) < 0)
		return -1;
	for (size_t i = 0; i < r->n; i++)
		if (put_text(&r->v[i], out, err) < 0)
			return -1;
	return 0;
}

static int put_pair(struct buf *out, const struct verification *v,
		    struct err *err)
{
	return buf_addf(out, err,
			"\"equal\": %s,\n\"tree_digest\": [\"%s\", \"%s\"],\n"
			"\"differences\": [%.*s]",
			v->n_differences ? "false" : "true",
			digest_text(&v->digest[0]).text,
			digest_text(&v->digest[1]).text,
			STR_ARG(buf_str(v->differences)));
}

static int put_one(const struct verification *v, struct buf *out,
		   struct err *err)
{
	if (buf_addf(out, err, "{\n\"schema\": %d,\n", REPORT_SCHEMA) < 0 ||
	    put_pair(out, v, err) < 0)
		return -1;
	return buf_addf(out, err, "\n}\n");
}

static int put_platforms(const struct report_verify *r, struct buf *out,
			 struct err *err)
{
	bool equal = r->alone.n == 0;
	for (size_t i = 0; i < r->n; i++)
		equal = equal && r->v[i].n_differences == 0;
	if (buf_addf(out, err,
		     "{\n\"schema\": %d,\n\"equal\": %s,\n"
		     "\"differences\": [%.*s],\n\"platforms\": [\n",
		     REPORT_SCHEMA, equal ? "true" : "false",
		     STR_ARG(r->alone)) < 0)
		return -1;
	for (size_t i = 0; i < r->n; i++)
		if (buf_addf(out, err, "%s{\"platform\": ", i ? ",\n" : "") <
			    0 ||
		    json_add_quoted(out, r->v[i].platform, err) < 0 ||
		    buf_str_add(out, STR(",\n"), err) < 0 ||
		    put_pair(out, &r->v[i], err) < 0 ||
		    buf_byte(out, '}', err) < 0)
			return -1;
	return buf_addf(out, err, "]\n}\n");
}

int report_verify_json(const struct report_verify *r, struct buf *out,
		       struct err *err)
{
	return r->several ? put_platforms(r, out, err)
			  : put_one(r->v, out, err);
}
