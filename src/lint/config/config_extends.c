/* SPDX-License-Identifier: Apache-2.0 */
/* extends: and locked: of .pare.yaml. */
#include "base/chars.h"
#include "lint/config/internal.h"
#include "yaml/yaml.h"

static int wrong(struct config_reader *r, const struct yaml_node *at,
		 const char *says)
{
	return err_set(r->err, ERR_CORRUPT, "line %u: extends %s", at->line,
		       says);
}

static bool is_url(struct str s)
{
	return str_starts(s, STR("http://")) || str_starts(s, STR("https://"));
}

static int read_sha256(struct config_reader *r, const struct yaml_node *at,
		       struct str hex)
{
	struct lint_extends *e = &r->out->extends;
	char *to = arena_bytes(&r->out->arena, hex.n + 1, r->err);
	if (!to)
		return -1;
	if (str_starts(hex, STR("sha256:")))
		hex = str_from(hex, 7);
	for (size_t i = 0; i < hex.n; i++) {
		to[i] = lower(hex.p[i]);
		if (!is_digit(to[i]) && (to[i] < 'a' || to[i] > 'f'))
			return wrong(r, at, "has a sha256 that is not hex");
	}
	to[hex.n] = 0;
	if (hex.n != 64)
		return wrong(r, at, "wants a sha256 of 64 hex digits");
	e->sha256 = (struct str){ to, hex.n };
	return 0;
}

/* "https://host/file.yaml#sha256=HEX" is both in one word. */
static int read_url(struct config_reader *r, const struct yaml_node *at,
		    struct str url, struct str sha256)
{
	struct lint_extends *e = &r->out->extends;
	struct str head, tail;
	if (!is_url(url))
		return wrong(r, at, "wants a url of http:// or https://");
	if (!sha256.n && str_cut(url, '#', &head, &tail) &&
	    str_starts(tail, STR("sha256="))) {
		url = head;
		sha256 = str_from(tail, 7);
	}
	/* What a server says tomorrow is not what was agreed on. */
	if (!sha256.n)
		return wrong(r, at,
			     "by url wants its sha256 beside it: "
			     "extends: {url: ..., sha256: ...}");
	if (arena_str(&r->out->arena, url, &e->url, r->err) < 0)
		return -1;
	return read_sha256(r, at, sha256);
}

static struct str word(const struct yaml_node *map, const char *key)
{
	const struct yaml_node *v = yaml_get(map, key);
	return v && v->kind == YAML_SCALAR ? v->text : (struct str){ 0 };
}

int lint_config_read_extends(struct config_reader *r, const struct yaml_node *v)
{
	struct lint_extends *e = &r->out->extends;
	e->line = v->line;
	if (v->kind == YAML_MAP && v->n == 2)
		return read_url(r, v, word(v, "url"), word(v, "sha256"));
	if (v->kind != YAML_SCALAR || yaml_is_null(v) || !v->text.n)
		return wrong(r, v, "wants a path, or a url and its sha256");
	if (is_url(v->text))
		return read_url(r, v, v->text, (struct str){ 0 });
	return arena_str(&r->out->arena, v->text, &e->path, r->err);
}

static int lock(struct config_reader *r, const struct yaml_node *name)
{
	enum lint_key key;
	if (name->kind != YAML_SCALAR)
		return err_set(r->err, ERR_CORRUPT,
			       "line %u: locked wants a list of keys",
			       name->line);
	if (str_eqz(name->text, "all")) {
		for (size_t i = 0; i < LINT_KEYS; i++)
			r->out->locked[i] = true;
		return 0;
	}
	if (lint_config_find_key(r, name, &key) < 0)
		return -1;
	r->out->locked[key] = true;
	return 0;
}

int lint_config_read_locked(struct config_reader *r, const struct yaml_node *v)
{
	if (v->kind == YAML_SCALAR && !yaml_is_null(v))
		return lock(r, v);
	for (size_t i = 0; v->kind == YAML_LIST && i < v->n; i++)
		if (lock(r, v->items[i]) < 0)
			return -1;
	if (v->kind == YAML_MAP)
		return err_set(r->err, ERR_CORRUPT,
			       "line %u: locked wants a list of keys", v->line);
	return 0;
}
