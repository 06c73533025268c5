/* SPDX-License-Identifier: Apache-2.0 */
#include "base/macros.h"
#include "lint/rules/cache.h"

#define APT_VERBS "install upgrade dist-upgrade full-upgrade build-dep"
#define YUM_VERBS \
	"install update upgrade groupinstall localinstall reinstall makecache"

const struct cache_kind cache_kinds[] = {
	{ "apt-lists", "apt apt-get aptitude", "update", "/var/lib/apt/lists",
	  "apt-lists", NULL, NULL, NULL, NULL, NULL, "DL3009" },
	{ "apt-archives", "apt apt-get aptitude", APT_VERBS,
	  "/var/cache/apt/archives", "apt-archives", NULL, NULL,
	  "apt apt-get aptitude", "clean distclean", NULL, NULL },
	{ "apk", "apk", "update upgrade fix", "/var/cache/apk", "apk-cache",
	  "--no-cache", NULL, "apk", "cache", NULL, NULL },
	{ "apk-add", "apk", "add", "/var/cache/apk", "apk-cache", "--no-cache",
	  NULL, "apk", "cache", NULL, "DL3019" },
	{ "yum", "yum", YUM_VERBS, "/var/cache/yum /var/cache/dnf", "yum-cache",
	  NULL, NULL, "yum", "clean", NULL, "DL3032" },
	{ "dnf", "dnf microdnf", YUM_VERBS, "/var/cache/dnf /var/cache/yum",
	  "dnf-cache", NULL, NULL, "dnf microdnf", "clean", NULL, "DL3040" },
	{ "zypper", "zypper", "install in update up dist-upgrade dup refresh",
	  "/var/cache/zypp /var/cache/zypper", "zypper-cache", NULL, NULL,
	  "zypper", "clean cc", NULL, "DL3036" },
	{ "pacman", "pacman", NULL, "/var/cache/pacman/pkg", "pacman-cache",
	  NULL, NULL, "paccache", NULL, NULL, NULL },
	{ "npm", "npm", "install i ci add clean-install install-test it update",
	  "~/.npm ~/.npm/_cacache", "npm-cache", NULL, "npm_config_cache",
	  "npm", "cache", NULL, NULL },
	{ "yarn", "yarn yarnpkg", NULL,
	  "/usr/local/share/.cache ~/.cache/yarn ~/.yarn/berry/cache",
	  "yarn-cache", NULL,
	  "YARN_CACHE_FOLDER YARN_GLOBAL_FOLDER YARN_ENABLE_GLOBAL_CACHE",
	  "yarn yarnpkg", "cache", NULL, NULL },
	{ "pnpm", "pnpm", "install i add update fetch",
	  "~/.local/share/pnpm ~/.cache/pnpm ~/.pnpm-store", "pnpm-cache", NULL,
	  "npm_config_store_dir PNPM_HOME store-dir", "pnpm", "store", NULL,
	  NULL },
	{ "bun", "bun", "install i add update", "~/.bun/install/cache",
	  "bun-cache", "--no-cache", "BUN_INSTALL_CACHE_DIR", "bun", "pm", NULL,
	  NULL },
	{ "pip", "pip pip2 pip3", "install", "~/.cache/pip", "pip-cache",
	  "--no-cache-dir", "PIP_NO_CACHE_DIR PIP_CACHE_DIR", "pip pip2 pip3",
	  "cache", NULL, "DL3042" },
	{ "pipenv", "pipenv", "install sync update",
	  "~/.cache/pipenv ~/.cache/pip", "pip-cache", NULL,
	  "PIPENV_CACHE_DIR PIP_NO_CACHE_DIR PIP_CACHE_DIR", NULL, NULL, NULL,
	  NULL },
	{ "poetry", "poetry", "install add update sync",
	  "~/.cache/pypoetry ~/.cache/pypoetry/cache "
	  "~/.cache/pypoetry/artifacts",
	  "pip-cache", "--no-cache", "POETRY_CACHE_DIR POETRY_NO_CACHE",
	  "poetry", "cache", NULL, NULL },
	{ "uv", "uv", "sync add pip tool", "~/.cache/uv", "pip-cache",
	  "--no-cache -n", "UV_NO_CACHE UV_CACHE_DIR", "uv", "cache", NULL,
	  NULL },
	{ "conda", "conda mamba micromamba", "install create update env",
	  "/opt/conda/pkgs ~/miniconda3/pkgs /opt/miniconda/pkgs", "conda-pkgs",
	  NULL, "CONDA_PKGS_DIRS", "conda mamba micromamba", "clean", NULL,
	  NULL },
	{ "go-build", "go", "build install test run vet", "~/.cache/go-build",
	  "go-build", NULL, "GOCACHE", "go", "clean", "go", NULL },
	{ "go-modules", "go", "build install test run get mod",
	  "/go/pkg/mod ~/go/pkg/mod /go ~/go", "go-modules", "-mod=vendor",
	  "GOMODCACHE GOPATH", "go", "clean", "go", NULL },
	{ "cargo", "cargo", "build install fetch test run check",
	  "/usr/local/cargo/registry ~/.cargo/registry /usr/local/cargo "
	  "~/.cargo",
	  "cargo-registry", NULL, "CARGO_HOME", "cargo", "cache", "cargo",
	  NULL },
	{ "maven", "mvn mvnw", NULL, "~/.m2 ~/.m2/repository",
	  "maven-repository", NULL, "maven.repo.local", NULL, NULL, "mvn mvnw",
	  NULL },
	{ "gradle", "gradle gradlew", NULL, "~/.gradle ~/.gradle/caches",
	  "gradle-caches", NULL, "GRADLE_USER_HOME gradle-user-home", NULL,
	  NULL, "gradle gradlew", NULL },
	{ "nuget", "dotnet", "restore build publish test run",
	  "~/.nuget ~/.nuget/packages", "nuget-packages", NULL,
	  "NUGET_PACKAGES", "dotnet", "nuget", NULL, NULL },
	{ "gem", "gem", "install",
	  "/usr/local/bundle/cache ~/.gem /var/lib/gems", "gem-cache", NULL,
	  "GEM_HOME", NULL, NULL, NULL, NULL },
	{ "bundler", "bundle bundler", "install",
	  "/usr/local/bundle/cache ~/.bundle/cache", "gem-cache", "--no-cache",
	  "BUNDLE_PATH BUNDLE_NO_CACHE", NULL, NULL, NULL, NULL },
	{ "composer", "composer composer.phar",
	  "install require update create-project",
	  "~/.composer/cache ~/.composer ~/.cache/composer", "composer-cache",
	  "--no-cache", "COMPOSER_CACHE_DIR COMPOSER_HOME",
	  "composer composer.phar", "clear-cache clearcache cc", NULL, NULL },
	{ "cpanm", "cpanm", NULL, "~/.cpanm", "cpanm-work", NULL,
	  "PERL_CPANM_HOME", NULL, NULL, NULL, NULL },
};
const size_t n_cache_kinds = ARRAY_LEN(cache_kinds);

const struct cache_kind *cache_find(const char *name)
{
	for (size_t i = 0; i < n_cache_kinds; i++)
		if (strcmp(cache_kinds[i].name, name) == 0)
			return &cache_kinds[i];
	return NULL;
}
