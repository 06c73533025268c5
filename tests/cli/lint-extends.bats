# SPDX-License-Identifier: Apache-2.0
# pare lint: configurations that begin with others, and what these lock.

bats_require_minimum_version 1.5.0

setup() {
	load common
	cd "$BATS_TEST_TMPDIR" || return
	export HOME="$BATS_TEST_TMPDIR/home" XDG_CONFIG_HOME= XDG_CACHE_HOME=
	export PARE_CACHE_DIR="$BATS_TEST_TMPDIR/cache"
	mkdir -p home w/std w/repo
	cd w/repo || return
	printf 'FROM debian\nRUN apt-get install -y --no-install-recommends x\n' >Dockerfile
}

# One finding of DL3006 (line 1), one of DL3008 (line 2).
lint() {
	pare lint --shellcheck never --format tty "$@" |
		sed 's/^\([^ ]* [^ ]*\) .*/\1/' | grep -E ' (DL3006|DL3008)$'
	return "${PIPESTATUS[0]}"
}

config() {
	printf '%s\n' "$@" >.pare.yaml
}

standard() {
	printf '%s\n' "$@" >../std/base.yaml
}

@test "what a file says goes before what it extends; lists grow" {
	standard 'lint:' '  ignore: [DL3006]' '  fail-on: error'
	config 'extends: ../std/base.yaml'
	run lint .
	is 0
	says 'Dockerfile:2 DL3008'
	config 'lint:' '  extends: ../std/base.yaml' '  ignore: [DL3008]' '  fail-on: info'
	run lint .
	says ''
	run pare lint --shellcheck never --select DL3006 --format tty .
	is 1
	[[ $output == 'Dockerfile:1 DL3006 warning: '* ]]
}

@test "paths are relative to the file that says them" {
	mkdir -p ../std/more ctx
	standard 'extends: more/a.yaml'
	printf 'lint:\n  ignore: [DL3008]\n  baseline: known.json\n' >../std/more/a.yaml
	config 'extends: ../std/base.yaml'
	pare lint --shellcheck never --no-config --select DL3006 \
		--write-baseline ../std/more/known.json . >/dev/null || :
	run lint .
	is 1
	says ''
	(cd ../std/more && run lint ../../repo/Dockerfile && is 1)
	run lint --config .pare.yaml Dockerfile
	says ''
}

@test "circles, depth, and what is not there" {
	# wrong TEXT
	wrong() {
		run --separate-stderr lint .
		is 3
		[[ $stderr == *"$1"* ]]
	}
	config 'extends: .pare.yaml'
	wrong '.pare.yaml, which extends this file'
	ln -s .pare.yaml link.yaml
	config 'extends: link.yaml'
	wrong 'link.yaml, which extends this file'
	config 'extends: a.yaml'
	echo 'extends: b.yaml' >a.yaml
	echo 'extends: ./a.yaml' >b.yaml
	wrong 'a.yaml, which extends this file'
	for i in {1..10}; do
		echo "extends: c$((i + 1)).yaml" >c$i.yaml
	done
	echo 'lint: {}' >c11.yaml
	config 'extends: c1.yaml'
	wrong 'more than 8 configurations extend one another'
	config 'extends: c4.yaml'
	run lint .
	is 1
	config '' 'extends: gone.yaml'
	wrong 'line 2: extends '
	config 'extends: [a, b]'
	wrong 'line 1: extends wants a path, or a url and its sha256'
	config 'extends: https://example.org/x.yaml'
	wrong 'wants its sha256 beside it'
	config 'extends: {url: "ftp://x/y", sha256: 00}'
	wrong 'wants a url of http:// or https://'
	config 'extends: {url: "http://x/y", sha256: 00}'
	wrong 'wants a sha256 of 64 hex digits'
	config 'locked: [fail-onn]'
	wrong 'line 1: locked: lint has no key fail-onn (did you mean fail-on?)'
	config 'extends: base.yaml'
	echo 'lint: [' >base.yaml
	wrong 'base.yaml: line '
}

@test "locked keys are tightened, not loosened" {
	# tries STANDARD LOCKED MINE STATUS
	tries() {
		standard "lint: {$1}" "locked: $2"
		config 'extends: ../std/base.yaml' "lint: {$3}"
		run lint .
		[ "$status" = "$4" ] || {
			echo "$*: status $status, not $4; $output"
			return 1
		}
		[ "$4" != 3 ] || [[ $output == *'.pare.yaml: line 2: '*' locks ('* ]]
	}
	tries 'fail-on: warning' fail-on 'fail-on: error' 3
	tries 'fail-on: warning' fail-on 'fail-on: none' 3
	tries 'fail-on: warning' fail-on 'fail-on: 1GB' 3
	tries 'fail-on: error' fail-on 'fail-on: warning' 1
	tries 'fail-on: warning' fail-on 'no-fail: true' 3
	tries 'fail-on: warning' fail-on 'severity: error' 3
	tries 'fail-on: warning' fail-on 'severity: warning' 1
	tries 'fail-on: warning' fail-on 'override: {info: [DL3]}' 3
	tries 'fail-on: warning' fail-on 'override: {error: [DL3]}' 1
	tries 'fail-on: 1MB' fail-on 'fail-on: 2MB' 3
	# Of this release bytes are known.
	cp Dockerfile kept
	echo 'FROM debian:12' >>Dockerfile
	tries 'fail-on: 1MB' fail-on 'fail-on: 1kB' 1
	mv kept Dockerfile
	tries 'ignore: [DL3006]' ignore 'ignore: [DL3006]' 1
	tries 'ignore: [DL3006]' ignore 'ignore: [dl3008]' 3
	tries 'ignore: [DL3006]' ignore 'select: [DL3000]' 3
	tries 'select: [DL3]' select 'select: [DL3, PARE]' 1
	tries 'select: [DL3]' select 'select: [DL3000]' 3
	tries 'select: [DL3]' select 'ignore: [DL3008]' 3
	tries 'min-bytes: 10kB' min-bytes 'min-bytes: 1kB' 1
	tries 'min-bytes: 10kB' min-bytes 'min-bytes: 1MB' 3
	tries 'forbid-suppressions: true' forbid-suppressions 'forbid-suppressions: false' 3
	tries 'trustedRegistries: [a, b]' trustedRegistries 'trustedRegistries: [a]' 1
	tries 'trustedRegistries: [a, b]' trustedRegistries 'trustedRegistries: [a, c]' 3
	tries '' shellcheck 'shellcheck: false' 3
	tries '' exclude 'exclude: [Dockerfile]' 3
	tries '' baseline 'baseline: x.json' 3
	tries '' all 'target: x' 3
	tries '' '[fail-on]' 'ignore: [DL3008]' 1
}

