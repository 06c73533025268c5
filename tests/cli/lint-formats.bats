# SPDX-License-Identifier: Apache-2.0
# pare lint: what it prints, the baseline, shellcheck. What each format holds
# is tested in src/report/findings_test.c and tests/lint.

bats_require_minimum_version 1.5.0

setup() {
	load common
	cd "$BATS_TEST_TMPDIR" || return
	export HOME="$BATS_TEST_TMPDIR/home" XDG_CONFIG_HOME=
	mkdir -p home w
	cd w || return
}

# Two findings whichever rules there are.
bad='FROM scratch
COPY --chwon=x a b
COPY --chwon=x a b'

lint() {
	pare lint --shellcheck never --select PARE-SYNTAX --no-config "$@"
}

@test "every format that --help knows is one" {
	echo "$bad" >Dockerfile
	for format in text json sarif github gitlab gitlab_codeclimate \
		checkstyle codeclimate junit tty gnu; do
		run -1 lint --format $format -o "out.$format" Dockerfile
		[ -s "out.$format" ]
	done
	cmp out.gitlab out.gitlab_codeclimate
	run lint --format xml Dockerfile
	is 2
	[[ $output == *'xml'* ]]
}

@test "tty: hadolint's line, without colour into a file" {
	echo "$bad" >Dockerfile
	run lint --format tty Dockerfile
	is 1
	says 'Dockerfile:2 PARE-SYNTAX error: COPY has no flag --chwon (did you mean --chown?)
Dockerfile:3 PARE-SYNTAX error: COPY has no flag --chwon (did you mean --chown?)'
	run lint --format tty --color always Dockerfile
	[ "${lines[0]}" = $'Dockerfile:2 PARE-SYNTAX \e[1m\e[91merror\e[0m: COPY has no flag --chwon (did you mean --chown?)' ]
}

@test "text: source, carets, page, a last line" {
	echo "$bad" >Dockerfile
	run lint Dockerfile
	is 1
	says 'Dockerfile:2:6: error PARE-SYNTAX: COPY has no flag --chwon (did you mean --chown?)
  2 | COPY --chwon=x a b
    |      ^^^^^^^^^
  = see pare lint --explain PARE-SYNTAX

Dockerfile:3:6: error PARE-SYNTAX: COPY has no flag --chwon (did you mean --chown?)
  3 | COPY --chwon=x a b
    |      ^^^^^^^^^
  = see pare lint --explain PARE-SYNTAX

2 findings (2 errors) in 1 of 1 file'
}

@test "names that would break a format" {
	name=$'x\n::error::y %,]]>\e[2J\xff.Dockerfile'
	echo "$bad" >"$name"
	run lint --format github .
	is 1
	[ "${#lines[@]}" = 2 ]
	[[ ${lines[0]} == '::error file=x%0A%3A%3Aerror%3A%3Ay %25%2C]]>\x1b[2J\xff.Dockerfile,line=2,'* ]]
	lint --format json . | python3 -c '
import base64, json, os, sys
f = json.load(sys.stdin)["files"][0]
assert os.fsencode(os.listdir(b".")[0]) == base64.b64decode(f["path_b64"]), f'
}

