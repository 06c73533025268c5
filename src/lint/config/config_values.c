/* SPDX-License-Identifier: Apache-2.0 */
/* What a value of a key may be: a word, a list, the names of rules. */
#include "lint/config/choice.h"
#include "lint/config/internal.h"
#include "yaml/yaml.h"

int lint_config_wrong(struct config_reader *r, const struct yaml_node *at,
		      const char *key, const char *wants)
{
	return err_set(r->err, ERR_CORRUPT, "line %u: %s wants %s", at->line,
		       key, wants);
}

int lint_config_keep(struct config_reader *r, struct str s, struct str *out)
{
	return arena_str(&r->out->arena, s, out, r->err);
}

int lint_config_text(struct config_reader *r, const char *key,
		     const struct yaml_node *v, struct str *out)
{
	if (v->kind != YAML_SCALAR)
		return lint_config_wrong(r, v, key, "a word");
	return lint_config_keep(r, v->text, out);
}

int lint_config_flag(struct config_reader *r, const char *key,
		     const struct yaml_node *v, bool *out)
{
	return yaml_bool(v, out)
		       ? 0
		       : lint_config_wrong(r, v, key, "true or false");
}

/* A list of words, or one word. */
int lint_config_words(struct config_reader *r, const char *key,
		      const struct yaml_node *v, struct str **out, size_t *n)
{
	const struct yaml_node *const one[] = { v };
	const struct yaml_node *const *items = one;
	size_t count = 1;
	if (v->kind == YAML_LIST) {
		items = v->items;
		count = v->n;
	} else if (yaml_is_null(v)) {
		count = 0;
	}
	struct str *list =
		arena_array(&r->out->arena, *n + count, sizeof *list, r->err);
	if (!list)
		return -1;
	if (*n)
		memcpy(list, *out, *n * sizeof *list);
	for (size_t i = 0; i < count; i++) {
		if (items[i]->kind != YAML_SCALAR)
			return lint_config_wrong(r, items[i], key,
						 "a list of words");
		if (lint_config_keep(r, items[i]->text, &list[*n + i]) < 0)
			return -1;
	}
	*out = list;
	*n += count;
	return 0;
}

/* The same; in our own file each has to be the name of a rule. */
int lint_config_rules(struct config_reader *r, const char *key,
		      const struct yaml_node *v, struct str **out, size_t *n)
{
	size_t before = *n;
	if (lint_config_words(r, key, v, out, n) < 0)
		return -1;
	for (size_t i = before; r->own && i < *n; i++)
		if (!lint_name_known(r->rules, (*out)[i]))
			return err_set(
				r->err, ERR_CORRUPT,
				"line %u: %s: no rule is called %s%s", v->line,
				key, str_quoted((*out)[i]).text,
				lint_name_hint(r->rules, (*out)[i]).text);
	return 0;
}
