/* SPDX-License-Identifier: Apache-2.0 */
/* bases: what the user knows of an image that others do not. */
#include "lint/config/internal.h"
#include "yaml/yaml.h"

struct fact {
	const char *key;
	/* One of them. */
	int (*read)(struct config_reader *r, const struct yaml_node *v,
		    struct lint_base *b);
};

static int wrong(struct config_reader *r, const struct yaml_node *at,
		 const char *wants)
{
	return err_set(r->err, ERR_CORRUPT, "line %u: bases: %s", at->line,
		       wants);
}

static int word(struct config_reader *r, const struct yaml_node *v,
		const char **out)
{
	struct str kept;
	if (v->kind != YAML_SCALAR)
		return wrong(r, v, "a word is wanted");
	if (arena_str(&r->out->arena, v->text, &kept, r->err) < 0)
		return -1;
	*out = kept.p;
	return 0;
}

static int yes_or_no(struct config_reader *r, const struct yaml_node *v,
		     bool *out)
{
	return yaml_bool(v, out) ? 0 : wrong(r, v, "true or false is wanted");
}

static int family(struct config_reader *r, const struct yaml_node *v,
		  struct lint_base *b)
{
	return word(r, v, &b->family);
}

static int manager(struct config_reader *r, const struct yaml_node *v,
		   struct lint_base *b)
{
	return word(r, v, &b->manager);
}

static int shell(struct config_reader *r, const struct yaml_node *v,
		 struct lint_base *b)
{
	return word(r, v, &b->shell);
}

static int slim(struct config_reader *r, const struct yaml_node *v,
		struct lint_base *b)
{
	return word(r, v, &b->slim);
}

static int platform(struct config_reader *r, const struct yaml_node *v,
		    struct lint_base *b)
{
	return word(r, v, &b->platform);
}

static int cleans(struct config_reader *r, const struct yaml_node *v,
		  struct lint_base *b)
{
	return yes_or_no(r, v, &b->cleans_archives);
}

static int user(struct config_reader *r, const struct yaml_node *v,
		struct lint_base *b)
{
	const char *name = "";
	if (word(r, v, &name) < 0)
		return -1;
	b->user_known = true;
	b->user_is_root = strcmp(name, "root") == 0 || strcmp(name, "0") == 0 ||
			  strncmp(name, "0:", 2) == 0 ||
			  strncmp(name, "root:", 5) == 0;
	return 0;
}

static int workdir(struct config_reader *r, const struct yaml_node *v,
		   struct lint_base *b)
{
	return yes_or_no(r, v, &b->workdir_set);
}

static int healthcheck(struct config_reader *r, const struct yaml_node *v,
		       struct lint_base *b)
{
	return yes_or_no(r, v, &b->healthcheck);
}

static const struct fact facts[] = {
	{ "family", family },
	{ "manager", manager },
	{ "shell", shell },
	{ "slim", slim },
	{ "platform", platform },
	{ "cleans-archives", cleans },
	{ "user", user },
	{ "workdir", workdir },
	{ "healthcheck", healthcheck },
};

static int read_fact(struct config_reader *r, const struct yaml_pair *p,
		     struct lint_base *b)
{
	for (size_t i = 0; i < ARRAY_LEN(facts); i++)
		if (str_eqz(p->key->text, facts[i].key))
			return facts[i].read(r, p->value, b);
	return lint_config_wrong_word(r, p->key, "bases",
				      "family, manager, shell, slim, platform, "
				      "cleans-archives, user, workdir or "
				      "healthcheck",
				      p->key->text);
}

int lint_config_read_bases(struct config_reader *r, const char *key,
			   const struct yaml_node *v)
{
	(void)key;
	if (yaml_is_null(v))
		return 0;
	if (v->kind != YAML_MAP)
		return wrong(r, v, "images and facts of them are wanted");
	struct lint_named_base *list =
		arena_array(&r->out->arena, v->n, sizeof *list, r->err);
	if (!list)
		return -1;
	for (size_t i = 0; i < v->n; i++) {
		const struct yaml_node *of = v->pairs[i].value;
		list[i].base.given = true;
		if (arena_str(&r->out->arena, v->pairs[i].key->text,
			      &list[i].image, r->err) < 0)
			return -1;
		if (of->kind != YAML_MAP)
			return wrong(r, of, "facts of the image are wanted");
		for (size_t k = 0; k < of->n; k++)
			if (read_fact(r, &of->pairs[k], &list[i].base) < 0)
				return -1;
	}
	r->out->settings.bases = list;
	r->out->settings.n_bases = v->n;
	return 0;
}
