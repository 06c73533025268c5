/* SPDX-License-Identifier: Apache-2.0 */
/* ADD unpacks a tar archive, plain or by gzip, bzip2, xz or zstd, and tells one
 * by its first bytes (moby/go-archive, "compression"). A name says as much as
 * hadolint makes of it; a file that lies in the context says it itself. */
#include "lint/rule.h"
#include "lint/facts/values.h"
#include "lint/facts/words.h"
#include "lint/rules/copy/context_source.h"

enum { TAR_MAGIC_AT = 257, HEAD_MAX = 512 };

/* A URL, a git repository, an archive by its name; app.tar.* is one, too. */
static bool needs_add(struct str source)
{
	return lint_word_is_archive(source) ||
	       lint_word_contains(source, ".tar.*") ||
	       lint_word_contains(source, ".tar*") ||
	       lint_word_contains(source, ".t*z") ||
	       lint_word_starts(source, "https:// http:// git:// ssh:// git@");
}

/* An archive by its first bytes. A compressed file that holds no tar is copied
 * as it is, but whether this is one would have to be inflated first. */
static int is_archive(const struct lint_file *f, struct str source, bool *is,
		      struct err *err)
{
	static const struct str magic[] = {
		STR("\x1f\x8b"),
		STR("BZh"),
		STR("\xfd"
		    "7zXZ"),
		STR("\x28\xb5\x2f\xfd"),
	};
	struct str head;
	if (*is || source.n == 0 || lint_word_has_expansion(source))
		return 0;
	int r = lint_context_source_read(f, source, HEAD_MAX, &head, err);
	if (r <= 0)
		return r;
	for (size_t i = 0; i < ARRAY_LEN(magic); i++)
		*is |= str_starts(head, magic[i]);
	*is |= head.n > TAR_MAGIC_AT &&
	       str_starts(str_from(head, TAR_MAGIC_AT), STR("ustar"));
	return 0;
}

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	size_t n;
	const struct df_word *src = dockerfile_copy_sources(in, &n);
	const struct df_word *from = NULL, *to = NULL;
	for (size_t i = 0; i < n; i++) {
		struct str value = src[i].text;
		if (lint_value(f, in, src[i].text, &value, err) < 0)
			return -1;
		bool archive = needs_add(lint_word_unquoted(src[i].text)) ||
			       needs_add(value);
		if (is_archive(f, value, &archive, err) < 0)
			return -1;
		if (archive)
			continue;
		from = from ? from : &src[i];
		to = &src[i];
	}
	if (!from)
		return 0;
	return lint_find(out, span_of(from->at.at, span_end(to->at)), err,
			 "ADD of %s does no more than COPY here, but would "
			 "silently unpack an archive or fetch a URL; write "
			 "COPY",
			 str_quoted(from->text).text);
}

const struct lint_rule rule_add_instead_of_copy = {
	.id = "DL3020",
	.severity = SEV_ERROR,
	.on = DF_ADD,
	.summary = "ADD where COPY is enough",
	.check_instr = check,
};
