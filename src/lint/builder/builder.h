/* SPDX-License-Identifier: Apache-2.0 */
/* lint/builder/builder.h - what BuildKit refuses of a file that it can parse.
 *
 * Its parser and instruction layer have their say while the file is read
 * (dockerfile/check.c). What is here comes when the build is laid out
 * (dockerfile2llb): values are known then, and stages. The newest stable
 * BuildKit counts; a syntax line that names an older version decides for it.
 *
 * One fault an instruction is told, as the builder stops at the first one.
 * What hangs on a value that is not known here (an ARG without a default, the
 * ENV of an unknown base image) is not judged. */
#pragma once
#include <stdarg.h>

#include "lint/internal.h"

/* One instruction being looked at. */
struct refusal {
	struct lint_job *job;
	const struct lint_file *f;
	const struct df_instr *in; /* of ONBUILD: what it fires */
	const struct df_var *vars; /* in front of it */
	uint32_t stage;		   /* DF_NO_STAGE: in front of FROM */
	bool global;		   /* only global ARGs are seen */
	bool env_known; /* what the base image sets: env, and nothing else */
	const char *env;
	size_t n_args;	   /* names of this ARG that stand before the value */
	uint32_t n_states; /* what a number in --from= may count to */
	bool is_template;  /* what it will be filled in with is not known */
	uint64_t
		minor; /* of the syntax line's version; UINT64_MAX: the newest */
	bool told;
	struct err *err;
};

/* Where the bytes of a text stand that is expanded: those of a word, of a
 * flag's value, or of the file itself. */
struct origin {
	const struct df_word *word;
	const struct df_flag *flag;
	uint32_t at;
	bool heredoc; /* quotes mean nothing, the escape is a backslash */
};

struct value {
	struct str text; /* in the file's arena */
	bool known;
	bool asked; /* it hangs on an ARG that is empty unless it is given */
};

/* tell.c: reports PARE-SYNTAX; the first call of an instruction counts. */
must_check int lint_refuse(struct refusal *r, struct span at, const char *fmt,
			   ...) printf_like(3, 4);

/* value.c. 1: *out is set; 0: the text cannot be expanded, which was told; -1:
 * ERR_NOMEM. */
must_check int lint_refusal_value(struct refusal *r, struct str text,
				  struct origin from, struct value *out);
/* The same, split at blanks as EXPOSE has it. */
must_check int lint_refusal_words(struct refusal *r, const struct df_word *word,
				  struct expand_word **words, size_t *n,
				  bool *known);
/* Words of the user as they wrote them, quotes too, cut when they are long. */
struct quoted lint_refusal_shown(struct str words);
struct span lint_refusal_span(const struct refusal *r, struct origin from,
			      size_t a, size_t b);

/* version.c: sets r->minor; flags that are newer. */
void lint_refusal_version(struct refusal *r);
must_check int lint_refuse_flags(struct refusal *r);

/* One kind of instruction each. 0, or -1: ERR_NOMEM. */
must_check int lint_refuse_from(struct refusal *r);
must_check int lint_refuse_copy(struct refusal *r);
must_check int lint_refuse_run(struct refusal *r);
must_check int lint_refuse_expose(struct refusal *r);
/* stage_name.c: what --from= names; at is its place. */
must_check int lint_refuse_stage(struct refusal *r, struct str name,
				 struct span at, bool index);
/* file.c: what is wrong of the whole. */
must_check int lint_refuse_file(struct refusal *r);
/* A global ARG and its value. */
must_check int lint_refuse_epoch(struct refusal *r, const struct df_pair *p,
				 const struct value *v);

/* --- values that stand for themselves ------------------------------------- */

/* Each tells why a value is refused, in a phrase; NULL: it is not. */
const char *lint_platform_fault(struct str platform);
const char *lint_mode_fault(struct str mode);	    /* --chmod */
const char *lint_checksum_fault(struct str digest); /* algorithm:hex */
const char *lint_port_fault(struct str port); /* [[IP:]HOST:]PORT[/PROTOCOL] */
bool lint_is_signal(struct str name);

/* A source that is fetched. *fault is NULL, or what is wrong with a git
 * source's query. */
enum copy_source_kind { SOURCE_PATH, SOURCE_HTTP, SOURCE_GIT };
enum copy_source_kind lint_source_kind_of(struct str source,
					  const char **fault);
