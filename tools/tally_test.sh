#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Does tools/tally count what it should, and never a crash as a pass?
set -eu
tally=$(dirname -- "$0")/tally
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
echo 1..15
n=0

# result NAME STATUS TEXT
result() {
	printf '%b' "$3" >"$dir/$1.tap"
	echo "$2" >"$dir/$1.status"
}

# expect WHAT STATUS LASTLINE: then starts anew.
expect() {
	n=$((n + 1))
	status=0
	out=$(python3 "$tally" "$dir") || status=$?
	last=$(printf '%s\n' "$out" | tail -n 1)
	if [ "$status" = "$2" ] && [ "$last" = "$3" ]; then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
		echo "# status $status, last line: $last"
	fi
	rm -f "$dir"/*
}

result a 0 '1..2\nok 1 - x\nok 2 - y\n'
result b 0 '1..1\nok 1 - z\n'
expect 'passes are summed' 0 '3 passed, 0 failed'

result a 1 '1..2\nok 1 - x\nnot ok 2 - y\n# why\n'
expect 'a failure' 1 '1 passed, 1 failed'

result a 0 '1..2\nok 1 - x\nnot ok 2 - y\n'
expect 'a failure with a good status' 1 '1 passed, 1 failed'

result a 0 '1..2\nok 1 - x\nok 2 - y # SKIP no disk\n'
expect 'a skip is no pass' 0 '1 passed, 0 failed'

result a 0 '1..2\nok 1 - x\nnot ok 2 # SKIP y\n'
expect 'a skip as cmocka writes it' 0 '1 passed, 0 failed'

result a 0 '1..3\nok 1 - x\n'
expect 'fewer tests than planned' 1 '1 passed, 1 failed'

result a 139 '1..1\nok 1 - x\n'
expect 'a crash behind the last test' 1 '1 passed, 1 failed'

result a 0 'hello\n'
expect 'no plan' 1 '0 passed, 1 failed'

result a 0 'seed 7: well\n40 passed, 0 failed\n'
expect 'a sum of its own' 0 '40 passed, 0 failed'

result a 1 'seed 7: broken\n39 passed, 1 failed\n'
expect 'a sum with a failure' 1 '39 passed, 1 failed'

result a 1 '40 passed, 0 failed\n'
expect 'a sum and a bad end' 1 '40 passed, 1 failed'

result a 1 'DIFFERENT x\n9 equal, 3 refused, 2 known, 1 different\n'
expect 'what an engine says' 1 '9 passed, 1 failed'

printf '1..1\nok 1 - x\n' >"$dir/a.tap"
expect 'a program that never ended' 1 '0 passed, 1 failed'

cat >"$dir/unit.json" <<'END'
{"name": "pare:base/a", "stdout": "1..1\nok 1 - x\n", "returncode": 0, "result": "OK"}
{"name": "pare:base/b", "stdout": "1..2\nok 1 - x\n", "returncode": -6, "result": "FAIL"}
{"name": "pare:fuzz/d", "stdout": "62 replayed\n", "returncode": 0, "result": "OK"}
{"name": "pare:fuzz/e", "stdout": "", "returncode": -11, "result": "FAIL"}
{"name": "pare:base/c", "stdout": "", "returncode": 0, "result": "TIMEOUT"}
END
echo 1 >"$dir/unit.status"
expect 'the log of meson' 1 '3 passed, 3 failed'

expect 'nothing at all' 1 '0 passed, 1 failed'
