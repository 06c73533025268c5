/* SPDX-License-Identifier: Apache-2.0 */
/* lint/rules/content/build_tools.h - who builds, with what, and what of it is
 * taken away. */
#pragma once
#include "lint/facts/facts.h"

/* A command that compiles, or that installs what may have to be compiled. */
bool lint_command_builds(const struct lint_command *c);
/* A RUN that ships has one. */
bool lint_file_builds(const struct lint_file *f);
/* Something is started: without it the image may be meant to build with. */
bool lint_file_is_run(const struct lint_file *f);
/* A command behind c, in its RUN or a later one that ships, may take the
 * package of that word away. */
bool lint_is_uninstalled(const struct lint_file *f,
			 const struct lint_command *c, struct str package);
/* What the RUN puts at the place, or a part of it, is in the result: its stage
 * ships, or a COPY of one that does takes it. */
bool lint_place_ships(const struct lint_file *f, const struct lint_run *run,
		      struct str place);
/* Version and architecture taken off: "gcc=4:12.2", "libc6-dev:amd64". */
struct str lint_package_name(struct str word);

/* Headers and what else a compiler reads: "libpq-dev", "openssl-devel". */
bool lint_package_is_for_building(struct str package);

/* For the rules of packages left behind: one finding for all packages of the
 * command that are such. What they need costs nothing extra where other
 * packages need it, too; for that, those that are `later` are not there. */
struct lint_out;
must_check int lint_packages_left(const struct lint_file *f,
				  const struct lint_run *run,
				  bool (*is)(struct str package),
				  bool (*later)(struct str package),
				  const char *what, struct lint_out *out,
				  struct err *err);
