/* SPDX-License-Identifier: Apache-2.0 */
/* Words of a script with the values of its variables put in.
 *
 * As the shell does it (XCU 2.6): $NAME in double quotes is one word with what
 * stands beside it; bare, it is split at blanks, and an empty one leaves no word
 * at all. With PKGS="gcc=1 make=2" and OPTS=""
 *
 *	apk add $OPTS $PKGS "$PKGS"	apk, add, gcc=1, make=2, "gcc=1 make=2"
 *
 * What has no known value stays as it is written, and so do ${NAME%x} and the
 * like: the word is then not known. */
#include "base/chars.h"
#include "lint/facts/script_values.h"

/* All that is put in, of one file: RUN a $V a thousand times, with a value of
 * 1 MiB, would take gigabytes. Behind it words stay as they are written. */
enum { EXPANDED_MAX = 4 << 20, EXPANSIONS_MAX = 4096 };

struct splitting {
	const struct script_values *s;
	uint32_t command;
	struct lint_arg **args;
	size_t *n, *cap;
	struct lint_arg arg; /* at hand, without its text */
	struct buf text;
	bool begun; /* quotes make a word even of nothing */
};

static int finish(struct splitting *w, struct err *err)
{
	struct lint_arg arg = w->arg;
	if (!w->begun)
		return 0;
	if (arena_str(w->s->a, buf_str(&w->text), &arg.text, err) < 0 ||
	    arena_grow(w->s->a, w->args, *w->n, w->cap, sizeof **w->args, err) <
		    0)
		return -1;
	(*w->args)[(*w->n)++] = arg;
	buf_reset(&w->text);
	w->arg.known = true;
	w->begun = false;
	return 0;
}

static int put_in(struct splitting *w, struct str value, bool quoted,
		  struct err *err)
{
	if (quoted) {
		w->begun = true;
		return buf_str_add(&w->text, value, err);
	}
	for (size_t i = 0; i < value.n; i++) {
		if (strchr(" \t\n", value.p[i]) && value.p[i]) {
			if (finish(w, err) < 0)
				return -1;
			continue;
		}
		w->begun = true;
		if (buf_byte(&w->text, value.p[i], err) < 0)
			return -1;
	}
	return 0;
}

/* The value of $NAME or ${NAME}; of ${NAME:-x} when there is one. */
static bool value_of(const struct splitting *w, const struct sh_part *part,
		     struct str *value)
{
	struct str text = w->s->run->run.sh.text,
		   name = span_str(text, part->name);
	struct lint_memo *memo = w->s->run->file->memo;
	if (part->kind != SH_PARAM || name.n == 0 || is_digit(*name.p))
		return false;
	struct str written = span_str(text, part->at);
	size_t behind = part->name.at - part->at.at + name.n;
	struct str rest = str_from(written, behind);
	bool braces = written.n > 1 && written.p[1] == '{';
	bool otherwise = braces && (str_starts(rest, STR(":-")) ||
				    str_starts(rest, STR("-")));
	if (braces ? !otherwise && !str_eqz(rest, "}") : rest.n != 0)
		return false;
	if (memo->n_expanded >= EXPANSIONS_MAX ||
	    !lint_script_value(w->s, w->command, name, value) ||
	    (otherwise && value->n == 0) ||
	    value->n > EXPANDED_MAX - memo->expanded)
		return false;
	memo->n_expanded++;
	memo->expanded += value->n;
	return true;
}

static int add_part(struct splitting *w, struct sh_part *part, struct err *err)
{
	const struct sh_script *s = &w->s->run->run.sh;
	struct sh_word one = { .at = part->at, .parts = part, .n_parts = 1 };
	struct str value;
	if (part->kind == SH_LITERAL) {
		w->begun = true;
		return shell_word_text(s, &one, &w->text) ? 0 : -1;
	}
	if (value_of(w, part, &value)) {
		w->arg.expanded = true;
		return put_in(w, value, part->quoted, err);
	}
	w->begun = true;
	w->arg.known = false;
	return buf_str_add(&w->text, span_str(s->text, part->at), err);
}

int lint_script_words(const struct script_values *s, uint32_t command,
		      const struct sh_word *word, struct lint_arg **args,
		      size_t *n, size_t *cap, struct err *err)
{
	struct splitting w = {
		.s = s,
		.command = command,
		.args = args,
		.n = n,
		.cap = cap,
		.text = BUF_INIT(DF_SIZE_MAX + EXPANDED_MAX),
		.arg = { .known = true,
			 .quoted = word->n_parts == 0,
			 .at = dockerfile_run_span(&s->run->run, word->at) },
		.begun = word->n_parts == 0,
	};
	int r = 0;
	for (size_t i = 0; i < word->n_parts; i++)
		w.arg.quoted |=
			word->parts[i].quoted ||
			(word->parts[i].kind == SH_LITERAL &&
			 word->parts[i].inside.at != word->parts[i].at.at);
	for (size_t i = 0; i < word->n_parts && r == 0; i++)
		r = add_part(&w, &word->parts[i], err);
	if (r == 0)
		r = finish(&w, err);
	buf_done(&w.text);
	return r;
}

/* Values of assignments as they will be used: one word, quoted or not, since
 * the shell does not split them (XCU 2.9.1). */
int lint_script_assign(struct script_values *s, uint32_t command,
		       struct err *err)
{
	for (size_t i = 0; i < s->n; i++) {
		struct script_value *v = &s->v[i];
		if (v->command != command || !v->word || !v->node)
			continue;
		struct splitting w = { .s = s,
				       .command = command,
				       .arg = { .known = true },
				       .text = BUF_INIT(EXPANDED_MAX) };
		int r = 0;
		for (size_t k = 0; k < v->word->n_parts && r == 0; k++) {
			struct sh_part part = v->word->parts[k];
			part.quoted = true;
			r = add_part(&w, &part, err);
		}
		struct str text = buf_str(&w.text);
		size_t from = str_find(text, '=') + 1;
		v->known = w.arg.known && from <= text.n;
		if (r == 0 && v->known)
			r = arena_str(s->a, str_from(text, from), &v->value,
				      err);
		buf_done(&w.text);
		if (r < 0)
			return -1;
	}
	return 0;
}
