/* SPDX-License-Identifier: Apache-2.0 */
/* Time zones and locales as two halves that are often apart: an instruction
 * that names one (ENV TZ=Europe/Berlin, ln to /etc/localtime) and the data
 * behind the name (tzdata, locales), which slim images leave out. libc is
 * silent when the data lack: times are UTC and sorting is by bytes.
 *
 * Data are there when anything that ships may have brought them: a package, a
 * COPY of something of that name, a RUN that nobody could read, or the base. To
 * ask for a package that is there already would be the worse mistake. */
#include "lint/rules/zone/zone.h"

#include <stdio.h>
#include <string.h>

#include "dockerfile/access.h"
#include "base/chars.h"
#include "lint/facts/bases.h"
#include "lint/rules/cache/cache.h"
#include "lint/facts/image_path.h"

struct str lint_base_image(const struct lint_file *f)
{
	uint32_t i = f->target;
	if (i == DF_NO_STAGE || i >= f->graph->n)
		return (struct str){ 0 };
	const struct df_stage *s =
		&f->graph->stages[dockerfile_graph_root(f->graph, i)];
	return s->is_scratch ? s->image : lint_root_image(f, i);
}

/* NAME, NAME=VERSION, NAME~VERSION, and NAME-anything: packages of one kind
 * begin alike (glibc-langpack-de). */
bool lint_installs(const struct lint_command *c, const char *package)
{
	struct str p = str_of(package);
	if (!lint_cmd_installs(c))
		return false;
	for (size_t i = 0; i < c->n_args; i++) {
		struct str a = c->args[i].text;
		if (str_starts(a, p) && (a.n == p.n || a.p[p.n] == '=' ||
					 a.p[p.n] == '-' || a.p[p.n] == '~'))
			return true;
	}
	return false;
}

static bool any_run(const struct lint_file *f,
		    bool (*is)(const struct lint_command *c))
{
	for (size_t i = 0; i < f->n_runs; i++) {
		if (!lint_run_ships(f, &f->runs[i]))
			continue;
		for (size_t k = 0; k < f->runs[i].n_commands; k++) {
			const struct lint_command *c =
				f->runs[i].commands[k].inner;
			if (is(c))
				return true;
		}
	}
	return false;
}

/* A script or a tool that may do anything: ./setup.sh, bash x.sh, . x, and a
 * list of packages that is not written here (apt-get install $(cat list)). */
static bool is_opaque(const struct lint_command *c)
{
	if (lint_cmd_is(c, ". source ansible-playbook chef-client puppet "
			   "salt-call"))
		return true;
	if (lint_cmd_is(c, "sh bash ash dash zsh"))
		return c->n_args > 0;
	if (str_find(c->name.text, '/') < c->name.text.n &&
	    !lint_place_within(c->name.text, STR("/bin")) &&
	    !lint_place_within(c->name.text, STR("/sbin")) &&
	    !lint_place_within(c->name.text, STR("/usr")))
		return true;
	for (size_t i = 0; lint_cmd_installs(c) && i < c->n_args; i++)
		if (!c->args[i].known)
			return true;
	return false;
}

/* Some instruction that ships and that nobody could read, or COPY, speaks of
 * the word. */
static bool copies(const struct lint_file *f, const char *word)
{
	for (size_t i = 0; i < f->df->n_instrs; i++) {
		const struct df_instr *in = f->df->instrs[i];
		if (!lint_ships(f, in))
			continue;
		const struct lint_run *run =
			in->kind == DF_RUN ? lint_run_of(f, in) : NULL;
		bool opaque = in->kind & (DF_COPY | DF_ADD) ||
			      (run && run->n_commands == 0);
		if (opaque && lint_has_word(in->line.text, str_of(word)))
			return true;
	}
	return false;
}

static bool installs_debian(const struct lint_command *c)
{
	return lint_cmd_is(c, "apt apt-get aptitude") && lint_cmd_installs(c);
}

