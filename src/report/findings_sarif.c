/* SPDX-License-Identifier: Apache-2.0 */
/* SARIF 2.1.0 (OASIS, 2020). Rules are those that found something; columns
 * count UTF-16 code units, as SARIF wants it and GitHub reads it. */
#include <stdio.h>

#include "json/write.h"
#include "lint/suppress/fingerprint.h"
#include "report/findings_parts.h"

enum { PAGE_MAX = 1 << 20 };

static const char *const level[] = {
	[SEV_ERROR] = "error",
	[SEV_WARN] = "warning",
	[SEV_INFO] = "note",
	[SEV_STYLE] = "note",
};

static void put_message(struct json_out *o, const char *key, struct str text)
{
	json_key(o, key);
	json_open_object(o);
	json_key(o, "text");
	json_put_str(o, text);
	json_close_object(o);
}

/* 3.49.13: a viewer that knows no Markdown shows the text. */
static void put_help(struct json_out *o, struct str page)
{
	json_key(o, "help");
	json_open_object(o);
	json_key(o, "text");
	json_put_str(o, page);
	json_key(o, "markdown");
	json_put_str(o, page);
	json_close_object(o);
}

/* All of shellcheck's share one row, which has no page and no level. */
static void put_rule(struct json_out *o, const struct finding *f)
{
	scoped(buf_done) struct buf page = BUF_INIT(PAGE_MAX);
	bool other = report_is_shellcheck(f->id);
	if (o->err.code != ERR_NONE ||
	    (other ? report_add_page(&page, f->id, &o->err)
		   : report_add_help(&page, f, &o->err)) < 0)
		return;
	json_open_object(o);
	json_member_name(o, "id", f->id);
	if (!other && f->alias)
		json_member_name(o, "name", f->alias);
	put_message(o, "shortDescription", str_of(f->summary));
	if (other) {
		json_key(o, "helpUri");
		json_put_str(o, buf_str(&page));
	}
	/* What cures an image differs from finding to finding of a rule. */
	if (!f->remedy)
		put_help(o, buf_str(&page));
	json_key(o, "defaultConfiguration");
	json_open_object(o);
	json_member_name(o, "level", level[other ? f->severity : f->usual]);
	json_close_object(o);
	json_close_object(o);
}

static void put_driver(struct json_out *o, const struct report_findings *r,
		       const struct report_met *u)
{
	json_key(o, "tool");
	json_open_object(o);
	json_key(o, "driver");
	json_open_object(o);
	json_member_name(o, "name", "pare");
	json_member_name(o, "version", r->version);
	json_key(o, "rules");
	json_open_array(o);
	for (size_t i = 0; i < u->n; i++)
		put_rule(o, u->v[i]);
	json_close_array(o);
	json_close_object(o);
	json_close_object(o);
}

/* --- places --------------------------------------------------------------- */

/* The column of a byte in UTF-16 code units, from 1. A byte order mark is
 * none of the text's. */
static uint64_t utf16_column(const struct finding_list *file,
			     struct text_pos at)
{
	struct str line = report_line(file, at.line);
	size_t to = MIN((size_t)at.column - 1, line.n), i = 0;
	uint64_t units = 1 + (at.column - 1 - to);
	if (at.line == 1 && str_starts(line, STR("\xef\xbb\xbf")))
		i = 3;
	while (i < to) {
		size_t n = report_step_at(line, i);
		units += n == 4 ? 2 : 1;
		i += n;
	}
	return units;
}

static int put_artifact(struct json_out *o, const struct finding_list *file,
			struct err *err)
{
	scoped(buf_done) struct buf uri = BUF_INIT(SIZE_MAX);
	if (report_add_uri(&uri, file->path, err) < 0)
		return -1;
	json_key(o, "artifactLocation");
	json_open_object(o);
	json_key(o, "uri");
	json_put_str(o, buf_str(&uri));
	json_close_object(o);
	return 0;
}

/* Paths in an image are no artifacts that a viewer could open: they are
 * logical locations (3.33), the costliest first. */
static void put_logical(struct json_out *o, const struct finding *f)
{
	if (f->n_paths == 0)
		return;
	json_key(o, "logicalLocations");
	json_open_array(o);
	for (uint32_t i = 0; i < f->n_paths; i++) {
		json_open_object(o);
		json_key(o, "fullyQualifiedName");
		json_put_str(o, f->paths[i]);
		json_member_name(o, "kind", "resource");
		json_close_object(o);
	}
	json_close_array(o);
}

static int put_location(struct json_out *o, const struct finding_list *file,
			const struct finding *f, struct err *err)
{
	json_key(o, "locations");
	json_open_array(o);
	json_open_object(o);
	json_key(o, "physicalLocation");
	json_open_object(o);
	if (put_artifact(o, file, err) < 0)
		return -1;
	if (f && file->subject == FINDING_IN_FILE) {
		json_key(o, "region");
		json_open_object(o);
		json_member_u64(o, "startLine", f->from.line);
		json_member_u64(o, "startColumn", utf16_column(file, f->from));
		json_member_u64(o, "endLine", f->to.line);
		json_member_u64(o, "endColumn", utf16_column(file, f->to));
		json_close_object(o);
	}
	json_close_object(o);
	if (f && file->subject == FINDING_IN_IMAGE)
		put_logical(o, f);
	json_close_object(o);
	json_close_array(o);
	return 0;
}

