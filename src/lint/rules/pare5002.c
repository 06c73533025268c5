/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/access.h"
#include "lint/bases.h"
#include "lint/rule.h"
#include "lint/rules/place.h"

/* Tools of the large variant that the small one lacks. */
static const char tools[] =
	"gcc g++ cc c++ make cmake autoconf automake configure ld git hg svn "
	"curl wget gpg unzip patch pkg-config file ssh cargo go node-gyp "
	"bundle gem convert mysql_config pg_config";

static bool uses_them(const struct lint_file *f)
{
	for (size_t i = 0; i < f->n_runs; i++)
		for (size_t k = 0; k < f->runs[i].n_commands; k++) {
			struct lint_command c =
				place_unwrap(&f->runs[i].commands[k]);
			if (lint_run_ships(f, &f->runs[i]) &&
			    lint_cmd_is(&c, tools))
				return true;
		}
	return false;
}

/* A RUN that no one could read may use anything. */
static bool is_opaque(const struct lint_file *f)
{
	for (size_t i = 0; i < f->n_runs; i++)
		if (lint_run_ships(f, &f->runs[i]) &&
		    f->runs[i].n_commands == 0)
			return true;
	return false;
}

static int check(const struct lint_file *f, const struct df_stage *s,
		 struct lint_out *out, struct err *err)
{
	const struct df_word *image = s->from ? df_from_image(s->from) : NULL;
	const struct lint_base *b = f->bases[s->index];
	if (!image || !b || !b->slim || s->base != DF_NO_STAGE ||
	    !f->ships[s->index] || uses_them(f) || is_opaque(f))
		return 0;
	struct lint_image name = lint_image_of(s->image);
	bool debian = str_eqz(name.repo, "debian");
	bool packs = lint_base_known(s->image) && !debian;
	const char *key = debian  ? "debian-docs"
			  : packs ? "buildpack-deps"
				  : "";
	return lint_find_bytes(out, image->at, key, err,
			       "%.*s has a smaller variant, %.*s:%.*s%s%s%s",
			       STR_ARG(s->image), STR_ARG(name.repo),
			       STR_ARG(name.tag), name.tag.n ? "-" : "",
			       b->slim,
			       debian ? ", without manual pages and "
					"translations"
				      : ", without compilers and headers");
}

const struct lint_rule rule_pare5002 = {
	.id = "PARE5002",
	.severity = SEV_INFO,
	.fix = FIX_SUGGESTION,
	.summary = "base image that has a smaller variant",
	.check_stage = check,
};
