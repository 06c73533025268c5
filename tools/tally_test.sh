#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Does tools/tally count what it should, never a crash as a pass, and name what
# failed?
set -eu
tally=$(dirname -- "$0")/tally
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
echo 1..25
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

# shows WHAT TEXT: all that is printed but the last line; then starts anew.
shows() {
	n=$((n + 1))
	python3 "$tally" "$dir" >"$dir/out" || :
	printf '%b' "$2" >"$dir/want"
	sed '$d' "$dir/out" >"$dir/got"
	if cmp -s "$dir/want" "$dir/got"; then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
		diff "$dir/want" "$dir/got" | sed 's/^/# /'
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

result a 0 '40 passed, 0 failed, 3 skipped\n'
expect 'a sum with skips' 0 '40 passed, 0 failed'

result a 124 '1..2\nok 1 - x\n'
expect 'a program that was stopped for its time' 1 '1 passed, 1 failed'

result a 1 '1..1\nnot ok 1 - bash accepts\n# (in test file x, line 3)\n#  failed\n'
result b 0 '1..1\nok 1 - z # SKIP no zsh\n'
printf 'model (seeds 5..9)\nengines\n' >"$dir/all.left"
shows 'a failure of bats, then what was skipped, then what was left' \
	'FAILED  a: bash accepts
        # (in test file x, line 3)
        #  failed
skipped b: z: no zsh
left to ./dev test --all: model (seeds 5..9)
left to ./dev test --all: engines
1 skipped
'

cat >"$dir/unit.json" <<'END'
{"name": "pare:unit / tar/reader", "stdout": "1..2\nnot ok 1 - tar/long\n# 0x1 != 0\n# r.c:37: error: Failure!\nok 2 - tar/x\n", "returncode": 1, "result": "ERROR"}
{"name": "pare:unit / tar/writer", "stdout": "1..3\nok 1 - tar/a\n", "stderr": "hello\n==7==ERROR: AddressSanitizer: heap-use\n    #0 0x1 in f\n", "returncode": 1, "result": "ERROR"}
{"name": "pare:unit / tar/slow", "stdout": "1..2\nok 1 - tar/quick\n", "returncode": -15, "duration": 300.4, "result": "TIMEOUT"}
{"name": "pare:init / init", "stdout": "ok - one (0.1 s)\nskip - peers: no tini\nnot ok - two: got 1, want 0\n3 passed, 1 failed\n", "returncode": 1, "result": "FAIL"}
END
echo 1 >"$dir/unit.status"
shows 'unit tests: a failure, a crash, no end, a sum' \
	'FAILED  tar/reader: tar/long
        # 0x1 != 0
        # r.c:37: error: Failure!
FAILED  tar/writer: ended with status 1, and 1 of 3 planned tests ran; the last to end: tar/a
        ==7==ERROR: AddressSanitizer: heap-use
            #0 0x1 in f
FAILED  tar/slow: timed out after 300 s
        1..2
        ok 1 - tar/quick
FAILED  init: two: got 1, want 0
skipped init: peers: no tini
1 skipped
'

result a 1 ''
printf 'warming up\nTraceback (most recent call last):\n  File "x", line 1\nKeyError: 7\n' >"$dir/a.err"
shows 'a suite in Python that crashed without TAP' \
	'FAILED  a: ended with status 1 and without a TAP plan
        Traceback (most recent call last):
          File "x", line 1
        KeyError: 7
0 skipped
'

result a 1 'ok 1 - x\n'
printf 'sh: bzip2: not found\n' >"$dir/a.err"
shows 'a suite that stopped before its plan' \
	'FAILED  a: ended with status 1 and without a TAP plan
        sh: bzip2: not found
0 skipped
'

result a 124 '1..2\nok 1 - x\n'
shows 'a suite that was stopped for its time' \
	'FAILED  a: timed out; the last test to end: x
        1..2
        ok 1 - x
0 skipped
'

result a 1 'FAIL seed-7: 3 differences\n  repeat: check.py 7\n39 passed, 1 failed\n'
shows 'a name in a sum' \
	'FAILED  a: seed-7: 3 differences
          repeat: check.py 7
0 skipped
'

result a 1 'seed 7: broken\n39 passed, 2 failed\n'
shows 'a sum without names' \
	'FAILED  a: 2 times
        seed 7: broken
0 skipped
'

echo '1..1' >"$dir/a.tap"
echo 'Killed' >"$dir/a.err"
shows 'a suite that never ended' \
	'FAILED  a: did not end
        Killed
0 skipped
'
