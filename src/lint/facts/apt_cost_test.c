/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/facts/apt_cost.h"

#include <stdio.h>

#include "base/macros.h"
#include "base/test.h"
#include "lint/facts/words.h"
#include "lint/internal.h"
#include "lint/table.h"

/* What the rule's findings cost, in the order of the file; ~: typical, -: not
 * known. */
static void assert_costs(const char *text, const char *rules, const char *want)
{
	struct err err = { 0 };
	struct str names[4];
	size_t n = 0;
	scoped(buf_done) struct buf b = BUF_INIT(1000);
	scoped(arena_done) struct arena keep = { 0 };
	while (lint_word_next(&rules, &names[n]))
		n++;
	struct lint_choice choice = { .select = names,
				      .n_select = n,
				      .show = SEV_STYLE };
	struct lint_input in = { .path = STR("Dockerfile"),
				 .text = str_of(text),
				 .choice = &choice,
				 .rules = &lint_all_rules };
	struct finding_list r = { 0 };
	assert_ok(lint_run_rules(&in, &keep, &r, &err), &err);
	for (size_t i = 0; i < r.n; i++) {
		const struct finding *f = &r.findings[i];
		bool known = f->bytes_source == BYTES_ESTIMATE;
		assert_true(known == (f->basis != NULL));
		assert_true(!(known && f->typical));
		assert_true(!f->typical == !f->typical_of);
		uint64_t bytes = known ? f->bytes : f->typical;
		assert_ok(buf_addf(&b, &err, "%s%u:%s", i ? " " : "",
				   f->from.line,
				   known	? ""
				   : f->typical ? "~"
						: "-"),
			  &err);
		if (known || bytes)
			assert_ok(buf_addf(&b, &err, "%llu",
					   (unsigned long long)bytes),
				  &err);
	}
	if (strcmp(buf_cstr(&b), want) != 0)
		fail_msg("%s\ngot  %s\nwant %s", text, buf_cstr(&b), want);
}

#define BUILDS "RUN make\nCMD [\"x\"]\n"
#define GET "RUN apt-get install -y --no-install-recommends "

/* A compiler and a tool cost what they are; what an earlier line, or the base,
 * brought costs nothing again. */
TEST(apt_cost, of_these_very_packages)
{
	static const char tools[] = "PARE4002";
	assert_costs("FROM debian:12\n" GET "gcc\n" BUILDS, tools,
		     "2:180242432");
	assert_costs("FROM debian:12\n" GET "libtool\n" BUILDS, tools,
		     "2:220076032");
	assert_costs("FROM debian:12\n" GET "gcc\n" GET "libtool\n" BUILDS,
		     tools, "2:180242432 3:39833600");
	assert_costs("FROM python:3.12-bookworm\n" GET "gcc\n" BUILDS, tools,
		     "2:0");
	assert_costs("FROM python:3.12-slim-bookworm\n" GET "gcc\n" BUILDS,
		     tools, "2:180242432");
	assert_costs("FROM rust:1-slim-bookworm\n" GET "gcc\n" BUILDS, tools,
		     "2:0");
}

/* Of another release, or of an image whose packages are not known, the table
 * tells the order of size alone. */
TEST(apt_cost, other_bases_are_typical)
{
	static const char *const bases[] = {
		"ubuntu:22.04",
		"debian:8",
		"debian:13",
		"debian",
		"python:3.12-slim",
		"python:3.12-slim-bullseye",
		"me/x",
		"me/x:bookworm",
		"nginx:1.27-bookworm",
		"buildpack-deps:bookworm-curl",
	};
	for (size_t i = 0; i < ARRAY_LEN(bases); i++) {
		char text[300];
		snprintf(text, sizeof text, "FROM %s\n%s", bases[i],
			 GET "gcc\n" BUILDS);
		assert_costs(text, "PARE4002", "2:~180242432");
		snprintf(text, sizeof text, "FROM %s\n%s", bases[i],
			 "RUN apt-get install -y git\n");
		assert_costs(text, "DL3015", "2:~15031296");
	}
	/* All of them are there, so nothing is waste. */
	assert_costs("FROM python:3.12\n" GET "gcc\n" BUILDS, "PARE4002",
		     "2:-");
}

/* A stage is of the release of what it is built on. */
TEST(apt_cost, release_of_the_stage)
{
	assert_costs("FROM debian:13 AS a\nFROM debian:12\nRUN apt-get update\n"
		     "FROM a\nRUN apt-get update\n",
		     "DL3009", "5:~19857442");
	assert_costs("ARG V=12\nFROM debian:$V AS a\nFROM a AS b\nFROM b\n" GET
		     "gcc\n" BUILDS,
		     "PARE4002", "5:180242432");
}

