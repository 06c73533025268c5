/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/discover/compose.h"

#include "base/test.h"

static void assert_builds(const char *text, const char *want)
{
	struct err err = { 0 };
	scoped(arena_done) struct arena a = { 0 };
	scoped(buf_done) struct buf b = BUF_INIT(10000);
	struct compose_build *v;
	size_t n;
	assert_ok(lint_compose_builds(str_of(text), &a, &v, &n, &err), &err);
	for (size_t i = 0; i < n; i++) {
		assert_ok(buf_addf(&b, &err, "%.*s: %.*s %.*s",
				   STR_ARG(v[i].service), STR_ARG(v[i].context),
				   STR_ARG(v[i].dockerfile)),
			  &err);
		if (v[i].target.n)
			assert_ok(buf_addf(&b, &err, " target=%.*s",
					   STR_ARG(v[i].target)),
				  &err);
		for (size_t k = 0; k < v[i].n_args; k++)
			assert_ok(buf_addf(&b, &err, " %.*s=%.*s",
					   STR_ARG(v[i].args[k].name),
					   STR_ARG(v[i].args[k].value)),
				  &err);
		for (size_t k = 0; k < v[i].n_contexts; k++)
			assert_ok(buf_addf(&b, &err, " %.*s->%.*s",
					   STR_ARG(v[i].contexts[k].name),
					   STR_ARG(v[i].contexts[k].value)),
				  &err);
		if (v[i].is_inline)
			assert_ok(buf_addf(&b, &err, " inline %zu bytes",
					   v[i].text.n),
				  &err);
		assert_ok(buf_byte(&b, '\n', &err), &err);
	}
	assert_string_equal(buf_cstr(&b), want);
}

TEST(compose, builds)
{
	assert_builds("services:\n  a:\n    build: ./dir\n"
		      "  b:\n    image: x\n"
		      "  c:\n    build:\n      context: .\n"
		      "      dockerfile: docker/Dockerfile.c\n"
		      "      target: prod\n      args:\n        V: 1\n"
		      "        FROM_ENV:\n"
		      "  d:\n    build:\n      args: [A=x, A=b=c, NAME]\n",
		      "a: ./dir Dockerfile\n"
		      "c: . docker/Dockerfile.c target=prod V=1\n"
		      "d: . Dockerfile A=b=c\n");
}

TEST(compose, additional_contexts)
{
	assert_builds("services:\n"
		      "  a: {build: {additional_contexts: {lib: ../lib, "
		      "base: 'docker-image://debian:13', v: '${X}'}}}\n"
		      "  b: {build: {additional_contexts: [lib=../l, x]}}\n",
		      "a: . Dockerfile lib->../lib "
		      "base->docker-image://debian:13 v->\n"
		      "b: . Dockerfile lib->../l\n");
}

TEST(compose, variables_and_elsewhere)
{
	assert_builds("services:\n"
		      "  a: {build: '${DIR:-app}/x'}\n"
		      "  b: {build: '${DIR}'}\n"
		      "  c: {build: 'https://example.com/x.git#main'}\n"
		      "  d: {build: {args: {A: '$$x', B: '${Y}', "
		      "C: '${Z-z}'}}}\n"
		      "  e: {build: 'git@example.com:x'}\n",
		      "a: app/x Dockerfile\n"
		      "d: . Dockerfile A=$x C=z\n");
}

TEST(compose, inline_text_and_anchors)
{
	assert_builds("x-b: &b\n  context: app\n"
		      "services:\n  a:\n    build:\n      <<: *b\n"
		      "      dockerfile_inline: |\n        FROM x\n",
		      "a: app Dockerfile inline 7 bytes\n");
	assert_builds("", "");
	assert_builds("services: [a]\n", "");
}

TEST(compose, names)
{
	assert_true(lint_compose_is_name(STR("compose.yaml")));
	assert_true(lint_compose_is_name(STR("docker-compose.yml")));
	assert_false(lint_compose_is_name(STR("my-compose.yml")));
}

TESTS_MAIN(unit(compose, builds), unit(compose, additional_contexts),
	   unit(compose, variables_and_elsewhere),
	   unit(compose, inline_text_and_anchors), unit(compose, names))
