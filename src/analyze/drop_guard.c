/* SPDX-License-Identifier: Apache-2.0 */
#include "analyze/drop_guard.h"

#include <stdlib.h>

#include "analyze/lookup.h"
#include "base/vec.h"
#include "json/json.h"

void analyze_drop_guard_done(struct drop_guard *g)
{
	free(g->marks);
	free(g->languages);
	arena_done(&g->arena);
	*g = (struct drop_guard){ 0 };
}

struct str analyze_language_of(struct str locale)
{
	size_t n = 0;
	while (n < locale.n && locale.p[n] != '_' && locale.p[n] != '.' &&
	       locale.p[n] != '@')
		n++;
	return (struct str){ locale.p, n };
}

struct guarding {
	const struct tree *t;
	struct drop_guard *g;
};

/* The working directory, and directories that the environment names: nothing
 * below them is dropped. */
static int mark_dir(struct guarding *w, struct str path, struct err *err)
{
	uint32_t node;
	if (analyze_find_path(w->t, path, &node, err) < 0)
		return -1;
	if (node == TREE_NONE)
		return 0;
	bool dir = tree_top(w->t, node)->type == TAR_DIR;
	w->g->marks[node] = dir ? GUARD_DIR : GUARD_FILE;
	return 0;
}

/* A program that the config starts, and what lies beside it: /tmp/app/run.sh
 * may want /tmp/app/lib. */
static int mark_program(struct guarding *w, struct str path, struct err *err)
{
	uint32_t node;
	if (analyze_find_path(w->t, path, &node, err) < 0)
		return -1;
	if (node == TREE_NONE || node == TREE_ROOT)
		return 0;
	if (tree_top(w->t, node)->type == TAR_DIR) {
		w->g->marks[node] = GUARD_DIR;
		return 0;
	}
	w->g->marks[node] = GUARD_FILE;
	if (!w->g->marks[tree_parent(w->t, node)])
		w->g->marks[tree_parent(w->t, node)] = GUARD_DIR;
	return 0;
}

typedef int mark_fn(struct guarding *w, struct str path, struct err *err);

/* Marks every absolute path in a word, which may be a line of shell: "exec
 * /tmp/run >/dev/null" has two. A byte that no path of this kind holds ends a
 * word; taking too many words for paths only keeps more. */
static int mark_words(struct guarding *w, struct str s, mark_fn *mark,
		      struct err *err)
{
	static const char ends[] = " \t\n'\"`;:,=|&<>(){}$";
	for (size_t i = 0, n; i < s.n; i += n + 1) {
		for (n = 0;
		     i + n < s.n && !memchr(ends, s.p[i + n], sizeof ends - 1);)
			n++;
		struct str word = { s.p + i, n };
		if (n > 1 && word.p[0] == '/' && mark(w, word, err) < 0)
			return -1;
	}
	return 0;
}

static int mark_list(struct guarding *w, const json_t *list, mark_fn *mark,
		     struct err *err)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *v = json_array_get(list, i);
		struct str s = { json_string_value(v), json_string_length(v) };
		if (json_is_string(v) && mark_words(w, s, mark, err) < 0)
			return -1;
	}
	return 0;
}

static int add_language(struct drop_guard *g, struct str locale,
			struct err *err)
{
	struct str language = analyze_language_of(locale);
	if (language.n == 0)
		return 0;
	if (vec_room((void **)&g->languages, g->n_languages, &g->cap_languages,
		     sizeof *g->languages, err) < 0 ||
	    arena_str(&g->arena, language, &g->languages[g->n_languages], err) <
		    0)
		return -1;
	g->n_languages++;
	return 0;
}

/* LANG=de_DE.UTF-8, LC_ALL, LANGUAGE=de:fr. */
static int add_languages(struct drop_guard *g, const json_t *env,
			 struct err *err)
{
	for (size_t i = 0; i < json_array_size(env); i++) {
		const json_t *v = json_array_get(env, i);
		struct str s = { json_string_value(v), json_string_length(v) };
		struct str name, value, one;
		if (!json_is_string(v) || !str_cut(s, '=', &name, &value) ||
		    (!str_starts(name, STR("LC_")) &&
		     !str_starts(name, STR("LANG"))))
			continue;
		while (value.n) {
			if (!str_cut(value, ':', &one, &value)) {
				one = value;
				value.n = 0;
			}
			if (add_language(g, one, err) < 0)
				return -1;
		}
	}
	return 0;
}

static int read_run(struct guarding *w, const json_t *run, struct err *err)
{
	json_t *health = NULL;
	const json_t *dir = json_object_get(run, "WorkingDir");
	struct str s = { json_string_value(dir), json_string_length(dir) };
	const json_t *env = json_object_get(run, "Env");
	if (json_is_string(dir) && mark_dir(w, s, err) < 0)
		return -1;
	if (mark_list(w, json_object_get(run, "Entrypoint"), mark_program,
		      err) < 0 ||
	    mark_list(w, json_object_get(run, "Cmd"), mark_program, err) < 0 ||
	    mark_list(w, env, mark_dir, err) < 0 ||
	    add_languages(w->g, env, err) < 0)
		return -1;
	health = json_object_get(run, "Healthcheck");
	return mark_list(w, json_object_get(health, "Test"), mark_program, err);
}

int analyze_read_drop_guard(const struct loaded_image *li,
			    struct drop_guard *out, struct err *err)
{
	scoped(json_free) json_t *doc = NULL;
	scoped(analyze_drop_guard_done) struct drop_guard g = { 0 };
	struct guarding w = { li->tree, &g };
	const struct limits *lim = tree_limits(li->tree);
	g.marks = calloc(tree_n_nodes(li->tree), 1);
	if (!g.marks)
		return err_nomem(err, tree_n_nodes(li->tree));
	if (json_parse(li->image->config.text, lim, &lim->config_max, &doc,
		       err) < 0)
		return -1;
	const json_t *run = json_object_get(doc, "config");
	if (run && read_run(&w, run, err) < 0)
		return -1;
	g.marks[TREE_ROOT] = GUARD_NONE;
	*out = g;
	g = (struct drop_guard){ 0 };
	return 0;
}