/* --- results -------------------------------------------------------------- */

static int put_text(struct json_out *o, const struct finding_list *file,
		    const struct finding *f, struct err *err)
{
	scoped(buf_done) struct buf text = BUF_INIT(SIZE_MAX);
	if (report_add_message(&text, file, f, err) < 0)
		return -1;
	put_message(o, "message", buf_str(&text));
	return 0;
}

static void put_properties(struct json_out *o, const struct finding_list *file,
			   const struct finding *f)
{
	bool image = file->subject == FINDING_IN_IMAGE;
	const char *source = finding_bytes_name(f);
	if (!image && !source && !f->typical)
		return;
	json_key(o, "properties");
	json_open_object(o);
	if (source) {
		json_member_u64(o, "bytes", f->bytes);
		json_member_name(o, "bytes_source", source);
		if (f->basis)
			json_member_name(o, "bytes_basis", f->basis);
	}
	if (f->typical) {
		json_member_u64(o, "typical_bytes", f->typical);
		json_member_name(o, "typical_of", f->typical_of);
	}
	if (image) {
		if (source && f->has_compressed)
			json_member_u64(o, "compressed_bytes", f->compressed);
		json_member_u64(o, "layer", f->layer);
		if (f->removed_in != FINDING_NO_LAYER)
			json_member_u64(o, "removed_in", f->removed_in);
		json_member_u64(o, "n_paths", f->n_paths_all);
		json_member_name(o, "remedy", f->remedy);
	}
	json_close_object(o);
}

static int put_result(struct json_out *o, const struct report_met *u,
		      const struct finding_list *file, const struct finding *f,
		      const struct finding_fingerprint *print, struct err *err)
{
	char same[64];
	snprintf(same, sizeof same, "%s:%u", print->hex, print->nth);
	json_open_object(o);
	json_member_name(o, "ruleId", f->id);
	json_member_u64(o, "ruleIndex", report_met_index(u, f));
	json_member_name(o, "level", level[f->severity]);
	if (put_text(o, file, f, err) < 0)
		return -1;
	if (put_location(o, file, f, err) < 0)
		return -1;
	json_key(o, "partialFingerprints");
	json_open_object(o);
	json_member_name(o, "pareLogicalLine/v1", same);
	json_close_object(o);
	put_properties(o, file, f);
	json_close_object(o);
	return 0;
}

static int put_file(struct json_out *o, const struct report_met *u,
		    const struct finding_list *file, struct err *err)
{
	scoped(arena_done) struct arena a = { 0 };
	struct finding_fingerprint *prints;
	if (report_fingerprints(file, &a, &prints, err) < 0)
		return -1;
	for (size_t i = 0; i < file->n; i++)
		if (put_result(o, u, file, &file->findings[i], &prints[i],
			       err) < 0)
			return -1;
	return 0;
}

/* Files that could not be read. */
static int put_invocation(struct json_out *o, const struct report_findings *r,
			  struct err *err)
{
	size_t unread = 0;
	for (size_t i = 0; i < r->n; i++)
		unread += r->results[i].err != NULL;
	json_key(o, "invocations");
	json_open_array(o);
	json_open_object(o);
	json_key(o, "executionSuccessful");
	json_put_bool(o, unread == 0);
	if (unread) {
		json_key(o, "toolExecutionNotifications");
		json_open_array(o);
	}
	for (size_t i = 0; i < r->n; i++) {
		const struct finding_list *file = &r->results[i];
		if (!file->err)
			continue;
		json_open_object(o);
		json_member_name(o, "level", "error");
		put_message(o, "message", str_of(file->err->text));
		if (put_location(o, file, NULL, err) < 0)
			return -1;
		json_close_object(o);
	}
	if (unread)
		json_close_array(o);
	json_close_object(o);
	json_close_array(o);
	return 0;
}

static int put_run(struct json_out *o, const struct report_findings *r,
		   const struct report_met *u, struct err *err)
{
	put_driver(o, r, u);
	if (put_invocation(o, r, err) < 0)
		return -1;
	json_member_name(o, "columnKind", "utf16CodeUnits");
	json_key(o, "results");
	json_open_array(o);
	for (size_t i = 0; i < r->n; i++)
		if (put_file(o, u, &r->results[i], err) < 0 ||
		    report_drain(r, o->to, err) < 0)
			return -1;
	json_close_array(o);
	return 0;
}

int report_findings_sarif(const struct report_findings *r,
			  const struct text_style *style, struct buf *out,
			  struct err *err)
{
	(void)style;
	scoped(report_met_done) struct report_met u = { 0 };
	struct json_out o;
	if (report_met_collect(r, &u, err) < 0)
		return -1;
	json_out_begin(&o, out, true);
	json_open_object(&o);
	json_member_name(&o, "$schema",
			 "https://json.schemastore.org/sarif-2.1.0.json");
	json_member_name(&o, "version", "2.1.0");
	json_key(&o, "runs");
	json_open_array(&o);
	json_open_object(&o);
	if (put_run(&o, r, &u, err) < 0)
		return -1;
	json_close_object(&o);
	json_close_array(&o);
	json_close_object(&o);
	if (json_out_finish(&o, err) < 0)
		return -1;
	return buf_byte(out, '\n', err);
}
