#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Plants one violation at a time and looks whether check-floors names it.
set -eu
check=$(dirname -- "$0")/check-floors
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
n=0

# A small sound house.
house() {
	rm -rf "$dir/src" "$dir/ARCHITECTURE.md"
	mkdir -p "$dir/src/base" "$dir/src/tar" "$dir/src/json" "$dir/src/tree"
	cat >"$dir/src/FLOORS" <<'END'
# comment
0 base
1 json
1 tar: json
2 tree
END
	cat >"$dir/ARCHITECTURE.md" <<'END'
     2  | tree             |
     1  | json | tar: json |
     0  | base             |
END
	echo '#include <stdio.h>' >"$dir/src/base/err.h"
	echo '#include "base/err.h"' >"$dir/src/base/err.c"
	echo '#include "base/err.h"' >"$dir/src/json/json.h"
	echo '#include "json/json.h"' >"$dir/src/tar/tar.h"
	printf '#include "tar/tar.h"\n#include "tar/internal.h"\n' >"$dir/src/tar/tar.c"
	echo '#include "tar/tar.h"' >"$dir/src/tar/internal.h"
	echo '#include "tar/tar.h"' >"$dir/src/tree/tree.h"
}

# expect WHAT TEXT: check-floors says exactly TEXT (nothing: all is well).
expect() {
	n=$((n + 1))
	status=0
	out=$("$check" "$dir") || status=$?
	want=1
	[ "$2" ] || want=0
	if [ "$out" = "$2" ] && [ "$status" = $want ]; then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
		printf '%s\n' "status $status:" "$out" | sed 's/^/# /'
	fi
	house
}

echo 1..21
house
expect 'a sound house' ''

echo '#include "tree/tree.h"' >"$dir/src/base/bad.c"
expect 'upwards' 'src/base/bad.c: "tree/tree.h" is upwards: base is on floor 0, tree on 2
a cycle of folders: base > tree > tar > json > base'

echo '#include "tar/tar.h"' >"$dir/src/json/use.c"
expect 'an undeclared use within a floor' 'src/json/use.c: "tar/tar.h": FLOORS does not list that json uses tar
a cycle of folders: json > tar > json'

sed -i 's/^1 json$/1 json: tar/' "$dir/src/FLOORS"
sed -i 's/| json |/| json: tar |/' "$dir/ARCHITECTURE.md"
echo '#include "tar/tar.h"' >"$dir/src/json/use.c"
expect 'a declared cycle of folders' 'a cycle of folders: json > tar > json'

sed -i 's/^2 tree$/2 tree: tree/' "$dir/src/FLOORS"
expect 'a declared use that nobody makes' 'src/FLOORS: tree does not use tree
ARCHITECTURE.md: the drawing and src/FLOORS differ on tree'

echo '#include "base/b.h"' >"$dir/src/base/a.h"
: >"$dir/src/base/b.h"
echo '#include "base/a.h"' >"$dir/src/base/b.c"
expect 'a cycle of modules through a .c' 'a cycle of modules: base/a > base/b > base/a'

echo '#include "base/b.h"' >"$dir/src/base/a.h"
echo '#include "base/c.h"' >"$dir/src/base/b.h"
echo '#include "base/a.h"' >"$dir/src/base/c.h"
expect 'a longer cycle' 'a cycle of modules: base/a > base/b > base/c > base/a'

echo '#include "tar/use.h"' >"$dir/src/tar/internal.h"
echo '#include "tar/tar.h"' >"$dir/src/tar/use.h"
expect 'a cycle through internal.h' 'a cycle of modules: tar/tar > tar/use > tar/tar'

echo '#include "err.h"' >"$dir/src/base/short.c"
expect 'an include that is not written from src' 'src/base/short.c: "err.h" is not written from src/'

echo '#include "base/none.h"' >"$dir/src/tar/none.c"
expect 'an include of nothing' 'src/tar/none.c: "base/none.h" is not there'

echo ' #  include   "tar/internal.h"' >"$dir/src/tree/peek.c"
expect "another folder's internal.h" 'src/tree/peek.c: "tar/internal.h" is another folder'"'"'s own'

mkdir "$dir/src/shed"
expect 'a folder without a floor' 'src/shed: has no floor in src/FLOORS'

echo '2 attic' >>"$dir/src/FLOORS"
sed -i 's/| tree  /| tree | attic  /' "$dir/ARCHITECTURE.md"
expect 'a floor without a folder' 'src/FLOORS: attic is not there'

sed -i 's/2  | tree/3  | tree/' "$dir/ARCHITECTURE.md"
expect 'a drawing with another floor' 'ARCHITECTURE.md: the drawing and src/FLOORS differ on tree'

sed -i 's/tar: json/tar      /' "$dir/ARCHITECTURE.md"
expect 'a drawing that lacks a use' 'ARCHITECTURE.md: the drawing and src/FLOORS differ on tar'

echo 'tested json 50' >"$dir/src/WALLS"
: >"$dir/src/json/json.c"
expect 'a module without a test' 'src/json: 0 of 100 modules have a test beside them, 50 are wanted: json/json'

echo 'tested json 50' >"$dir/src/WALLS"
mkdir "$dir/src/json/room"
: >"$dir/src/json/json.c"
: >"$dir/src/json/room/a.h"
: >"$dir/src/json/room/a.c"
: >"$dir/src/json/room/a_test.c"
: >"$dir/src/json/testjson.h"
: >"$dir/src/json/testjson.c"
expect 'as many tests as are wanted' ''

rm "$dir/ARCHITECTURE.md"
expect 'no drawing' 'ARCHITECTURE.md is not there'

mkdir "$dir/src/init"
echo '- init' >>"$dir/src/FLOORS"
echo '     -  | init |   its own program' >>"$dir/ARCHITECTURE.md"
: >"$dir/src/init/sys.h"
echo '#include "sys.h"' >"$dir/src/init/main.c"
expect 'a program of its own' ''

mkdir "$dir/src/init"
echo '- init' >>"$dir/src/FLOORS"
echo '     -  | init |   its own program' >>"$dir/ARCHITECTURE.md"
echo '#include "base/err.h"' >"$dir/src/init/main.c"
expect 'one that shares after all' 'src/init/main.c: "base/err.h": a folder on floor "-" shares nothing'

# Of the real house: a reader follows the paths in backquotes.
n=$((n + 1))
real=$(dirname -- "$0")/..
# shellcheck disable=SC2016 # backquotes of Markdown
lost=$(grep -oE '`[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)+/?`' "$real/ARCHITECTURE.md" |
	tr -d '`' | sort -u | while read -r path; do
		[ -e "$real/$path" ] || [ -e "$real/src/$path" ] ||
			printf '# %s is not there\n' "$path"
	done)
[ "$lost" ] && printf 'not '
printf 'ok %d - each path in ARCHITECTURE.md is there\n' "$n"
[ -z "$lost" ] || printf '%s\n' "$lost"
