/* SPDX-License-Identifier: Apache-2.0 */
/* report/findings_parts.h - what the formats of lint's findings share. */
#pragma once
#include "lint/suppress/fingerprint.h"
#include "report/findings.h"

/* The formats, a file each. */
int report_findings_text(const struct report_findings *r,
			 const struct text_style *style, struct buf *out,
			 struct err *err);
int report_findings_tty(const struct report_findings *r,
			const struct text_style *style, struct buf *out,
			struct err *err);
int report_findings_gnu(const struct report_findings *r,
			const struct text_style *style, struct buf *out,
			struct err *err);
int report_findings_json(const struct report_findings *r,
			 const struct text_style *style, struct buf *out,
			 struct err *err);
int report_findings_sarif(const struct report_findings *r,
			  const struct text_style *style, struct buf *out,
			  struct err *err);
int report_findings_github(const struct report_findings *r,
			   const struct text_style *style, struct buf *out,
			   struct err *err);
int report_findings_gitlab(const struct report_findings *r,
			   const struct text_style *style, struct buf *out,
			   struct err *err);
int report_findings_codeclimate(const struct report_findings *r,
				const struct text_style *style, struct buf *out,
				struct err *err);
int report_findings_checkstyle(const struct report_findings *r,
			       const struct text_style *style, struct buf *out,
			       struct err *err);
int report_findings_junit(const struct report_findings *r,
			  const struct text_style *style, struct buf *out,
			  struct err *err);

/* Calls put for each finding in the order that r asks for, and drains. */
must_check int report_each_finding(const struct report_findings *r,
				   const struct text_style *style,
				   struct buf *out,
				   int (*put)(const struct text_style *style,
					      const struct finding_list *file,
					      const struct finding *f,
					      struct buf *out, struct err *err),
				   struct err *err);

/* What a summary tells of all files. */
struct report_totals {
	size_t findings, by_severity[4];
	size_t files; /* with findings */
	size_t suppressed, small, unread;
	uint64_t estimated, measured; /* bytes */
};
struct report_totals report_count(const struct report_findings *r);

/* The rules of a report, sorted by id; one finding of each. */
struct report_met {
	struct arena arena;
	const struct finding **v;
	size_t n;
};
must_check int report_met_collect(const struct report_findings *r,
				  struct report_met *u, struct err *err);
void report_met_done(struct report_met *u);
/* Of the finding's rule, which is there. */
size_t report_met_index(const struct report_met *u, const struct finding *f);

/* Behind each file: r->to takes what has gathered, when there is much. */
must_check int report_drain(const struct report_findings *r, struct buf *out,
			    struct err *err);

/* Where it is explained: a command that whoever has pare can run, or a page of
 * shellcheck's. */
must_check int report_add_page(struct buf *to, const char *id, struct err *err);
bool report_is_shellcheck(const char *id);

/* What is found, where in an image, and what it costs there: a finding in a
 * file has its place and bytes beside the message, one in an image here. */
must_check int report_add_message(struct buf *to,
				  const struct finding_list *list,
				  const struct finding *f, struct err *err);
/* What to do: the remedy, or the text of the rule's page. */
must_check int report_add_help(struct buf *to, const struct finding *f,
			       struct err *err);
/* One a finding, in the arena: by which it is known again tomorrow. In a file
 * lint/suppress/fingerprint.h; in an image rule, message and costliest path:
 * neither the layer's number nor the bytes, which the next build changes. */
must_check int report_fingerprints(const struct finding_list *list,
				   struct arena *a,
				   struct finding_fingerprint **out,
				   struct err *err);

/* A physical line without its end, from 1; empty when there is none. */
struct str report_line(const struct finding_list *r, uint32_t line);
/* The path without "./" in front, as programs want it. */
struct str report_plain_path(struct str path);

/* One line of text that no byte of s can leave: control characters, those
 * that turn the direction of writing and bytes that are not UTF-8 become
 * \n, \x1b, \u202e. */
must_check int report_add_visible(struct buf *to, struct str s,
				  struct err *err);
/* Length of the character at s.p[i] that may be shown as it is; 0: none. */
size_t report_visible_at(struct str s, size_t i);
/* Length of the character at s.p[i], 1 for a byte that is none. */
size_t report_step_at(struct str s, size_t i);
/* Of one character in UTF-8; U+FFFD for what is none. */
uint32_t report_code_point(struct str character);
/* A URI reference: percent-encoded but for unreserved characters and "/"; an
 * absolute path becomes file://... */
must_check int report_add_uri(struct buf *to, struct str path, struct err *err);
/* Text or an attribute of XML 1.0 in UTF-8; what XML cannot hold becomes
 * U+FFFD. */
must_check int report_add_xml(struct buf *to, struct str s, struct err *err);
