/* SPDX-License-Identifier: Apache-2.0 */
#include "context/commands/git_use.h"

#include "base/test.h"

TEST(git_use, ask_git)
{
	assert_true(context_commands_ask_git(STR("git describe")));
	assert_true(context_commands_ask_git(STR("x=`git rev-parse HEAD`")));
	assert_true(context_commands_ask_git(STR("make V=$(git log -1)")));
	assert_true(
		context_commands_ask_git(STR("git clone x && git -C y log")));
	assert_true(context_commands_ask_git(STR("hg id")));
	assert_true(
		context_commands_ask_git(STR("sh -c \"git describe > v\"")));
	assert_true(context_commands_ask_git(STR("timeout 60 git describe")));
	assert_true(context_commands_ask_git(STR("xargs git log <x")));
	assert_true(
		context_commands_ask_git(STR("su app -c \"git describe\"")));
	assert_true(context_commands_ask_git(STR("sh <<< \"git log\"")));
	assert_true(context_commands_ask_git(STR("CMD git status")));
	assert_true(context_commands_ask_git(STR("$G describe")));
	assert_true(
		context_commands_ask_git(STR("make && ${G} rev-parse HEAD")));
	assert_true(context_commands_ask_git(
		STR("timeout 9 git fetch --unshallow")));
	assert_true(context_commands_ask_git(STR("gosu x git -C /a log")));
	assert_true(context_commands_ask_git(STR("xargs git --no-pager log")));
	assert_true(context_commands_ask_git(STR("$G --no-pager log")));
	assert_false(
		context_commands_ask_git(STR("apt-get install -y git make")));
	assert_false(context_commands_ask_git(STR("apt-get install git -y")));
	assert_true(context_commands_ask_git(STR("go build -buildvcs=true")));
	assert_false(context_commands_ask_git(STR("go build")));
	assert_false(
		context_commands_ask_git(STR("apt-get install git log4j")));
	assert_false(context_commands_ask_git(STR("git clone https://x/y")));
	assert_false(context_commands_ask_git(STR("git --version")));
	assert_false(context_commands_ask_git(STR("apk add git make")));
	assert_false(context_commands_ask_git(STR("curl https://x/git")));
}

TESTS_MAIN(unit(git_use, ask_git))
