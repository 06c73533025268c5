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

static bool installs_zones(const struct lint_command *c)
{
	return lint_installs(c, "tzdata") || lint_installs(c, "timezone");
}

/* 1: there; 0: lacking; -1: nobody knows. Any mention of zoneinfo or tzdata in
 * what could not be read is taken for the data. */
int lint_zone_data(const struct lint_file *f)
{
	struct str image = lint_base_image(f);
	if (any_run(f, installs_zones) || copies(f, "zoneinfo") ||
	    copies(f, "tzdata") || any_run(f, is_opaque))
		return 1;
	if (str_eqz(image, "scratch"))
		return 0;
	/* Many packages of Debian's bring tzdata along, Python's among them;
	 * those of Alpine do not. */
	int zones = lint_base_zones(image);
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
	if (any_run(f, makes_locales) || copies(f, "locale") ||
	    copies(f, "locales") || copies(f, "localedef") ||
	    any_run(f, is_opaque))
		return 1;
	return str_eqz(image, "scratch") ? -1
					 : lint_base_locales(image, locale);
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
