/* SPDX-License-Identifier: Apache-2.0 */
#include "context/commands/commands.h"

#include "base/test.h"

TEST(words, run)
{
	static const struct {
		const char *text;
		bool yes;
	} rows[] = {
		{ "npm ci", true },
		{ "cd /x && npm ci", true },
		{ "cd /x; npm ci", true },
		{ "NODE_ENV=production npm ci", true },
		{ "/usr/bin/npm ci", true },
		{ "./npm ci", true },
		{ "[\"npm\", \"ci\"]", true },
		{ "sudo npm i", true },
		{ "if x; then npm ci; fi", true },
		{ "x \\ npm ci", false },
		{ "apt-get install -y npm", false },
		{ "apk add npm nodejs", false },
		{ "echo npm", false },
		{ "rm -rf npm-debug.log", false },
		{ "pnpm ci", false },
		{ "true\nnpm ci", true },
		{ "", false },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (words_run(str_of(rows[i].text), "npm") != rows[i].yes)
			fail_msg("%s", rows[i].text);
	assert_true(words_run(STR("python -m pip install x"), "npm pip"));
	assert_false(words_run(STR("npm"), ""));
}

TEST(words, run_with)
{
	static const struct {
		const char *text, *list;
		bool yes;
	} rows[] = {
		{ "npm ci", "npm+ci+install", true },
		{ "npm --no-audit install x", "npm+ci+install", true },
		{ "[\"npm\",\"ci\"]", "npm+ci", true },
		{ "npm run build", "npm+ci+install", false },
		{ "npm run x && echo ci", "npm+ci", false },
		{ "npm run x; npm ci", "npm+ci", true },
		{ "npm run build:prod", "npm+build", true },
		{ "npm run prebuild", "npm+build", false },
		{ "yarn", "yarn+-", true },
		{ "yarn --frozen-lockfile", "yarn+-", true },
		{ "yarn && yarn build", "yarn+-", true },
		{ "yarn build", "yarn+-", false },
		{ "(yarn)", "yarn+-", true },
		{ "npx tsc", "webpack tsc", true },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (words_run(str_of(rows[i].text), rows[i].list) !=
		    rows[i].yes)
			fail_msg("%s: %s", rows[i].text, rows[i].list);
}

TEST(words, ask_git)
{
	assert_true(words_ask_git(STR("git describe")));
	assert_true(words_ask_git(STR("x=`git rev-parse HEAD`")));
	assert_true(words_ask_git(STR("make V=$(git log -1)")));
	assert_true(words_ask_git(STR("git clone x && git -C y log")));
	assert_true(words_ask_git(STR("hg id")));
	assert_true(words_ask_git(STR("sh -c \"git describe > v\"")));
	assert_true(words_ask_git(STR("timeout 60 git describe")));
	assert_true(words_ask_git(STR("xargs git log <x")));
	assert_true(words_ask_git(STR("su app -c \"git describe\"")));
	assert_true(words_ask_git(STR("sh <<< \"git log\"")));
	assert_true(words_ask_git(STR("CMD git status")));
	assert_true(words_ask_git(STR("$G describe")));
	assert_true(words_ask_git(STR("make && ${G} rev-parse HEAD")));
	assert_true(words_ask_git(STR("timeout 9 git fetch --unshallow")));
	assert_true(words_ask_git(STR("gosu x git -C /a log")));
	assert_true(words_ask_git(STR("xargs git --no-pager log")));
	assert_true(words_ask_git(STR("$G --no-pager log")));
	assert_false(words_ask_git(STR("apt-get install -y git make")));
	assert_false(words_ask_git(STR("apt-get install git -y")));
	assert_true(words_ask_git(STR("go build -buildvcs=true")));
	assert_false(words_ask_git(STR("go build")));
	assert_false(words_ask_git(STR("apt-get install git log4j")));
	assert_false(words_ask_git(STR("git clone https://x/y")));
	assert_false(words_ask_git(STR("git --version")));
	assert_false(words_ask_git(STR("apk add git make")));
	assert_false(words_ask_git(STR("curl https://x/git")));
}

TEST(words, run_here_and_first)
{
	static const char npm[] = "npm+ci+install+i";
	static const struct {
		const char *text;
		bool yes;
	} rows[] = {
		{ "npm ci", true },
		{ "npm ci && cp -r node_modules /x", true },
		{ "cd /app && npm ci", true },
		{ "npm install -g pm2", false },
		{ "npm install --global pm2", false },
		{ "npm install -g pm2\nnpm ci", true },
		{ "cd client && npm ci", false },
		{ "cd client && npm ci\nnpm ci", true },
		{ "npm --prefix client ci", false },
		{ "npm ci --dry-run", false },
		{ "npm install --package-lock-only", false },
		{ "cp -r node_modules/x /y; npm ci", false },
		{ "cd ./client && npm ci", false },
		{ "npm run build\nnpm ci", false },
		{ "npx tsc && npm ci", false },
		{ "npm ci && npm run build", true },
		{ "npm install\nnpm test", true },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (words_run_first(str_of(rows[i].text), npm,
				    STR("node_modules")) != rows[i].yes)
			fail_msg("%s", rows[i].text);
}

TEST(words, mention)
{
	assert_true(words_mention(STR("cat .env"), STR(".env")));
	assert_true(words_mention(STR("cat ./config/.env\n"), STR(".env")));
	assert_true(words_mention(STR("x --file=.env"), STR(".env")));
	assert_false(words_mention(STR("cat prod.env"), STR(".env")));
	assert_false(words_mention(STR("cat .env.local"), STR(".env")));
}

TEST(words, collect)
{
	struct diag_sink sink = { 0 };
	struct dockerfile df;
	struct err err = { 0 };
	scoped(buf_done) struct buf out = BUF_INIT(1 << 16);
	assert_ok(df_parse(STR("FROM x\nRUN --network=none a \\\n b\n"
			       "COPY c d\nONBUILD RUN e\nCMD [\"f\"]\n"
			       "RUN <<X\ng\nX\n"),
			   &sink, &df, &err),
		  &err);
	assert_ok(words_collect(&df, &out, &err), &err);
	assert_string_equal(buf_cstr(&out), "a  b\ne\n[\"f\"]\ng\n\n");
	df_done(&df);
}

TESTS_MAIN(unit(words, run), unit(words, run_with), unit(words, ask_git),
	   unit(words, run_here_and_first), unit(words, mention),
	   unit(words, collect))