@test "what is locked holds against options, comments and other configurations" {
	standard 'lint: {fail-on: warning}' 'locked: [fail-on, ignore]'
	config 'extends: ../std/base.yaml'
	for option in '--fail-on none' '--fail-on error' '--fail-on 1GB' '--ignore DL3006' \
		'--select DL3000' '--severity error'; do
		# shellcheck disable=SC2086 # two words
		run lint $option .
		is 2
		[[ $output == *'std/base.yaml locks ('* ]]
	done
	run lint --fail-on info --severity info --select all .
	is 1
	sed -i '1i # hadolint global ignore=DL3006' Dockerfile
	run lint .
	says 'Dockerfile:2 DL3006
Dockerfile:3 DL3008'
	run lint --no-config .
	is 1
	says 'Dockerfile:2 DL3006
Dockerfile:3 DL3008'
	printf 'lint:\n  ignore: [DL3006]\n' >../other.yaml
	run lint --config ../other.yaml .
	is 3
	[[ $output == *'other.yaml: line 2: ignore loosens what '* ]]
	# And with a configuration that locks nothing all is as ever.
	standard 'lint: {fail-on: warning}'
	run lint --no-config --fail-on none .
	is 0
	says 'Dockerfile:3 DL3008'
}

@test "a directory above locks for those below" {
	printf 'lint: {ignore: []}\nlocked: ignore\n' >../.pare.yaml
	config 'lint: {ignore: [DL3006]}'
	run lint .
	is 3
	config 'lint: {fail-on: error}'
	run lint .
	is 0
	run lint --ignore DL3006 .
	is 2
}

@test "a URL is pulled by its sum, and never by lint" {
	command -v curl >/dev/null || skip 'no curl'
	mkdir srv
	printf 'lint:\n  ignore: [DL3006]\n' >srv/b.yaml
	printf 'GET / HTTP/1.0\n' >srv/other
	: >port
	python3 -u -m http.server 0 --bind 127.0.0.1 --directory srv >port 2>/dev/null 3>&- &
	server=$!
	for _ in {1..100}; do
		port=$(sed -n 's/.* port \([0-9]*\) .*/\1/p' port)
		[ -n "$port" ] && break
		sleep 0.1
	done
	sum=$(sha256sum <srv/b.yaml)
	printf "extends: {url: 'http://127.0.0.1:$port/b.yaml', sha256: ${sum%% *}}\n" >srv/a.yaml
	sum=$(sha256sum <srv/a.yaml)
	config "extends: http://127.0.0.1:$port/a.yaml#sha256=${sum%% *}"
	run lint .
	missing=$status/$output
	run pare config pull
	pulled=$status/$output
	config "extends: http://127.0.0.1:$port/other#sha256=${sum//[0-9]/0}"
	run pare config pull .
	wrong=$status/$output
	kill $server
	config "extends: http://127.0.0.1:$port/a.yaml#sha256=${sum%% *}"
	[[ $missing == 3/*'which is not here yet; run "pare config pull"' ]]
	[[ $pulled == 0/*'/a.yaml is pulled'*'/b.yaml is pulled' ]]
	[[ $wrong == 3/* ]]
	# The server is gone.
	run lint .
	is 1
	says 'Dockerfile:2 DL3008'
	run pare config pull .pare.yaml
	is 0
	[[ $output == *'/a.yaml is here already'* ]]
	rm -r "$PARE_CACHE_DIR"
	run pare config pull
	is 3
	# What comes has to have the sum.
	printf 'lint: {}\n' >srv/a.yaml
}

@test "another sum than the one agreed on is refused" {
	command -v curl >/dev/null || skip 'no curl'
	mkdir srv
	echo 'lint: {ignore: [all]}' >srv/a.yaml
	: >port
	python3 -u -m http.server 0 --bind 127.0.0.1 --directory srv >port 2>/dev/null 3>&- &
	server=$!
	for _ in {1..100}; do
		port=$(sed -n 's/.* port \([0-9]*\) .*/\1/p' port)
		[ -n "$port" ] && break
		sleep 0.1
	done
	sum=$(printf 'lint: {}' | sha256sum)
	config "extends: http://127.0.0.1:$port/a.yaml#sha256=${sum%% *}"
	run pare config pull
	kill $server
	is 3
	[[ $output == *'what came has another sha256 than '* ]]
	run lint .
	is 3
	config 'lint: {}'
	run pare config pull
	is 0
	says 'pare config: no configuration here extends a URL'
}
