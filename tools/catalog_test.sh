#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What is known of a tool stands in src/catalog and nowhere else: looks for a
# handful of places, verbs and options of each in the sources. Tests may say
# them, messages may show one option, and nothing else may.
set -eu
src=$(dirname -- "$0")/../src
n=0
bad=0

# hits WORD: lines of code outside the catalogue that have the word in a string.
hits() {
	grep -rnE --include='*.[ch]' --include='*.list' \
		-e "\"([^\"]*[ /~])?$1([ /=][^\"]*)?\"" "$src" |
		grep -vE "^$src/catalog/|_test\.c:|/test[a-z]*\.[ch]:" |
		grep -vE '\.summary = |^[^:]*:[0-9]*:[[:space:]]*(/?\*|//)' || true
}

# alone TOOL FILE WORD...: the file of the catalogue has each word, and no
# source outside the catalogue has it.
alone() {
	tool=$1 name=$2 file=$src/catalog/$2
	shift 2
	n=$((n + 1))
	wrong=
	for word; do
		grep -qE -e "\"([^\"]*[ /~])?$word([ /=\"]|$)" "$file" ||
			wrong="$wrong
#   $file lacks $word"
		found=$(hits "$word")
		[ -z "$found" ] || wrong="$wrong
$(echo "$found" | sed 's/^/#   /')"
	done
	if [ -z "$wrong" ]; then
		echo "ok $n - $tool stands in $name alone"
	else
		bad=$((bad + 1))
		echo "not ok $n - $tool stands in $name alone$wrong"
	fi
}

alone apt apt.c var/lib/apt/lists var/cache/apt/archives dist-upgrade \
	autopurge dselect-upgrade --target-release --default-release
alone apk apk.c var/cache/apk etc/apk/cache --virtual --keys-dir
alone yum yum.c var/cache/yum
alone dnf dnf.c var/cache/dnf var/cache/libdnf5 upgrade-minimal
alone rpm parts.h groupinstall makecache --enablerepo --setopt --releasever
alone zypper zypper.c var/cache/zypp dup --plus-repo --installroot
alone pacman pacman.c var/cache/pacman/pkg paccache
alone pip pip.c '\.cache/pip' PIP_CACHE_DIR --trusted-host --no-binary
alone pipenv pipenv.c '\.cache/pipenv' PIPENV_CACHE_DIR
alone poetry poetry.c '\.cache/pypoetry/cache' POETRY_CACHE_DIR
alone uv uv.c '\.cache/uv' UV_CACHE_DIR
alone npm npm.c '\.npm/_cacache' clean-install npm_config_cache --loglevel \
	--omit=dev
alone yarn yarn.c usr/local/share/.cache/yarn YARN_CACHE_FOLDER --cache-folder
alone pnpm pnpm.c '\.local/share/pnpm/store' --store-dir npm_config_store_dir
alone bun bun.c '\.bun/install/cache' BUN_INSTALL_CACHE_DIR
alone go go.c go/pkg/mod '\.cache/go-build' GOMODCACHE -modfile -installsuffix
alone cargo cargo.c usr/local/cargo/registry '\.cargo/git'
alone maven maven.c '\.m2/repository' maven.repo.local
alone gradle gradle.c '\.gradle/caches' GRADLE_USER_HOME
alone gem gem.c usr/local/bundle/cache '\.gem/specs' --trust-policy
# shellcheck disable=SC2088 # the text that files have
alone bundler bundler.c "~/\.bundle/cache" BUNDLE_NO_CACHE
alone composer composer.c '\.composer/cache' create-project clear-cache \
	--no-dev
alone conda conda.c opt/conda/pkgs CONDA_PKGS_DIRS micromamba
alone nuget nuget.c '\.nuget/packages' NUGET_PACKAGES
alone cpanm cpanm.c '\.cpanm' PERL_CPANM_HOME
alone mix mix.c '\.hex/packages' deps.get deps.update HEX_HOME
alone opam opam.c '\.opam/download-cache' OPAMROOT --switch _opam
alone git version_control.c --git-dir --work-tree
alone docs docs.c usr/share/doc usr/share/man usr/share/info
alone locales locales.c usr/share/locale

# DL3008's rule asks the catalogue which verb installs.
n=$((n + 1))
rule=$src/lint/rules/package/unpinned_apt_package.c
if grep -q 'lint_packages_of(&catalog_apt,' "$rule" &&
	grep -q 'tool->verbs\.pin' "$rule"; then
	echo "ok $n - DL3008 asks the catalogue"
else
	bad=$((bad + 1))
	echo "not ok $n - DL3008 asks the catalogue"
fi
echo "1..$n"
[ "$bad" -eq 0 ]
