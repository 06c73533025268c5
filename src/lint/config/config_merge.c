/* SPDX-License-Identifier: Apache-2.0 */
/* One configuration begins with another. */
#include "lint/config/config.h"

/* base's list, then child's: of two that are equally close the later one
 * decides. */
static int join(struct arena *a, const void *base, size_t n, const void *child,
		size_t k, size_t each, void **out, struct err *err)
{
	char *v = arena_array(a, n + k, each, err);
	if (!v)
		return -1;
	if (n)
		memcpy(v, base, n * each);
	if (k)
		memcpy(v + n * each, child, k * each);
	*out = v;
	return 0;
}

/* n of the child's list grows by the base's. */
#define JOIN(a, list, count, child, base, err)                          \
	({                                                              \
		void *joined = NULL;                                    \
		int done = join((a), (base)->list, (base)->count,       \
				(child)->list, (child)->count,          \
				sizeof *(child)->list, &joined, (err)); \
		if (done == 0) {                                        \
			(child)->list = joined;                         \
			(child)->count += (base)->count;                \
		}                                                       \
		done;                                                   \
	})

static int grow_lists(struct lint_config *c, const struct lint_config *b,
		      struct err *err)
{
	struct arena *a = &c->arena;
	struct lint_choice *x = &c->choice;
	const struct lint_choice *y = &b->choice;
	struct lint_settings *s = &c->settings;
	const struct lint_settings *t = &b->settings;
	if (JOIN(a, ignore, n_ignore, x, y, err) < 0 ||
	    JOIN(a, overrides, n_overrides, x, y, err) < 0 ||
	    JOIN(a, exclude, n_exclude, c, b, err) < 0 ||
	    JOIN(a, bases, n_bases, s, t, err) < 0)
		return -1;
	/* Of arguments the first one of a name counts. */
	void *args = NULL;
	if (join(a, c->args, c->n_args, b->args, b->n_args, sizeof *c->args,
		 &args, err) < 0)
		return -1;
	c->args = args;
	c->n_args += b->n_args;
	return 0;
}

static void take_lists(struct lint_config *c, const struct lint_config *b)
{
	if (!c->line_of[KEY_SELECT]) {
		c->choice.select = b->choice.select;
		c->choice.n_select = b->choice.n_select;
	}
	if (!c->line_of[KEY_REGISTRIES]) {
		c->settings.registries = b->settings.registries;
		c->settings.n_registries = b->settings.n_registries;
	}
	if (!c->line_of[KEY_LABELS]) {
		c->settings.labels = b->settings.labels;
		c->settings.n_labels = b->settings.n_labels;
	}
}

static void take_failing(struct lint_config *c, const struct lint_config *b)
{
	if (!c->line_of[KEY_FAIL_ON]) {
		c->fail = b->fail;
		c->fail_level = b->fail_level;
		c->has_fail_bytes = b->has_fail_bytes;
		c->fail_bytes = b->fail_bytes;
	}
	if (!c->line_of[KEY_NO_FAIL])
		c->no_fail = b->no_fail;
	if (!c->line_of[KEY_MIN_BYTES]) {
		c->has_min_bytes = b->has_min_bytes;
		c->choice.min_bytes = b->choice.min_bytes;
	}
	if (!c->line_of[KEY_SEVERITY]) {
		c->has_show = b->has_show;
		c->choice.show = b->choice.show;
	}
	if (!c->line_of[KEY_FORBID])
		c->choice.forbid_suppressions = b->choice.forbid_suppressions;
	if (!c->line_of[KEY_PRAGMAS_OFF])
		c->settings.pragmas_off = b->settings.pragmas_off;
	if (!c->line_of[KEY_STRICT])
		c->settings.strict_labels = b->settings.strict_labels;
}

static void take_words(struct lint_config *c, const struct lint_config *b)
{
	if (!c->line_of[KEY_SHELLCHECK]) {
		c->has_shellcheck = b->has_shellcheck;
		c->shellcheck = b->shellcheck;
	}
	if (!c->line_of[KEY_NO_COLOR])
		c->no_color = b->no_color;
	if (!c->line_of[KEY_VERBOSE])
		c->verbose = b->verbose;
	if (!c->line_of[KEY_FORMAT])
		c->format = b->format;
	if (!c->line_of[KEY_TARGET])
		c->target = b->target;
	if (!c->line_of[KEY_CONTEXT])
		c->context = b->context;
	if (!c->line_of[KEY_BASELINE])
		c->baseline = b->baseline;
}

int lint_config_inherit(struct lint_config *child,
			const struct lint_config *base,
			const struct lint_table *rules, struct err *err)
{
	if (lint_config_check_locks(child, base, rules, false, err) < 0 ||
	    grow_lists(child, base, err) < 0)
		return -1;
	take_lists(child, base);
	take_failing(child, base);
	take_words(child, base);
	for (size_t k = 0; k < LINT_KEYS; k++) {
		if (!child->line_of[k])
			child->line_of[k] = base->line_of[k];
		if (base->locked[k]) {
			child->locked[k] = true;
			child->locked_by[k] = base->locked_by[k];
		}
	}
	return 0;
}

/* A copy whose other keys were not said inherits nothing of them. */
int lint_config_only_locked(const struct lint_config *base,
			    struct lint_config *out, struct err *err)
{
	struct lint_config b = *base;
	static const struct lint_config none = { .choice.show = SEV_STYLE };
	*out = none;
	if (!b.locked[KEY_IGNORE] && !b.locked[KEY_SELECT])
		b.choice.n_ignore = b.choice.n_select = 0;
	if (!b.locked[KEY_OVERRIDE])
		b.choice.n_overrides = 0;
	if (!b.locked[KEY_EXCLUDE])
		b.n_exclude = 0;
	if (!b.locked[KEY_BASES])
		b.settings.n_bases = 0;
	if (!b.locked[KEY_ARGS])
		b.n_args = 0;
	for (size_t k = 0; k < LINT_KEYS; k++)
		out->line_of[k] = b.locked[k] ? 0 : 1;
	struct lint_config locks = b;
	memset(locks.locked, 0, sizeof locks.locked);
	static const struct lint_table no_rules = { 0 };
	if (lint_config_inherit(out, &locks, &no_rules, err) < 0)
		return -1;
	for (size_t k = 0; k < LINT_KEYS; k++) {
		out->line_of[k] = b.locked[k] ? base->line_of[k] : 0;
		out->locked[k] = b.locked[k];
		out->locked_by[k] = b.locked_by[k];
	}
	return 0;
}
