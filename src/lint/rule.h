/* SPDX-License-Identifier: Apache-2.0 */
/* lint/rule.h - one rule, and what it may look at.
 *
 * A rule is one file in rules/ with one const struct lint_rule, which the
 * table (table.c) lists. Its check is pure: the file's facts in, findings
 * out. Rules never ask whether they are switched on, ignored or suppressed,
 * and never print: the engine does that. */
#pragma once
#include "dockerfile/access.h"
#include "dockerfile/graph.h"
#include "finding/finding.h"
#include "lint/facts/facts.h"

struct lint_out; /* the engine's */

struct lint_rule {
	/* The hadolint code where there is one, else BuildKit's name, else
	 * PARE and four digits. */
	const char *id;
	const char *alias; /* the same check's other name; or NULL */
	enum severity severity;
	bool off;   /* not run unless selected or configured */
	bool stays; /* only its own name switches it off: PARE-SYNTAX */
	/* Kinds of instruction that check_instr is called for, those below
	 * ONBUILD included where on_onbuild. */
	unsigned on;
	bool on_onbuild;
	/* Of other rules, with single blanks between them: where both find one
	 * place, that one's finding stands for both. NULL: none. */
	const char *yields_to;
	/* It judges by instructions that are there twice or not at all, which
	 * nobody knows of a template that chooses between lines. */
	bool whole;
	/* Of other rules (beginnings of their ids, single blanks between): what
	 * they find in an instruction that this one found something in has
	 * this one's cause, and is not told again. NULL: none. */
	const char *explains;
	const char *summary; /* a phrase, lower case, no full stop */
	/* Each may be NULL. Called in the order of the file: check_instr for
	 * each instruction; check_run for each RUN whose shell script can be
	 * read or that has the exec form (its one command has no node), those
	 * below ONBUILD where on_onbuild; check_stage for each stage;
	 * check_file once. Instructions that BuildKit refuses (in->bad) are
	 * among them, since some of them have a code: accessors give NULL
	 * where something is missing. A RUN that is bad has no check_run. */
	int (*check_instr)(const struct lint_file *f, const struct df_instr *in,
			   struct lint_out *out, struct err *err);
	int (*check_run)(const struct lint_file *f, const struct lint_run *run,
			 struct lint_out *out, struct err *err);
	int (*check_stage)(const struct lint_file *f, const struct df_stage *s,
			   struct lint_out *out, struct err *err);
	int (*check_file)(const struct lint_file *f, struct lint_out *out,
			  struct err *err);
};

/* Rules in the order of their ids. The engine is handed one and knows none by
 * itself; lint/table.h has the table of all. */
struct lint_table {
	const struct lint_rule *const *v;
	size_t n;
};

/* Reports a finding of the rule at hand. The message is one sentence without
 * a full stop at its end; it names what was found. */
must_check int lint_find(struct lint_out *out, struct span at, struct err *err,
			 const char *fmt, ...) printf_like(4, 5);
/* The same, weighed by the row key where the instruction's stage ships. */
must_check int lint_find_bytes(struct lint_out *out, struct span at,
			       const char *key, struct err *err,
			       const char *fmt, ...) printf_like(5, 6);

/* Where this case is not as the rule's row says: a finding that has all of
 * the row, to be changed and then reported.
 *
 *	struct finding f = lint_finding_at(out, at);
 *	f.severity = SEV_INFO;
 *	return lint_report(out, &f, err, "%s ...", name); */
struct finding lint_finding_at(const struct lint_out *out, struct span at);
/* A rule with two names stands for two checks, and now and then only one of
 * them has the case: the finding then goes by this one of its names, for the
 * choice, pragmas and output alike. */
void lint_finding_named(struct finding *f, const char *name);
/* Bytes that the rule counted by itself, in the context or in the layers that
 * were measured. */
void lint_finding_bytes(struct finding *f, uint64_t bytes,
			enum finding_bytes source);
/* What the waste costs: measured in the image that was given, else the row
 * key of the table of estimates (catalog/catalog.h), once a stage. On another
 * release than the row's it is typical. */
void lint_finding_weigh(const struct lint_out *out, struct finding *f,
			const char *key);
/* The weight of packages, by the catalogue's table of Debian's. */
void lint_finding_packages(struct finding *f, struct lint_weight w);
must_check int lint_report(struct lint_out *out, const struct finding *f,
			   struct err *err, const char *fmt, ...)
	printf_like(4, 5);

/* Defines check_run of a rule that looks at each called command by itself. */
#define CHECK_COMMANDS(check)                                                  \
	static int check_run(const struct lint_file *f,                        \
			     const struct lint_run *run, struct lint_out *out, \
			     struct err *err)                                  \
	{                                                                      \
		(void)f;                                                       \
		return lint_cmd_each(run, check, out, err);                    \
	}
/* The same behind wrappers: sudo, env, time, ... */
#define CHECK_UNWRAPPED(check)                                                 \
	static int check_run(const struct lint_file *f,                        \
			     const struct lint_run *run, struct lint_out *out, \
			     struct err *err)                                  \
	{                                                                      \
		(void)f;                                                       \
		return lint_cmd_each_unwrapped(run, check, out, err);          \
	}