@test "--list-rules: a table, and the same as JSON" {
	run lint --list-rules
	is 0
	[[ ${lines[0]} == RULE*SEVERITY*RUN*FINDS ]]
	n=${#lines[@]}
	run lint --list-rules --format json
	is 0
	[ "$(echo "$output" | grep -c '"rule": ')" = $((n - 1)) ]
}

@test "a baseline hides what it has, wherever that moved" {
	echo "$bad" >Dockerfile
	run lint --write-baseline base --format tty Dockerfile
	is 1
	run grep -c '	PARE-SYNTAX	' base
	says 2
	run lint --baseline base --format tty Dockerfile
	is 0
	says ''
	printf '# more\n\n%s\nCOPY   --chwon=x \\\n a b\n' "$bad" >Dockerfile
	run lint --baseline base --format tty ./Dockerfile
	is 1
	says './Dockerfile:6 PARE-SYNTAX error: COPY has no flag --chwon (did you mean --chown?)'
	run lint --baseline base Dockerfile
	[ "${lines[-1]}" = '1 finding (1 error) in 1 of 1 file; 2 in the baseline base' ]
}

@test "the same findings, the same baseline" {
	mkdir a b
	echo "$bad" | tee a/Dockerfile b/Dockerfile >Dockerfile
	run lint --write-baseline one --format tty Dockerfile b/Dockerfile a/Dockerfile
	run lint --write-baseline two -j 3 --format tty ./a/Dockerfile .//b/Dockerfile Dockerfile
	cmp one two
	# Rewritten from what it hides, it is what it was.
	run lint --baseline one --write-baseline one --format tty .
	is 0
	cmp one two
}

@test "what a baseline has in vain is told" {
	echo "$bad" >Dockerfile
	pare lint --shellcheck never --no-config --write-baseline base \
		Dockerfile >/dev/null || :
	printf 'FROM scratch\n' >Dockerfile
	run --separate-stderr pare lint --shellcheck never --no-config \
		--baseline base --format tty Dockerfile
	[[ $stderr == *base* ]]
}

@test "a baseline that is none" {
	echo "$bad" >Dockerfile
	echo hello >base
	run lint --baseline base Dockerfile
	is 3
	says 'pare lint: base: line 1 is not "# pare lint baseline 1"'
	run lint --baseline none Dockerfile
	is 3
	says 'pare lint: none: No such file or directory'
}

@test "shellcheck is asked, chosen from, and not missed" {
	mkdir bin
	cat >bin/shellcheck <<'END'
#!/bin/sh
echo '{"comments":[{"file":"0","line":3,"endLine":3,"column":6,"endColumn":8,
"level":"info","code":2086,"message":"Quote it.","fix":null}]}'
exit 1
END
	chmod +x bin/shellcheck
	printf 'FROM scratch\nRUN echo $x\n' >Dockerfile
	PATH=$PWD/bin:$PATH
	run pare lint --no-config --select SC --format tty Dockerfile
	is 1
	says 'Dockerfile:2 SC2086 info: Quote it'
	run pare lint --no-config --select SC --ignore SC2086 --format tty Dockerfile
	is 0
	run pare lint --no-config --select SC --shellcheck never --format tty Dockerfile
	is 0
	printf 'FROM scratch\n# hadolint ignore=SC2086\nRUN echo $x\n' >Dockerfile
	run pare lint --no-config --select SC --format tty Dockerfile
	is 0
	says ''
}

@test "a shellcheck that fails is a warning; other findings stay" {
	mkdir bin
	printf '#!/bin/sh\necho so >&2\nexit 3\n' >bin/shellcheck
	chmod +x bin/shellcheck
	printf 'FROM scratch\nRUN echo $x\nCOPY --chwon=x a b\n' >Dockerfile
	run --separate-stderr pare lint --no-config --format tty \
		--shellcheck ./bin/shellcheck --select SC,PARE-SYNTAX Dockerfile
	is 1
	says 'Dockerfile:3 PARE-SYNTAX error: COPY has no flag --chwon (did you mean --chown?)'
	[[ $stderr == *'bin/shellcheck ended with status 3: so'* ]]
	run --separate-stderr pare lint --no-config --format tty \
		--shellcheck ./bin/none --select SC,PARE-SYNTAX Dockerfile
	[[ $stderr == *'./bin/none: No such file or directory'* ]]
}

@test "a page is told by its rule's name, and no path to who has none" {
	run pare lint --explain workdirrelativepath
	is 0
	[[ ${lines[0]} == 'DL3000: '* && $output == *$'\nWhy\n'* ]]
	[[ $output != *'docs/'* && $output != *'<!--'* && $output != *'```'* ]]
	run pare lint --explain SC2086
	is 0
	says 'https://www.shellcheck.net/wiki/SC2086'
	run pare lint --explain DL300
	is 2
	[[ $output == 'pare lint: --explain: no rule is called DL300 (did you mean DL3000?)'* ]]
	run pare lint --help
	[[ $output != *'docs/'* ]]
	pare lint --explain DL3000 -o page
	grep -q '^DL3000: ' page
}

@test "sarif, gitlab and codeclimate carry the text of the pages" {
	printf 'FROM debian\n' >Dockerfile
	for format in sarif gitlab codeclimate; do
		run pare lint --shellcheck never --select DL3006 --format $format Dockerfile
		[[ $output == *'DL3006: FROM without a tag or digest\n'* ]]
		[[ $output == *'## Why'* && $output != *'docs/'* ]]
	done
}
