/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/shellcheck/shellcheck_script.h"

#include "lint/shellcheck/shellcheck_names.h"

#include <stdlib.h>

static int add_preamble(struct buf *to, const char *name, bool stops,
			const struct check_names *known, struct err *err)
{
	if (buf_addf(to, err, "#!/bin/%s%s\nexport", name, stops ? " -e" : "") <
	    0)
		return -1;
	for (size_t i = 0; i < known->n; i++)
		if (buf_addf(to, err, " %.*s=%s", STR_ARG(known->v[i].name),
			     known->v[i].unset ? "\"$1\"" : "1") < 0)
			return -1;
	return buf_byte(to, '\n', err);
}

/* --- the whole ------------------------------------------------------------ */

/* Whether a word of the shell stands there, blanks or separators around. */
static bool is_word_at(struct str s, size_t i, const char *word)
{
	size_t n = strlen(word);
	return s.n - i >= n && memcmp(s.p + i, word, n) == 0 &&
	       (i == 0 || strchr(" \t\n;&|(){}`", s.p[i - 1])) &&
	       (i + n == s.n || strchr(" \t\n;&|(){}`", s.p[i + n]));
}

static int step_at(struct str s, size_t i)
{
	static const char *const open[] = { "if", "while", "until", "for",
					    "case" };
	static const char *const close[] = { "fi", "done", "esac" };
	if (s.p[i] == '(' || s.p[i] == '{')
		return 1;
	if (s.p[i] == ')' || s.p[i] == '}')
		return -1;
	for (size_t k = 0; k < ARRAY_LEN(open); k++)
		if (s.p[i] == open[k][0] && is_word_at(s, i, open[k]))
			return 1;
	for (size_t k = 0; k < ARRAY_LEN(close); k++)
		if (s.p[i] == close[k][0] && is_word_at(s, i, close[k]))
			return -1;
	return 0;
}

/* shellcheck needs exponential time for deep nesting, and time and memory in
 * the square of what it joins. Both are estimated without regard to quotes:
 * nobody goes that far in earnest. */
static bool costs_too_much(struct str script)
{
	size_t marks = 0;
	int depth = 0;
	if (script.n > SHELLCHECK_SCRIPT_MAX)
		return true;
	for (size_t i = 0; i < script.n; i++) {
		depth = MAX(depth + step_at(script, i), 0);
		marks += strchr("&|;<>$`\"'(){}\n", script.p[i]) != NULL;
		if (depth > SHELLCHECK_DEPTH_MAX ||
		    marks > SHELLCHECK_MARKS_MAX)
			return true;
	}
	return false;
}

/* A dialect that shellcheck knows; NULL. Where sh is bash, as on Fedora, all is
 * taken that bash takes. For dash and busybox the dialect stays sh, since
 * shellcheck's dash has options that the true one refuses (pipefail): what they
 * do all the same is taken out of the answer. */
static const char *dialect(const struct lint_run *run)
{
	const char *name = run->shell_is.name;
	const char *own = lint_run_base_shell(run);
	if (!name || strcmp(name, "zsh") == 0)
		return NULL;
	if (own && strcmp(name, "sh") == 0 && strcmp(own, "bash") == 0)
		return own;
	return name;
}

/* A #! line said which shell it is, and is not read twice. */
static uint32_t shebang_bytes(const struct lint_run *run)
{
	struct str text = run->run.script.text;
	if (run->run.form != DF_RUN_FILE)
		return 0;
	return (uint32_t)MIN(str_find(text, '\n') + 1, text.n);
}

int lint_shellcheck_script_make(struct lint_job *job,
				const struct lint_run *run, struct arena *a,
				struct check_script *out, struct err *err)
{
	scoped(buf_done) struct buf text = BUF_INIT(64 << 20);
	struct check_names known = { 0 };
	struct check_script s = { .job = job, .run = run };
	struct str script = run->run.script.text;
	const char *name = dialect(run);
	if (!name || !run->literal || run->in->bad ||
	    run->run.form == DF_RUN_EXEC || script.n == 0 ||
	    costs_too_much(script))
		return 0;
	s.skipped = shebang_bytes(run);
	if (check_names_read(run, a, &known, err) < 0 ||
	    add_preamble(&text, name, run->shell_is.errexit, &known, err) < 0)
		return -1;
	s.preamble = (uint32_t)text.n;
	if (buf_str_add(&text, str_from(script, s.skipped), err) < 0 ||
	    buf_byte(&text, '\n', err) < 0 ||
	    arena_str(a, buf_str(&text), &s.text, err) < 0)
		return -1;
	*out = s;
	return 1;
}

/* --- the way back --------------------------------------------------------- */

/* Bytes of a character as shellcheck counts: UTF-8, surrogates too, else a
 * byte. */
static size_t character(struct str s, size_t i)
{
	for (size_t n = 1; n <= 4 && i + n <= s.n; n++)
		if (str_is_utf8((struct str){ s.p + i, n }))
			return n;
	bool surrogate = s.n - i >= 3 && (uint8_t)s.p[i] == 0xed &&
			 ((uint8_t)s.p[i + 1] & 0xe0) == 0xa0 &&
			 ((uint8_t)s.p[i + 2] & 0xc0) == 0x80;
	return surrogate ? 3 : 1;
}

/* Byte of the file at a line and column; its end when there is none. */
static size_t offset_of(struct str text, uint64_t line, uint64_t column)
{
	size_t i = 0;
	for (; line > 1 && i < text.n; line--)
		i += MIN(str_find(str_from(text, i), '\n') + 1, text.n - i);
	if (line > 1)
		return text.n;
	for (; column > 1 && i < text.n && text.p[i] != '\n'; column--)
		i += character(text, i);
	return i;
}

bool lint_shellcheck_script_place(const struct check_script *s,
				  const struct check_place *at,
				  struct span *out)
{
	size_t from = offset_of(s->text, at->line, at->column);
	size_t to = offset_of(s->text, at->end_line, at->end_column);
	if (from < s->preamble)
		return false;
	/* The file has one line end more than the script. */
	size_t end = s->run->run.script.text.n;
	from = MIN(from - s->preamble + s->skipped, end);
	to = to < s->preamble ? from : MIN(to - s->preamble + s->skipped, end);
	*out = dockerfile_run_span(
		&s->run->run, span_of((uint32_t)from, (uint32_t)MAX(from, to)));
	return true;
}
