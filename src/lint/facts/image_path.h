/* SPDX-License-Identifier: Apache-2.0 */
/* lint/facts/image_path.h - where in the image a word of the file points.
 *
 * Places are absolute and clean: "/srv/app/x". What no one here can know stays
 * in them as ${NAME}, so that equal words at one place are equal places. A home
 * directory is "~" where it is written so (~, $HOME), and lint_place_home makes
 * one of /root and /home/NAME. All results are in the file's arena. */
#pragma once
#include "lint/facts/facts.h"

/* Text with $NAME and ${NAME} replaced by the values that ARG and ENV give
 * them at the instruction, quotes of a Dockerfile word taken off. */
must_check int lint_place_text(const struct lint_file *f,
			       const struct df_instr *in, struct str raw,
			       struct str *out, struct err *err);
/* raw as a place, in a directory that is one. */
must_check int lint_place_of(const struct lint_file *f,
			     const struct df_instr *in, struct str directory,
			     struct str raw, struct str *out, struct err *err);
/* Where a command of a RUN is run: WORKDIR and the cd before it. */
must_check int lint_place_cwd(const struct lint_file *f,
			      const struct lint_command *c, struct str *out,
			      struct err *err);
/* An argument of a command that is run in the directory, as a place. */
must_check int lint_place_in(const struct lint_file *f, struct str directory,
			     struct str arg, struct str *out, struct err *err);
/* The same, in the command's own; arg lives as long as the file's facts or the
 * program. */
must_check int lint_place_arg(const struct lint_file *f,
			      const struct lint_command *c, struct str arg,
			      struct str *out, struct err *err);
/* The directory joined with a name. */
must_check int lint_place_join(const struct lint_file *f, struct str directory,
			       struct str name, struct str *out,
			       struct err *err);
/* /root and /home/NAME become ~. */
must_check int lint_place_home(const struct lint_file *f, struct str place,
			       struct str *out, struct err *err);

/* place is directory, or below it. */
bool lint_place_within(struct str place, struct str directory);
/* It is a pattern of the shell. */
bool lint_place_has_glob(struct str pattern);
/* The shell's pattern matches place or a parent of it. */
bool lint_place_matches(struct str pattern, struct str place);
/* Behind the last slash. */
struct str lint_place_base(struct str place);
/* A name from the net: what curl -O and ADD make of a URL. */
struct str lint_place_of_url(struct str url);
/* wget keeps the query, http://h/a.tgz?v=1 is the file a.tgz?v=1; empty when
 * the name cannot be told, since a slash in a query is written in two ways. */
struct str lint_place_of_wget(struct str url);
bool lint_place_is_url(struct str word);
/* Archives by their names, zip and 7z too. */
bool lint_place_is_archive(struct str name);
/* Those that ADD unpacks: a tar archive, plain or by gzip, bzip2, xz or zstd
 * (moby/go-archive, "compression"; Dockerfile reference, ADD). */
bool lint_place_add_unpacks(struct str name);
