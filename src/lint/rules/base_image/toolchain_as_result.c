/* SPDX-License-Identifier: Apache-2.0 */
/*	FROM golang:1.23		the compiler's image ships, with
 *	RUN go build -o /app		the program that it built
 *	CMD ["/app"]
 *
 * Not told where nothing is built, where nothing is started (an image to build
 * with), or where the start needs the toolchain (go run). */
#include "catalog/catalog.h"
#include "dockerfile/access.h"
#include "lint/facts/bases.h"
#include "lint/rule.h"
#include "lint/rules/content/build_tools.h"
#include "lint/rules/cache/cache.h"
#include "lint/facts/image_path.h"
#include "lint/facts/words.h"
#include "lint/rules/start/entrypoint.h"

static bool builds_with(const struct lint_file *f,
			const struct catalog_toolchain *t)
{
	for (size_t i = 0; i < f->n_runs; i++)
		for (size_t k = 0; k < f->runs[i].n_commands; k++) {
			const struct lint_command *c =
				f->runs[i].commands[k].inner;
			if (lint_run_ships(f, &f->runs[i]) &&
			    (t->verbs ? lint_cmd_verb(c, t->programs, t->verbs)
				      : lint_cmd_is(c, t->programs)))
				return true;
		}
	return false;
}

/* What the image of this name is there to build with; NULL. */
static const struct catalog_toolchain *toolchain_of(struct str repo)
{
	for (size_t i = 0; catalog_tools[i]; i++) {
		const struct catalog_toolchain *t = catalog_tools[i]->toolchain;
		if (t && catalog_listed(t->images, repo))
			return t;
	}
	return NULL;
}

/* A shell, somebody's script, or nothing at all that would end: what is run in
 * the container later, and with which tools, stands elsewhere. */
static bool is_for_people(const struct lint_file *f)
{
	static const enum df_kind kinds[] = { DF_ENTRYPOINT, DF_CMD };
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		size_t n;
		const struct df_instr *in = lint_start_instr(f, kinds[i]);
		const struct df_word *w =
			in ? dockerfile_command(in, &n) : NULL;
		if (!w || n == 0)
			continue;
		struct str first = w[0].text;
		if (in->form != DF_FORM_JSON)
			str_cut(w[0].text, ' ', &first, &(struct str){ 0 });
		bool only = in->form != DF_FORM_JSON || n == 1;
		if (str_ends(first, STR(".sh")) ||
		    lint_word_in(first, "sleep tail") ||
		    (only && lint_word_in(lint_place_base(first),
					  "sh bash ash zsh fish")))
			return true;
	}
	return false;
}

static int check(const struct lint_file *f, const struct df_stage *s,
		 struct lint_out *out, struct err *err)
{
	const struct df_word *image =
		s->from ? dockerfile_from_image(s->from) : NULL;
	if (!image || s->base != DF_NO_STAGE || !s->image_known ||
	    !f->ships[s->index] || !lint_file_is_run(f))
		return 0;
	const struct catalog_toolchain *t =
		toolchain_of(lint_image_of(s->image).repo);
	if (!t || !builds_with(f, t) || lint_file_starts(f, t->needs) ||
	    is_for_people(f))
		return 0;
	return lint_find_bytes(out, image->at, "toolchain", err,
			       "the image is %.*s with all its build tools, "
			       "though only the program built with them is "
			       "run; build in a stage of its own and COPY "
			       "--from it into a small image",
			       STR_ARG(s->image));
}

const struct lint_rule rule_toolchain_as_result = {
	.id = "PARE4005",
	.severity = SEV_WARN,
	.summary = "toolchain image as the result",
	.check_stage = check,
};
