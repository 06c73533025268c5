/* SPDX-License-Identifier: Apache-2.0 */
/* docs/lint-bytes.md tells how each was measured; a test holds the two
 * together. In order of the keys. */
#include "lint/config/bytes.h"

#include "base/macros.h"

const struct lint_estimate lint_estimates[] = {
	{ "apk-cache", 2400000,
	  "two compressed indices, main and community, of an Alpine "
	  "release for x86-64; not measured, as their servers list "
	  "them" },
	{ "apt-archives", 13395980,
	  "package files of git and what it needs (20) on top of a "
	  "minimal Debian 12" },
	{ "apt-lists", 19857442,
	  "files of apt-get update in Debian 12, amd64, with security "
	  "and updates, as apt stores them (lz4)" },
	{ "apt-recommends", 21404672,
	  "installed size of the 34 packages that git recommends, "
	  "directly or not, in Debian 12" },
	{ "build-essential", 274321408,
	  "installed size of build-essential and what it needs (52 "
	  "packages) on top of a minimal Debian 12" },
	{ "buildpack-deps", 745390080,
	  "installed size of the packages (321) that buildpack-deps "
	  "adds to a minimal Debian 12" },
	{ "cargo-registry", 47379397,
	  "registry after cargo fetch for serde and tokio with all "
	  "features: archives, sources, index" },
	{ "debian-docs", 42967374,
	  "files of a minimal Debian 12 below /usr/share/doc, man, "
	  "info, locale, lintian (2,066)" },
	{ "dev-package", 23078912,
	  "installed size of libpq-dev and what it needs (13 "
	  "packages) on top of a minimal Debian 12" },
	{ "dnf-cache", 60000000,
	  "metadata of a release's repositories; not measured, tens "
	  "to hundreds of MB are reported" },
	{ "go-build", 88355476,
	  "cache after go build of a server on net/http, Go 1.26" },
	{ "go-modules", 137135345,
	  "pkg/mod after go get of gin 1.8.2: sources and archives" },
	{ "go-symbols", 2599448,
	  "a server on net/http, Go 1.26: 8,428,321 bytes, with -s -w "
	  "5,828,873" },
	{ "init-binary", 27792,
	  "tini 0.19.0 of Debian 12, linked dynamically; a static one "
	  "is 0.7 MB" },
	{ "npm-cache", 6629910,
	  "cache after npm install of express 4 and pg 8 (85 "
	  "packages)" },
	{ "npm-dev", 60037302,
	  "node_modules of typescript 5, eslint 8 and jest 29 (337 "
	  "packages)" },
	{ "pip-cache", 10593242,
	  "16 wheels of flask, gunicorn, requests, psycopg2-binary, "
	  "sqlalchemy and what they need" },
	{ "toolchain", 239607159, "/usr/local/go of Go 1.26, linux/amd64" },
	{ "tzdata-apk", 452608,
	  "installed size of tzdata in Alpine 3.23; 3.1 MiB up to "
	  "3.16" },
	{ "useradd-lastlog", 292000292,
	  "/var/log/lastlog with a record of 292 bytes for each UID "
	  "up to 1,000,000, as a layer stores it" },
	{ "yarn-cache", 5806728,
	  "cache after yarn 1 add of express 4 and pg 8" },
	{ "yum-cache", 60000000,
	  "metadata of a release's repositories; not measured, tens "
	  "to hundreds of MB are reported" },
	{ "zypper-cache", 60000000,
	  "metadata of a release's repositories; not measured, tens "
	  "to hundreds of MB are reported" },
};
const size_t n_lint_estimates = ARRAY_LEN(lint_estimates);

const struct lint_estimate *lint_estimate_find(const char *key)
{
	for (size_t i = 0; i < n_lint_estimates; i++)
		if (strcmp(lint_estimates[i].key, key) == 0)
			return &lint_estimates[i];
	return NULL;
}
