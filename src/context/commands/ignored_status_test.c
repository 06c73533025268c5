/* SPDX-License-Identifier: Apache-2.0 */
#include "context/commands/ignored_status.h"

#include "base/test.h"

/* Of the command "ls" in the script. */
static bool is_ignored(const char *script)
{
	struct arena a = { 0 };
	struct err err = { 0 };
	struct sh_script s;
	const struct sh_node *ls = NULL;
	assert_ok(shell_parse(str_of(script), SH_BASH, &a, &s, &err), &err);
	assert_true(s.readable);
	for (size_t i = 0; i < s.n_commands; i++)
		if (s.commands[i]->kind == SH_SIMPLE &&
		    shell_word_is(&s, &s.commands[i]->words[0], "ls"))
			ls = s.commands[i];
	assert_non_null(ls);
	bool yes = context_status_is_ignored(&s, ls);
	arena_done(&a);
	return yes;
}

TEST(ignored_status, of_a_command)
{
	static const struct {
		const char *script;
		bool ignored;
	} rows[] = {
		{ "ls .git", false },
		{ "ls .git; make", true },
		{ "ls .git\nmake", true },
		{ "make; ls .git", false },
		{ "set -e; ls .git; make", false },
		{ "set -euxo pipefail; ls .git; make", false },
		{ "set -o errexit; ls .git; make", false },
		{ "set -x; ls .git; make", true },
		{ "ls .git && make", false },
		{ "ls .git || true", true },
		{ "ls .git || :", true },
		{ "ls .git || echo no", true },
		{ "ls .git || make", false },
		{ "ls .git && rm -r .git || true", true },
		{ "ls .git || exit 1; make", false },
		{ "ls .git | sort", true },
		{ "set -o pipefail; ls .git | sort", false },
		{ "sort x | ls .git", false },
		{ "ls .git &", true },
		{ "if ls .git; then make; fi", true },
		{ "if ls .git; then exit 1; fi", false },
		{ "if make; then ls .git; fi", false },
		{ "if make; then true; else ls .git; fi", false },
		{ "if make; then true; elif ls .git; then true; fi", true },
		{ "while ls .git; do make; done", true },
		{ "while make; do ls .git; done", false },
		{ "f() { ls .git; make; }; f", true },
		{ "f() { ls .git; }; f; make", false },
		{ "(ls .git; make) && x", true },
		{ "(ls .git) && x", false },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (is_ignored(rows[i].script) != rows[i].ignored)
			fail_msg("%s", rows[i].script);
}

TESTS_MAIN(unit(ignored_status, of_a_command))
