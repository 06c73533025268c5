/* SPDX-License-Identifier: Apache-2.0 */
#include "work/lint_find.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* DIR/NAME if there is such a file, in the arena; else NULL. */
static const char *find_in(struct arena *a, const char *dir, const char *name)
{
	scoped(buf_done) struct buf b = BUF_INIT(1 << 16);
	struct err none = { 0 };
	struct str kept;
	if (buf_addf(&b, &none, "%s/%s", dir, name) < 0 || !buf_cstr(&b) ||
	    access(b.p, F_OK) < 0 ||
	    arena_str(a, buf_str(&b), &kept, &none) < 0)
		return NULL;
	return kept.p;
}

/* .pare.yaml of the directory or of the nearest one above it, by the path with
 * symlinks resolved: "a/../b" must not find what lies in a. */
const char *work_lint_find_own(struct arena *a, const char *dir)
{
	char *real = realpath(dir, NULL);
	const char *found = NULL;
	for (char *end = real; real && !found;) {
		found = find_in(a, real, ".pare.yaml");
		end = strrchr(real, '/');
		if (!end || !*real)
			break;
		*end = 0;
	}
	free(real);
	return found;
}

/* The first configuration where hadolint looks for one, in hadolint's order; it
 * asks ~/.config only where XDG_CONFIG_HOME is not set. NULL: there is none. */
const char *work_lint_find_hadolints(struct arena *a)
{
	static const struct {
		const char *root, *below, *names[4];
	} places[] = {
		{ NULL, "", { ".hadolint.yaml", ".hadolint.yml" } },
		{ "XDG_CONFIG_HOME", "", { "hadolint.yaml", "hadolint.yml" } },
		{ "HOME", "/.config", { "hadolint.yaml", "hadolint.yml" } },
		{ "HOME",
		  "/.hadolint",
		  { "hadolint.yaml", "hadolint.yml", "config.yaml",
		    "config.yml" } },
		{ "HOME", "", { ".hadolint.yaml", ".hadolint.yml" } },
	};
	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		char dir[4096];
		const char *root =
			places[i].root ? getenv(places[i].root) : ".";
		const char *config = getenv("XDG_CONFIG_HOME");
		bool xdg = i == 2 && config && *config;
		if (!root || !*root || xdg ||
		    (size_t)snprintf(dir, sizeof dir, "%s%s", root,
				     places[i].below) >= sizeof dir)
			continue;
		for (size_t k = 0; k < 4 && places[i].names[k]; k++) {
			const char *p = find_in(a, dir, places[i].names[k]);
			if (p)
				return strncmp(p, "./", 2) == 0 ? p + 2 : p;
		}
	}
	return NULL;
}
