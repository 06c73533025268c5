/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/access.h"
#include "lint/facts/bases.h"
#include "lint/rule.h"
#include "lint/rules/content/build_tools.h"
#include "lint/rules/cache/cache.h"
#include "lint/facts/image_path.h"

/* An image, the commands that build with it, and programs whose start needs
 * it all the same. */
static const struct {
	const char *repo, *tools, *verbs, *needs;
} toolchains[] = {
	{ "golang", "go", "build install", "go" },
	{ "rust", "cargo rustc", NULL, "cargo" },
	{ "gcc", "gcc g++ make cmake", NULL, "gcc make" },
	{ "maven", "mvn mvnw", NULL, "mvn mvnw" },
	{ "gradle", "gradle gradlew", NULL, "gradle gradlew" },
	{ "haskell", "cabal stack ghc", NULL, "cabal stack ghci" },
	{ "mcr.microsoft.com/dotnet/sdk", "dotnet", "publish build",
	  "watch test" },
	{ "mcr.microsoft.com/dotnet/core/sdk", "dotnet", "publish build",
	  "watch test" },
	{ "composer", "composer", "install", "composer" },
};

static bool builds_with(const struct lint_file *f, size_t row)
{
	for (size_t i = 0; i < f->n_runs; i++)
		for (size_t k = 0; k < f->runs[i].n_commands; k++) {
			const struct lint_command *c =
				f->runs[i].commands[k].inner;
			const char *tools = toolchains[row].tools,
				   *verbs = toolchains[row].verbs;
			if (lint_run_ships(f, &f->runs[i]) &&
			    (verbs ? lint_cmd_verb(c, tools, verbs)
				   : lint_cmd_is(c, tools)))
				return true;
		}
	return false;
}

static int check(const struct lint_file *f, const struct df_stage *s,
		 struct lint_out *out, struct err *err)
{
	const struct df_word *image = s->from ? df_from_image(s->from) : NULL;
	if (!image || s->base != DF_NO_STAGE || !s->image_known ||
	    !f->ships[s->index] || !file_is_run(f))
		return 0;
	struct str repo = lint_image_of(s->image).repo;
	for (size_t i = 0; i < ARRAY_LEN(toolchains); i++)
		if (str_eqz(repo, toolchains[i].repo) && builds_with(f, i) &&
		    !file_starts(f, toolchains[i].needs))
			return lint_find_bytes(
				out, image->at, "toolchain", err,
				"the tools of %.*s ship with the program that "
				"they built; build in a stage of its own and "
				"copy the program into a small image",
				STR_ARG(s->image));
	return 0;
}

const struct lint_rule rule_toolchain_as_result = {
	.id = "PARE4005",
	.severity = SEV_WARN,
	.summary = "image of a toolchain as the result",
	.check_stage = check,
};
