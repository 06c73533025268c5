# SPDX-License-Identifier: Apache-2.0
# pare lint: what it looks at, with what, and how it ends.

bats_require_minimum_version 1.5.0

setup() {
	load common
	cd "$BATS_TEST_TMPDIR" || return
	export HOME="$BATS_TEST_TMPDIR/home" XDG_CONFIG_HOME=
	mkdir -p home w
	cd w || return
}

# One finding, whichever other rules there are: an error of the syntax.
bad='FROM scratch
COPY --chwon=x a b'

# lint WORD...: findings as "PATH:LINE RULE", without shellcheck.
lint() {
	pare lint --shellcheck never --format tty "$@" |
		sed 's/^\([^ ]* [^ ]*\) .*/\1/'
	return "${PIPESTATUS[0]}"
}

# only RULES WORD...
only() {
	rules=$1
	shift
	lint --select "$rules" "$@"
}

@test "a file: a line a finding, status 1" {
	echo "$bad" >Dockerfile
	run pare lint --shellcheck never --select PARE-SYNTAX --format tty Dockerfile
	is 1
	says 'Dockerfile:2 PARE-SYNTAX error: COPY has no flag --chwon (did you mean --chown?)'
}

@test "nothing found: status 0, nothing printed" {
	printf 'FROM scratch\nCOPY a b\n' >Dockerfile
	run only PARE-SYNTAX Dockerfile
	is 0
	says ''
}

@test "standard input is -" {
	run lint --select PARE-SYNTAX - <<<"$bad"
	is 1
	says '-:2 PARE-SYNTAX'
}

@test "a file that is not there does not hide the next; status 3" {
	echo "$bad" >Dockerfile
	run --separate-stderr pare lint --shellcheck never --select PARE-SYNTAX \
		--format tty gone Dockerfile
	is 3
	says 'Dockerfile:2 PARE-SYNTAX error: COPY has no flag --chwon (did you mean --chown?)'
	output=$stderr says 'pare lint: gone: No such file or directory'
}

