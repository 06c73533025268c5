/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/config/config.h"

#include "base/macros.h"
#include "base/nearest.h"
#include "lint/config/internal.h"
#include "yaml/yaml.h"

static int refuse_key(struct config_reader *r, const struct yaml_node *key)
{
	struct quoted name = str_quoted(key->text);
	struct nearest near = nearest_to(name.text);
	nearest_try(&near, "lint");
	return err_set(r->err, ERR_CORRUPT, "line %u: there is no key %s%s",
		       key->line, name.text,
		       near.best ? nearest_hint(&near, "").text
				 : "; all keys stand below lint:");
}

/* 1: it is about other files than this one. */
static int read_special(struct config_reader *r, const struct yaml_pair *p)
{
	if (str_eqz(p->key->text, "extends"))
		return lint_config_read_extends(r, p->value) < 0 ? -1 : 1;
	if (str_eqz(p->key->text, "locked"))
		return lint_config_read_locked(r, p->value) < 0 ? -1 : 1;
	return 0;
}

static int read_below(struct config_reader *r, const struct yaml_pair *p)
{
	int special = read_special(r, p);
	return special ? MIN(special, 0) : lint_config_read_key(r, p);
}

/* In our own file the keys stand below `lint:`. */
static int read_root(struct config_reader *r, const struct yaml_node *root)
{
	if (root->kind != YAML_MAP)
		return err_set(r->err, ERR_CORRUPT,
			       "line %u: a configuration is a map of keys",
			       root->line);
	for (size_t i = 0; i < root->n; i++) {
		const struct yaml_pair *p = &root->pairs[i];
		if (!r->own) {
			if (lint_config_read_key(r, p) < 0)
				return -1;
			continue;
		}
		/* A file may be about nothing but these two. */
		int special = read_special(r, p);
		if (special < 0)
			return -1;
		if (special)
			continue;
		if (!str_eqz(p->key->text, "lint"))
			return refuse_key(r, p->key);
		if (p->value->kind != YAML_MAP && !yaml_is_null(p->value))
			return err_set(r->err, ERR_CORRUPT,
				       "line %u: lint wants keys",
				       p->value->line);
		for (size_t k = 0; k < p->value->n; k++)
			if (read_below(r, &p->value->pairs[k]) < 0)
				return -1;
	}
	return 0;
}

int lint_config_read(struct str text, bool own, const struct lint_table *rules,
		     struct lint_config *out, struct err *err)
{
	*out = (struct lint_config){ .choice.show = SEV_STYLE };
	struct config_reader r = {
		.out = out, .rules = rules, .own = own, .err = err
	};
	scoped(yaml_done) struct yaml y;
	if (yaml_parse(text, &y, err) < 0)
		return -1;
	if (y.root && !yaml_is_null(y.root) && read_root(&r, y.root) < 0)
		return -1;
	out->choice.select = r.select;
	out->choice.ignore = r.ignore;
	return 0;
}

void lint_config_done(struct lint_config *c)
{
	arena_done(&c->arena);
	*c = (struct lint_config){ 0 };
}

bool lint_config_is_own(struct str text)
{
	struct err none = { 0 };
	scoped(yaml_done) struct yaml y;
	return yaml_parse(text, &y, &none) == 0 && y.root &&
	       (yaml_get(y.root, "lint") || yaml_get(y.root, "extends"));
}
