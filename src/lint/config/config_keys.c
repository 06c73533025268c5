/* SPDX-License-Identifier: Apache-2.0 */
/* The keys of a configuration and what each may be. */
#include "base/nearest.h"
#include "lint/config/internal.h"
#include "lint/config/choice.h"
#include "yaml/yaml.h"

/* --- the keys ------------------------------------------------------------- */

static int read_ignored(struct config_reader *r, const char *key,
			const struct yaml_node *v)
{
	return lint_config_rules(r, key, v, &r->ignore,
				 &r->out->choice.n_ignore);
}

static int read_select(struct config_reader *r, const char *key,
		       const struct yaml_node *v)
{
	return lint_config_rules(r, key, v, &r->select,
				 &r->out->choice.n_select);
}

static int read_registries(struct config_reader *r, const char *key,
			   const struct yaml_node *v)
{
	struct lint_settings *s = &r->out->settings;
	struct str *list = NULL;
	size_t n = 0;
	if (lint_config_words(r, key, v, &list, &n) < 0)
		return -1;
	s->registries = list;
	s->n_registries = n;
	return 0;
}

static int read_labels(struct config_reader *r, const char *key,
		       const struct yaml_node *v)
{
	static const char *const types[] = { "text", "rfc3339", "semver", "url",
					     "hash", "spdx",	"email" };
	if (yaml_is_null(v))
		return 0;
	if (v->kind != YAML_MAP)
		return lint_config_wrong(r, v, key, "labels and their types");
	struct lint_label_type *list =
		arena_array(&r->out->arena, v->n, sizeof *list, r->err);
	if (!list)
		return -1;
	for (size_t i = 0; i < v->n; i++) {
		const struct yaml_node *type = v->pairs[i].value;
		size_t t = 0;
		while (t < ARRAY_LEN(types) && !str_eqz(type->text, types[t]))
			t++;
		/* hadolint takes a raw-text for text. */
		if (str_eqz(type->text, "raw-text"))
			t = LABEL_TEXT;
		if (t == ARRAY_LEN(types))
			return lint_config_wrong_word(
				r, type, key,
				"text, rfc3339, semver, url, hash, spdx or "
				"email",
				type->text);
		list[i].type = (enum label_type)t;
		if (lint_config_keep(r, v->pairs[i].key->text, &list[i].name) <
		    0)
			return -1;
	}
	r->out->settings.labels = list;
	r->out->settings.n_labels = v->n;
	return 0;
}

static int read_strict(struct config_reader *r, const char *key,
		       const struct yaml_node *v)
{
	return lint_config_flag(r, key, v, &r->out->settings.strict_labels);
}

static int read_pragmas_off(struct config_reader *r, const char *key,
			    const struct yaml_node *v)
{
	return lint_config_flag(r, key, v, &r->out->settings.pragmas_off);
}

static int read_forbid(struct config_reader *r, const char *key,
		       const struct yaml_node *v)
{
	return lint_config_flag(r, key, v, &r->out->choice.forbid_suppressions);
}

static int read_no_fail(struct config_reader *r, const char *key,
			const struct yaml_node *v)
{
	return lint_config_flag(r, key, v, &r->out->no_fail);
}

static int read_no_color(struct config_reader *r, const char *key,
			 const struct yaml_node *v)
{
	return lint_config_flag(r, key, v, &r->out->no_color);
}

static int read_verbose(struct config_reader *r, const char *key,
			const struct yaml_node *v)
{
	return lint_config_flag(r, key, v, &r->out->verbose);
}

/* A name, or a list: there is one output here, the first is taken. */
static int read_format(struct config_reader *r, const char *key,
		       const struct yaml_node *v)
{
	if (v->kind == YAML_LIST && v->n == 0)
		return 0;
	if (v->kind == YAML_LIST)
		v = v->items[0];
	const struct yaml_node *name = yaml_get(v, "format");
	return lint_config_text(r, key, name ? name : v, &r->out->format);
}

static int read_target(struct config_reader *r, const char *key,
		       const struct yaml_node *v)
{
	return lint_config_text(r, key, v, &r->out->target);
}

static int read_context(struct config_reader *r, const char *key,
			const struct yaml_node *v)
{
	return lint_config_text(r, key, v, &r->out->context);
}

static int read_baseline(struct config_reader *r, const char *key,
			 const struct yaml_node *v)
{
	return lint_config_text(r, key, v, &r->out->baseline);
}

