/* SPDX-License-Identifier: Apache-2.0 */
/* What the user wants of a rule, from names of any width: the longest that fits
 * decides.
 *
 *	--select DL --ignore DL3 --select DL3008
 *	DL3008	on	named exactly
 *	DL3009	off	DL3 is longer than DL
 *	DL4006	on	DL */
#include "lint/config/choice.h"

#include "base/chars.h"

enum { MEANS_ALL = 1, MEANS_EXACTLY = 1000 };

/* "DL3008", "PARE-SYNTAX", "SC2086", but not "StageNameCasing". */
static bool is_code(const char *id)
{
	return (strncmp(id, "DL", 2) == 0 && is_digit(id[2])) ||
	       (strncmp(id, "SC", 2) == 0 && is_digit(id[2])) ||
	       strncmp(id, "PARE", 4) == 0;
}

/* Letters, then digits. */
static bool is_prefix_name(struct str name)
{
	size_t i = 0;
	while (i < name.n && is_alpha(name.p[i]))
		i++;
	size_t letters = i;
	while (i < name.n && is_digit(name.p[i]))
		i++;
	return letters > 0 && i == name.n;
}

/* "PARE1" is the rules PARE1000 to PARE1999; "PAR" is a slip, and must not
 * switch off all. */
size_t lint_name_means(struct str name, const struct lint_rule *rule,
		       const char *id)
{
	struct str own = str_of(id);
	if (str_eq_nocase(name, own) ||
	    (rule && rule->alias && str_eq_nocase(name, str_of(rule->alias))))
		return MEANS_EXACTLY;
	if (str_eq_nocase(name, STR("all")))
		return MEANS_ALL;
	if (!is_code(id) || !is_prefix_name(name) || name.n >= own.n)
		return 0;
	struct str head = { own.p, name.n };
	if (!str_eq_nocase(name, head))
		return 0;
	/* Whole letters: "D" and "PAR" mean nothing. */
	return is_alpha(own.p[name.n]) ? 0 : MEANS_ALL + name.n;
}

bool lint_name_is_shellcheck(struct str id)
{
	if (id.n < 3 || !str_eq_nocase((struct str){ id.p, 2 }, STR("SC")))
		return false;
	for (size_t i = 2; i < id.n; i++)
		if (!is_digit(id.p[i]))
			return false;
	return true;
}

bool lint_name_known(const struct lint_table *t, struct str name)
{
	if (lint_name_is_shellcheck(name) || str_eq_nocase(name, STR("SC")))
		return true;
	for (size_t i = 0; i < t->n; i++)
		if (lint_name_means(name, t->v[i], t->v[i]->id))
			return true;
	return false;
}

struct nearest_hint lint_name_hint(const struct lint_table *t, struct str name)
{
	struct quoted wanted = str_quoted(name);
	struct nearest near = nearest_to(wanted.text);
	for (size_t i = 0; i < t->n; i++) {
		nearest_try(&near, t->v[i]->id);
		if (t->v[i]->alias)
			nearest_try(&near, t->v[i]->alias);
	}
	return nearest_hint(&near, "");
}

const char *lint_buildkit_name(const struct lint_rule *rule)
{
	return is_code(rule->id) ? rule->alias : rule->id;
}

static size_t closest(const struct str *names, size_t n,
		      const struct lint_rule *rule, const char *id)
{
	size_t best = 0;
	for (size_t i = 0; i < n; i++) {
		size_t m = lint_name_means(names[i], rule, id);
		best = MAX(best, m);
	}
	return best;
}

struct lint_state lint_choose(const struct lint_choice *c,
			      const struct lint_rule *rule, const char *id,
			      enum severity severity)
{
	struct lint_state st = { .on = !rule->off, .severity = severity };
	size_t best = 0;
	for (size_t i = 0; i < c->n_overrides; i++) {
		size_t m = lint_name_means(c->overrides[i].rule, rule, id);
		if (m == 0 || m < best)
			continue;
		best = m;
		st.on = !c->overrides[i].off;
		st.set = st.on;
		if (st.on)
			st.severity = c->overrides[i].severity;
	}
	size_t in = closest(c->select, c->n_select, rule, id);
	size_t out = closest(c->ignore, c->n_ignore, rule, id);
	if (rule->stays) {
		st.on = st.on && out < MEANS_EXACTLY;
		return st;
	}
	if (c->n_select)
		st.on = in > 0;
	if (out && out >= in)
		st.on = false;
	return st;
}

bool lint_level(struct str name, enum severity *out)
{
	static const char *const names[] = { "error", "warning", "info",
					     "style" };
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_eqz(name, names[i])) {
			*out = (enum severity)i;
			return true;
		}
	return false;
}
