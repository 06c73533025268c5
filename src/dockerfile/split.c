/* SPDX-License-Identifier: Apache-2.0 */
/* Keyword, flags, and arguments in the form their instruction gives them. */
#include "base/chars.h"
#include "dockerfile/internal.h"

struct df_instr *dockerfile_new_instr(struct reader *r)
{
	return arena_alloc(&r->df->arena, sizeof(struct df_instr), r->err);
}

/* As it stands: WORKDIR /a b is one path with a blank in it. */
static int one_word(struct reader *r, struct df_instr *in, size_t from,
		    size_t to)
{
	size_t cap = in->n_words;
	in->form = DF_FORM_LINE;
	return dockerfile_add_word(r, in, &cap,
				   dockerfile_word_at(in, from, to));
}

/* The end of a value that is no string: a number or a name as a whole, of
 * anything else its bracket. */
static size_t value_end(struct str line, size_t at)
{
	size_t end = at + 1;
	if (line.p[at] == '[' || line.p[at] == '{')
		return end;
	while (end < line.n && !is_blank(line.p[end]) && line.p[end] != ',' &&
	       line.p[end] != ']')
		end++;
	return end;
}

static void bad_value(struct reader *r, struct df_instr *in, size_t at)
{
	size_t end = value_end(in->line.text, at);
	struct str value = { in->line.text.p + at, end - at };
	dockerfile_bad(r, in, dockerfile_logical_span(&in->line, at, end),
		       "%s is no string, and an array of arguments may hold "
		       "strings only; put it in double quotes",
		       str_quoted(value).text);
}

/* JSON, or else what the instruction falls back to without a word.
 *
 * ["a", 1] is JSON and still an error: BuildKit refuses arguments that are no
 * strings instead of taking the line for a shell's. */
static int maybe_json(struct reader *r, struct df_instr *in, size_t from,
		      size_t to, bool list)
{
	size_t at = 0;
	if (from == to)
		return 0;
	int json = dockerfile_json_words(r, in, from, to, &at);
	if (json < 0)
		return -1;
	if (json == 2)
		bad_value(r, in, at);
	if (json > 0) {
		in->form = DF_FORM_JSON;
		return 0;
	}
	if (!list)
		return one_word(r, in, from, to);
	in->form = DF_FORM_WORDS;
	return dockerfile_blank_words(r, in, from, to);
}

static struct df_word part(const struct df_instr *in, struct df_word w,
			   size_t a, size_t b)
{
	struct df_word p = dockerfile_word_at(in, w.logical + a, w.logical + b);
	return p;
}

/* name=value; without = the whole is the name. */
static struct df_pair pair_of(const struct df_instr *in, struct df_word w)
{
	size_t eq = str_find(w.text, '=');
	struct df_pair p = { .at = w.at, .has_value = eq < w.text.n };
	size_t from = p.has_value ? eq + 1 : eq;
	p.key = part(in, w, 0, eq);
	p.value = part(in, w, from, w.text.n);
	return p;
}

/* ENV key value: blanks of ASCII split, quotes do not count (Dockerfile
 * reference, ENV: "ENV <key> <value>"; kept for old files). */
static bool legacy(struct df_instr *in, size_t from, size_t to)
{
	const char *p = in->line.text.p;
	size_t end = from;
	while (end < to && !is_blank(p[end]))
		end++;
	size_t value = end;
	while (value < to && is_blank(p[value]))
		value++;
	in->n_pairs = 1;
	in->pairs[0] = (struct df_pair){
		.at = dockerfile_logical_span(&in->line, from, to),
		.key = dockerfile_word_at(in, from, end),
		.value = dockerfile_word_at(in, value, to),
		.has_value = true,
		.legacy = true,
	};
	return end < to;
}

/* The first word decides for the line: with a = in it all are pairs, without
 * one the line is the legacy form; ARG has names alone, too.
 *
 *	ENV a=1 b="x y"		two pairs
 *	ENV a x y=1		one: a is "x y=1"
 *	ENV a=1 b		an error: b is no pair
 *	ARG a b=1		two names */
