/* SPDX-License-Identifier: Apache-2.0 */
/* lint/facts/script_values.h - what $NAME stands for within a script.
 *
 * A RUN sees ARG and ENV as its environment, and its own assignments from
 * where they stand. In
 *
 *	ARG OPTS="-nv"
 *	RUN V=1.2 && wget $OPTS https://h/x-$V && for i in a b; do rm $i; done
 *
 * OPTS is "-nv", V is "1.2" and i is not known. Where more than one value is
 * possible, none is known: what the script assigns in a branch, a loop, a
 * subshell or a pipe, reads, or takes over from another file. */
#pragma once
#include "lint/facts/facts.h"

struct script_values {
	const struct lint_run *run;
	struct arena *a;
	/* In the order of the script; names that loops run through have no
	 * command. */
	struct script_value {
		struct str name; /* empty: any, since a file is read (. x) */
		const struct sh_word *word; /* NAME=VALUE */
		const struct sh_node *node; /* NULL: a loop's */
		uint32_t command;
		bool known;
		struct str value; /* once its command has been read */
	} * v;
	size_t n, cap;
};

/* Which names the run's script assigns, and where. */
must_check int lint_script_values(const struct lint_run *run, struct arena *a,
				  struct script_values *out, struct err *err);
/* The value of the name for words of the command of that index. true: known. */
bool lint_script_value(const struct script_values *s, uint32_t command,
		       struct str name, struct str *value);
/* Told of each assignment of the command once its words are read. */
must_check int lint_script_assign(struct script_values *s, uint32_t command,
				  struct err *err);

/* The words that one word of the script becomes: none where an empty variable
 * stands alone, several where one is split at its blanks. They are appended to
 * args, all with the place of the word in the file. */
must_check int lint_script_words(const struct script_values *s,
				 uint32_t command, const struct sh_word *w,
				 struct lint_arg **args, size_t *n, size_t *cap,
				 struct err *err);