/* --- images that were read ------------------------------------------------- */

static const struct lint_seen *base_seen(const struct lint_file *f)
{
	const struct lint_base *b =
		f->target == DF_NO_STAGE ? NULL : f->bases[f->target];
	return b ? b->seen : NULL;
}

/* 1 or 0: the image was read; -1: there is none. What is too long for a path
 * is in no image. */
static int has_zone(const struct lint_seen *s, struct str zone)
{
	char path[256];
	if (zone.n && zone.p[0] == ':')
		zone = str_from(zone, 1);
	int n = snprintf(path, sizeof path, "usr/share/zoneinfo/%.*s",
			 STR_ARG(zone));
	return s ? n < (int)sizeof path && s->has(s, str_of(path)) : -1;
}

/* Its programs take locales from glibc, which is where distributions put it.
 * musl has no data and needs none. */
static bool has_glibc(const struct lint_seen *s)
{
	static const char *const dirs[] = {
		"lib64",
		"lib/x86_64-linux-gnu",
		"lib/aarch64-linux-gnu",
		"lib/arm-linux-gnueabihf",
		"lib/i386-linux-gnu",
		"lib/powerpc64le-linux-gnu",
		"lib/riscv64-linux-gnu",
		"lib/s390x-linux-gnu",
	};
	for (size_t i = 0; i < ARRAY_LEN(dirs); i++) {
		char path[64];
		snprintf(path, sizeof path, "usr/%s/libc.so.6", dirs[i]);
		if (s->has(s, str_of(path)) ||
		    s->has(s, str_of(path + strlen("usr/"))))
			return true;
	}
	return false;
}

static bool has_locale_dir(const struct lint_seen *s, struct str name,
			   struct str codeset)
{
	char path[256];
	int n = snprintf(path, sizeof path, "usr/lib/locale/%.*s%s%.*s",
			 STR_ARG(name), codeset.n ? "." : "", STR_ARG(codeset));
	return n < (int)sizeof path && s->has(s, str_of(path));
}

/* glibc looks for a directory of the name, its codeset as written and as
 * "utf8", and in locale-archive, which is not read here: what it holds nobody
 * knows. */
static int has_locale(const struct lint_seen *s, struct str locale)
{
	struct str name, codeset = STR("");
	if (!s || s->has(s, STR("usr/lib/locale/locale-archive")))
		return -1;
	if (!str_cut(locale, '.', &name, &codeset))
		name = locale;
	if (has_locale_dir(s, name, codeset) ||
	    has_locale_dir(s, name, STR("utf8")) ||
	    has_locale_dir(s, name, STR("")))
		return 1;
	return has_glibc(s) ? 0 : -1;
}

int lint_zone_brought(const struct lint_file *f, struct str zone)
{
	int seen = has_zone(f->built, zone);
	if (seen < 0)
		seen = has_zone(base_seen(f), zone);
	return seen < 0 ? lint_base_zones(lint_base_image(f)) : seen;
}

struct str lint_zone_lacking(const struct lint_file *f)
{
	return f->built ? STR("the image that was built") : lint_base_image(f);
}

/* --- what the file brings -------------------------------------------------- */

static bool installs_zones(const struct lint_command *c)
{
	return lint_installs(c, "tzdata") || lint_installs(c, "timezone");
}

/* 1: there; 0: lacking; -1: nobody knows. Any mention of zoneinfo or tzdata in
 * what could not be read is taken for the data. */
int lint_zone_data(const struct lint_file *f, struct str zone)
{
	if (f->built)
		return lint_zone_brought(f, zone);
	if (any_run(f, installs_zones) || copies(f, "zoneinfo") ||
	    copies(f, "tzdata") || any_run(f, is_opaque))
		return 1;
	if (str_eqz(lint_base_image(f), "scratch"))
		return 0;
	/* Many packages of Debian's bring tzdata along, Python's among them;
	 * those of Alpine do not. */
	int zones = lint_zone_brought(f, zone);
	return zones == 0 && any_run(f, installs_debian) ? -1 : zones;
}

