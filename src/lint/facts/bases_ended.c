/* SPDX-License-Identifier: Apache-2.0 */
/* When the support of releases ends, by what their projects announced; long
 * term support counts where everybody gets it. */
#include "base/macros.h"
#include "base/chars.h"
#include "lint/facts/bases.h"

#define DEBIANS "debian buildpack-deps"
#define NODE(v, date)                            \
	{                                        \
		"Node.js", "node", v, NULL, date \
	}
#define GO(v, date)                           \
	{                                     \
		"Go", "golang", v, NULL, date \
	}
#define PYTHON(v, date)                           \
	{                                         \
		"Python", "python", v, NULL, date \
	}
#define ALPINES(v, date)                                \
	{                                               \
		"Alpine Linux", "alpine", v, NULL, date \
	}
#define FEDORAS(v, date)                          \
	{                                         \
		"Fedora", "fedora", v, NULL, date \
	}
#define RUBY(v, date)                         \
	{                                     \
		"Ruby", "ruby", v, NULL, date \
	}
#define PHP(v, date)                        \
	{                                   \
		"PHP", "php", v, NULL, date \
	}
#define POSTGRES(v, date)                               \
	{                                               \
		"PostgreSQL", "postgres", v, NULL, date \
	}
#define MONGO(v, date)                            \
	{                                         \
		"MongoDB", "mongo", v, NULL, date \
	}

