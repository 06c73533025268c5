/* SPDX-License-Identifier: Apache-2.0 */
/* The keys of a configuration and what each may be. */
#include "base/chars.h"
#include "base/nearest.h"
#include "base/size.h"
#include "lint/config/internal.h"
#include "lint/config/choice.h"
#include "yaml/yaml.h"

static int wrong(struct config_reader *r, const struct yaml_node *at,
		 const char *key, const char *wants)
{
	return err_set(r->err, ERR_CORRUPT, "line %u: %s wants %s", at->line,
		       key, wants);
}

static int keep(struct config_reader *r, struct str s, struct str *out)
{
	return arena_str(&r->out->arena, s, out, r->err);
}

static int text(struct config_reader *r, const char *key,
		const struct yaml_node *v, struct str *out)
{
	if (v->kind != YAML_SCALAR)
		return wrong(r, v, key, "a word");
	return keep(r, v->text, out);
}

static int flag(struct config_reader *r, const char *key,
		const struct yaml_node *v, bool *out)
{
	return yaml_bool(v, out) ? 0 : wrong(r, v, key, "true or false");
}

/* A list of words, or one word. */
static int words(struct config_reader *r, const char *key,
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
			return wrong(r, items[i], key, "a list of words");
		if (keep(r, items[i]->text, &list[*n + i]) < 0)
			return -1;
	}
	*out = list;
	*n += count;
	return 0;
}

/* The same; in our own file each has to be the name of a rule. */
static int rules(struct config_reader *r, const char *key,
		 const struct yaml_node *v, struct str **out, size_t *n)
{
	size_t before = *n;
	if (words(r, key, v, out, n) < 0)
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

/* --- the keys ------------------------------------------------------------- */

static int read_ignored(struct config_reader *r, const char *key,
			const struct yaml_node *v)
{
	return rules(r, key, v, &r->ignore, &r->out->choice.n_ignore);
}

static int read_select(struct config_reader *r, const char *key,
		       const struct yaml_node *v)
{
	return rules(r, key, v, &r->select, &r->out->choice.n_select);
}

static int add_overrides(struct config_reader *r, const char *key,
			 const struct yaml_node *list, enum severity level)
{
	struct lint_choice *c = &r->out->choice;
	struct str *names = NULL;
	size_t n = 0;
	if (!list)
		return 0;
	if (rules(r, key, list, &names, &n) < 0)
		return -1;
	struct lint_override *more = arena_array(
		&r->out->arena, c->n_overrides + n, sizeof *more, r->err);
	if (!more)
		return -1;
	if (c->n_overrides)
		memcpy(more, c->overrides, c->n_overrides * sizeof *more);
	for (size_t i = 0; i < n; i++)
		more[c->n_overrides++] =
			(struct lint_override){ .rule = names[i],
						.severity = level };
	c->overrides = more;
	return 0;
}

/* A rule that stands in several lists has the gravest: the last one wins. */
static int read_override(struct config_reader *r, const char *key,
			 const struct yaml_node *v)
{
	static const char *const levels[] = { "style", "info", "warning",
					      "error" };
	if (v->kind != YAML_MAP && !yaml_is_null(v))
		return wrong(r, v, key,
			     "lists called error, warning, info, "
			     "style");
	for (size_t i = 0; i < ARRAY_LEN(levels); i++) {
		enum severity level = SEV_STYLE;
		lint_level(str_of(levels[i]), &level);
		if (add_overrides(r, levels[i], yaml_get(v, levels[i]), level) <
		    0)
			return -1;
	}
	return 0;
}

static int read_size(struct config_reader *r, const char *key,
		     const struct yaml_node *v, uint64_t *out)
{
	if (v->kind == YAML_SCALAR && size_parse(v->text, out))
		return 0;
	return wrong(r, v, key, "a size such as 500k or 1MB");
}

/* A level, or an amount that all findings cost together; a list may have
 * both. */
static int read_fail(struct config_reader *r, const char *key,
		     const struct yaml_node *v)
{
	struct str level;
	for (size_t i = 0; r->own && v->kind == YAML_LIST && i < v->n; i++)
		if (v->items[i]->kind != YAML_SCALAR ||
		    read_fail(r, key, v->items[i]) < 0)
			return r->err->code
				       ? -1
				       : wrong(r, v, key, "a list of words");
	if (r->own && v->kind == YAML_LIST)
		return 0;
	if (text(r, key, v, &level) < 0)
		return -1;
	if (r->own && level.n && is_digit(level.p[0])) {
		if (r->out->fail == FAIL_UNSAID)
			r->out->fail = FAIL_BYTES;
		r->out->has_fail_bytes = true;
		return read_size(r, key, v, &r->out->fail_bytes);
	}
	r->out->fail = FAIL_LEVEL;
	if (str_eqz(level, "none"))
		r->out->fail = FAIL_NEVER;
	else if (str_eqz(level, "ignore"))
		r->out->fail_level = SEV_STYLE;
	else if (!lint_level(level, &r->out->fail_level))
		return lint_config_wrong_word(
			r, v, key,
			"error, warning, info, style, ignore or none", level);
	return 0;
}

static int read_show(struct config_reader *r, const char *key,
		     const struct yaml_node *v)
{
	struct str level;
	if (text(r, key, v, &level) < 0)
		return -1;
	r->out->has_show = true;
	return lint_level(level, &r->out->choice.show)
		       ? 0
		       : lint_config_wrong_word(r, v, key,
						"error, warning, info or style",
						level);
}

static int read_min_bytes(struct config_reader *r, const char *key,
			  const struct yaml_node *v)
{
	r->out->has_min_bytes = true;
	return read_size(r, key, v, &r->out->choice.min_bytes);
}

static int read_registries(struct config_reader *r, const char *key,
			   const struct yaml_node *v)
{
	struct lint_settings *s = &r->out->settings;
	struct str *list = NULL;
	size_t n = 0;
	if (words(r, key, v, &list, &n) < 0)
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
		return wrong(r, v, key, "labels and their types");
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
		if (keep(r, v->pairs[i].key->text, &list[i].name) < 0)
			return -1;
	}
	r->out->settings.labels = list;
	r->out->settings.n_labels = v->n;
	return 0;
}

