/* SPDX-License-Identifier: Apache-2.0 */
/* Code Climate's issues, and the part of them that GitLab's code quality
 * report takes. */
#include "base/digest.h"
#include "json/write.h"
#include "lint/suppress/fingerprint.h"
#include "report/findings_parts.h"

static const char *const severity[] = {
	[SEV_ERROR] = "critical",
	[SEV_WARN] = "major",
	[SEV_INFO] = "minor",
	[SEV_STYLE] = "info",
};

enum { PAGE_MAX = 1 << 20 };

static void put_place(struct json_out *o, const char *key, struct text_pos at)
{
	json_key(o, key);
	json_open_object(o);
	json_key(o, "line");
	json_put_u64(o, at.line);
	json_key(o, "column");
	json_put_u64(o, at.column);
	json_close_object(o);
}

/* The last line that has a byte of it. */
static uint32_t last_line(const struct finding *f)
{
	return f->to.line > f->from.line && f->to.column == 1 ? f->to.line - 1
							      : f->to.line;
}

/* Code Climate wants lines or positions; GitLab reads lines. */
static void put_location(struct json_out *o, const struct finding_list *file,
			 const struct finding *f, bool positions)
{
	/* Both want a line; an image is said to have one. */
	static const struct finding whole = { .from = { 1, 1 },
					      .to = { 1, 1 } };
	if (file->subject == FINDING_IN_IMAGE)
		f = &whole;
	json_key(o, "location");
	json_open_object(o);
	json_put_path(o, "path", report_plain_path(file->path));
	json_key(o, positions ? "positions" : "lines");
	json_open_object(o);
	if (positions) {
		put_place(o, "begin", f->from);
		put_place(o, "end", f->to);
	} else {
		json_key(o, "begin");
		json_put_u64(o, f->from.line);
		json_key(o, "end");
		json_put_u64(o, last_line(f));
	}
	json_close_object(o);
	json_close_object(o);
}

/* Of path, rule, line and number: a moved line keeps it. */
static void put_fingerprint(struct json_out *o, const struct finding_list *file,
			    const struct finding *f,
			    const struct finding_fingerprint *print)
{
	scoped(buf_done) struct buf key = BUF_INIT(SIZE_MAX);
	struct digest d;
	struct str path = report_plain_path(file->path);
	if (o->err.code != ERR_NONE || buf_str_add(&key, path, &o->err) < 0 ||
	    buf_addf(&key, &o->err, "%c%s%c%s%c%u", 0, f->id, 0, print->hex, 0,
		     print->nth) < 0 ||
	    digest_of(DIGEST_SHA256, key.p, key.n, &d, &o->err) < 0)
		return;
	struct digest_text hex = digest_hex(&d);
	json_member_str(o, "fingerprint", (struct str){ hex.text, 32 });
}

static void put_both(struct json_out *o, const struct finding_list *file,
		     const struct finding *f,
		     const struct finding_fingerprint *print)
{
	scoped(buf_done) struct buf text = BUF_INIT(SIZE_MAX);
	if (o->err.code != ERR_NONE ||
	    report_add_message(&text, file, f, &o->err) < 0)
		return;
	json_member_str(o, "check_name", str_of(f->id));
	json_member_str(o, "description", buf_str(&text));
	put_fingerprint(o, file, f, print);
	json_member_str(o, "severity", str_of(severity[f->severity]));
}

static void put_content(struct json_out *o, const struct finding *f)
{
	scoped(buf_done) struct buf page = BUF_INIT(PAGE_MAX);
	if (o->err.code != ERR_NONE || report_add_help(&page, f, &o->err) < 0)
		return;
	json_key(o, "content");
	json_open_object(o);
	json_member_str(o, "body", buf_str(&page));
	json_close_object(o);
}

static void put_issue(struct json_out *o, const struct finding_list *file,
		      const struct finding *f,
		      const struct finding_fingerprint *print)
{
	json_open_object(o);
	json_member_str(o, "type", STR("issue"));
	put_both(o, file, f, print);
	put_content(o, f);
	json_key(o, "categories");
	json_open_array(o);
	json_put_str(o, f->bytes_source != BYTES_UNKNOWN ? STR("Performance")
			: f->severity == SEV_STYLE	 ? STR("Style")
							 : STR("Bug Risk"));
	json_close_array(o);
	put_location(o, file, f, true);
	json_close_object(o);
}

int report_findings_codeclimate(const struct report_findings *r,
				const struct text_style *style, struct buf *out,
				struct err *err)
{
	(void)style;
	for (size_t i = 0; i < r->n; i++) {
		const struct finding_list *file = &r->results[i];
		scoped(arena_done) struct arena a = { 0 };
		struct finding_fingerprint *prints;
		if (report_fingerprints(file, &a, &prints, err) < 0)
			return -1;
		for (size_t k = 0; k < file->n; k++) {
			struct json_out o;
			json_out_begin(&o, out, false);
			put_issue(&o, file, &file->findings[k], &prints[k]);
			if (json_out_finish(&o, err) < 0 ||
			    buf_byte(out, 0, err) < 0)
				return -1;
		}
		if (report_drain(r, out, err) < 0)
			return -1;
	}
	return 0;
}

static int put_gitlab_file(struct json_out *o, const struct finding_list *file,
			   struct err *err)
{
	scoped(arena_done) struct arena a = { 0 };
	struct finding_fingerprint *prints;
	if (report_fingerprints(file, &a, &prints, err) < 0)
		return -1;
	for (size_t k = 0; k < file->n; k++) {
		json_open_object(o);
		put_both(o, file, &file->findings[k], &prints[k]);
		put_content(o, &file->findings[k]);
		put_location(o, file, &file->findings[k], false);
		json_close_object(o);
	}
	return 0;
}

int report_findings_gitlab(const struct report_findings *r,
			   const struct text_style *style, struct buf *out,
			   struct err *err)
{
	(void)style;
	struct json_out o;
	json_out_begin(&o, out, true);
	json_open_array(&o);
	for (size_t i = 0; i < r->n; i++)
		if (put_gitlab_file(&o, &r->results[i], err) < 0 ||
		    report_drain(r, out, err) < 0)
			return -1;
	json_close_array(&o);
	if (json_out_finish(&o, err) < 0)
		return -1;
	return buf_byte(out, '\n', err);
}
