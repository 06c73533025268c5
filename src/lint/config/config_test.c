/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/config/config.h"

#include "base/test.h"
#include "lint/table.h"

static void read_it(const char *text, bool own, struct lint_config *c)
{
	struct err err = { 0 };
	assert_ok(lint_config_read(str_of(text), own, &lint_all_rules, c, &err),
		  &err);
}

static void refuses(const char *text, bool own, const char *why)
{
	struct err err = { 0 };
	struct lint_config c;
	assert_fails(
		lint_config_read(str_of(text), own, &lint_all_rules, &c, &err),
		&err, ERR_CORRUPT, why);
	lint_config_done(&c);
}

static void is(struct str got, const char *want)
{
	assert_int_equal(got.n, strlen(want));
	assert_memory_equal(got.p, want, got.n);
}

TEST(config, hadolint_in_full)
{
	struct lint_config c;
	read_it("failure-threshold: warning\n"
		"format: sarif\n"
		"ignored:\n- DL3008\n- NOSUCH\n"
		"override:\n  error: [DL3015]\n  info: [DL3015, SC2086]\n"
		"label-schema:\n  author: text\n  url: url\n"
		"strict-labels: true\n"
		"no-color: true\nno-fail: true\nverbose: true\n"
		"disable-ignore-pragma: true\n"
		"trustedRegistries:\n- docker.io\n- '*.example.com'\n"
		"something-new: 1\n",
		false, &c);
	assert_int_equal(c.fail, FAIL_LEVEL);
	assert_int_equal(c.fail_level, SEV_WARN);
	is(c.format, "sarif");
	assert_int_equal(c.choice.n_ignore, 2);
	is(c.choice.ignore[0], "DL3008");
	is(c.choice.ignore[1], "NOSUCH");
	/* The gravest comes last. */
	assert_int_equal(c.choice.n_overrides, 3);
	is(c.choice.overrides[0].rule, "DL3015");
	assert_int_equal(c.choice.overrides[0].severity, SEV_INFO);
	is(c.choice.overrides[2].rule, "DL3015");
	assert_int_equal(c.choice.overrides[2].severity, SEV_ERROR);
	assert_int_equal(c.settings.n_labels, 2);
	is(c.settings.labels[1].name, "url");
	assert_int_equal(c.settings.labels[1].type, LABEL_URL);
	assert_true(c.settings.strict_labels && c.no_color && c.no_fail &&
		    c.verbose && c.settings.pragmas_off);
	assert_int_equal(c.settings.n_registries, 2);
	is(c.settings.registries[1], "*.example.com");
	lint_config_done(&c);
}

TEST(config, thresholds)
{
	static const struct {
		const char *text;
		enum lint_fail fail;
		enum severity level;
	} rows[] = {
		{ "failure-threshold: none", FAIL_NEVER, SEV_ERROR },
		{ "failure-threshold: ignore", FAIL_LEVEL, SEV_STYLE },
		{ "failure-threshold: error", FAIL_LEVEL, SEV_ERROR },
		{ "failure-threshold: style", FAIL_LEVEL, SEV_STYLE },
		{ "", FAIL_UNSAID, SEV_ERROR },
		{ "# nothing\n", FAIL_UNSAID, SEV_ERROR },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct lint_config c;
		read_it(rows[i].text, false, &c);
		assert_int_equal(c.fail, rows[i].fail);
		assert_int_equal(c.fail_level, rows[i].level);
		lint_config_done(&c);
	}
}

TEST(config, our_own)
{
	struct lint_config c;
	read_it("lint:\n"
		"  select: [PARE, DL3]\n"
		"  ignore: DL3008\n"
		"  severity: info\n"
		"  fail-on: error\n"
		"  forbid-suppressions: yes\n"
		"  target: prod\n"
		"  build-args: {VERSION: 1, X: }\n"
		"  exclude: [/vendor, '*.tmpl']\n"
		"  shellcheck: off\n"
		"  bases:\n"
		"    'corp/*': {family: debian, user: app, workdir: true}\n",
		true, &c);
	assert_int_equal(c.choice.n_select, 2);
	assert_int_equal(c.choice.n_ignore, 1);
	assert_true(c.has_show && c.choice.forbid_suppressions);
	assert_int_equal(c.choice.show, SEV_INFO);
	is(c.target, "prod");
	assert_int_equal(c.n_args, 2);
	is(c.args[0].name, "VERSION");
	is(c.args[0].value, "1");
	is(c.args[1].value, "");
	assert_int_equal(c.n_exclude, 2);
	assert_true(c.has_shellcheck && !c.shellcheck);
	assert_int_equal(c.settings.n_bases, 1);
	is(c.settings.bases[0].image, "corp/*");
	const struct lint_base *b = &c.settings.bases[0].base;
	assert_string_equal(b->family, "debian");
	assert_true(b->given && b->user_known && !b->user_is_root &&
		    b->workdir_set && !b->healthcheck);
	lint_config_done(&c);
}

TEST(config, says_the_line_that_is_wrong)
{
	refuses("ignored:\n  a: b\n", false,
		"line 2: ignored wants a list of words");
	refuses("override: [DL3008]\n", false,
		"line 1: override wants lists called error, warning, info, "
		"style");
	refuses("\nfailure-threshold: high\n", false,
		"line 2: failure-threshold wants error, warning, info, style, "
		"ignore or none, not high");
	refuses("label-schema:\n  a: date\n", false,
		"line 2: label-schema wants text, rfc3339, semver, url, hash, "
		"spdx or email, not date");
	refuses("no-fail: maybe\n", false,
		"line 1: no-fail wants true or false");
	refuses("- a\n", false, "line 1: a configuration is a map of keys");
	refuses("a: [\n", false, "line 2: did not find expected node content");
	refuses("lint:\n  ignor: []\n", true,
		"line 2: lint has no key ignor (did you mean ignore?)");
	refuses("lint:\n  zzz: []\n", true, "line 2: lint has no key zzz");
	refuses("lint:\n  ignore: [DL30008]\n", true,
		"line 2: ignore: no rule is called DL30008 (did you mean "
		"DL3000?)");
	refuses("lint:\n  severity: eror\n", true,
		"line 2: severity wants error, warning, info or style, not "
		"eror (did you mean error?)");
	refuses("lint:\n  fail-on: nothing\n", true,
		"line 2: fail-on wants error, warning, info, style, ignore or "
		"none, not nothing");
	refuses("lint:\n  ignore: [DL9999]\n", true,
		"line 2: ignore: no rule is called DL9999");
	refuses("zzz: {}\n", true,
		"line 1: there is no key zzz; all keys stand below lint:");
	refuses("lnt: {}\n", true,
		"line 1: there is no key lnt (did you mean lint?)");
	refuses("lint:\n  bases: {a: {familie: x}}\n", true,
		"line 2: bases wants family, manager, shell, slim, platform, "
		"cleans-archives, user, workdir or healthcheck, not familie "
		"(did you mean family?)");
	/* Ours alone. */
	refuses("lint: [1]\n", true, "line 1: lint wants keys");
}

TEST(config, whose_it_is)
{
	assert_true(lint_config_is_own(STR("lint:\n  ignore: []\n")));
	assert_false(lint_config_is_own(STR("ignored: []\n")));
	assert_false(lint_config_is_own(STR("")));
	assert_false(lint_config_is_own(STR("a: [")));
}

TESTS_MAIN(unit(config, hadolint_in_full), unit(config, thresholds),
	   unit(config, our_own), unit(config, says_the_line_that_is_wrong),
	   unit(config, whose_it_is))
