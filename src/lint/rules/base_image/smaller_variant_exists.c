/* SPDX-License-Identifier: Apache-2.0 */
/* A smaller variant of the base, where nothing in the file needs what it lacks.
 * The tag of the variant is made from the tag that stands there, and where
 * "slim" goes is each repository's own custom:
 *
 *	python:3.12		python:3.12-slim
 *	python:3.12-bookworm	python:3.12-slim-bookworm
 *	node:20-bookworm	node:20-bookworm-slim
 *	debian			debian:stable-slim
 *
 * A RUN that could not be read may use any of the tools, so there the rule is
 * silent. */
#include "dockerfile/access.h"
#include "lint/facts/bases.h"
#include "catalog/debian_packages.h"
#include "lint/rule.h"
#include "lint/rules/cache/cache.h"
#include "lint/facts/image_path.h"

/* Tools of the large variant that the small one lacks. */
static const char tools[] =
	"gcc g++ cc c++ make cmake autoconf automake configure ld git hg svn "
	"curl wget gpg unzip patch pkg-config file ssh cargo go node-gyp "
	"bundle gem convert mysql_config pg_config";

static bool uses(const struct lint_file *f, const char *list)
{
	for (size_t i = 0; i < f->n_runs; i++)
		for (size_t k = 0; k < f->runs[i].n_commands; k++) {
			const struct lint_command *c =
				f->runs[i].commands[k].inner;
			if (lint_run_ships(f, &f->runs[i]) &&
			    lint_cmd_is(c, list))
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

/* Images on buildpack-deps whose slim variant does without it. */
static bool has_buildpack(struct str repo)
{
	static const char *const repos[] = { "python", "pypy", "node",
					     "ruby",   "perl", "erlang",
					     "elixir" };
	for (size_t i = 0; i < ARRAY_LEN(repos); i++)
		if (str_eqz(repo, repos[i]))
			return true;
	return false;
}

/* The part of a tag behind its last hyphen is the name of a release of
 * Debian, and "slim" goes in front of it. */
static size_t before_release(struct str repo, struct str tag)
{
	static const char *const names[] = { "trixie", "bookworm", "bullseye",
					     "buster", "stretch",  "jessie" };
	if (str_eqz(repo, "node") || str_eqz(repo, "debian"))
		return tag.n;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		size_t n = strlen(names[i]) + 1;
		if (tag.n > n && str_ends(tag, str_of(names[i])) &&
		    tag.p[tag.n - n] == '-')
			return tag.n - n;
	}
	return tag.n;
}

static int smaller(const struct lint_file *f, struct lint_image name,
		   const char *slim, struct str *out, struct err *err)
{
	scoped(buf_done) struct buf b = BUF_INIT(4096);
	struct str tag =
		str_eqz(name.tag, "latest") ? (struct str){ 0 } : name.tag;
	if (tag.n == 0 && str_eqz(name.repo, "debian"))
		tag = STR("stable");
	size_t at = before_release(name.repo, tag);
	struct str behind = str_from(tag, at);
	if (buf_addf(&b, err, "%.*s:%.*s%s%s%.*s", STR_ARG(name.repo), (int)at,
		     tag.n ? tag.p : "", tag.n ? "-" : "", slim, (int)behind.n,
		     behind.n ? behind.p : "") < 0)
		return -1;
	return arena_str(f->arena, buf_str(&b), out, err);
}

/* A JDK that only starts a program: "17-jdk-alpine" becomes "17-jre-alpine".
 *
 * Only for an image that starts java and compiles nothing: whatever calls javac
 * or jlink needs the JDK. */
static int smaller_java(const struct lint_file *f, struct lint_image name,
			struct str *out, struct err *err)
{
	static const char java[] = "javac jlink jar jdeps jpackage mvn mvnw "
				   "gradle gradlew sbt ant keytool";
	size_t at = 0;
	while (at + 3 <= name.tag.n &&
	       !str_starts(str_from(name.tag, at), STR("jdk")))
		at++;
	if (!str_eqz(name.repo, "eclipse-temurin") || at + 3 > name.tag.n ||
	    !lint_file_starts(f, "java") || uses(f, java))
		return 0;
	scoped(buf_done) struct buf b = BUF_INIT(4096);
	if (buf_addf(&b, err, "%.*s:%.*sjre%.*s", STR_ARG(name.repo), (int)at,
		     name.tag.p, (int)(name.tag.n - at - 3),
		     name.tag.p + at + 3) < 0 ||
	    arena_str(f->arena, buf_str(&b), out, err) < 0)
		return -1;
	return 1;
}

static struct lint_weight beyond_slim(const struct lint_file *f,
				      const struct df_stage *s, struct str repo)
{
	struct catalog_debian_set set = { 0 };
	struct catalog_debian_cost slim = { 0 }, rest = { 0 };
	const char *release = lint_stage_release(f, s->index);
	catalog_debian_add_base(&set, repo, true, &slim);
	catalog_debian_add_base(&set, repo, false, &rest);
	return (struct lint_weight){
		rest.installed,
		!release || strcmp(release, catalog_debian_release) != 0
	};
}

static int check(const struct lint_file *f, const struct df_stage *s,
		 struct lint_out *out, struct err *err)
{
	const struct df_word *image =
		s->from ? dockerfile_from_image(s->from) : NULL;
	const struct lint_base *b = f->bases[s->index];
	struct str variant;
	if (!image || !b || s->base != DF_NO_STAGE || !f->ships[s->index] ||
	    is_opaque(f))
		return 0;
	struct lint_image name = lint_image_of(s->image);
	int java = smaller_java(f, name, &variant, err);
	if (java)
		return java < 0 ? -1
				: lint_find(
					  out, image->at, err,
					  "%.*s brings a compiler that nothing "
					  "in this file uses, and everybody "
					  "who pulls the image pays for it; "
					  "use %.*s",
					  STR_ARG(s->image), STR_ARG(variant));
	if (!b->slim || uses(f, tools))
		return 0;
	if (smaller(f, name, b->slim, &variant, err) < 0)
		return -1;
	bool debian = str_eqz(name.repo, "debian"),
	     packs = has_buildpack(name.repo);
	struct finding found = lint_finding_at(out, image->at);
	if (debian)
		lint_finding_weigh(out, &found, "debian-docs");
	else if (packs)
		lint_finding_packages(&found, beyond_slim(f, s, name.repo));
	return lint_report(out, &found, err,
			   "%.*s brings more than this file uses, and "
			   "everybody who pulls the image pays for it; use "
			   "%.*s%s",
			   STR_ARG(s->image), STR_ARG(variant),
			   debian  ? ", without manual pages and "
				     "translations"
			   : packs ? ", without compilers and headers"
				   : "");
}

const struct lint_rule rule_smaller_variant_exists = {
	.id = "PARE5002",
	.severity = SEV_INFO,
	.summary = "base image that has a smaller variant",
	.check_stage = check,
};