static int read_strict(struct config_reader *r, const char *key,
		       const struct yaml_node *v)
{
	return flag(r, key, v, &r->out->settings.strict_labels);
}

static int read_pragmas_off(struct config_reader *r, const char *key,
			    const struct yaml_node *v)
{
	return flag(r, key, v, &r->out->settings.pragmas_off);
}

static int read_forbid(struct config_reader *r, const char *key,
		       const struct yaml_node *v)
{
	return flag(r, key, v, &r->out->choice.forbid_suppressions);
}

static int read_no_fail(struct config_reader *r, const char *key,
			const struct yaml_node *v)
{
	return flag(r, key, v, &r->out->no_fail);
}

static int read_no_color(struct config_reader *r, const char *key,
			 const struct yaml_node *v)
{
	return flag(r, key, v, &r->out->no_color);
}

static int read_verbose(struct config_reader *r, const char *key,
			const struct yaml_node *v)
{
	return flag(r, key, v, &r->out->verbose);
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
	return text(r, key, name ? name : v, &r->out->format);
}

static int read_target(struct config_reader *r, const char *key,
		       const struct yaml_node *v)
{
	return text(r, key, v, &r->out->target);
}

static int read_context(struct config_reader *r, const char *key,
			const struct yaml_node *v)
{
	return text(r, key, v, &r->out->context);
}

static int read_baseline(struct config_reader *r, const char *key,
			 const struct yaml_node *v)
{
	return text(r, key, v, &r->out->baseline);
}

static int read_args(struct config_reader *r, const char *key,
		     const struct yaml_node *v)
{
	if (yaml_is_null(v))
		return 0;
	if (v->kind != YAML_MAP)
		return wrong(r, v, key, "names and values");
	r->out->args =
		arena_array(&r->out->arena, v->n, sizeof *r->out->args, r->err);
	if (!r->out->args)
		return -1;
	for (size_t i = 0; i < v->n; i++) {
		struct df_arg *a = &r->out->args[i];
		if (keep(r, v->pairs[i].key->text, &a->name) < 0 ||
		    text(r, key, v->pairs[i].value, &a->value) < 0)
			return -1;
	}
	r->out->n_args = v->n;
	return 0;
}

static int read_exclude(struct config_reader *r, const char *key,
			const struct yaml_node *v)
{
	return words(r, key, v, &r->out->exclude, &r->out->n_exclude);
}

static int read_shellcheck(struct config_reader *r, const char *key,
			   const struct yaml_node *v)
{
	r->out->has_shellcheck = true;
	return flag(r, key, v, &r->out->shellcheck);
}

static const struct config_key {
	const char *name;
	bool own; /* in .pare.yaml alone */
	enum lint_key is;
	int (*read)(struct config_reader *r, const char *key,
		    const struct yaml_node *v);
} keys[] = {
	{ "ignored", false, KEY_IGNORE, read_ignored },
	{ "override", false, KEY_OVERRIDE, read_override },
	{ "failure-threshold", false, KEY_FAIL_ON, read_fail },
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
	{ "severity", true, KEY_SEVERITY, read_show },
	{ "fail-on", true, KEY_FAIL_ON, read_fail },
	{ "min-bytes", true, KEY_MIN_BYTES, read_min_bytes },
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
	if (r->own && str_eqz(p->key->text, "extends"))
		return lint_config_read_extends(r, p->value);
	if (r->own && str_eqz(p->key->text, "locked"))
		return lint_config_read_locked(r, p->value);
	if (!r->own)
		return 0;
	struct quoted name = str_quoted(p->key->text);
	struct nearest near = nearest_to(name.text);
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		nearest_try(&near, keys[i].name);
	return err_set(r->err, ERR_CORRUPT, "line %u: lint has no key %s%s",
		       p->key->line, name.text, nearest_hint(&near, "").text);
}
