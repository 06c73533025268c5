#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Does ./dev install, choose and tell as it should? In a repository of three
# files, with shams of all that it calls but git.
set -eu
dev=$(cd -- "$(dirname -- "$0")/.." && pwd)/dev
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
repo=$dir/repo
mkdir -p "$repo/src/a" "$repo/fuzz" "$repo/build-check/clang" "$dir/bin"
cp "$dev" "$repo/dev"
cd "$repo"
echo 1..16
n=0

# sham NAME LINE...: a program of these lines.
sham() {
	name=$1
	shift
	printf '%s\n' '#!/bin/sh' "$@" >"$dir/bin/$name"
	chmod +x "$dir/bin/$name"
}

for program in meson clang-format-14 python3 valgrind cppcheck shellcheck bats; do
	sham $program :
done
# shellcheck disable=SC2016 # the shams' own variables
{
	sham sudo 'exit 1'
	sham id 'echo "${SHAM_ID:-0}"'
	sham dpkg-query 'shift 2' \
		'for p in "$@"; do [ "$p" = "${LACKS:-}" ] || echo "$p installed"; done'
	sham apt-get 'echo "$*" >>'"$dir/apt"
	sham ninja 'case "$*" in *deps*) cat '"$dir/deps"' ;; esac'
	sham clang-tidy-14 'for f in "$@"; do case $f in *.c) echo "$f" ;; esac; done >>'"$dir/read" \
		'exit ${TIDY_STATUS:-0}'
}
cat >"$dir/deps" <<'END'
src/a/one.o: #deps 2, deps mtime 1 (VALID)
    ../../src/a/one.c
    ../../src/a/x.h

src/a/two.o: #deps 1, deps mtime 1 (VALID)
    ../../src/a/two.c

src/a/two_test.o: #deps 2, deps mtime 1 (VALID)
    ../../src/a/two_test.c
    ../../src/a/x.h
END
for file in one.c two.c two_test.c x.h; do
	echo "/* $file */" >"src/a/$file"
done
for file in one two two_test; do
	echo "    \"file\": \"../../src/a/$file.c\","
done >build-check/clang/compile_commands.json
touch build-check/clang/build.ninja
printf '/build*\n' >.gitignore
PATH=$dir/bin:$PATH
export PATH
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
git init -q -b main
git config user.email a@example.org
git config user.name a
git add -A
git commit -qm first

result() {
	n=$((n + 1))
	if [ "$2" = "$3" ]; then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
		printf '# want: %s\n# got: %s\n' "$3" "$2" | sed 's/^[^#]/# &/'
	fi
}

# tidies WHAT FILES: what clang-tidy reads.
tidies() {
	rm -f "$dir/read"
	touch "$dir/read"
	./dev check >"$dir/out" 2>&1 || :
	result "$1" "$(sort "$dir/read" | tr '\n' ' ' | sed 's|src/a/||g; s/ $//')" "$2"
}

tidies 'on main: all but tests' 'one.c two.c'
git checkout -qb work
tidies 'a branch that is main: all' 'one.c two.c'
echo >>src/a/two.c
git commit -qam second
tidies 'a branch: what differs' 'two.c'
echo >>src/a/x.h
tidies 'a header, not committed: who includes it' 'one.c two.c'
git checkout -q src/a/x.h
echo >.clang-tidy
tidies 'other rules, not yet added: all' 'one.c two.c'
rm .clang-tidy
git branch -q -m main trunk
tidies 'no main: all' 'one.c two.c'
git branch -q -m trunk main
git checkout -q main
git commit -q --allow-empty -m third
git checkout -q work
tidies 'main went on: what the branch did' 'two.c'

status=0
TIDY_STATUS=1 ./dev check >"$dir/out" 2>&1 || status=$?
result 'a check that fails is named' "$status $(tail -n 1 "$dir/out")" \
	'1 check failed: clang-tidy, files: 1'

# said TASK...: the status, and what is printed.
said() {
	status=0
	./dev "$@" >"$dir/out" 2>&1 || status=$?
	printf '%s: ' $status
	head -n 3 "$dir/out" | tr '\n' ';'
}

result 'no such tier' "$(said test --engines | cut -d';' -f1)" \
	'2: dev: test takes --all or nothing'
result 'no such task' "$(said tset | cut -d';' -f1)" '2: dev: no task tset'

export LACKS=bats
SHAM_ID=1000
export SHAM_ID
result 'a package is missing, and no way to install it' \
	"$(said test | sed 's/apt-get update;//')" \
	'3: dev: packages are missing; as root, run:;apt-get install --no-install-recommends bats ;'
SHAM_ID=0
./dev test >"$dir/out" 2>&1 || :
result 'a package is missing: it is installed' \
	"$(grep -c 'install -y --no-install-recommends .* bats$' "$dir/apt")" 1
unset LACKS SHAM_ID

sham python3 "[ \"\$1\" != tools/tally ] || cat \"\$2\"/*.left"
mkdir -p build build-test/meson-logs
touch build/build.ninja build/pare build-test/build.ninja build-test/meson-logs/testlog.json
chmod +x build/pare
./dev test >"$dir/out" 2>&1 || :
result 'the short tier tells what it leaves, and the seeds' \
	"$(grep -x -e engines -e 'model-squash-more (seeds .*)' "$dir/out" | sed 's/[0-9]/N/g' | tr '\n' ' ')" \
	'model-squash-more (seeds NN..NNN) engines '
rm -f build-test/results/*
./dev test --all >"$dir/out" 2>&1 || :
result '--all leaves nothing' "$(find build-test/results -name '*.left')" ''
# shellcheck disable=SC2016 # the sham expands it
sham python3 'printf "%s\n" "$1" "$6"'
result 'a benchmark is the one that was named' \
	"$(for what in '' startup growth; do ./dev bench $what it 2>/dev/null; done | tr '\n' ' ')" \
	'bench/run it bench/startup it bench/growth/run it '
sham python3 "[ \"\$1\" != tools/tally ] || cat \"\$2\"/*.left"
sham bats 'echo "no terminal" >&2' 'exit 77'
./dev test >"$dir/out" 2>&1 || :
result 'what cannot run here is skipped, with its reason' \
	"$(cat build-test/results/cli.tap build-test/results/cli.status | tr '\n' ' ')" \
	'1..1 ok 1 - cli # SKIP no terminal 0 '