static bool makes_locales(const struct lint_command *c)
{
	static const char *const packages[] = {
		"locales",	"locales-all",	       "glibc-langpack",
		"glibc-locale", "glibc-all-langpacks", "language-pack",
		"glibc-common", "langpacks",	       "musl-locales",
		"glibc-i18n",
	};
	for (size_t i = 0; i < ARRAY_LEN(packages); i++)
		if (lint_installs(c, packages[i]))
			return true;
	return lint_cmd_is(c, "locale-gen localedef update-locale");
}

int lint_locale_data(const struct lint_file *f, struct str locale)
{
	struct str image = lint_base_image(f);
	int seen = has_locale(f->built, locale);
	if (seen >= 0)
		return seen;
	if (any_run(f, makes_locales) || copies(f, "locale") ||
	    copies(f, "locales") || copies(f, "localedef") ||
	    any_run(f, is_opaque))
		return 1;
	if (str_eqz(image, "scratch"))
		return -1;
	seen = has_locale(base_seen(f), locale);
	return seen < 0 ? lint_base_locales(image, locale) : seen;
}

/* The group that apk add --virtual puts tzdata in.
 *
 * "apk add --virtual .tz tzdata" and later "apk del .tz": the zone has to be
 * copied out before, or it is gone. */
static struct str virtual_of(const struct lint_file *f)
{
	for (size_t i = 0; i < f->n_runs; i++)
		for (size_t k = 0; k < f->runs[i].n_commands; k++) {
			const struct lint_command *c =
				f->runs[i].commands[k].inner;
			if (lint_cmd_group(c).n && lint_installs(c, "tzdata"))
				return lint_cmd_group(c);
		}
	return (struct str){ 0 };
}

bool lint_zone_data_removed(const struct lint_file *f)
{
	struct str group = virtual_of(f);
	for (size_t i = 0; i < f->n_runs; i++)
		for (size_t k = 0; k < f->runs[i].n_commands; k++) {
			const struct lint_command *c =
				f->runs[i].commands[k].inner;
			if (!lint_run_ships(f, &f->runs[i]) ||
			    !lint_cmd_uninstalls(c))
				continue;
			for (size_t j = 0; j < c->n_args; j++)
				if (str_eqz(c->args[j].text, "tzdata") ||
				    (group.n && str_eq(c->args[j].text, group)))
					return true;
		}
	return false;
}

struct str lint_zone_of_path(struct str path)
{
	static const char dir[] = "/zoneinfo/";
	for (size_t i = 0; i + sizeof dir - 1 <= path.n; i++)
		if (str_starts(str_from(path, i), STR("/zoneinfo/")))
			return str_from(path, i + sizeof dir - 1);
	return (struct str){ 0 };
}

/* TZ may also be a POSIX rule, which needs no data: CET-1CEST,M3.5.0,M10.5.0
 * (POSIX.1-2024 XBD 8.3); a leading colon means a name. */
bool lint_zone_needs_file(struct str zone)
{
	if (zone.n && zone.p[0] == ':')
		zone = str_from(zone, 1);
	return str_find(zone, '/') < zone.n && str_find(zone, ',') == zone.n &&
	       zone.p[0] != '/' && !str_starts(zone, STR("Etc/"));
}

bool lint_zone_is_set(const struct lint_command *c, struct str *zone,
		      bool *link)
{
	*link = lint_cmd_is(c, "ln");
	if ((!*link && !lint_cmd_is(c, "cp install")) || c->n_args < 2 ||
	    !str_eqz(c->args[c->n_args - 1].text, "/etc/localtime"))
		return false;
	*zone = lint_zone_of_path(c->args[c->n_args - 2].text);
	return zone->n;
}
