/* SPDX-License-Identifier: Apache-2.0 */
/* What a standard locks: a repository may tighten it and not loosen it.
 *
 * Tighter is whatever finds more or fails on more. Each key has its own sense
 * of that, one function here:
 *
 *	fail-on: warning, locked	info is tighter, error and none are not
 *	ignore: [DL3008], locked	the same list or less
 *	trustedRegistries: [a, b]	a alone
 *
 * A key with no sense of it (format, target) may only stay as it is. */
#include "base/chars.h"
#include "lint/config/choice.h"
#include "lint/config/config.h"

enum { DEFAULT_MIN_BYTES = 1000000 };

static bool has(const struct str *v, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq_nocase(v[i], name))
			return true;
	return false;
}

/* Is each of part in whole? */
static bool covers(const struct str *whole, size_t n, const struct str *part,
		   size_t k)
{
	for (size_t i = 0; i < k; i++)
		if (!has(whole, n, part[i]))
			return false;
	return true;
}

/* Without a list of the standard, all but what is off by default is looked
 * for: any list could only take away. */
static bool select_ok(const struct lint_config *c, const struct lint_config *b)
{
	const struct lint_choice *x = &c->choice, *y = &b->choice;
	if (has(x->select, x->n_select, STR("all")))
		return true;
	return y->n_select &&
	       covers(x->select, x->n_select, y->select, y->n_select);
}

static bool ignore_ok(const struct lint_config *c, const struct lint_config *b)
{
	const struct lint_choice *x = &c->choice, *y = &b->choice;
	return covers(y->ignore, y->n_ignore, x->ignore, x->n_ignore);
}

/* fail-on: what is not said fails on anything. */
static enum severity fails_from(const struct lint_config *c)
{
	return c->fail == FAIL_LEVEL ? c->fail_level : SEV_STYLE;
}

static bool fail_ok(const struct lint_config *c, const struct lint_config *b)
{
	bool by_level = b->fail == FAIL_UNSAID || b->fail == FAIL_LEVEL;
	if (b->fail != FAIL_NEVER && c->fail == FAIL_NEVER)
		return false;
	if (by_level &&
	    (c->fail == FAIL_BYTES || fails_from(c) < fails_from(b)))
		return false;
	return !b->has_fail_bytes ||
	       (c->has_fail_bytes && c->fail_bytes <= b->fail_bytes) ||
	       (c->fail == FAIL_LEVEL && c->fail_level == SEV_STYLE);
}

static bool show_ok(const struct lint_config *c, const struct lint_config *b)
{
	/* Where what fails is locked, all of that has to be shown. */
	if (!b->locked[KEY_SEVERITY])
		return c->choice.show >= fails_from(b);
	return c->choice.show >= (b->has_show ? b->choice.show : SEV_STYLE);
}

static bool min_ok(const struct lint_config *c, const struct lint_config *b)
{
	uint64_t most =
		b->has_min_bytes ? b->choice.min_bytes : DEFAULT_MIN_BYTES;
	return c->choice.min_bytes <= most;
}

static bool no_fail_ok(const struct lint_config *c, const struct lint_config *b)
{
	return !c->no_fail || b->no_fail;
}

static bool forbid_ok(const struct lint_config *c, const struct lint_config *b)
{
	return c->choice.forbid_suppressions || !b->choice.forbid_suppressions;
}

static bool pragmas_ok(const struct lint_config *c, const struct lint_config *b)
{
	return c->settings.pragmas_off || !b->settings.pragmas_off;
}

static bool registries_ok(const struct lint_config *c,
			  const struct lint_config *b)
{
	const struct lint_settings *x = &c->settings, *y = &b->settings;
	return !y->n_registries ||
	       (x->n_registries && covers(y->registries, y->n_registries,
					  x->registries, x->n_registries));
}

static bool labels_ok(const struct lint_config *c, const struct lint_config *b)
{
	const struct lint_settings *x = &c->settings, *y = &b->settings;
	for (size_t i = 0; i < y->n_labels; i++) {
		bool found = false;
		for (size_t k = 0; k < x->n_labels; k++)
			found |= str_eq(x->labels[k].name, y->labels[i].name) &&
				 x->labels[k].type == y->labels[i].type;
		if (!found)
			return false;
	}
	return true;
}

static bool strict_ok(const struct lint_config *c, const struct lint_config *b)
{
	return c->settings.strict_labels || !b->settings.strict_labels;
}

