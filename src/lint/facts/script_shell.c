/* SPDX-License-Identifier: Apache-2.0 */
/*	SHELL ["/bin/bash", "-eo", "pipefail", "-c"]	bash, errexit, pipefail
 *	#!/usr/bin/env -S bash -e			bash, errexit
 *	SHELL ["pwsh", "-Command"]			foreign */
#include "lint/facts/script_shell.h"

#include "base/chars.h"
#include "lint/facts/words.h"

enum { SHEBANG_WORDS_MAX = 16 };

/* Where env is the program, its first argument that is neither an option nor
 * an assignment is meant: `#!/usr/bin/env -S bash -e`. */
static size_t interpreter(const struct str *words, size_t n)
{
	size_t i = 0;
	if (n < 2 || !str_eqz(lint_word_base(words[0]), "env"))
		return 0;
	for (i = 1; i + 1 < n; i++)
		if (!str_starts(words[i], STR("-")) &&
		    str_find(words[i], '=') == words[i].n)
			break;
	return i;
}

static const char *known_name(struct str name)
{
	static const char *const known[] = { "sh",   "ash", "dash",
					     "bash", "ksh", "zsh" };
	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (str_eqz(name, known[i]))
			return known[i];
	return NULL;
}

static bool is_foreign(struct str name)
{
	return lint_word_in_nocase(name, "pwsh powershell cmd pwsh.exe "
					 "powershell.exe cmd.exe pwsh-preview");
}

/* A word behind the program: -e, -ec, or what -o names. */
static void read_option(struct str word, bool *named, struct lint_shell *s)
{
	bool option = word.n > 1 && *word.p == '-' && word.p[1] != '-';
	if (!option) {
		s->errexit |= *named && str_eqz(word, "errexit");
		s->pipefail |= *named && str_eqz(word, "pipefail");
		return;
	}
	s->errexit |= str_has(word, 'e');
	*named |= str_has(word, 'o');
}

struct lint_shell lint_shell_read(const struct str *words, size_t n)
{
	struct lint_shell s = { 0 };
	bool named = false;
	if (n == 0)
		return s;
	size_t i = interpreter(words, n);
	struct str base = lint_word_base(words[i]);
	s.name = known_name(base);
	s.foreign = is_foreign(base);
	while (++i < n)
		read_option(words[i], &named, &s);
	return s;
}

struct lint_shell lint_shell_of_shebang(struct str line)
{
	struct str words[SHEBANG_WORDS_MAX];
	size_t n = 0, at = 0;
	while (at < line.n && n < SHEBANG_WORDS_MAX) {
		size_t end = at;
		while (end < line.n && !is_blank(line.p[end]))
			end++;
		if (end > at)
			words[n++] = (struct str){ line.p + at, end - at };
		at = end + 1;
	}
	return lint_shell_read(words, n);
}
