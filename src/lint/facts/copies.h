/* SPDX-License-Identifier: Apache-2.0 */
/* lint/facts/copies.h - what each COPY and ADD takes, and where it puts it.
 *
 * Resolved once a file (read_copies.c). In a stage with ARG V=1.2 and WORKDIR
 * /srv
 *
 *	COPY --from=build /out/app-$V conf/ ./
 *
 * has the stage `build`, the sources "/out/app-1.2" and "conf/" (at the places
 * /out/app-1.2 and /conf of that stage), and goes into the directory /srv.
 * Places are those of lint/facts/image_path.h: what cannot be known stays in
 * them as ${NAME}. */
#pragma once
#include "lint/facts/facts.h"

struct lint_source {
	const struct df_word *word;
	/* The here-document that it announces; text is then its name. */
	const struct df_heredoc *heredoc;
	struct str text;  /* with values put in, quotes taken off */
	struct str place; /* in the stage of --from, or in the context */
	struct str name;  /* behind its last slash; of a URL without ? and # */
	bool is_url;
};

struct lint_copy {
	const struct df_instr *in;
	uint32_t stage; /* that --from names; DF_NO_STAGE: none, an image */
	struct lint_source *sources;
	size_t n_sources;
	struct str dest;
	/* dest is a directory, by its slash or because there are several
	 * sources; else it may be one that is there already. */
	bool into_directory;
};

/* Of a COPY or an ADD, those below ONBUILD included; NULL: it has no sources,
 * or is none of them. */
const struct lint_copy *lint_copy_of(const struct lint_file *f,
				     const struct df_instr *in);
/* An archive from the net that ADD stores: one of the many things that it does
 * not unpack by itself. */
bool lint_source_is_remote_archive(const struct lint_source *s);