static bool exclude_ok(const struct lint_config *c, const struct lint_config *b)
{
	return covers(b->exclude, b->n_exclude, c->exclude, c->n_exclude);
}

static bool shellcheck_ok(const struct lint_config *c,
			  const struct lint_config *b)
{
	return c->shellcheck || (b->has_shellcheck && !b->shellcheck);
}

static bool baseline_ok(const struct lint_config *c,
			const struct lint_config *b)
{
	return str_eq(c->baseline, b->baseline);
}

static bool (*const tighter[LINT_KEYS])(const struct lint_config *c,
					const struct lint_config *b) = {
	[KEY_SELECT] = select_ok,	  [KEY_IGNORE] = ignore_ok,
	[KEY_SEVERITY] = show_ok,	  [KEY_FAIL_ON] = fail_ok,
	[KEY_NO_FAIL] = no_fail_ok,	  [KEY_MIN_BYTES] = min_ok,
	[KEY_FORBID] = forbid_ok,	  [KEY_PRAGMAS_OFF] = pragmas_ok,
	[KEY_REGISTRIES] = registries_ok, [KEY_LABELS] = labels_ok,
	[KEY_STRICT] = strict_ok,	  [KEY_EXCLUDE] = exclude_ok,
	[KEY_SHELLCHECK] = shellcheck_ok, [KEY_BASELINE] = baseline_ok,
};

/* Each rule that the name means must be as grave as the standard has it. A
 * code of shellcheck's has no row: it counts as a warning. */
static bool override_ok(const struct lint_config *c,
			const struct lint_config *b,
			const struct lint_table *rules)
{
	static const struct lint_rule other = { .severity = SEV_WARN };
	for (size_t i = 0; i < c->choice.n_overrides; i++) {
		const struct lint_override *o = &c->choice.overrides[i];
		const char *id = o->rule.p; /* ends with a NUL, as kept */
		for (size_t k = 0; k < rules->n; k++) {
			const struct lint_rule *r = rules->v[k];
			if (lint_name_means(o->rule, r, r->id) &&
			    lint_choose(&b->choice, r, r->id, r->severity)
					    .severity < o->severity)
				return false;
		}
		if (lint_name_is_shellcheck(o->rule) &&
		    lint_choose(&b->choice, &other, id, SEV_WARN).severity <
			    o->severity)
			return false;
	}
	return true;
}

/* What one key locks may be got around by another: no rule is left when the
 * selection is narrowed, nothing fails with no-fail. */
static enum lint_key locks(const struct lint_config *b, enum lint_key key)
{
	if (b->locked[key])
		return key;
	if (key == KEY_SELECT && b->locked[KEY_IGNORE])
		return KEY_IGNORE;
	if (key == KEY_IGNORE && b->locked[KEY_SELECT])
		return KEY_SELECT;
	if ((key == KEY_NO_FAIL || key == KEY_OVERRIDE ||
	     key == KEY_SEVERITY) &&
	    b->locked[KEY_FAIL_ON])
		return KEY_FAIL_ON;
	return LINT_KEYS;
}

static int refuse(const struct lint_config *child,
		  const struct lint_config *base, enum lint_key key,
		  enum lint_key lock, bool options, struct err *err)
{
	const char *by = base->locked_by[lock] ? base->locked_by[lock] : "?";
	const char *name = lint_key_name(key), *locked = lint_key_name(lock);
	if (options)
		return err_set(err, ERR_USAGE,
			       "--%s loosens what %s locks (%s)", name, by,
			       locked);
	return err_set(err, ERR_CORRUPT,
		       "line %u: %s loosens what %s locks (%s); it may only be "
		       "tightened",
		       child->line_of[key], name, by, locked);
}

int lint_config_check_locks(const struct lint_config *child,
			    const struct lint_config *base,
			    const struct lint_table *rules, bool options,
			    struct err *err)
{
	for (enum lint_key k = 0; k < LINT_KEYS; k++) {
		enum lint_key lock = locks(base, k);
		if (!child->line_of[k] || lock == LINT_KEYS)
			continue;
		bool ok = k == KEY_OVERRIDE ? override_ok(child, base, rules)
			  : tighter[k]	    ? tighter[k](child, base)
					    : false;
		if (!ok)
			return refuse(child, base, k, lock, options, err);
	}
	return 0;
}

bool lint_config_has_locks(const struct lint_config *c)
{
	for (size_t k = 0; k < LINT_KEYS; k++)
		if (c->locked[k])
			return true;
	return false;
}
