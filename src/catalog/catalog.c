/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"

#include <string.h>

#include "base/chars.h"

const struct catalog_preset_word catalog_presets[2] = {
	{ "caches", "what package managers fetch or make again", DROP_CACHES },
	{ "runtime", "what a running program does not read", DROP_RUNTIME },
};

/* Asked for each option of each command by each rule of lint: it looks at the
 * first byte of a word before it compares the rest. */
bool catalog_listed(const char *list, struct str word)
{
	if (!list || word.n == 0)
		return false;
	while (*list) {
		size_t n = strcspn(list, " ");
		if (*list == *word.p && n == word.n &&
		    memcmp(list, word.p, n) == 0)
			return true;
		list += n + (list[n] == ' ');
	}
	return false;
}

const struct catalog_tool *catalog_of_program(struct str program)
{
	/* A program of its own goes before one that is somebody's kin. */
	for (size_t i = 0; catalog_tools[i]; i++)
		if (catalog_listed(catalog_tools[i]->programs, program))
			return catalog_tools[i];
	return NULL;
}

/* pipx has no options of its own here, but is kin to pip. */
static const char *options_of(struct str program)
{
	for (size_t i = 0; catalog_tools[i]; i++) {
		const struct catalog_tool *t = catalog_tools[i];
		if (t->options && (catalog_listed(t->programs, program) ||
				   catalog_listed(t->kin, program)))
			return t->options;
	}
	return NULL;
}

static bool takes_word(const char *options, struct str option)
{
	if (!options || option.n < 2 || option.p[0] != '-')
		return false;
	if (catalog_listed(options, option))
		return true;
	if (option.p[1] == '-')
		return false;
	/* "-yt x": letters alone, and the last one takes it. */
	for (size_t i = 1; i < option.n; i++)
		if (!is_alpha(option.p[i]))
			return false;
	char letter[3] = { '-', option.p[option.n - 1], 0 };
	return catalog_listed(options, str_of(letter));
}

bool catalog_option_takes_word(struct str program, struct str option)
{
	if (option.n < 2 || option.p[0] != '-')
		return false;
	return takes_word(options_of(program), option);
}

const struct catalog_wrapper *catalog_wrapper_of(struct str program)
{
	for (size_t i = 0; catalog_tools[i]; i++)
		for (const struct catalog_wrapper *w =
			     catalog_tools[i]->wrappers;
		     w && w->programs; w++)
			if (catalog_listed(w->programs, program))
				return w;
	return NULL;
}

bool catalog_wrapper_takes_word(const struct catalog_wrapper *w,
				struct str option)
{
	return takes_word(w->options, option);
}

const char *catalog_manager_of(const char *family)
{
	struct catalog_at at = { 0 };
	const struct catalog_presence *p;
	while (family && (p = catalog_next_presence(&at)))
		if (catalog_listed(p->families, str_of(family)))
			return p->manager;
	return NULL;
}

const struct catalog_estimate *catalog_estimate_find(const char *key)
{
	struct catalog_at at = { 0 };
	const struct catalog_estimate *e;
	while ((e = catalog_next_estimate(&at)))
		if (strcmp(e->key, key) == 0)
			return e;
	return NULL;
}

const struct catalog_cache *catalog_cache_find(const char *name)
{
	struct catalog_at at = { 0 };
	const struct catalog_cache *c;
	while ((c = catalog_next_cache(&at)))
		if (strcmp(c->name, name) == 0)
			return c;
	return NULL;
}

bool catalog_drop_takes(const struct catalog_drop *d,
			const struct catalog_place *p)
{
	return p->drop && strcmp(p->drop, d->name) == 0;
}

const char *catalog_cache_cleaners(const struct catalog_cache *c)
{
	return c->cleaners || !c->clean_verbs ? c->cleaners : c->programs;
}

const char *catalog_reason_name(enum catalog_reason r)
{
	static const char *const names[REASONS] = {
		[REASON_NONE] = "other",
		[REASON_VERSION_CONTROL] = "version control",
		[REASON_DEPENDENCIES] = "reinstalled dependencies",
		[REASON_BUILD_OUTPUT] = "build output",
		[REASON_TEST_DATA] = "test data",
		[REASON_ARCHIVES] = "archives",
		[REASON_MEDIA] = "media",
		[REASON_SECRETS] = "secrets",
		[REASON_IDE] = "IDE",
		[REASON_LOGS] = "logs and temporary files",
		[REASON_DOCKER] = "docker",
	};
	return names[r];
}

/* The position of a cache among all of them. */
static size_t index_of(struct str name)
{
	struct catalog_at at = { 0 };
	const struct catalog_cache *c;
	size_t i = 0;
	while ((c = catalog_next_cache(&at)) && !str_eqz(name, c->name))
		i++;
	return i;
}

uint64_t catalog_caches_at(struct str path)
{
	struct catalog_at at = { 0 };
	const struct catalog_place *p;
	uint64_t bits = 0;
	while ((p = catalog_next_place(&at))) {
		if (!p->cache || !catalog_place_has(p, path))
			continue;
		for (const char *c = p->cache; *c;) {
			size_t n = strcspn(c, " ");
			bits |= UINT64_C(1) << index_of((struct str){ c, n });
			c += n + (c[n] == ' ');
		}
	}
	return bits;
}