static const struct lint_ended ended[] = {
	{ "Debian", DEBIANS, "7", "wheezy", "2018-05-31" },
	{ "Debian", DEBIANS, "8", "jessie", "2020-06-30" },
	{ "Debian", DEBIANS, "9", "stretch", "2022-06-30" },
	{ "Debian", DEBIANS, "10", "buster", "2024-06-30" },
	{ "Debian", DEBIANS, "11", "bullseye", "2026-08-31" },
	{ "Debian", DEBIANS, "12", "bookworm", "2028-06-30" },
	{ "Debian", DEBIANS, "13", "trixie", "2030-06-30" },
	{ "Ubuntu", "ubuntu", "12.04", "precise", "2017-04-28" },
	{ "Ubuntu", "ubuntu", "14.04", "trusty", "2019-04-25" },
	{ "Ubuntu", "ubuntu", "16.04", "xenial", "2021-04-30" },
	{ "Ubuntu", "ubuntu", "18.04", "bionic", "2023-05-31" },
	{ "Ubuntu", "ubuntu", "20.04", "focal", "2025-05-31" },
	{ "Ubuntu", "ubuntu", "22.04", "jammy", "2027-05-31" },
	{ "Ubuntu", "ubuntu", "24.04", "noble", "2029-05-31" },
	{ "Ubuntu", "ubuntu", "21.10", "impish", "2022-07-14" },
	{ "Ubuntu", "ubuntu", "22.10", "kinetic", "2023-07-20" },
	{ "Ubuntu", "ubuntu", "23.04", "lunar", "2024-01-25" },
	{ "Ubuntu", "ubuntu", "23.10", "mantic", "2024-07-11" },
	{ "Ubuntu", "ubuntu", "24.10", "oracular", "2025-07-10" },
	{ "CentOS", "centos", "", NULL, "2021-12-31" },
	{ "CentOS", "centos", "5", "centos5", "2017-03-31" },
	{ "CentOS", "centos", "6", "centos6", "2020-11-30" },
	{ "CentOS", "centos", "7", "centos7", "2024-06-30" },
	{ "CentOS", "centos", "8", "centos8", "2021-12-31" },
	{ "CentOS", "centos", "latest", NULL, "2021-12-31" },
	{ "CentOS Stream", "quay.io/centos/centos", "stream8", NULL,
	  "2024-05-31" },
	FEDORAS("34", "2022-06-07"),
	FEDORAS("35", "2022-12-13"),
	FEDORAS("36", "2023-05-16"),
	FEDORAS("37", "2023-12-05"),
	FEDORAS("38", "2024-05-21"),
	FEDORAS("39", "2024-11-26"),
	FEDORAS("40", "2025-05-13"),
	ALPINES("3.3", "2017-11-01"),
	ALPINES("3.4", "2018-05-01"),
	ALPINES("3.5", "2018-11-01"),
	ALPINES("3.6", "2019-05-01"),
	ALPINES("3.7", "2019-11-01"),
	ALPINES("3.8", "2020-05-01"),
	ALPINES("3.9", "2020-11-01"),
	ALPINES("3.10", "2021-05-01"),
	ALPINES("3.11", "2021-11-01"),
	ALPINES("3.12", "2022-05-01"),
	ALPINES("3.13", "2022-11-01"),
	ALPINES("3.14", "2023-05-01"),
	ALPINES("3.15", "2023-11-01"),
	ALPINES("3.16", "2024-05-23"),
	ALPINES("3.17", "2024-11-22"),
	ALPINES("3.18", "2025-05-09"),
	ALPINES("3.19", "2025-11-01"),
	ALPINES("3.20", "2026-04-01"),
	ALPINES("3.21", "2026-11-01"),
	ALPINES("3.22", "2027-05-01"),
	ALPINES("3.23", "2027-11-01"),
	PYTHON("2", "2020-01-01"),
	PYTHON("2.7", "2020-01-01"),
	PYTHON("3.3", "2017-09-29"),
	PYTHON("3.4", "2019-03-18"),
	PYTHON("3.5", "2020-09-30"),
	PYTHON("3.6", "2021-12-23"),
	PYTHON("3.7", "2023-06-27"),
	PYTHON("3.8", "2024-10-07"),
	PYTHON("3.9", "2025-10-31"),
	PYTHON("3.10", "2026-10-31"),
	PYTHON("3.11", "2027-10-31"),
	PYTHON("3.12", "2028-10-31"),
	PYTHON("3.13", "2029-10-31"),
	PYTHON("3.14", "2030-10-31"),
	NODE("4", "2018-04-30"),
	NODE("6", "2019-04-30"),
	NODE("8", "2019-12-31"),
	NODE("9", "2018-06-30"),
	NODE("10", "2021-04-30"),
	NODE("11", "2019-06-30"),
	NODE("12", "2022-04-30"),
	NODE("13", "2020-06-30"),
	NODE("14", "2023-04-30"),
	NODE("15", "2021-06-01"),
	NODE("16", "2023-09-11"),
	NODE("17", "2022-06-01"),
	NODE("18", "2025-04-30"),
	NODE("19", "2023-06-01"),
	NODE("20", "2026-04-30"),
	NODE("21", "2024-06-01"),
	NODE("22", "2027-04-30"),
	NODE("23", "2025-06-01"),
	NODE("24", "2028-04-30"),
	GO("1.10", "2019-02-25"),
	GO("1.11", "2019-09-03"),
	GO("1.12", "2020-02-25"),
	GO("1.13", "2020-08-11"),
	GO("1.14", "2021-02-16"),
	GO("1.15", "2021-08-16"),
	GO("1.16", "2022-03-15"),
	GO("1.17", "2022-08-02"),
	GO("1.18", "2023-02-01"),
	GO("1.19", "2023-08-08"),
	GO("1.20", "2024-02-06"),
	GO("1.21", "2024-08-13"),
	GO("1.22", "2025-02-11"),
	GO("1.23", "2025-08-12"),
	RUBY("2.3", "2019-03-31"),
	RUBY("2.4", "2020-03-31"),
	RUBY("2.5", "2021-03-31"),
	RUBY("2.6", "2022-04-12"),
	RUBY("2.7", "2023-03-31"),
	RUBY("3.0", "2024-04-23"),
	RUBY("3.1", "2025-03-26"),
	RUBY("3.2", "2026-03-31"),
	RUBY("3.3", "2027-03-31"),
	RUBY("3.4", "2028-03-31"),
	PHP("5", "2018-12-31"),
	PHP("7", "2022-11-28"),
	PHP("8.0", "2023-11-26"),
	PHP("8.1", "2025-12-31"),
	PHP("8.2", "2026-12-31"),
	PHP("8.3", "2027-12-31"),
	PHP("8.4", "2028-12-31"),
	POSTGRES("9", "2021-11-11"),
	POSTGRES("10", "2022-11-10"),
	POSTGRES("11", "2023-11-09"),
	POSTGRES("12", "2024-11-21"),
	POSTGRES("13", "2025-11-13"),
	POSTGRES("14", "2026-11-12"),
	POSTGRES("15", "2027-11-11"),
	POSTGRES("16", "2028-11-09"),
	POSTGRES("17", "2029-11-08"),
	{ "MySQL", "mysql", "5", NULL, "2023-10-31" },
	{ "MySQL", "mysql", "8.0", NULL, "2026-04-30" },
	MONGO("3", "2021-04-30"),
	MONGO("4", "2024-02-29"),
	MONGO("5", "2024-10-31"),
	MONGO("6", "2025-07-31"),
};