static int pairs(struct reader *r, struct df_instr *in, size_t from, size_t to,
		 bool names)
{
	if (dockerfile_quoted_words(r, in, from, to) < 0)
		return -1;
	if (in->n_words == 0)
		return 0;
	in->form = DF_FORM_PAIRS;
	in->pairs = arena_array(&r->df->arena, in->n_words, sizeof *in->pairs,
				r->err);
	if (!in->pairs)
		return -1;
	size_t n = in->n_words;
	in->n_words = 0;
	struct str first = in->words[0].text;
	if (!names && str_find(first, '=') == first.n) {
		if (!legacy(in, from, to))
			dockerfile_bad(r, in, in->rest.at,
				       "%s %s has no value; write %s=VALUE",
				       dockerfile_kind_name(in->kind),
				       str_quoted(first).text,
				       str_quoted(first).text);
		return 0;
	}
	for (size_t i = 0; i < n; i++) {
		struct df_pair p = pair_of(in, in->words[i]);
		in->pairs[in->n_pairs++] = p;
		if (!p.has_value && !names)
			dockerfile_bad(r, in, p.at,
				       "%s has no =, and the line is of the "
				       "form NAME=VALUE; put a value with "
				       "blanks in quotes",
				       str_quoted(p.key.text).text);
	}
	return 0;
}

/* The type ends at the first space; bytes are looked at one by one. */
static int health(struct reader *r, struct df_instr *in, size_t from, size_t to)
{
	const char *p = in->line.text.p;
	size_t end = from;
	while (end < to && !is_blank(p[end]) && p[end] != '\n' &&
	       p[end] != '\x85' && p[end] != '\xa0')
		end++;
	size_t cmd = end;
	while (cmd < to && (is_blank(p[cmd]) || p[cmd] == '\n' ||
			    p[cmd] == '\x85' || p[cmd] == '\xa0'))
		cmd++;
	if (end == from)
		return 0;
	if (one_word(r, in, from, end) < 0)
		return -1;
	return maybe_json(r, in, cmd, to, false);
}

/* ONBUILD's instruction shares the logical line and begins at `from` in it. An
 * ONBUILD within one is refused later, so nothing recurses deeper than once. */
static int inner(struct reader *r, struct df_instr *in, size_t from, size_t to)
{
	if (from == to || in->in_onbuild)
		return from == to ? 0 : one_word(r, in, from, to);
	struct df_instr *i = dockerfile_new_instr(r);
	if (!i)
		return -1;
	i->index = in->index;
	i->first_comment = in->first_comment;
	i->n_comments = in->n_comments;
	i->line = in->line;
	i->line.text.n = to;
	i->head = i->at = dockerfile_logical_span(&in->line, from, to);
	i->blank_inside = in->blank_inside;
	i->in_onbuild = true;
	if (dockerfile_split(r, i, from) < 0)
		return -1;
	in->inner = i;
	in->bad |= i->bad;
	return 0;
}

/*	RUN ["a"] b	no JSON: one word, the line
 *	COPY a b	no JSON: words at blanks
 *	WORKDIR /a b	one word with a blank in it */
static int arguments(struct reader *r, struct df_instr *in, size_t from,
		     size_t to)
{
	const struct kind_desc *d = dockerfile_kind_desc(in->keyword.text);
	switch (d->args) {
	case ARGS_LINE:
		return from < to ? one_word(r, in, from, to) : 0;
	case ARGS_BLANKS:
		in->form = from < to ? DF_FORM_WORDS : DF_FORM_NONE;
		return dockerfile_blank_words(r, in, from, to);
	case ARGS_JSON_OR_LINE:
		return maybe_json(r, in, from, to, false);
	case ARGS_JSON_OR_BLANKS:
		return maybe_json(r, in, from, to, true);
	case ARGS_PAIRS:
		return pairs(r, in, from, to, false);
	case ARGS_NAMES:
		return pairs(r, in, from, to, true);
	case ARGS_HEALTH:
		return health(r, in, from, to);
	case ARGS_INNER:
		return inner(r, in, from, to);
	case ARGS_NONE:
		break;
	}
	return 0;
}

/* The keyword ends at a blank alone: "RUN\tx" and "RUN x" are RUN, "RUN;x" is
 * no instruction. */
int dockerfile_split(struct reader *r, struct df_instr *in, size_t from)
{
	size_t lead;
	struct str all = str_trim(str_from(in->line.text, from), &lead);
	size_t at = from + lead, to = at + all.n;
	size_t end = at;
	while (end < to && !is_blank(in->line.text.p[end]))
		end++;
	in->keyword = dockerfile_word_at(in, at, end);
	if (end == at) /* only escapes: the place is the line itself */
		in->keyword.at = in->head;
	in->kind = dockerfile_kind_desc(in->keyword.text)->kind;
	size_t args = end;
	if (dockerfile_read_flags(r, in, &args, to) < 0)
		return -1;
	struct str rest = str_trim(
		(struct str){ in->line.text.p + args, to - args }, &lead);
	args += rest.n ? lead : 0;
	in->rest = dockerfile_word_at(in, args, args + rest.n);
	return arguments(r, in, args, args + rest.n);
}
