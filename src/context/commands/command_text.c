/* SPDX-License-Identifier: Apache-2.0 */
#include "context/commands/command_text.h"

#include "base/chars.h"

bool context_is_name_byte(char c)
{
	return is_alpha(c) || is_digit(c) || c == '_' || c == '-' || c == '+' ||
	       c == '.';
}

size_t context_find_word(struct str text, struct str word, size_t from)
{
	while (from + word.n <= text.n) {
		const char *p =
			memmem(text.p + from, text.n - from, word.p, word.n);
		if (!p)
			break;
		size_t at = (size_t)(p - text.p), end = at + word.n;
		if ((at == 0 || !context_is_name_byte(text.p[at - 1])) &&
		    (end == text.n || !context_is_name_byte(text.p[end])))
			return at;
		from = at + 1;
	}
	return text.n;
}

/* Words that another command's name follows. */
static bool leads_command(struct str word)
{
	static const char *const words[] = { "sudo", "exec", "env",  "time",
					     "then", "do",   "else", "command",
					     "-m",   "npx",  "if",   "while" };
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_eqz(word, words[i]))
			return true;
	return str_find(word, '=') < word.n; /* NAME=value command */
}

/* Looks back from the word. Examples, "^" below the word that is asked for:
 *
 *   A=1 /usr/bin/npm ci    the path belongs to the name; the word in front of
 *                ^         it is an assignment: yes
 *   apk add npm            "add" is no word that leads a command: no
 *           ^
 *   ["npm", "ci"]          the quote goes with the name, "[" is a start: yes
 *      ^
 *
 * A backslash counts as a blank: it joins two lines of one command. */
bool context_at_command(struct str text, size_t at)
{
	while (at &&
	       (context_is_name_byte(text.p[at - 1]) || text.p[at - 1] == '/'))
		at--;
	at -= at && text.p[at - 1] == '"';
	size_t end = at;
	while (end && (is_blank(text.p[end - 1]) || text.p[end - 1] == '\\'))
		end--;
	if (end == 0 || strchr("&|;({[\n!`'\"", text.p[end - 1]))
		return true;
	size_t start = end;
	while (start && !is_blank(text.p[start - 1]) &&
	       !strchr("&|;(\n", text.p[start - 1]))
		start--;
	return start < end &&
	       leads_command((struct str){ text.p + start, end - start });
}

struct str context_arguments(struct str text, size_t from)
{
	size_t to = from;
	while (to < text.n && text.p[to] != ';' && text.p[to] != '&' &&
	       text.p[to] != '|' && text.p[to] != ')' && text.p[to] != '\n')
		to++;
	return (struct str){ text.p + from, to - from };
}

bool context_next_word(struct str *list, struct str *word)
{
	if (list->n == 0)
		return false;
	if (!str_cut(*list, ' ', word, list)) {
		*word = *list;
		list->n = 0;
	}
	return true;
}