static bool among(const char *list, struct str name)
{
	struct str rest = str_of(list), word;
	while (rest.n) {
		if (!str_cut(rest, ' ', &word, &rest)) {
			word = rest;
			rest.n = 0;
		}
		if (str_eq(word, name))
			return true;
	}
	return false;
}

/* "3.4" is the version of the tags 3.4, 3.4.10 and 3.4-slim. */
static bool is_version(struct str tag, const char *version)
{
	struct str v = str_of(version);
	if (v.n == 0)
		return tag.n == 0;
	return str_starts(tag, v) &&
	       (tag.n == v.n || tag.p[v.n] == '.' || tag.p[v.n] == '-');
}

/* A part of the tag between hyphens. */
static bool has_part(struct str tag, const char *part)
{
	for (struct str rest = tag, p = tag; rest.n || p.n;) {
		if (!str_cut(rest, '-', &p, &rest)) {
			p = rest;
			rest.n = 0;
		}
		if (p.n && str_eqz(p, part))
			return true;
		if (rest.n == 0)
			return false;
	}
	return false;
}

/* Alpine's version stands behind its name: 1.17-alpine3.13. */
static bool has_alpine(struct str tag, const char *version)
{
	for (size_t i = 0; i + 6 < tag.n; i++) {
		struct str rest = str_from(tag, i);
		if ((i == 0 || tag.p[i - 1] == '-') &&
		    str_starts(rest, STR("alpine")) &&
		    is_version(str_from(rest, 6), version))
			return true;
	}
	return false;
}

/*	debian:10-slim			Debian 10, by its version
 *	python:3.12-buster		Debian 10, by the name in the tag
 *	redis:7-alpine3.13		Alpine 3.13, behind "alpine" */
static bool fits(const struct lint_ended *e, struct str repo, struct str tag)
{
	if (among(e->repo, repo))
		return is_version(tag, e->version) ||
		       (e->name && has_part(tag, e->name));
	if (e->name && !str_starts(str_of(e->what), STR("CentOS")))
		return has_part(tag, e->name);
	return str_eqz(str_of(e->repo), "alpine") &&
	       has_alpine(tag, e->version);
}

bool lint_ended_later(const struct lint_ended *e)
{
	return strcmp(e->date, LINT_BASES_DATE) > 0;
}

/* What the image is for goes before what it stands on: python:2.7-buster is
 * told of as Python 2.7. */
const struct lint_ended *lint_base_ended(struct str reference,
					 const char *today)
{
	const char *day = today ? today : LINT_BASES_DATE;
	struct lint_image name = lint_image_of(reference);
	const struct lint_ended *system = NULL;
	bool known = lint_base_known(reference);
	/* Tags of images that nobody knows here may mean anything. */
	for (size_t i = 0; i < ARRAY_LEN(ended); i++) {
		/* Dates of one form: their order is that of their bytes. */
		if (strcmp(ended[i].date, day) > 0 ||
		    !fits(&ended[i], name.repo, name.tag))
			continue;
		if (among(ended[i].repo, name.repo))
			return &ended[i];
		if (!system && known)
			system = &ended[i];
	}
	return system;
}
