/* SPDX-License-Identifier: Apache-2.0 */
/* tests/fixtures/lint/builder.tsv, made by bench/buildkit_check/table: of each
 * Dockerfile what BuildKit says, and marks round the words to blame. */
#include <stdio.h>

#include "base/test.h"
#include "lint/facts/words.h"
#include "lint/lint.h"
#include "lint/table.h"

enum { LINE_MAX_BYTES = 4096 };

static const char refusals[] = "PARE-SYNTAX DL3011 DL3023 DL3043 DL3061";

/* One line of the table as a file, and the span between its marks. */
struct line {
	char text[LINE_MAX_BYTES];
	size_t n;
	struct span at;
	bool marked, less; /* less: pare is silent on purpose */
	bool refused;
};

static bool skip_mark(const char **p, const char *mark)
{
	if (strncmp(*p, mark, strlen(mark)) != 0)
		return false;
	*p += strlen(mark);
	return true;
}

static void read_line(const char *p, struct line *l)
{
	*l = (struct line){ 0 };
	l->less = skip_mark(&p, "~ ");
	if (skip_mark(&p, "+ "))
		l->n = (size_t)snprintf(l->text, sizeof l->text,
					"FROM debian:13-slim\n");
	while (*p && *p != '\t') {
		if (skip_mark(&p, "\u00ab")) {
			l->at.at = (uint32_t)l->n;
			l->marked = true;
		} else if (skip_mark(&p, "\u00bb")) {
			l->at.n = (uint32_t)l->n - l->at.at;
		} else if (skip_mark(&p, "\u2424")) {
			l->text[l->n++] = '\n';
		} else if (skip_mark(&p, "\u2409")) {
			l->text[l->n++] = '\t';
		} else {
			l->text[l->n++] = *p++;
		}
	}
	l->refused = *p && p[1] && p[1] != '\n';
	l->text[l->n++] = '\n';
}

static void look(const struct line *l, const char *source)
{
	struct err err = { 0 };
	struct lint_choice choice = { .show = SEV_STYLE };
	scoped(arena_done) struct arena keep = { 0 };
	struct finding_list r = { 0 };
	struct lint_input in = { .path = STR("Dockerfile"),
				 .text = { l->text, l->n },
				 .rules = &lint_all_rules,
				 .choice = &choice };
	size_t n = 0;
	assert_ok(lint_run_rules(&in, &keep, &r, &err), &err);
	for (size_t i = 0; i < r.n; i++) {
		const struct finding *f = &r.findings[i];
		bool inside = l->marked && f->at.at >= l->at.at &&
			      f->at.at < span_end(l->at);
		bool refusal = lint_word_in(str_of(f->id), refusals);
		if (refusal && ++n == 1 && f->at.at == l->at.at &&
		    f->at.n == l->at.n && f->severity == SEV_ERROR)
			continue;
		if (refusal || inside)
			fail_msg("%sone more: %s at %u of %u bytes: %.*s",
				 source, f->id, f->at.at, f->at.n,
				 STR_ARG(f->message));
	}
	if (n != (size_t)(l->refused && !l->less))
		fail_msg("%sis %srefused", source, n ? "" : "not ");
}

static size_t each_line(FILE *f)
{
	static char text[LINE_MAX_BYTES];
	static struct line l;
	size_t n = 0;
	while (fgets(text, sizeof text, f)) {
		if (strncmp(text, "## ", 3) == 0)
			continue;
		read_line(text, &l);
		if (l.marked != (l.refused && !l.less))
			fail_msg("%shas marks that do not fit", text);
		look(&l, text);
		n += l.refused;
	}
	return n;
}

TEST(builder, what_is_refused_is_told_at_its_words)
{
	FILE *f = fopen(LINT_BUILDER, "re");
	assert_non_null(f);
	size_t n = each_line(f);
	fclose(f);
	assert_true(n >= 200);
}

/* What older front ends refuse is no line of the table, which the newest one
 * fills in: the first version of each flag is in BuildKit's reference. */
TEST(builder, a_syntax_line_of_an_older_version_decides)
{
	static const struct {
		const char *line;
		bool refused;
	} rows[] = {
		{ "1.4\u2424FROM a\u2424RUN \u00ab--security=sandbox\u00bb x",
		  true },
		{ "1.4\u2424FROM a\u2424COPY --link \u00ab--parents\u00bb a /b",
		  true },
		{ "1.2.1\u2424FROM a\u2424RUN \u00ab--network=none\u00bb x",
		  true },
		{ "1.26\u2424FROM a\u2424RUN \u00ab--device=a\u00bb x", true },
		{ "1.27\u2424FROM a\u2424RUN --device=a x", false },
		{ "1.4-labs\u2424FROM a\u2424RUN --device=a x", false },
		{ "1\u2424FROM a\u2424RUN --device=a x", false },
		{ "latest\u2424FROM a\u2424RUN --device=a x", false },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char text[LINE_MAX_BYTES];
		struct line l;
		snprintf(text, sizeof text, "# syntax=docker/dockerfile:%s%s",
			 rows[i].line, rows[i].refused ? "\tx" : "");
		read_line(text, &l);
		look(&l, text);
	}
}

TESTS_MAIN(unit(builder, what_is_refused_is_told_at_its_words),
	   unit(builder, a_syntax_line_of_an_older_version_decides))
