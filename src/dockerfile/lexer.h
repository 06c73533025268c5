/* SPDX-License-Identifier: Apache-2.0 */
/* dockerfile/lexer.h - one run of BuildKit's lexer over one source.
 *
 * Private to the expand files: expand.c reads (quotes, escapes, ${}), and is
 * the only one that recurses; expand_value.c says what a variable with its
 * modifier stands for; expand_split.c cuts the result into words. */
#pragma once
#include "base/arena.h"
#include "base/chars.h"
#include "dockerfile/expand_fault.h"

struct expand;
struct expand_word;

struct lexer {
	const struct expand *x;
	struct str src;
	size_t at;
	bool raw_escapes;
	unsigned depth;
	/* The word being collected. A nested level uses the same buffer and
	 * empties it at its start and end, so what stood directly in front of
	 * ${x:-y} is lost from words (not from text), as in BuildKit. */
	struct buf word;
	size_t word_from, word_to;
	struct arena *a; /* NULL: words are not wanted */
	struct expand_word *words;
	size_t n_words, cap_words;
	struct err *err;
	struct expand_fault fault; /* the innermost, of an error */
};

/* What one level of nesting knows. */
struct lexer_level {
	bool in_word;
	bool outermost;
	struct buf *out;
	size_t from; /* where the piece being added starts */
};

static inline int lexer_bad(struct lexer *l, enum expand_why why,
			    const char *text)
{
	l->fault = (struct expand_fault){ .why = why };
	return err_set(l->err, ERR_CORRUPT, "%s", text);
}

static inline int32_t lexer_peek(const struct lexer *l)
{
	size_t len;
	return char_at(l->src, l->at, &len);
}

static inline int32_t lexer_next(struct lexer *l)
{
	size_t len;
	int32_t c = char_at(l->src, l->at, &len);
	l->at += len;
	return c;
}

/* --- expand_split.c ------------------------------------------------------- */

/* The piece s, which came from [v->from, l->at), belongs to the word as it
 * is: it was quoted or escaped, so its blanks do not split. */
must_check int dockerfile_split_never(struct lexer *l, struct lexer_level *v,
				      struct str s);
/* s is one character; white space ends the word. */
must_check int dockerfile_split_char(struct lexer *l, struct lexer_level *v,
				     struct str s);
/* Each character of s on its own: the value of an unquoted variable. */
must_check int dockerfile_split_value(struct lexer *l, struct lexer_level *v,
				      struct str s);
/* Keeps the word collected so far, if any. */
must_check int dockerfile_split_end(struct lexer *l, struct lexer_level *v);

/* --- expand_value.c: each appends to *out --------------------------------- */

/* The name at l->at, which is then behind it: digits, one special parameter,
 * or letters, digits and _. Empty: none stands there. */
struct str dockerfile_value_name(struct lexer *l);
/* $name, or ${name} where brace. */
must_check int dockerfile_value_plain(struct lexer *l, struct str name,
				      bool brace, struct buf *out);
/* ${name OP word}: for OP one of + - ?, colon or not. */
must_check int dockerfile_value_modify(struct lexer *l, struct str name,
				       char op, bool colon, struct str word,
				       struct buf *out);
/* ${name#word}, ${name%word}; a word that begins with op is the greedy form:
 * "##*" comes as op '#' and word "#*". */
must_check int dockerfile_value_strip(struct lexer *l, struct str name, char op,
				      struct str word, struct buf *out);
/* ${name/pattern/with}, // where all. */
must_check int dockerfile_value_replace(struct lexer *l, struct str name,
					struct str pattern, struct str with,
					bool all, struct buf *out);
