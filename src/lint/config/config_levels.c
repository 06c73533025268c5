/* SPDX-License-Identifier: Apache-2.0 */
/* Keys about severities, and what a run fails on. */
#include "base/chars.h"
#include "base/size.h"
#include "lint/config/choice.h"
#include "lint/config/internal.h"
#include "yaml/yaml.h"

static int add_overrides(struct config_reader *r, const char *key,
			 const struct yaml_node *list, enum severity level)
{
	struct lint_choice *c = &r->out->choice;
	struct str *names = NULL;
	size_t n = 0;
	if (!list)
		return 0;
	if (lint_config_rules(r, key, list, &names, &n) < 0)
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
int lint_config_read_override(struct config_reader *r, const char *key,
			      const struct yaml_node *v)
{
	static const char *const levels[] = { "style", "info", "warning",
					      "error" };
	if (v->kind != YAML_MAP && !yaml_is_null(v))
		return lint_config_wrong(r, v, key,
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
	return lint_config_wrong(r, v, key, "a size such as 500k or 1MB");
}

/* A level, or an amount that all findings cost together; a list may have
 * both. */
int lint_config_read_fail(struct config_reader *r, const char *key,
			  const struct yaml_node *v)
{
	struct str level;
	for (size_t i = 0; r->own && v->kind == YAML_LIST && i < v->n; i++)
		if (v->items[i]->kind != YAML_SCALAR ||
		    lint_config_read_fail(r, key, v->items[i]) < 0)
			return r->err->code
				       ? -1
				       : lint_config_wrong(r, v, key,
							   "a list of words");
	if (r->own && v->kind == YAML_LIST)
		return 0;
	if (lint_config_text(r, key, v, &level) < 0)
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

int lint_config_read_show(struct config_reader *r, const char *key,
			  const struct yaml_node *v)
{
	struct str level;
	if (lint_config_text(r, key, v, &level) < 0)
		return -1;
	r->out->has_show = true;
	return lint_level(level, &r->out->choice.show)
		       ? 0
		       : lint_config_wrong_word(r, v, key,
						"error, warning, info or style",
						level);
}

int lint_config_read_min_bytes(struct config_reader *r, const char *key,
			       const struct yaml_node *v)
{
	r->out->has_min_bytes = true;
	return read_size(r, key, v, &r->out->choice.min_bytes);
}