@test "json has an entry for every file, as it was given" {
	echo "$bad" >Dockerfile
	run --separate-stderr pare lint --shellcheck never --select PARE-SYNTAX \
		--format json ./Dockerfile gone Dockerfile
	is 3
	paths=$(echo "$output" | python3 -c '
import json, sys
for f in json.load(sys.stdin)["files"]:
	print(f["path"], len(f["findings"]))')
	output=$paths says './Dockerfile 1
gone 0
Dockerfile 1'
}

@test "a file without FROM is looked at" {
	echo 'COPY --chwon=x a b' >Dockerfile
	run only PARE-SYNTAX Dockerfile
	is 1
	says 'Dockerfile:1 PARE-SYNTAX'
}

@test "a tree: names, .gitignore of every level, .git never" {
	mkdir -p a/deep b .git c/vendor links
	for f in Dockerfile a/Containerfile a/deep/app.dockerfile \
		b/DOCKERFILE.dev b/Dockerfile.dockerignore b/dockerfile.txt.x \
		b/Dockerfilex b/xdockerfile .git/Dockerfile c/Dockerfile.tmp \
		c/Dockerfile.keep.tmp c/vendor/Dockerfile a/build.Dockerfile; do
		echo "$bad" >$f
	done
	printf '*.tmp\n!*.keep.tmp\nvendor/\n' >.gitignore
	printf '/build.Dockerfile\n' >a/.gitignore
	ln -s ../a links/dir
	ln -s ../Dockerfile links/Dockerfile
	run only PARE-SYNTAX
	is 1
	says 'Dockerfile:2 PARE-SYNTAX
a/Containerfile:2 PARE-SYNTAX
a/deep/app.dockerfile:2 PARE-SYNTAX
b/DOCKERFILE.dev:2 PARE-SYNTAX
b/Dockerfilex:2 PARE-SYNTAX
b/dockerfile.txt.x:2 PARE-SYNTAX
b/xdockerfile:2 PARE-SYNTAX
c/Dockerfile.keep.tmp:2 PARE-SYNTAX
links/Dockerfile:2 PARE-SYNTAX'
	# What is named is looked at.
	run only PARE-SYNTAX c/Dockerfile.tmp c/vendor ./b/
	says 'c/Dockerfile.tmp:2 PARE-SYNTAX
c/vendor/Dockerfile:2 PARE-SYNTAX
./b/DOCKERFILE.dev:2 PARE-SYNTAX
./b/Dockerfilex:2 PARE-SYNTAX
./b/dockerfile.txt.x:2 PARE-SYNTAX
./b/xdockerfile:2 PARE-SYNTAX'
	run only PARE-SYNTAX --exclude '/a,b/*.dev,links' .
	says 'Dockerfile:2 PARE-SYNTAX
b/Dockerfilex:2 PARE-SYNTAX
b/dockerfile.txt.x:2 PARE-SYNTAX
b/xdockerfile:2 PARE-SYNTAX
c/Dockerfile.keep.tmp:2 PARE-SYNTAX'
}

@test "names of Dockerfiles, and what is none whatever it is called" {
	for f in Dockerfile-fpm Dockerfile_prod prod-Dockerfile app.dockerfile \
		Containerfile2 MyDockerfile Dockerfile.go.tmpl; do
		echo "$bad" >$f
	done
	for f in dockerfile.go Dockerfile.py dockerfile.json Dockerfile.md \
		Dockerfile.dockerignore notes.txt; do
		echo "$bad" >$f
	done
	printf 'from dockerfile import parse\n' >dockerfile_parse
	printf '#!/bin/sh\nset -e\n' >dockerfile-lint
	printf 'How to write a Dockerfile\n' >Dockerfile.txt
	head -c 20000 /dev/zero >dockerfile-program
	run only PARE-SYNTAX .
	is 1
	says 'Containerfile2:2 PARE-SYNTAX
Dockerfile-fpm:2 PARE-SYNTAX
Dockerfile.go.tmpl:2 PARE-SYNTAX
Dockerfile_prod:2 PARE-SYNTAX
MyDockerfile:2 PARE-SYNTAX
app.dockerfile:2 PARE-SYNTAX
prod-Dockerfile:2 PARE-SYNTAX'
}

@test "a binary file is one line" {
	head -c 30000 "$(command -v bash)" >Dockerfile
	run pare lint --shellcheck never --format tty .
	is 1
	says 'Dockerfile:1 PARE-SYNTAX error: this is a binary file and no Dockerfile'
	printf 'FROM debian:12\nUSER 1\n' | iconv -t UTF-16 >Dockerfile
	run pare lint --shellcheck never --format tty Dockerfile
	is 1
	says 'Dockerfile:1 PARE-SYNTAX error: this file is in UTF-16, which no builder reads; save it as UTF-8'
	printf '# \0\nFROM scratch\nCOPY --chwon=x a b\n# many more words\n' >Dockerfile
	run only PARE-SYNTAX .
	says 'Dockerfile:3 PARE-SYNTAX'
}

@test "a directory without any is an error; others are looked at" {
	mkdir none some
	echo "$bad" >some/Dockerfile
	run --separate-stderr only PARE-SYNTAX none some
	is 3
	says 'some/Dockerfile:2 PARE-SYNTAX'
	output=$stderr says 'pare lint: none: there is no Dockerfile here'
	run --separate-stderr only PARE-SYNTAX --exclude /some .
	is 3
	output=$stderr says 'pare lint: there is no Dockerfile here'
}

@test "a directory that links lead to is read once, and no circle" {
	mkdir -p ../out/deep tree/a tree/ignored ../private
	for d in ../out ../out/deep tree/a tree/ignored ../private; do
		echo "$bad" >$d/Dockerfile
	done
	echo /ignored/ >tree/.gitignore
	ln -s a tree/b
	ln -s . tree/a/self
	ln -s ../.. tree/up
	ln -s / tree/root
	ln -s /proc tree/proc
	ln -s ignored tree/not
	ln -s ../../out tree/z
	ln -s ../../out tree/y
	ln -s ../../out/deep tree/x
	ln -s .. ../out/deep/back
	mkdir tree/.git
	run only PARE-SYNTAX tree
	is 1
	says 'tree/a/Dockerfile:2 PARE-SYNTAX
tree/x/Dockerfile:2 PARE-SYNTAX
tree/x/back/Dockerfile:2 PARE-SYNTAX'
}

@test "a .gitignore above the directory counts within its repository" {
	mkdir -p top/.git top/x/y
	echo 'y' >top/.gitignore
	echo "$bad" >top/x/Dockerfile
	echo "$bad" >top/x/y/Dockerfile
	run only PARE-SYNTAX top/x
	says 'top/x/Dockerfile:2 PARE-SYNTAX'
	rm -r top/.git
	run only PARE-SYNTAX top/x
	says 'top/x/Dockerfile:2 PARE-SYNTAX
top/x/y/Dockerfile:2 PARE-SYNTAX'
}

@test "git agrees on what is ignored" {
	command -v git >/dev/null || skip 'no git'
	git init -q .
	cat >.gitignore <<-'END'
		# a comment
		*.o
		/anchored
		sub/only
		**/any/where
		deep/**/end
		tail/**
		dir/
		!dir/back
		esc\ aped 
		[ab]x
		q?estion
		!keep.o
	END
	for d in a/x anchored b/anchored sub/only x/sub/only any/where \
		x/y/any/where deep/end deep/1/2/end tail/1 dir b/dir/back \
		'esc aped' ax bx/c cx question b/qestion keep.o a/keep.o f.o; do
		mkdir -p "$d"
		echo "$bad" >"$d/Dockerfile"
	done
	git ls-files -co --exclude-standard | grep Dockerfile | sort >want
	only PARE-SYNTAX . | sed 's/:2 .*//' | LC_ALL=C sort >got || :
	LC_ALL=C sort -o want want
	diff want got
}

@test "files without a byte, and files of nothing" {
	mkdir -p svc
	echo "$bad" >Dockerfile
	for bytes in '' ' \n\t\n' '\xef\xbb\xbf' '---\n' '# none\n' '\xff\xfe'; do
		for name in .pare.yaml .hadolint.yaml svc/compose.yaml \
			svc/docker-compose.yml svc/.env .dockerignore .gitignore \
			svc/Dockerfile.dockerignore; do
			printf -- "$bytes" >"$name"
			run --separate-stderr only PARE-SYNTAX .
			is 1
			says 'Dockerfile:2 PARE-SYNTAX'
			output=$stderr says ''
			rm "$name"
		done
		printf -- "$bytes" >any.yaml
		run only PARE-SYNTAX --config any.yaml Dockerfile
		is 1
		says 'Dockerfile:2 PARE-SYNTAX'
		run only PARE-SYNTAX ./any-compose.yaml
		is 3
		mv any.yaml svc/compose.yaml
		run only PARE-SYNTAX svc/compose.yaml
		is 0
		says 'pare lint: there is no Dockerfile here'
	done
	: >svc/Dockerfile
	run only PARE-SYNTAX svc
	is 1
	: >base
	run only PARE-SYNTAX --baseline base Dockerfile
	is 3
	says 'pare lint: base: line 1 is not "# pare lint baseline 1"'
}

@test "a compose file that is none is told and ends no run" {
	mkdir a b
	printf 'services: {{ x }\n' >a/compose.yaml
	printf '\0\0' >b/compose.yml
	echo "$bad" >Dockerfile
	run --separate-stderr only PARE-SYNTAX .
	is 1
	says 'Dockerfile:2 PARE-SYNTAX'
	output=$stderr says "pare lint: a/compose.yaml: line 2: did not find \
expected ',' or '}'; what it builds is not looked for
pare lint: b/compose.yml: line 1: control characters are not allowed; what \
it builds is not looked for"
	run --separate-stderr only PARE-SYNTAX -q .
	output=$stderr says ''
}

# numbered N: N/Dockerfile, each with one finding.
numbered() {
	python3 - "$1" <<-'END'
		import os, sys
		for i in range(int(sys.argv[1])):
		    os.mkdir(f"{i:05}")
		    with open(f"{i:05}/Dockerfile", "w") as f:
		        f.write(f"FROM scratch\nLABEL n={i}\nCOPY --chwon=x a b\n")
	END
}

@test "more files than descriptors: found in order by any -j" {
	numbered 1100
	run -1 lint --select PARE-SYNTAX .
	[ "${#lines[@]}" = 1100 ]
	whole=$output
	for i in 0 1 500 1099; do
		printf -v want '%05d/Dockerfile:3 PARE-SYNTAX' "$i"
		[ "${lines[i]}" = "$want" ]
	done
	limited() {
		ulimit -n 32
		"$@"
	}
	for jobs in 1 64; do
		run -1 limited lint --select PARE-SYNTAX -j "$jobs" .
		says "$whole"
	done
	run -1 limited lint --select PARE-SYNTAX ./*/Dockerfile
	output=${output//.\//} says "$whole"
	run -1 limited pare lint --select PARE-SYNTAX --format tty --no-cache .
	[ "${#lines[@]}" = 1100 ]
}

@test "files that are looked at cost no memory" {
	mem() {
		python3 - "$@" <<-'END'
			import resource, subprocess, sys
			r = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
			assert r.returncode == 1, r
			print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
		END
	}
	[ -n "${PARE_RELEASE:-}" ] || skip "sanitizers weigh more than files do"
	numbered 6000
	few=$(mem "$PARE_RELEASE" lint --shellcheck never 000* 001*)
	all=$(mem "$PARE_RELEASE" lint --shellcheck never .)
	# KiB a file: over 10 while it is open.
	each=$(((all - few) / 5800))
	echo "$few KiB, $all KiB: $each a file"
	[ "$each" -le 3 ]
}

@test "compose files: context, dockerfile, inline, target, args" {
	mkdir -p app docker
	printf 'FROM scratch AS prod\nCOPY --x=y a b\n' >docker/app.txt
	cat >compose.yaml <<-'END'
		services:
		  a:
		    build:
		      context: app
		      dockerfile: ../docker/app.txt
		      target: prod
		  b:
		    build:
		      dockerfile_inline: |
		        FROM scratch
		        COPY --x=y a b
		  c:
		    build: https://example.com/x.git
		  d:
		    image: debian
	END
	run only PARE-SYNTAX
	is 1
	says 'compose.yaml#b:2 PARE-SYNTAX
docker/app.txt:2 PARE-SYNTAX'
	run only PARE-SYNTAX compose.yaml
	says 'docker/app.txt:2 PARE-SYNTAX
compose.yaml#b:2 PARE-SYNTAX'
	# One that is broken is passed over in a tree, and an error by name.
	echo 'a: [' >compose.yaml
	mkdir other
	echo "$bad" >other/Dockerfile
	run --separate-stderr only PARE-SYNTAX
	is 1
	says 'other/Dockerfile:2 PARE-SYNTAX'
	run --separate-stderr pare lint compose.yaml
	is 3
	[[ $stderr == *'compose.yaml: line 2: '* ]]
}

@test "select, ignore, prefixes, case, commas" {
	printf 'FROM scratch\n# pare:ignore NOSUCH\nCOPY --x=y a b\n' >Dockerfile
	run only PARE Dockerfile
	[[ $output == *'3 PARE-SYNTAX'* && $output == *'2 PARE0001'* ]]
	# Errors of the syntax are told whatever is selected.
	run only pare0001 Dockerfile
	says 'Dockerfile:2 PARE0001
Dockerfile:3 PARE-SYNTAX'
	run only PARE --ignore pare-syntax Dockerfile
	[[ $output == *PARE0001* && $output != *PARE-SYNTAX* ]]
	run lint --ignore all Dockerfile
	says 'Dockerfile:3 PARE-SYNTAX'
	run lint --ignore all,PARE-SYNTAX Dockerfile
	is 0
	says ''
}

@test "a name that is none: status 2 and the nearest" {
	run pare lint --select PARE-SYNTAXX .
	is 2
	says 'pare lint: --select: no rule is called PARE-SYNTAXX (did you mean PARE-SYNTAX?); try pare lint --help'
	run pare lint --ignore 'DL9999,nonsense' .
	is 2
	[[ $output == *'--ignore: no rule is called '* ]]
	run pare lint --severity loud .
	is 2
	run pare lint --fail-on loud .
	is 2
	run pare lint --format jsno .
	is 2
	[[ $output == *'did you mean json?'* ]]
}

@test "--severity shows nothing below, --fail-on decides the status" {
	printf 'FROM scratch\n# pare:ignore NOSUCH\nCOPY a b\n' >Dockerfile
	run only PARE0001 Dockerfile
	is 1
	says 'Dockerfile:2 PARE0001'
	run only PARE0001 --severity warning Dockerfile
	is 0
	says ''
	run only PARE0001 --fail-on warning Dockerfile
	is 0
	says 'Dockerfile:2 PARE0001'
	run only PARE0001 --fail-on info Dockerfile
	is 1
	run only PARE0001 --fail-on none Dockerfile
	is 0
}

@test ".hadolint.yaml of the directory at hand" {
	printf 'FROM scratch\n# pare:ignore NOSUCH\nCOPY --x=y a b\n' >Dockerfile
	cat >.hadolint.yaml <<-'END'
		failure-threshold: error
		ignored: [PARE-SYNTAX]
		format: json
		key-of-a-later-version: 1
	END
	run pare lint --select PARE0001 Dockerfile
	is 0
	[[ $output == '{'* && $output == *PARE0001* && $output != *SYNTAX* ]]
	run only PARE0001 --no-config Dockerfile
	is 1
	says 'Dockerfile:2 PARE0001
Dockerfile:3 PARE-SYNTAX'
	printf 'override:\n  error: [PARE0001]\n' >.hadolint.yaml
	run only PARE0001 --fail-on error --ignore PARE-SYNTAX Dockerfile
	is 1
	printf 'no-fail: true\n' >.hadolint.yaml
	run only PARE0001 Dockerfile
	is 0
	printf 'disable-ignore-pragma: true\n' >.hadolint.yaml
	printf 'FROM scratch\n# hadolint ignore=PARE-SYNTAX\nCOPY --x=y a b\n' >Dockerfile
	run only PARE-SYNTAX Dockerfile
	says 'Dockerfile:3 PARE-SYNTAX'
	run only PARE-SYNTAX --no-config Dockerfile
	says ''
}

@test "hadolint's other places, and --config" {
	echo "$bad" >Dockerfile
	mkdir -p "$HOME/.config"
	echo 'ignored: [PARE-SYNTAX]' >"$HOME/.config/hadolint.yaml"
	run only PARE0001 Dockerfile
	says ''
	echo 'ignored: []' >.hadolint.yml
	run only PARE0001 Dockerfile
	says 'Dockerfile:2 PARE-SYNTAX'
	echo 'ignored: [PARE-SYNTAX]' >elsewhere.yaml
	run only PARE0001 --config elsewhere.yaml Dockerfile
	says ''
	printf 'lint:\n  ignore: PARE-SYNTAX\n' >elsewhere.yaml
	run only PARE0001 --config elsewhere.yaml Dockerfile
	says ''
	# Who selects it by name gets it.
	run only PARE-SYNTAX --config elsewhere.yaml Dockerfile
	says 'Dockerfile:2 PARE-SYNTAX'
	run pare lint --config gone.yaml Dockerfile
	is 3
	says 'pare lint: gone.yaml: No such file or directory'
}

@test ".pare.yaml: the nearest one upward, a file each" {
	mkdir -p a/b c
	echo "$bad" | tee a/b/Dockerfile c/Dockerfile >Dockerfile
	echo 'ignored: [PARE-SYNTAX]' >.hadolint.yaml
	printf 'lint: {fail-on: none}\n' >a/.pare.yaml
	run only PARE0001 a/b/Dockerfile c/Dockerfile
	is 0
	says 'a/b/Dockerfile:2 PARE-SYNTAX'
	cd a/b
	run only PARE0001 Dockerfile
	is 0
	says 'Dockerfile:2 PARE-SYNTAX'
}

@test "a broken configuration: status 3, its file and line" {
	echo "$bad" >Dockerfile
	printf 'ignored:\n  - [\n' >.hadolint.yaml
	run pare lint Dockerfile
	is 3
	[[ $output == 'pare lint: .hadolint.yaml: line 3: '* ]]
	printf 'lint:\n  ignor: []\n' >.pare.yaml
	run pare lint Dockerfile
	is 3
	says "pare lint: $PWD/.pare.yaml: line 2: lint has no key ignor (did you mean ignore?)"
}

@test "suppressions, and --no-suppressions" {
	printf 'FROM scratch\n# pare:ignore PARE-SYNTAX our frontend\nCOPY --x=y a b\n' >Dockerfile
	run only PARE Dockerfile
	[[ $output != *SYNTAX* && $output != *PARE0001* ]]
	run only PARE-SYNTAX --no-suppressions Dockerfile
	says 'Dockerfile:3 PARE-SYNTAX'
	printf '# check=error=true\nFROM scratch\nCOPY a b\n' >Dockerfile
	run only PARE-SYNTAX Dockerfile
	is 0
}

@test "a baseline hides what it has" {
	echo "$bad" >Dockerfile
	run pare lint --shellcheck never --write-baseline base Dockerfile
	is 1
	run pare lint --shellcheck never --baseline base --format tty Dockerfile
	is 0
	says ''
	printf '%s\nCOPY --y=z a b\n' "$bad" >Dockerfile
	run lint --select PARE-SYNTAX --baseline base Dockerfile
	is 1
	says 'Dockerfile:3 PARE-SYNTAX'
}

@test "of a repeated --build-arg the last counts" {
	printf 'ARG V=1\nFROM python:$V\n' >Dockerfile
	run only PARE5003 --build-arg V=3.13 --build-arg V=3.8 Dockerfile
	is 1
	says 'Dockerfile:2 PARE5003'
	run only PARE5003 --build-arg V=3.8 --build-arg V=3.13 Dockerfile
	is 0
	export V=3.8
	run only PARE5003 --build-arg V=3.13 --build-arg V Dockerfile
	says 'Dockerfile:2 PARE5003'
	run only PARE5003 --build-arg =x Dockerfile
	is 2
}

@test "a stage that is not there" {
	printf 'FROM scratch AS a\n' >Dockerfile
	run pare lint --target b Dockerfile
	is 3
	[[ $output == *'pare lint: Dockerfile: there is no stage b' ]]
	printf 'FROM a:1 AS builder\nFROM a:1\nCOPY --from=bulider a b\n' >near
	run -3 pare lint --target bulider near
	[[ $output == *'pare lint: near: there is no stage bulider (did you mean builder?)' ]]
	run -1 pare lint --shellcheck never --format tty --select DL3022 near
	[[ $output == *'--from=bulider is not an earlier stage (did you mean builder?), so the builder pulls an image of that name; write the name of a stage, or an image with its tag'* ]]
	printf '# check=eror=true\nFROM a:1\n' >near
	run -1 pare lint --format tty --select PARE-SYNTAX near
	[[ $output == *'experimental (did you mean error?)'* ]]
	run only PARE-SYNTAX --target A Dockerfile
	is 0
	# In a tree other files need not have it.
	run only PARE-SYNTAX --target b .
	is 0
}

@test "-o writes the file, -j changes nothing" {
	for i in 1 2 3 4 5 6 7 8 9; do
		mkdir $i
		echo "$bad" >$i/Dockerfile
	done
	run pare lint --shellcheck never --format json -j1 -o one .
	is 1
	says ''
	pare lint --shellcheck never --format json -j4 . >four || :
	cmp one four
	chmod 640 one
	ln -s one link
	pare lint --shellcheck never --format json -o link . || :
	[ -L link ]
	[ "$(stat -c %a one)" = 640 ]
	cmp one four
	run pare lint -o none/x gone
	is 3
	says 'pare lint: none/x: its directory: No such file or directory'
	run pare lint --list-rules -o rules
	is 0
	grep -q PARE-SYNTAX rules
}

@test "every format of the option is one of the table" {
	echo "$bad" >Dockerfile
	for f in $(pare completion bash | grep -o 'text json sarif[^)"]*' | head -n 1); do
		run pare lint --shellcheck never --format "$f" Dockerfile
		[ "$status" -le 1 ]
	done
	run pare lint --list-rules
	is 0
	[[ $output == *PARE-SYNTAX* ]]
}

# built FILE USER CREATED_BY...: a docker archive whose one layer, 1/, was made
# by the first instruction.
built() {
	local file=$1 user=$2 by='' empty='' id
	shift 2
	layer 1.tar 1
	id=$(sha256sum <1.tar | cut -d' ' -f1)
	for line in "$@"; do
		by+=",{\"created_by\":\"$line\"$empty}"
		empty=',"empty_layer":true'
	done
	printf '{"architecture":"arm64","os":"linux","config":{"User":"%s","WorkingDir":"/srv"},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]},"history":[%s]}' \
		"$user" "$id" "${by#,}" >config.json
	printf '[{"Config":"config.json","RepoTags":["x:1"],"Layers":["1.tar"]}]' \
		>manifest.json
	tar -cf "$file" config.json manifest.json 1.tar
}

# bytes OPTION...: "LINE RULE BYTES SOURCE" of what has bytes.
bytes() {
	pare lint --shellcheck never --min-bytes 0 --format json "$@" | python3 -c '
import json, sys
for f in json.load(sys.stdin)["files"]:
	for x in f["findings"]:
		if x["bytes"] is not None:
			print(x["line"], x["rule"], x["bytes"], x["bytes_source"])'
}

@test "what costs little is left out, of pare's own rules alone" {
	load images
	mkdir -p 1/var/cache/apt/archives 1/var/lib/apt/lists
	head -c 4000 /dev/zero >1/var/cache/apt/archives/a.deb
	head -c 3000 /dev/zero >1/var/lib/apt/lists/l
	printf 'FROM corp/x:1\nRUN apt-get update && apt-get install -y x\n' >Dockerfile
	built image.tar '' 'RUN /bin/sh -c apt-get update && apt-get install -y x # buildkit'
	small() {
		only PARE1001,DL3009 --image image.tar "$@" Dockerfile
	}
	run small
	is 1
	says 'Dockerfile:2 DL3009'
	run small --min-bytes 4kB
	says 'Dockerfile:2 DL3009
Dockerfile:2 PARE1001'
	run small --min-bytes 4001
	says 'Dockerfile:2 DL3009'
	printf 'lint:\n  min-bytes: 1k\n' >.pare.yaml
	run small
	says 'Dockerfile:2 DL3009
Dockerfile:2 PARE1001'
	# Who suppresses it does so rightly.
	sed -i '1a # pare:ignore PARE1001 it is small' Dockerfile
	run only PARE0001,PARE1001 --min-bytes 1MB --image image.tar Dockerfile
	is 0
	run pare lint --shellcheck never --select PARE1001 --min-bytes 1MB \
		--no-suppressions --image image.tar Dockerfile
	is 0
	says 'no findings in 1 file; 1 left out for the little it costs'
}

@test "--sort bytes orders findings by cost, and leaves equal ones where they stood" {
	printf 'FROM debian:12\nUSER root\nRUN npm ci\nRUN apt-get update && apt-get install -y --no-install-recommends gcc=1\nRUN pip install x==1\nRUN make\nCMD ["x"]\n' >Dockerfile
	pare lint --shellcheck never --format json Dockerfile >plain.json || :
	pare lint --shellcheck never --format json --sort bytes Dockerfile >sorted.json || :
	pare lint --shellcheck never --format gnu --sort bytes Dockerfile >sorted.txt || :
	run python3 - <<-'END'
		import json, re
		plain, done = (json.load(open(n + ".json"))["files"][0]["findings"]
		               for n in ("plain", "sorted"))
		want = sorted(plain, key=lambda f: -(f["bytes"] or 0))  # stable
		assert done == want
		costs = [f["bytes"] for f in done]
		assert costs[0] > costs[1] > 0 and costs[2] is None, costs
		# What is typical enters no order.
		assert plain != done and done[2]["line"] == 2, done[2]
		assert any(f["typical"] for f in plain[:3])
		lines = [int(re.match(r"Dockerfile:(\d+)", line)[1])
		         for line in open("sorted.txt") if line[:11] == "Dockerfile:"]
		assert lines == [f["line"] for f in want], lines
		print([f["rule"] for f in want[:2]])
	END
	says "['PARE4002', 'DL3009']"
}

@test "what costs most comes first, over all files" {
	mkdir a b
	printf 'FROM debian:12\nRUN apt-get update && apt-get install -y --no-install-recommends gcc=1\n' >a/Dockerfile
	printf 'FROM debian:12\nUSER root\nRUN pip install x==1\n' >b/Dockerfile
	run pare lint --shellcheck never --format json --sort bytes .
	costs=$(echo "$output" | python3 -c '
import json, sys
d = json.load(sys.stdin)
totals = [sum(f["bytes"] or 0 for f in x["findings"]) for x in d["files"]]
assert totals == sorted(totals, reverse=True), totals
for x in d["files"]:
	v = [f["bytes"] or 0 for f in x["findings"]]
	assert v == sorted(v, reverse=True), v
assert d["totals"]["bytes_estimate"] == sum(totals) > 0
print("right")')
	[ "$costs" = right ]
	run pare lint --shellcheck never --sort size .
	is 2
}

@test "--fail-on an amount: what all findings cost together" {
	printf 'FROM debian:12\nRUN apt-get update && apt-get install -y --no-install-recommends gcc=1\n' >Dockerfile
	for size in 1kB 1MB; do
		run only DL3009 --fail-on $size Dockerfile
		is 1
	done
	run only DL3009 --fail-on 1TB Dockerfile
	is 0
	run only DL3009 --fail-on 1TB --fail-on info Dockerfile
	is 1
	printf 'lint:\n  fail-on: 1kB\n' >.pare.yaml
	run only DL3009 Dockerfile
	is 1
	run only DL3009 --fail-on none Dockerfile
	is 0
	printf 'lint:\n  fail-on: [error, 1TB]\n' >.pare.yaml
	run only DL3009 Dockerfile
	is 0
	run only DL3009 --fail-on 12x Dockerfile
	is 2
}

@test "standard input has a name when it is given one" {
	mkdir -p a/ctx
	printf 'lint:\n  ignore: [DL3006]\n' >a/.pare.yaml
	printf 'node_modules\n' >a/.dockerignore
	run pare lint --shellcheck never --format tty --stdin-filename a/x.Dockerfile - <<<'FROM debian
COPY node_modules /x'
	is 1
	[[ $output == 'a/x.Dockerfile:'* ]]
	[[ $output != *DL3006* && $output == *CopyIgnoredFile* ]]
	run only DL3006 --no-config --stdin-filename b/c <<<'FROM debian'
	says 'b/c:1 DL3006'
	run pare lint --stdin-filename a b
	is 2
	says 'pare lint: --stdin-filename a: standard input (-) is not among the files; try pare lint --help'
}

@test "no clock but the one that is given" {
	echo 'FROM node:22-slim' >Dockerfile
	run only PARE5003 Dockerfile
	is 0
	run pare lint --shellcheck never --select PARE5003 --format gnu --today 2027-05-01 Dockerfile
	is 1
	says 'Dockerfile:1:6: info: Node.js 22 has had no fixes since 2027-04-30, not even for security, so known holes stay open; move to a release that is maintained [PARE5003]'
	run only PARE5003 --today 2027-04-29 Dockerfile
	is 0
	echo 'FROM debian:8' >Dockerfile
	run pare lint --shellcheck never --select PARE5003 --fail-on warning Dockerfile
	is 1
	run only PARE5003 --today 2020-01-01 Dockerfile
	is 0
	for day in 2027 2027-1-1 2027-13-01 2027-01-00 2027-01-011 x; do
		run pare lint --today $day Dockerfile
		is 2
	done
}

@test "bytes of an image are measured" {
	load images
	mkdir -p 1/var/lib/apt/lists 1/srv
	head -c 5000 /dev/zero >1/var/lib/apt/lists/x
	head -c 300 /dev/zero >1/srv/y
	printf 'FROM debian:12\nRUN apt-get update && \\\n  true\nENV A=b\nCMD ["a"]\n' >Dockerfile
	built image.tar '' '/bin/sh -c apt-get update \u0026\u0026   true' \
		'ENV A=b' 'CMD [\"a\"]'
	run bytes --select DL3009 --image image.tar Dockerfile
	says '2 DL3009 5000 measured'
	# Another file's image tells nothing.
	built other.tar '' 'RUN /bin/sh -c yum update # buildkit' 'ENV A=b' \
		'CMD [\"a\"]'
	run bytes --select DL3009 --image other.tar Dockerfile
	[[ $output == '2 DL3009 '*' estimate' ]]
	run pare lint --image gone.tar Dockerfile
	is 3
	[[ $output == 'pare lint: --image: '* ]]
}

# weighs RULE COMMAND CACHE... -- OTHER...: of a layer with 1,000 bytes in each
# of these files, those in the cache are measured.
weighs() {
	local rule=$1 command=$2 n=0 path
	shift 2
	rm -rf 1
	for path; do
		[ "$path" = -- ] && break
		n=$((n + 1000))
	done
	for path; do
		[ "$path" = -- ] && continue
		mkdir -p "1/$(dirname "$path")"
		head -c 1000 /dev/zero >"1/$path"
	done
	printf 'FROM corp/x:1\nCOPY go.mod .\nRUN %s\n' "$command" >Dockerfile
	built image.tar '' "RUN /bin/sh -c $command # buildkit"
	run bytes --select "$rule" --image image.tar Dockerfile
	if [ $n = 0 ]; then says ''; else says "3 $rule $n measured"; fi
}

@test "what a cache holds is measured, and nothing beside it" {
	load images
	local cache=var/cache gems=usr/local/lib/ruby/gems/3.3.0
	weighs DL3009 'apt-get update' var/lib/apt/lists/a -- var/lib/apt/extended
	weighs PARE1001 'apt-get install -y x' $cache/apt/archives/a.deb -- \
		$cache/apt/pkgcache.bin
	weighs DL3019 'apk add x' $cache/apk/a etc/apk/cache/b -- etc/apk/world
	weighs PARE1002 'apk update' $cache/apk/a -- lib/apk/db/installed
	weighs DL3032 'yum install -y x' $cache/yum/a $cache/dnf/b \
		$cache/libdnf5/c -- $cache/x
	weighs DL3040 'dnf install -y x' $cache/dnf/a $cache/libdnf5/b/c -- \
		$cache/libdnf5x var/lib/dnf/history
	weighs DL3036 'zypper install -y x' $cache/zypp/a $cache/zypper/b -- \
		var/lib/zypp/x
	weighs PARE1003 'pacman -S x' $cache/pacman/pkg/a -- var/lib/pacman/a
	weighs PARE1010 'npm ci' root/.npm/_cacache/a app/.npm/_logs/b -- \
		root/.npmrc app/node_modules/a usr/local/lib/node_modules/a
	weighs DL3060 'yarn install' usr/local/share/.cache/yarn/a \
		home/node/.cache/yarn/b root/.yarn/berry/cache/c -- \
		usr/local/share/.cache/other root/.yarn/releases/y
	weighs PARE1012 'pnpm install' root/.local/share/pnpm/store/v3/a \
		root/.cache/pnpm/b -- root/.local/share/pnpm/tsc root/.cache/x
	weighs PARE1013 'bun install' root/.bun/install/cache/a -- \
		root/.bun/bin/bun root/.bun/install/global/x
	weighs DL3042 'pip install x' root/.cache/pip/a app/.cache/pip/b -- \
		root/.cache/pipenv/c root/.cache/uv/d usr/lib/python3/x.py
	weighs PARE1020 'pipenv install' root/.cache/pipenv/a \
		root/.cache/pip/b -- root/.local/share/virtualenvs/a
	weighs PARE1021 'poetry install' root/.cache/pypoetry/cache/a \
		root/.cache/pypoetry/artifacts/b -- \
		root/.cache/pypoetry/virtualenvs/a root/.cache/pip/a
	weighs PARE1022 'uv sync' root/.cache/uv/a -- root/.cache/pip/a
	weighs PARE1023 'conda install x' opt/conda/pkgs/a root/.conda/pkgs/b \
		opt/miniconda3/pkgs/c -- opt/conda/bin/a opt/conda/envs/a
	weighs PARE1030 'go build -o /x .' root/.cache/go-build/a -- \
		go/pkg/mod/a go/bin/app
	weighs PARE1031 'go mod download' go/pkg/mod/a home/u/go/pkg/mod/b -- \
		go/bin/app go/src/a root/go/bin/b go/pkg/sumdb/a
	weighs PARE1032 'cargo install rg' usr/local/cargo/registry/a \
		root/.cargo/git/b -- usr/local/cargo/bin/rg root/.cargo/bin/a \
		usr/local/cargo/env root/.cargo/config.toml
	weighs PARE1033 'mvn package' root/.m2/repository/a -- \
		root/.m2/settings.xml root/.m2/wrapper/dists/a
	weighs PARE1034 'gradle build' root/.gradle/caches/a \
		root/.gradle/daemon/b -- root/.gradle/wrapper/dists/a \
		root/.gradle/gradle.properties
	weighs PARE1035 'dotnet restore' root/.nuget/packages/a \
		root/.local/share/NuGet/http-cache/b -- \
		root/.nuget/NuGet/NuGet.Config root/.dotnet/tools/a
	weighs PARE1036 'mix deps.get' root/.hex/packages/hexpm/a.tar \
		root/.hex/cache.ets -- root/.hex/hex.config root/.mix/archives/a \
		deps/a/mix.exs
	weighs PARE1037 'opam install -y x' root/.opam/download-cache/md5/a \
		root/.opam/log/b root/.opam/5.1/.opam-switch/build/c -- \
		root/.opam/5.1/bin/ocaml root/.opam/repo/default/x root/.opam/config
	weighs PARE1040 'gem install x' usr/local/bundle/cache/a.gem \
		$gems/cache/b.gem var/lib/gems/3.1.0/cache/c.gem \
		root/.gem/ruby/3.1.0/cache/d.gem root/.gem/specs/e -- \
		$gems/gems/b/lib.rb var/lib/gems/3.1.0/gems/c/x.rb \
		root/.gem/ruby/3.1.0/gems/d/x.rb usr/local/bundle/cache/x
	weighs PARE1041 'bundle install' usr/local/bundle/cache/a.gem \
		usr/local/bundle/ruby/3.3.0/cache/b.gem -- \
		usr/local/bundle/gems/a/x.rb usr/local/bundle/ruby/3.3.0/gems/b/x
	weighs PARE1042 'composer install' root/.composer/cache/a \
		root/.cache/composer/b -- root/.composer/vendor/bin/x
	weighs PARE1043 'cpanm x' root/.cpanm/work/a -- usr/local/lib/perl5/x
}

@test "a layer with nothing in the cache has no finding" {
	load images
	weighs PARE1031 'go mod download' -- go/bin/app go/src/a
	weighs PARE1032 'cargo install rg' -- usr/local/cargo/bin/rg
	weighs PARE1036 'mix deps.get' root/.hex/packages/hexpm/a.tar \
		root/.hex/cache.ets -- root/.hex/hex.config root/.mix/archives/a \
		deps/a/mix.exs
	weighs PARE1037 'opam install -y x' root/.opam/download-cache/md5/a \
		root/.opam/log/b root/.opam/5.1/.opam-switch/build/c -- \
		root/.opam/5.1/bin/ocaml root/.opam/repo/default/x root/.opam/config
	weighs PARE1040 'gem install x' -- root/.gem/ruby/3.1.0/gems/d/x.rb
}

@test "bytes of a cache that are linked from elsewhere stay" {
	load images
	mkdir -p 1/root/.cache/uv 1/app
	head -c 1000 /dev/zero >1/root/.cache/uv/a
	head -c 1000 /dev/zero >1/root/.cache/uv/b
	ln 1/root/.cache/uv/a 1/app/a
	ln 1/root/.cache/uv/b 1/root/.cache/uv/c
	printf 'FROM corp/x:1\nRUN uv sync\n' >Dockerfile
	built image.tar '' 'RUN /bin/sh -c uv sync # buildkit'
	run bytes --select PARE1022 --image image.tar Dockerfile
	says '2 PARE1022 1000 measured'
}

@test "no byte of a layer counts twice" {
	load images
	mkdir -p 1/var/cache/apk 1/var/cache/dnf 1/var/cache/yum 1/root/.cache/pip \
		1/usr/local/bundle/cache
	for file in var/cache/apk/APKINDEX.a.tar.gz var/cache/dnf/a var/cache/yum/b \
		root/.cache/pip/c usr/local/bundle/cache/d.gem; do
		head -c 1000 /dev/zero >"1/$file"
	done
	# sum COMMAND: of all findings.
	sum() {
		printf 'FROM corp/x:1\nRUN %s\n' "$1" >Dockerfile
		built image.tar '' "RUN /bin/sh -c $1 # buildkit"
		pare lint --shellcheck never --min-bytes 0 --format json --image image.tar \
			Dockerfile | python3 -c '
import json, sys
d = json.load(sys.stdin)
n = sum(x["bytes"] or 0 for f in d["files"] for x in f["findings"])
assert n == d["totals"]["bytes_measured"]
print(n)'
	}
	[ "$(sum 'apk add a && apk add b')" = 1000 ]
	[ "$(sum 'pip install a && pip3 install b && python -m pip install c')" = 1000 ]
	[ "$(sum 'pip install a && pipenv sync')" = 1000 ]
	[ "$(sum 'yum install -y a && dnf install -y b')" = 2000 ]
	[ "$(sum 'gem install a && bundle install')" = 1000 ]
}

@test "facts of a base image" {
	load images
	mkdir -p 1/etc 1/usr/bin 1/bin
	printf 'NAME=x\nID=debian\n' >1/etc/os-release
	touch 1/usr/bin/apt-get 1/bin/dash
	ln -s dash 1/bin/sh
	printf 'FROM corp/x:1\nCOPY a b\n' >Dockerfile
	built base.tar app 'step'
	run only DL3045 Dockerfile
	says 'Dockerfile:2 DL3045'
	run only DL3045 --base-image base.tar Dockerfile
	says ''
	# Its release tells whether figures are of it.
	printf 'FROM corp/x:1\nRUN apt-get update\n' >Dockerfile
	run bytes --select DL3009 --base-image base.tar Dockerfile
	says ''
	printf 'NAME=x\nVERSION_ID="12"\nID=debian\n' >1/etc/os-release
	built base.tar app 'step'
	run bytes --select DL3009 --base-image base.tar Dockerfile
	says '2 DL3009 19857442 estimate'
	printf 'ID=debian\nVERSION_ID="13"\n' >1/etc/os-release
	built base.tar app 'step'
	run bytes --select DL3009 --base-image base.tar Dockerfile
	says ''
	run pare lint --base-image gone.tar Dockerfile
	is 3
	[[ $output == 'pare lint: --base-image: '* ]]
}

@test "a zone or a locale is lacking where an image shows it, not by a name" {
	load images
	mkdir -p 1/usr/share/zoneinfo/Europe 1/usr/lib/x86_64-linux-gnu \
		1/usr/lib/locale/de_DE.utf8
	touch 1/usr/share/zoneinfo/Europe/Rome 1/usr/lib/x86_64-linux-gnu/libc.so.6
	printf 'FROM ubuntu:24.04\nENV TZ=Europe/Rome\nENV LANG=de_DE.UTF-8\n' >has
	printf 'FROM corp/x:1\nENV TZ=Europe/Oslo\nENV LANG=fr_FR.UTF-8\n' >lacks
	built i.tar '' 'ENV TZ=Europe/Rome' 'ENV LANG=de_DE.UTF-8'
	rules='PARE7001,PARE7004'
	run only $rules has
	says $'has:2 PARE7001\nhas:3 PARE7004'
	run only $rules --base-image i.tar has
	says ''
	run only $rules --image i.tar has
	says ''
	# Of an image that nobody knows it is a question, until it is read.
	graver="$rules --severity warning"
	# shellcheck disable=SC2086 # several words
	{
		run only $graver lacks
		says ''
		run only $graver --base-image i.tar lacks
		says $'lacks:2 PARE7001\nlacks:3 PARE7004'
		run only $graver --image i.tar lacks
		says $'lacks:2 PARE7001\nlacks:3 PARE7004'
		# What is in the archive nobody knows; musl has no data.
		touch 1/usr/lib/locale/locale-archive
		built i.tar '' x
		run only $graver --base-image i.tar lacks
		says 'lacks:2 PARE7001'
		rm 1/usr/lib/locale/locale-archive 1/usr/lib/x86_64-linux-gnu/libc.so.6
		built i.tar '' x
		run only $graver --base-image i.tar lacks
		says 'lacks:2 PARE7001'
	}
}

@test "shellcheck is asked about a script once" {
	cat >fake <<-'END'
		#!/bin/sh
		echo asked >>"$COUNT"
		echo '{"comments":[]}'
	END
	chmod +x fake
	export COUNT="$PWD/count"
	asks() {
		run pare lint --shellcheck ./fake --select SC "${@:2}" Dockerfile
		is 0
		[ "$(wc -l <count)" -eq "$1" ]
	}
	printf 'FROM scratch\nRUN a && b\n' >Dockerfile
	asks 1
	asks 1
	asks 2 --no-cache
	printf 'FROM scratch\nRUN a && c\n' >Dockerfile
	asks 3
	# Another program is another answer.
	echo '# newer' >>fake
	asks 4
}

@test "what shellcheck said before stands where the script is now" {
	command -v shellcheck >/dev/null || skip 'no shellcheck'
	printf 'FROM scratch\nRUN echo $x\n' >Dockerfile
	run pare lint --select SC2086 --format tty Dockerfile
	is 1
	[[ $output == 'Dockerfile:2 SC2086 info: '* ]]
	printf 'FROM scratch\n\n\nRUN echo $x\n' >Dockerfile
	run pare lint --select SC2086 --format tty Dockerfile
	is 1
	[[ $output == 'Dockerfile:4 SC2086 info: '* ]]
}

@test "what cannot be looked at says why" {
	head -c 5000000 /dev/zero | tr '\0' '#' >big
	echo "$bad" >Dockerfile
	run --separate-stderr only PARE-SYNTAX big Dockerfile
	is 3
	says 'Dockerfile:2 PARE-SYNTAX'
	output=$stderr says 'pare lint: big: over 4194304 bytes are no Dockerfile'
	run pare lint --context gone Dockerfile
	is 3
	says 'pare lint: --context gone: No such file or directory'
	echo 'format: codacy' >.hadolint.yaml
	run pare lint Dockerfile
	is 3
	says 'pare lint: .hadolint.yaml: there is no format codacy here; --format goes before it'
}

@test "a template is named once, and what is not templated is judged" {
	cat >Dockerfile.j2 <<-'END'
		{% set v = "1" %}
		FROM {{ base }}:{{ tag }}
		ENV A={{ a }}
		{% if debug %}
		RUN apt-get install -y --no-install-recommends {{ pkgs }} vim
		CMD ["a"]
		{% else %}
		CMD ["b"]
		{% endif %}
		COPY --chwon=x {{ user }} b/
	END
	run lint .
	is 1
	says 'Dockerfile.j2:1 PARE0002
Dockerfile.j2:5 DL3008
Dockerfile.j2:10 PARE-SYNTAX
Dockerfile.j2:10 DL3045'
	printf 'FROM %%%%BASE%%%%\nWORKDIR %%%%DIR%%%%\nWORKDIR app\n' >Dockerfile.j2
	run lint --select PARE0002,DL3000,DL3006 .
	says 'Dockerfile.j2:1 PARE0002
Dockerfile.j2:3 DL3000'
	printf "FROM golang:1.25\nRUN go list -f '{{.Dir}}' std\n" >Dockerfile.j2
	run only PARE0002 .
	is 0
}

@test "files and trees that were made to cost are refused by name, and stop no other" {
	{
		echo 'FROM a'
		yes 'RUN a' | head -n 40000
	} >big
	echo "$bad" >Dockerfile
	run --separate-stderr only PARE-SYNTAX big Dockerfile
	is 3
	says 'Dockerfile:2 PARE-SYNTAX'
	output=$stderr says 'pare lint: big: line 32769: more than 32768 instructions'
	rm big
	deep=$(printf 'd/%.0s' {1..257})
	mkdir -p "$deep"
	cp Dockerfile "${deep%d/}"
	run --separate-stderr only PARE-SYNTAX .
	is 3
	says "Dockerfile:2 PARE-SYNTAX
${deep%d/}Dockerfile:2 PARE-SYNTAX"
	[[ $stderr == "pare lint: more than 256 directories deep: d/d/"* ]]
}

@test "a .pare.yaml that cannot be read is told of its own files alone" {
	mkdir -p a/deep b
	for d in . a a/deep b; do echo 'FROM debian' >$d/Dockerfile; done
	printf 'lint:\n  nonsense: 1\n' >a/.pare.yaml
	run only DL3006 .
	is 3
	[[ $output == *"a/Dockerfile: "*"a/.pare.yaml: line 2: "* ]]
	[[ $output == *"a/deep/Dockerfile: "*"a/.pare.yaml: line 2: "* ]]
	[[ $output == *"b/Dockerfile:1 DL3006"* ]]
	[[ $output == *$'\nDockerfile:1 DL3006'* || $output == 'Dockerfile:1 DL3006'* ]]
	# The first file's, too.
	run only DL3006 a/Dockerfile b/Dockerfile
	is 3
	[[ $output == *"b/Dockerfile:1 DL3006"* ]]
	# hadolint's file is the whole run's.
	rm a/.pare.yaml
	echo 'nonsense: [' >.hadolint.yaml
	run only DL3006 a/Dockerfile b/Dockerfile
	is 3
	[[ $output != *DL3006* ]]
}