TEST(apt_cost, smaller_variants)
{
	static const char rule[] = "PARE5002";
	assert_costs("FROM python:3.12-bookworm\n", rule, "1:783311872");
	assert_costs("FROM python:3.12\n", rule, "1:~783311872");
	assert_costs("FROM python:3.6-stretch\n", rule, "1:~783311872");
	assert_costs("FROM debian:12\n", rule, "1:42967374");
	assert_costs("FROM debian:bookworm\n", rule, "1:42967374");
	assert_costs("FROM debian:8\n", rule, "1:~42967374");
	assert_costs("FROM debian:13\n", rule, "1:~42967374");
	assert_costs("FROM debian\n", rule, "1:~42967374");
	/* Its slim variant has compilers, too. */
	assert_costs("FROM haskell:9-bookworm\n", rule, "1:-");
	assert_costs("FROM rust:1-bookworm\n", rule, "1:-");
}

/* The stage below has them already. */
TEST(apt_cost, of_stages)
{
	assert_costs("FROM debian:12 AS a\n" GET "gcc\nFROM a\n" GET
		     "gcc libtool\n" BUILDS,
		     "PARE4002", "2:180242432 4:39833600");
}

TEST(apt_cost, unknown_packages_have_none)
{
	assert_costs("FROM alpine\nRUN apk add gcc\n" BUILDS, "PARE4002",
		     "2:-");
	assert_costs("FROM fedora\nRUN dnf install -y gcc\n" BUILDS, "PARE4002",
		     "2:-");
	assert_costs("FROM debian:12\n" GET "libnone-dev\n" BUILDS, "PARE4003",
		     "2:-");
	assert_costs("FROM debian:12\nRUN apt-get install -y none\n", "DL3015",
		     "2:-");
}

/* Two rules of one line share what both need: it counts once. */
TEST(apt_cost, sums_hold)
{
	static const char both[] =
		"FROM debian:12\n" GET "g++ libbz2-dev\n" BUILDS;
	static const char one[] = "FROM debian:12\n" GET "g++\n" BUILDS;
	assert_costs(one, "PARE4002", "2:267009024");
	assert_costs(both, "PARE4002", "2:267009024");
	assert_costs(both, "PARE4003", "2:97280");
}

TEST(apt_cost, recommended_ones_are_what_they_add)
{
	static const char rule[] = "DL3015";
	assert_costs("FROM debian:12\nRUN apt-get install -y git\n", rule,
		     "2:15031296");
	assert_costs("FROM debian:12\nRUN apt-get install -y busybox\n", rule,
		     "2:0");
	assert_costs("FROM debian:12\nRUN apt-get install -y git\n"
		     "RUN apt-get install -y git less\n",
		     rule, "2:15031296 3:0");
	/* A stage that is thrown away. */
	assert_costs("FROM debian:12 AS a\nRUN apt-get install -y git\n"
		     "FROM scratch\nCOPY --from=a /x /x\n",
		     rule, "2:-");
}

TEST(apt_cost, lists_lie_in_an_image_once)
{
	assert_costs("FROM debian:12\nRUN apt-get update\n"
		     "RUN apt-get update\n",
		     "DL3009", "2:19857442 3:-");
	assert_costs("FROM debian:12 AS a\nRUN apt-get update\nFROM a\n"
		     "RUN apt-get update\n",
		     "DL3009", "2:19857442 4:-");
	/* Who is suppressed has none. */
	assert_costs("FROM debian:12\n# hadolint ignore=DL3009\n"
		     "RUN apt-get update\nRUN apt-get update\n",
		     "DL3009", "4:19857442");
	assert_costs("FROM ubuntu\nRUN apt-get update\n", "DL3009",
		     "2:~19857442");
	assert_costs("FROM nginx:1.27-bookworm\nRUN apt-get update\n", "DL3009",
		     "2:19857442");
}

TEST(apt_cost, a_record_for_each_uid)
{
	assert_costs("FROM a\nRUN useradd -u 100000 x\n", "DL3046",
		     "2:29200292");
	assert_costs("FROM a\nRUN useradd --uid=99999999999999999999 x\n",
		     "DL3046", "");
}

TESTS_MAIN(unit(apt_cost, of_these_very_packages), unit(apt_cost, of_stages),
	   unit(apt_cost, other_bases_are_typical),
	   unit(apt_cost, release_of_the_stage),
	   unit(apt_cost, smaller_variants),
	   unit(apt_cost, unknown_packages_have_none),
	   unit(apt_cost, sums_hold),
	   unit(apt_cost, recommended_ones_are_what_they_add),
	   unit(apt_cost, lists_lie_in_an_image_once),
	   unit(apt_cost, a_record_for_each_uid))
