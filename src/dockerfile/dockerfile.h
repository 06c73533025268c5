/* SPDX-License-Identifier: Apache-2.0 */
/* dockerfile/dockerfile.h - a Dockerfile, every byte of it in its place.
 *
 * BuildKit's grammar (frontend/dockerfile/parser and instructions). Three
 * layers over one text: the leaves, which tile the file from its first byte
 * to its last; the instructions, each a logical line (continuations,
 * comments and blank lines inside it taken out) with its flags, words, pairs
 * and heredocs; typed accessors (dockerfile/access.h). All texts of the
 * logical layer map back to spans of the file.
 *
 * A syntax error is one diagnostic, PARE-SYNTAX; what can still be told of
 * the instruction is kept, it is marked bad, and reading goes on behind it.
 * A file without FROM is read like any other. */
#pragma once
#include "base/arena.h"
#include "dockerfile/diag.h"

/* A file may have 4 MiB; BuildKit's ceiling for a line is an error in it. */
enum { DF_SIZE_MAX = 4 << 20, DF_LINE_MAX = 65535 };
/* A file of 4 MiB may be all RUN, or one word a blank: the reader keeps so many
 * instructions, and so many words, blanks and comments. What ONBUILD fires in
 * the stages of the file counts apart: n triggers below n stages are n times
 * n. Hundreds of times what people write; ERR_LIMIT with the line. */
enum {
	DF_INSTRS_MAX = 32768,
	DF_LEAVES_MAX = 524288,
	DF_FIRED_MAX = 32768,
};

enum df_kind {
	DF_ADD = 1 << 0,
	DF_ARG = 1 << 1,
	DF_CMD = 1 << 2,
	DF_COPY = 1 << 3,
	DF_ENTRYPOINT = 1 << 4,
	DF_ENV = 1 << 5,
	DF_EXPOSE = 1 << 6,
	DF_FROM = 1 << 7,
	DF_HEALTHCHECK = 1 << 8,
	DF_LABEL = 1 << 9,
	DF_MAINTAINER = 1 << 10,
	DF_ONBUILD = 1 << 11,
	DF_RUN = 1 << 12,
	DF_SHELL = 1 << 13,
	DF_STOPSIGNAL = 1 << 14,
	DF_USER = 1 << 15,
	DF_VOLUME = 1 << 16,
	DF_WORKDIR = 1 << 17,
	DF_UNKNOWN = 1 << 18,
};

/* From logical offset `logical` on, bytes stand at `file` and behind. */
struct df_seg {
	uint32_t logical, file;
};

/* Text put together from pieces of the file. */
struct df_logical {
	struct str text;
	const struct df_seg *segs;
	uint32_t n_segs; /* 1 when the text is one piece of the file */
};

/* File offset of the logical byte i; i may be text.n. */
uint32_t dockerfile_logical_at(const struct df_logical *l, size_t i);
/* Span of the file from the logical byte a to b, exclusive: what was taken
 * out in between is in it. */
struct span dockerfile_logical_span(const struct df_logical *l, size_t a,
				    size_t b);

struct df_word {
	struct span at; /* quotes included */
	/* As BuildKit hands it on before expansion: quotes kept, joined over
	 * continuations. A JSON string is decoded. */
	struct str text;
	uint32_t logical; /* offset in df_instr.line; 0 for JSON strings */
};

struct df_flag {
	struct span at;	   /* --name=value */
	struct span name;  /* without -- */
	struct span value; /* empty behind the name without = */
	struct str key;	   /* quotes and escapes taken out */
	struct str text;   /* the value, likewise */
	bool has_value;	   /* there was a = */
	/* File offset of each byte of text. */
	const uint32_t *file;
};

/* Span of bytes [a, b) of a flag's text. */
struct span dockerfile_flag_span(const struct df_flag *f, size_t a, size_t b);

/* ENV, LABEL, ARG: one assignment. */
struct df_pair {
	struct span at;
	struct df_word key;
	struct df_word value;
	bool has_value; /* false: ARG name */
	bool legacy;	/* ENV key value: the value is the rest of the line */
};