static int read_args(struct config_reader *r, const char *key,
		     const struct yaml_node *v)
{
	if (yaml_is_null(v))
		return 0;
	if (v->kind != YAML_MAP)
		return lint_config_wrong(r, v, key, "names and values");
	r->out->args =
		arena_array(&r->out->arena, v->n, sizeof *r->out->args, r->err);
	if (!r->out->args)
		return -1;
	for (size_t i = 0; i < v->n; i++) {
		struct df_arg *a = &r->out->args[i];
		if (lint_config_keep(r, v->pairs[i].key->text, &a->name) < 0 ||
		    lint_config_text(r, key, v->pairs[i].value, &a->value) < 0)
			return -1;
	}
	r->out->n_args = v->n;
	return 0;
}

static int read_exclude(struct config_reader *r, const char *key,
			const struct yaml_node *v)
{
	return lint_config_words(r, key, v, &r->out->exclude,
				 &r->out->n_exclude);
}

static int read_shellcheck(struct config_reader *r, const char *key,
			   const struct yaml_node *v)
{
	r->out->has_shellcheck = true;
	return lint_config_flag(r, key, v, &r->out->shellcheck);
}

static const struct config_key {
	const char *name;
	bool own; /* in .pare.yaml alone */
	enum lint_key is;
	int (*read)(struct config_reader *r, const char *key,
		    const struct yaml_node *v);
} keys[] = {
	{ "ignored", false, KEY_IGNORE, read_ignored },
	{ "override", false, KEY_OVERRIDE, lint_config_read_override },
	{ "failure-threshold", false, KEY_FAIL_ON, lint_config_read_fail },
	{ "no-fail", false, KEY_NO_FAIL, read_no_fail },
	{ "trustedRegistries", false, KEY_REGISTRIES, read_registries },
	{ "trusted-registries", false, KEY_REGISTRIES, read_registries },
	{ "label-schema", false, KEY_LABELS, read_labels },
	{ "strict-labels", false, KEY_STRICT, read_strict },
	{ "disable-ignore-pragma", false, KEY_PRAGMAS_OFF, read_pragmas_off },
	{ "format", false, KEY_FORMAT, read_format },
	{ "formats", false, KEY_FORMAT, read_format },
	{ "output-format", false, KEY_FORMAT, read_format },
	{ "no-color", false, KEY_NO_COLOR, read_no_color },
	{ "verbose", false, KEY_VERBOSE, read_verbose },
	{ "ignore", true, KEY_IGNORE, read_ignored },
	{ "select", true, KEY_SELECT, read_select },
	{ "severity", true, KEY_SEVERITY, lint_config_read_show },
	{ "fail-on", true, KEY_FAIL_ON, lint_config_read_fail },
	{ "min-bytes", true, KEY_MIN_BYTES, lint_config_read_min_bytes },
	{ "forbid-suppressions", true, KEY_FORBID, read_forbid },
	{ "target", true, KEY_TARGET, read_target },
	{ "context", true, KEY_CONTEXT, read_context },
	{ "build-args", true, KEY_ARGS, read_args },
	{ "exclude", true, KEY_EXCLUDE, read_exclude },
	{ "baseline", true, KEY_BASELINE, read_baseline },
	{ "shellcheck", true, KEY_SHELLCHECK, read_shellcheck },
	{ "bases", true, KEY_BASES, lint_config_read_bases },
};

const char *lint_key_name(enum lint_key key)
{
	/* The last of several names is our own. */
	const char *name = NULL;
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (keys[i].is == key && (!name || keys[i].own))
			name = keys[i].name;
	return name;
}

int lint_config_find_key(struct config_reader *r, const struct yaml_node *at,
			 enum lint_key *out)
{
	struct quoted name = str_quoted(at->text);
	struct nearest near = nearest_to(name.text);
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		nearest_try(&near, keys[i].name);
		*out = keys[i].is;
		if (str_eqz(at->text, keys[i].name))
			return 0;
	}
	return err_set(r->err, ERR_CORRUPT,
		       "line %u: locked: lint has no key %s%s", at->line,
		       name.text, nearest_hint(&near, "").text);
}

int lint_config_read_key(struct config_reader *r, const struct yaml_pair *p)
{
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (str_eqz(p->key->text, keys[i].name) &&
		    (r->own || !keys[i].own)) {
			r->out->line_of[keys[i].is] = p->key->line;
			return keys[i].read(r, keys[i].name, p->value);
		}
	if (!r->own)
		return 0;
	struct quoted name = str_quoted(p->key->text);
	struct nearest near = nearest_to(name.text);
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		nearest_try(&near, keys[i].name);
	return err_set(r->err, ERR_CORRUPT, "line %u: lint has no key %s%s",
		       p->key->line, name.text, nearest_hint(&near, "").text);
}
