/* SPDX-License-Identifier: Apache-2.0 */
#include "context/commands/command_search.h"

#include "base/test.h"

TEST(command_search, run)
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
		if (context_commands_run(str_of(rows[i].text), "npm") !=
		    rows[i].yes)
			fail_msg("%s", rows[i].text);
	assert_true(context_commands_run(STR("python -m pip install x"),
					 "npm pip"));
	assert_false(context_commands_run(STR("npm"), ""));
}

TEST(command_search, run_with)
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
		if (context_commands_run(str_of(rows[i].text), rows[i].list) !=
		    rows[i].yes)
			fail_msg("%s: %s", rows[i].text, rows[i].list);
}

TEST(command_search, run_here_and_first)
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
		if (context_commands_run_before(
			    context_commands_before(str_of(rows[i].text),
						    "npm+run+test+start+build "
						    "npx"),
			    npm, STR("node_modules")) != rows[i].yes)
			fail_msg("%s", rows[i].text);
}

TEST(command_search, mention)
{
	assert_true(context_commands_mention(STR("cat .env"), STR(".env")));
	assert_true(context_commands_mention(STR("cat ./config/.env\n"),
					     STR(".env")));
	assert_true(
		context_commands_mention(STR("x --file=.env"), STR(".env")));
	assert_false(
		context_commands_mention(STR("cat prod.env"), STR(".env")));
	assert_false(
		context_commands_mention(STR("cat .env.local"), STR(".env")));
}

TESTS_MAIN(unit(command_search, run), unit(command_search, run_with),
	   unit(command_search, run_here_and_first),
	   unit(command_search, mention))