struct df_heredoc {
	struct str name;  /* without quotes */
	struct span word; /* <<EOF, in the instruction's line */
	struct span body; /* whole lines, as they stand in the file */
	struct span end;  /* the terminator, without blanks and line end */
	uint32_t fd;
	bool expand;	 /* false: the name was quoted */
	bool strip_tabs; /* <<- */
	bool terminated;
};

enum df_form {
	DF_FORM_NONE,  /* no arguments */
	DF_FORM_LINE,  /* the rest of the line is one string */
	DF_FORM_WORDS, /* split at blanks */
	DF_FORM_JSON,
	DF_FORM_PAIRS,
};

struct df_instr {
	enum df_kind kind;
	enum df_form form;
	uint32_t index;	  /* in dockerfile.instrs; an ONBUILD's inner has its */
	struct span at;	  /* keyword to last byte, heredocs too, no line end */
	struct span head; /* the same without heredocs */
	struct df_logical line;
	struct df_word keyword;
	struct df_word rest; /* everything behind the flags, trimmed */
	struct df_flag *flags;
	size_t n_flags;
	/* FORM_LINE: one. HEALTHCHECK: its type, then the form's words. */
	struct df_word *words;
	size_t n_words;
	struct df_pair *pairs;
	size_t n_pairs;
	struct df_heredoc *heredocs;
	size_t n_heredocs;
	struct df_instr *inner; /* of ONBUILD, or NULL */
	bool in_onbuild;
	bool blank_inside; /* an empty line within a continuation */
	bool bad;	   /* a diagnostic was given */
	/* Comments above it that belong to it, in dockerfile.comments. */
	uint32_t first_comment, n_comments;
};

struct df_comment {
	struct span at;	 /* from # to the end of its line */
	struct str text; /* without # and blanks at its ends */
	bool inside;	 /* of an instruction, between its lines */
};

struct df_directive {
	struct span at; /* the whole comment */
	struct span name, value;
	struct str key; /* syntax, escape or check */
};

enum df_leaf_kind {
	DF_LEAF_BOM,
	DF_LEAF_BLANK, /* blanks, never a line end */
	DF_LEAF_NEWLINE,
	DF_LEAF_COMMENT,
	DF_LEAF_DIRECTIVE,
	DF_LEAF_KEYWORD,
	DF_LEAF_FLAG,
	DF_LEAF_WORD,
	DF_LEAF_OTHER,	      /* =, brackets and commas, a bare -- */
	DF_LEAF_CONTINUATION, /* the escape character and blanks behind it */
	DF_LEAF_HEREDOC,      /* whole lines */
	DF_LEAF_HEREDOC_END,  /* the terminator, with tabs in front */
};

enum { DF_NO_INSTR = UINT32_MAX };

struct df_leaf {
	struct span at;
	enum df_leaf_kind kind;
	uint32_t instr; /* index, or DF_NO_INSTR */
};

struct dockerfile {
	struct arena arena; /* owns everything below but text */
	struct str text;
	char escape;
	const uint32_t *lines; /* offset of each line's first byte */
	uint32_t n_lines;
	struct df_leaf *leaves;
	size_t n_leaves;
	struct df_instr **instrs;
	size_t n_instrs;
	struct df_comment *comments;
	size_t n_comments;
	struct df_directive *directives;
	size_t n_directives;
};

/* text is borrowed and must outlive *out. Errors of the file go to the sink;
 * -1 is ERR_LIMIT (DF_SIZE_MAX, DF_INSTRS_MAX, DF_LEAVES_MAX) or ERR_NOMEM, and
 * *out is then empty. Release with dockerfile_done either way. */
must_check int dockerfile_parse(struct str text, struct diag_sink *sink,
				struct dockerfile *out, struct err *err);
void dockerfile_done(struct dockerfile *df);

/* Of an ONBUILD's inner instruction, once it fires: what is refused goes to the
 * sink, and marks it bad. */
void dockerfile_check_trigger(struct dockerfile *df, struct df_instr *in,
			      struct diag_sink *sink);

struct text_pos dockerfile_position(const struct dockerfile *df, uint32_t at);

/* "COPY" for DF_COPY; NULL for DF_UNKNOWN. */
const char *dockerfile_kind_name(enum df_kind kind);
