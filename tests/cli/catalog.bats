#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# One file of the catalogue is enough: every command knows its tool.
bats_require_minimum_version 1.5.0
load common
load images

setup() {
	in_place
}

json() {
	js "$1" <<<"$output"
}

# lints RULE COMMAND: the rule finds the command in a layer that ships, and
# nothing when a cache is mounted at the third argument.
lints() {
	mkdir -p d
	printf 'FROM example.com/a:1\nRUN %s\nCMD ["a"]\n' "$2" >d/Dockerfile
	run --separate-stderr pare lint --select "$1" --format json d/Dockerfile
	is 1
	json "[f.rule for f in d.files[0].findings] == ['$1']"
	printf 'FROM example.com/a:1\nRUN --mount=type=cache,target=%s %s\nCMD ["a"]\n' \
		"$3" "$2" >d/Dockerfile
	run --separate-stderr pare lint --select "$1" d/Dockerfile
	is 0
}

# drops RULE WASTE KEPT: --drop takes the one file and leaves the other.
drops() {
	rm -rf 1 ./*.tar
	mkdir -p "1/$(dirname "$2")" "1/$(dirname "$3")"
	echo waste >"1/$2"
	echo kept >"1/$3"
	layer 1.tar 1
	image app.tar app:1 1.tar
	for rule in "$1" caches; do
		run --separate-stderr pare optimize --base none --drop "$rule" \
			--format json app.tar
		is 0
		json "'$2' in [r.path for r in d.removed]"
		json "'$3' not in [r.path for r in d.removed]"
		json "set(r.rule for r in d.removed) == {'$1'}"
	done
}

# leaves_out ENTRY COMMAND FILE...: a context of the files loses the entry when
# the command makes it again, and keeps it when nothing does.
leaves_out() {
	local entry=$1 command=$2 file
	shift 2
	rm -rf app
	for file; do
		mkdir -p "app/$(dirname "$file")"
		echo x >"app/$file"
	done
	printf 'FROM example.com/a:1\nWORKDIR /app\nCOPY . .\nRUN %s\n' "$command" \
		>app/Dockerfile
	run --separate-stderr pare context --write app
	is 0
	grep -qx "$entry" app/.dockerignore
	rm app/.dockerignore
	printf 'FROM example.com/a:1\nWORKDIR /app\nCOPY . .\nRUN true\n' \
		>app/Dockerfile
	run --separate-stderr pare context --write app
	is 0
	run grep -qx "$entry" app/.dockerignore
	is 1
}

@test "mix is known to lint, context and --drop" {
	lints PARE1036 'mix deps.get' /root/.hex/packages
	drops mix root/.hex/packages/hexpm/a.tar root/.hex/hex.config
	drops mix root/.hex/cache.ets root/.mix/archives/hex/hex.app
	leaves_out deps 'mix deps.get' mix.exs deps/a/mix.exs
	leaves_out _build 'mix release' mix.exs _build/prod/a
}

@test "opam is known to lint, context and --drop" {
	lints PARE1037 'opam install --yes dune' /root/.opam/download-cache
	lints PARE1037 'opam --switch 5.1 install --yes dune' \
		/root/.opam/download-cache
	drops opam root/.opam/download-cache/md5/a root/.opam/5.1/bin/ocaml
	drops opam root/.opam/log/a.out root/.opam/repo/default/repo
	leaves_out _opam 'opam install . --deps-only' _opam/.opam-switch/a \
		_opam/bin/ocaml
}

# The tables that stood beside each other disagreed about these.
@test "one table: options, places and mount parents agree" {
	run --separate-stderr pare lint --select PARE1010 --format json - \
		<<<$'FROM a:1\nRUN npm --loglevel error ci\nCMD ["a"]'
	is 1
	json '[f.rule for f in d.files[0].findings] == ["PARE1010"]'
	# What lint --image counts of these places is tested with lint.
	mkdir -p 1/var/cache/libdnf5/a 1/go/bin 1/usr/local/cargo/bin
	head -c 6000000 /dev/zero >1/var/cache/libdnf5/a/b
	echo app >1/go/bin/app
	echo rg >1/usr/local/cargo/bin/rg
	layer 1.tar 1
	image app.tar app:1 1.tar
	run --separate-stderr pare optimize --base none --drop dnf,go-mod,cargo \
		--format json app.tar
	is 0
	json 'sum(r.bytes for r in d.removed) == 6000000'
}
