/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/shellcheck/shellcheck_names.h"

#include <stdlib.h>

#include "base/chars.h"
#include "lint/facts/words.h"
#include "lint/rules/variable/image_env.h"

/* Every RUN may have the proxies, and has a HOME, by its user (OCI image config;
 * runc takes it from /etc/passwd). */
static const char always[] =
	"ALL_PROXY FTP_PROXY HOME HTTPS_PROXY HTTP_PROXY NO_PROXY all_proxy "
	"ftp_proxy https_proxy http_proxy no_proxy";

/* ENV A=$B, ENV C=$A, ...: as many as a person writes. */
enum { LINKS_MAX = 8 };
/* Of very many variables the newest are known: each RUN has a list of them. */
enum { VARS_MAX = 1024 };

static bool is_name(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (!is_alpha(c) && c != '_' && !(i > 0 && is_digit(c)))
			return false;
	}
	return s.n > 0;
}

/* The name in a word that is $NAME or ${NAME} and nothing else; empty. */
static struct str name_alone(struct str word)
{
	word = lint_word_unquoted(word);
	if (!str_starts(word, STR("$")))
		return (struct str){ 0 };
	word = str_from(word, 1);
	if (str_starts(word, STR("{")) && str_ends(word, STR("}")))
		word = (struct str){ word.p + 1, word.n - 2 };
	return is_name(word) ? word : (struct str){ 0 };
}

/* What the line gives the variable. */
static struct str value_of(const struct df_var *v)
{
	for (size_t i = 0; v->from && i < v->from->n_pairs; i++)
		if (str_eq(v->from->pairs[i].key.text, v->name))
			return v->from->pairs[i].value.text;
	return (struct str){ 0 };
}

static bool is_unset(const struct df_var *v)
{
	for (int i = 0; v && i < LINKS_MAX; i++) {
		if (!v->set)
			return true;
		struct str name = name_alone(value_of(v));
		if (name.n == 0)
			return false;
		v = dockerfile_scope_find(v->older, name);
	}
	return false;
}

static int by_name(const void *a, const void *b)
{
	const struct check_name *x = a, *y = b;
	int d = str_cmp(x->name, y->name);
	return d ? d : (x->age > y->age) - (x->age < y->age);
}

static const struct df_var *variables(const struct lint_run *run)
{
	const struct df_graph *g = run->file->graph;
	return run->stage < g->n ? g->stages[run->stage].vars : NULL;
}

/* What the image below the stages sets, as far as that is known: single words,
 * and lists that are there to be split ($PHPIZE_DEPS). */
static const char *image_names(const struct lint_run *run)
{
	const struct df_graph *g = run->file->graph;
	const char *names = "";
	if (run->stage >= g->n)
		return names;
	const struct df_stage *s =
		&g->stages[dockerfile_graph_root(g, run->stage)];
	return s->image_known && lint_image_env_find(s->image, &names) ? names
								       : "";
}

int check_names_read(const struct lint_run *run, struct arena *a,
		     struct check_names *out, struct err *err)
{
	const char *lists[] = { always, image_names(run) };
	struct str word;
	const struct df_var *first = variables(run);
	size_t n = 0, n_vars = 0;
	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		for (const char *l = lists[i]; lint_word_next(&l, &word);)
			n++;
	for (const struct df_var *v = first; v && n_vars < VARS_MAX;
	     v = v->older)
		n_vars++;
	n += n_vars;
	out->v = arena_array(a, n, sizeof *out->v, err);
	if (!out->v)
		return -1;
	size_t k = 0;
	for (const struct df_var *v = first; n_vars-- > 0; v = v->older)
		if (is_name(v->name) &&
		    (!v->from || v->from->at.at < run->in->at.at)) {
			out->v[k] =
				(struct check_name){ v->name, k, is_unset(v) };
			k++;
		}
	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		for (const char *l = lists[i]; lint_word_next(&l, &word); k++)
			out->v[k] = (struct check_name){ word, k, false };
	qsort(out->v, k, sizeof *out->v, by_name);
	out->n = 0;
	for (size_t i = 0; i < k; i++)
		if (i == 0 || !str_eq(out->v[i].name, out->v[out->n - 1].name))
			out->v[out->n++] = out->v[i];
	return 0;
}
