# SPDX-License-Identifier: Apache-2.0
# pare context: what is sent, what is copied of it, a tighter ignore file.
bats_require_minimum_version 1.5.0

setup() {
	load common
	cd "$BATS_TEST_TMPDIR" || return
	mkdir app
}

# file PATH BYTES: in app/
file() {
	mkdir -p "app/$(dirname "$1")"
	truncate -s "$2" "app/$1"
}

# text PATH LINE...
text() {
	local to=$1
	shift
	mkdir -p "app/$(dirname "$to")"
	printf '%s\n' "$@" >"app/$to"
}

# json PROGRAM ARGUMENT...: a line of Python with the report as d.
json() {
	local program=$1
	shift
	pare context app --format json "$@" |
		python3 -c "import json, sys; d = json.load(sys.stdin); x = $program; print(x)"
}

# A context of all sorts, with its Dockerfile.
fill() {
	file .git/objects/pack 50000
	file node_modules/a/i.js 90000
	file src/main.js 300
	file docs/guide.md 20000
	file .idea/workspace.xml 10
	file dist/out.js 40
	file .env 20
	file a.log 5
	file package.json 2
	text Dockerfile 'FROM node' 'COPY package.json ./' 'RUN npm ci' 'COPY src dist /app/'
}

@test "what is sent, why, and what no COPY takes" {
	fill
	size=$(stat -c %s app/Dockerfile)
	run -0 json 'd["schema"], d["root"], d["dockerfile"], d["ignore_file"]'
	says "(1, 'app', 'app/Dockerfile', None)"
	run -0 json 'd["sent"], d["excluded"]'
	says "({'files': 10, 'bytes': $((160377 + size))}, {'files': 0, 'bytes': 0})"
	run -0 json '[(r["reason"], r["files"], r["bytes"]) for r in d["reasons"]]'
	says "[('version control', 1, 50000), ('reinstalled dependencies', 1, 90000), ('build output', 1, 40), ('secrets', 1, 20), ('IDE', 1, 10), ('logs and temporary files', 1, 5), ('docker', 1, $size)]"
	run -0 json 'd["unused"]'
	says "{'files': 7, 'bytes': $((160035 + size))}"
	run -0 json '[(c["line"], c["instruction"], c["files"], c["bytes"], c["needed"]) for c in d["copies"]]'
	says "[(2, 'COPY', 1, 2, True), (4, 'COPY', 2, 340, True)]"
	run -0 json '[(x["path"], x["bytes"]) for x in d["directories"]][:3]'
	says "[('node_modules', 90000), ('.git', 50000), ('docs', 20000)]"
}

@test "as text" {
	fill
	run -0 pare context app
	[[ ${lines[0]} == "sent "*" 10 files "*"160."* ]]
	[[ $output == *$'\nno ignore file: nothing is left out\n'* ]]
	[[ $output == *$'\nversion control '*"50.0 kB"* ]]
	[[ $output == *"line 4: COPY src dist"* ]]
	[[ $output == *"**/node_modules"* ]]
	[ ! -e app/.dockerignore ]
}

@test "one is singular" {
	file .git/x 10
	text Dockerfile 'FROM x' 'COPY a /'
	text a x
	text .dockerignore Dockerfile .dockerignore
	run -0 pare context app
	[[ ${lines[0]} == 'sent                               2 files '* ]]
	[[ ${lines[1]} == 'sent, never copied                 1 file        10 B' ]]
	run -0 pare context app --write
	[[ ${lines[0]} == 'app/.dockerignore: added 1 line:' ]]
}

@test "the ignore file leaves out; each pattern's share" {
	fill
	text .dockerignore '# comment' '.git' '' '*.log' 'docs' '!docs/guide.md' 'none'
	run -0 json 'd["excluded"]'
	says "{'files': 2, 'bytes': 50005}"
	run -0 json '[(p["line"], p["pattern"], p["bytes"]) for p in d["patterns"]]'
	says "[(2, '.git', 50000), (4, '*.log', 5), (5, 'docs', 0), (6, '!docs/guide.md', 0), (7, 'none', 0)]"
}

@test "--why" {
	text .dockerignore 'node_modules' '# x' '*.md' '!README.md' 'logs/*'
	run -0 pare context app --why node_modules/a/b
	says $'excluded\napp/.dockerignore:1: node_modules'
	run -0 pare context app --why README.md
	says $'included\napp/.dockerignore:4: !README.md'
	run -0 pare context app --why ./logs//x.md
	says $'excluded\napp/.dockerignore:5: logs/*'
	run -0 pare context app --why src/main.c
	says $'included\nno pattern matches'
	run -0 pare context app --why .
	[[ ${lines[0]} == included ]]
	run -0 json '(d["excluded"], d["line"], d["pattern"])' --why x.md
	says "(True, 3, '*.md')"
	rm app/.dockerignore
	run -0 pare context app --why x.md
	says $'included\nthere is no ignore file'
}

@test "a bad pattern names its line and ends with 3" {
	text .dockerignore 'a' '' 'b[' 'c'
	for how in '' '--why a' '--write' '--diff'; do
		# shellcheck disable=SC2086 # words
		run --separate-stderr pare context app $how
		is 3
		says ''
		[[ $stderr == "pare context: app/.dockerignore: line 3: "* ]]
	done
	text .dockerignore '!'
	run -3 pare context app
	[[ $output == *"line 1:"* ]]
}

@test "NAME.dockerignore beside the Dockerfile comes first" {
	fill
	text .dockerignore 'src'
	text build/Dockerfile.dev 'FROM x' 'COPY src /'
	text build/Dockerfile.dev.dockerignore '.git'
	run -0 pare context app -f app/build/Dockerfile.dev --why src/x
	[[ ${lines[0]} == included ]]
	run -0 pare context app -f build/Dockerfile.dev --why .git
	says $'excluded\napp/build/Dockerfile.dev.dockerignore:1: .git'
	run -0 pare context app --why src/x
	says $'excluded\napp/.dockerignore:1: src'
	mkdir else
	printf 'FROM x\nCOPY a /\n' >else/D
	run -0 pare context app -f else/D --why src/x
	says $'excluded\napp/.dockerignore:1: src'
	run -0 pare context app -f - --why src/x <else/D
	says $'excluded\napp/.dockerignore:1: src'
}

@test "--write keeps the user's lines and what is copied; twice is once" {
	fill
	printf '# mine\r\n\r\n**/*.md\r\n!docs/*.md' >app/.dockerignore
	cp app/.dockerignore mine
	run -0 pare context app --write
	[[ ${lines[0]} == "app/.dockerignore: added "*" lines:" ]]
	head -c "$(stat -c %s mine)" app/.dockerignore | cmp - mine
	grep -q $'^\\*\\*/node_modules\r$' app/.dockerignore
	cp app/.dockerignore once
	for path in src/main.js dist/out.js package.json docs/guide.md; do
		run -0 pare context app --why $path
		[[ ${lines[0]} == included ]]
	done
	for path in .git node_modules/a .env .idea a.log Dockerfile .dockerignore; do
		run -0 pare context app --why $path
		[[ ${lines[0]} == excluded ]]
	done
	run -0 pare context app --write
	says 'app/.dockerignore: nothing to add'
	cmp app/.dockerignore once
	run -0 pare context app --diff
	says ''
}

@test "--write makes the file; what it says it saves, it saves" {
	fill
	before=$(json 'd["sent"]["bytes"]')
	saves=$(json 'd["saves"]["bytes"]' --write)
	[ "$(stat -c %a app/.dockerignore)" = "$(printf '%o' $((0666 & ~$(umask))))" ]
	run -0 json 'd["sent"]["bytes"]'
	says $((before - saves))
	run -0 json '(d["additions"], d["written"])' --write
	says '([], False)'
	[ -z "$(find app -name '.*pare*')" ]
}

@test "--diff is what --write does, and ends with 1" {
	fill
	printf 'a\nb\nc\nd\ne' >app/.dockerignore
	cp app/.dockerignore old
	run -1 pare context app --diff
	cmp app/.dockerignore old
	pare context app --diff >change || true
	pare context app --write
	if command -v patch; then
		patch -s old change
		cmp old app/.dockerignore
	fi
	rm app/.dockerignore
	run -1 pare context app --diff
	[[ ${lines[0]} == '--- /dev/null' ]]
}

@test "--diff applies with patch -p1 and git apply" {
	command -v patch git || skip 'no patch or no git'
	# applies DIRECTORY DIR NAME [WORD...]: from there, of DIR, changing NAME
	applies() {
		local at=$1 dir=$2 name=$3 strip=(patch -s -p1)
		shift 3
		( cd "$at" && "$PARE" context "$dir" --diff || [ $? = 1 ] ) >change
		( cd "$at" && "${@:-${strip[@]}}" ) <change
		grep -qxF '**/node_modules' "$name"
		run -0 pare context app --diff
		says ''
		rm -f app/.dockerignore app/real "app/s p/.dockerignore"
		[ $exists = no ] || echo '# mine' >app/.dockerignore
	}
	fill
	mkdir else
	for exists in no yes; do
		[ $exists = no ] || echo '# mine' >app/.dockerignore
		applies . app app/.dockerignore
		applies . ./app/ app/.dockerignore
		applies . app//. app/.dockerignore
		applies . "$PWD/app" app/.dockerignore
		applies . else/../app app/.dockerignore
		applies app . app/.dockerignore
		applies app/src .. app/.dockerignore patch -s -p1 -d ..
		applies else ../app app/.dockerignore patch -s -p1 -d ../app
		applies / "$PWD/app" app/.dockerignore
		applies app . app/.dockerignore git apply
	done
	# What the link leads to is what --write edits, too.
	echo '# mine' >app/real
	ln -sf real app/.dockerignore
	pare context app --diff >change || [ $? = 1 ]
	[ "$(head -n 1 change)" = '--- a/app/real' ]
	patch -s -p1 <change
	run -0 pare context app --diff
	says ''
	mkdir -p "s p/node_modules/x" 't"\'
	file '../s p/.git/y' 5000
	file '../t"\/.git/y' 5000
	for dir in 's p' 't"\'; do
		pare context "$dir" --diff >change || [ $? = 1 ]
		patch -s -p1 <change
		[ -s "$dir/.dockerignore" ]
		run -0 pare context "$dir" --diff
		says ''
	done
}

@test "COPY . takes all but what no image needs; what RUN asks for stays" {
	fill
	text Dockerfile 'FROM node' 'COPY . .'
	run -0 json '[a["pattern"] for a in d["additions"]]'
	says "['**/.git', '**/.env', '**/.idea', '**/*.log', '.dockerignore', 'Dockerfile']"
	text Dockerfile 'FROM node' 'COPY . .' 'RUN npm ci && git describe && cat .env'
	run -0 json '[a["pattern"] for a in d["additions"]][:2]'
	says "['**/node_modules', '**/.idea']"
	run -0 json 'd["unused"]'
	says "{'files': 0, 'bytes': 0}"
}

@test "what is removed later is not needed, what is read is" {
	fill
	goes() {
		text Dockerfile 'FROM node' 'COPY . /a' "${@:2}"
		run -0 json "'**/$1' in [a['pattern'] for a in d['additions']]"
	}
	for run in 'RUN rm -rf /a/.git' 'RUN ["rm", "-rf", "/a/.git"]' \
		'RUN make && find /a -name .git -exec rm -rf {} +' \
		'RUN --mount=type=bind,target=/s cp -r /s/src /b; rm -rf /b/.git'; do
		goes .git "$run"
		says True
		goes .git "$run" 'RUN git describe >/v'
		says False
	done
	goes .git 'RUN <<E' 'rm -rf .git' 'E'
	says True
	goes .git 'RUN rm -rf .git && cp -r /a/.git/HEAD /v'
	says False
	goes .env 'RUN rm -f .env && make'
	says True
	goes .env 'RUN . ./.env && rm -f .env'
	says False
	goes node_modules 'RUN rm -rf node_modules && npm ci'
	says True
	goes node_modules 'RUN rm -rf node_modules/x && npm run build'
	says False
}

@test "other Dockerfiles of the context keep what they copy" {
	fill
	text docker/Dockerfile.docs 'FROM x' 'COPY docs /'
	run -0 json '[a["pattern"] for a in d["additions"] if a["pattern"] == "docs"]'
	says '[]'
	rm app/docker/Dockerfile.docs
	run -0 json '[a["pattern"] for a in d["additions"] if a["pattern"] == "docs"]'
	says "['docs']"
}

@test "--target and --build-arg" {
	fill
	text Dockerfile 'FROM x AS a' 'ARG D' 'COPY $D /' 'FROM x AS b' 'COPY dist /'
	run -0 json 'd["unused"]["files"]' --target a --build-arg D=docs
	says 9
	run -0 json '[c["sources"][0]["state"] for c in d["copies"]]' --target b
	says "['unknown', 'ok']"
	run -0 json 'd["additions"]' --target b
	says '[]'
	run -3 pare context app --target c
	[[ $output == *'there is no stage "c"'* ]]
	mkdir -p none
	run -3 --separate-stderr pare context --target x none
	[ "$stderr" = 'pare context: --target x: there is no Dockerfile that could have it' ]
}

@test "of a repeated --build-arg the last counts" {
	fill
	text Dockerfile 'FROM x' 'ARG D' 'COPY $D /'
	run -0 json 'd["copies"][0]["bytes"]' --build-arg D=src --build-arg D=docs
	says 20000
	run -0 json 'd["copies"][0]["bytes"]' --build-arg D=docs --build-arg D=src
	says 300
	export D=dist
	run -0 json 'd["copies"][0]["bytes"]' --build-arg D=docs --build-arg D
	says 40
	# A name that the environment lacks is the last one, too.
	unset D
	text Dockerfile 'FROM x' 'ARG D=src' 'COPY $D /'
	run -0 json 'd["copies"][0]["bytes"]' --build-arg D=docs --build-arg D
	says 300
	run -0 json 'd["copies"][0]["bytes"]' --build-arg D --build-arg D=docs
	says 20000
	run -2 pare context app --build-arg =x
}

@test "sources that are missing or excluded" {
	fill
	text Dockerfile 'FROM x' 'COPY src zz nope* .git /'
	text .dockerignore 'a' '.git'
	run -0 json '[(s["state"], s["excluded_by"]) for s in d["copies"][0]["sources"]]'
	says "[('ok', None), ('missing', None), ('no match', None), ('excluded', 2)]"
	run -0 pare context app
	[[ $output == *".git: excluded by line 2: the build will fail"* ]]
}

@test "a directory that is taken back stands, an empty one, too" {
	mkdir -p app/docs/e/f app/docs/g app/h
	file docs/a 10
	ln -s docs app/ln
	text Dockerfile 'FROM x' 'COPY docs docs/e docs/e/f docs/g h /'
	states() {
		text .dockerignore "$@"
		run -0 json '[s["state"] for s in d["copies"][0]["sources"]]'
	}
	states '*' '!docs/e'
	says "['ok', 'ok', 'ok', 'excluded', 'excluded']"
	states '*' '!docs/e/f'
	says "['ok', 'ok', 'ok', 'excluded', 'excluded']"
	states 'docs' '!docs/e'
	says "['ok', 'ok', 'ok', 'excluded', 'ok']"
	states '*' '!docs' 'docs/e'
	says "['ok', 'excluded', 'excluded', 'ok', 'excluded']"
	states '*' '!docs/*' '!h'
	says "['ok', 'ok', 'ok', 'ok', 'ok']"
	states '*' '!docs/none'
	says "['excluded', 'excluded', 'excluded', 'excluded', 'excluded']"
	run -0 json 'd["sent"]["files"]'
	says 0
}

# with_rules NAME...: each of these files in app/ leaves out a file of its name.
with_rules() {
	rm -f app/.*ignore app/*ignore
	for name; do
		echo "${name%.*}-${name##*.}" >"app/$name"
	done
}

@test "--builder: whose ignore file counts" {
	text Dockerfile 'FROM x' 'COPY . /'
	D=.dockerignore C=.containerignore
	OD=Dockerfile.dockerignore OC=Dockerfile.containerignore
	reads() {
		local want=$1
		shift
		run --separate-stderr -0 json 'd["builder"], d["ignore_file"]' "$@"
		says "$want"
	}
	with_rules $D $C $OD $OC
	reads "('docker', 'app/$OD')" --builder docker
	reads "('podman', 'app/$OD')" --builder podman
	reads "('docker', 'app/$OD')"
	output=$stderr says ''
	with_rules $D $C $OC
	reads "('docker', 'app/$D')" --builder docker
	reads "('podman', 'app/$OC')" --builder podman
	reads "('docker', 'app/$D')"
	output=$stderr says "pare context: app/$OC is passed over, as docker \
does; podman reads it and not app/$D: --builder says which counts"
	with_rules $D $C
	reads "('docker', 'app/$D')" --builder docker
	output=$stderr says ''
	reads "('podman', 'app/$C')" --builder podman
	output=$stderr says ''
	reads "('docker', 'app/$D')"
	output=$stderr says "pare context: app/$C is passed over, as docker \
does; podman reads it and not app/$D: --builder says which counts"
	reads "('docker', 'app/$D')" -q
	output=$stderr says ''
	with_rules $C
	reads "('docker', None)" --builder docker
	reads "('podman', 'app/$C')" --builder podman
	reads "('podman', 'app/$C')"
	output=$stderr says ''
	with_rules $D
	reads "('podman', 'app/$D')" --builder podman
	reads "('docker', 'app/$D')"
	with_rules $OC
	reads "('podman', 'app/$OC')"
	with_rules
	reads "('docker', None)"
	reads "('podman', None)" --builder podman
	# An empty one counts as well.
	with_rules $D
	: >app/$C
	reads "('podman', 'app/$C')" --builder podman
	run -2 pare context app --builder kaniko
	says 'pare context: --builder takes docker or podman, not "kaniko"; try pare context --help'
}

@test "a Containerfile alone is podman's" {
	reads() {
		local want=$1
		shift
		run --separate-stderr -0 json \
			'd["builder"], d["dockerfile"], d["ignore_file"]' "$@"
		says "$want"
		output=$stderr says ''
	}
	text Containerfile 'FROM x' 'COPY . /'
	reads "('podman', 'app/Containerfile', None)"
	with_rules .dockerignore
	reads "('podman', 'app/Containerfile', 'app/.dockerignore')"
	# docker builds from none of its own names here, so podman's file counts.
	with_rules .dockerignore .containerignore
	reads "('podman', 'app/Containerfile', 'app/.containerignore')"
	# Who names it, or the builder, has said more than the name tells.
	with_rules .dockerignore
	reads "('docker', 'app/Containerfile', 'app/.dockerignore')" -f Containerfile
	reads "('docker', None, 'app/.dockerignore')" --builder docker
	text Dockerfile 'FROM x' 'COPY . /'
	reads "('docker', 'app/Dockerfile', 'app/.dockerignore')"
}

@test "--builder: what --write edits" {
	file .git/x 10
	text Dockerfile 'FROM x' 'COPY . /'
	with_rules .dockerignore .containerignore
	cp app/.dockerignore before
	pare context app --builder podman --write
	grep -qxF '**/.git' app/.containerignore
	cmp before app/.dockerignore
	cp app/.containerignore before
	pare context app --builder docker --write
	grep -qxF '**/.git' app/.dockerignore
	cmp before app/.containerignore
	with_rules
	pare context app --builder podman --write
	[ -e app/.containerignore ]
	[ ! -e app/.dockerignore ]
	grep -qxF .containerignore app/.containerignore
	run -0 pare context app --write
	says 'app/.containerignore: nothing to add'
	# podman looks for a Containerfile first, docker for none.
	text Containerfile 'FROM x' 'COPY src /'
	run -0 json 'd["dockerfile"]' --builder podman
	says app/Containerfile
	run -0 json 'd["dockerfile"]' --builder docker
	says app/Dockerfile
}

@test "without DIR it is the directory at hand" {
	fill
	pare context app --format json >one
	cd app
	pare context --format json >../two
	cd ..
	python3 - <<-'END'
	import json
	a, b = json.load(open("one")), json.load(open("two"))
	assert (a.pop("root"), b.pop("root")) == ("app", ".")
	assert (a.pop("dockerfile"), b.pop("dockerfile")) == ("app/Dockerfile", "Dockerfile")
	assert a == b
	END
	cd app
	run -0 pare context --why .git
	says $'included\nthere is no ignore file'
	pare context --write
	[ -e .dockerignore ]
}

@test "no Dockerfile, a broken one, no directory" {
	file .git/x 10
	run -0 json '(d["dockerfile"], d["unused"], [a["pattern"] for a in d["additions"]])'
	says "(None, {'files': 0, 'bytes': 0}, ['**/.git', '.dockerignore'])"
	text Dockerfile 'FROM x' 'COPY a'
	run -0 json '(d["problem"]["line"], d["additions"])'
	[[ $output == *"(2, [])" ]]
	run -3 pare context app --write
	[[ $output == *"app/Dockerfile:2:"*"what it copies is not known" ]]
	[ ! -e app/.dockerignore ]
	run -3 pare context app -f nope
	run -3 pare context nope
	run -2 pare context app --write --why x
}

@test "a hostile tree: links in circles, sockets, odd names, an ignore file that is none" {
	file a 1
	ln -s . app/self
	ln -s /etc app/etc
	mkfifo app/fifo
	python3 - <<-'END'
	import os, socket
	socket.socket(socket.AF_UNIX).bind("app/sock")
	for name in (b"app/\xff", b"app/a\nb", b"app/ x ", b"app/#c", b"app/!n"):
	    open(name, "wb").truncate(2000)
	END
	text Dockerfile 'FROM x' 'COPY a etc/passwd /'
	run -0 json '(d["sent"]["files"], d["sockets"], d["copies"][0]["sources"][1]["state"])'
	says "(10, 1, 'loop')"
	pare context app --write
	run -0 json '(d["sent"]["files"], d["additions"])'
	says '(6, [])'
	mkfifo other
	mv other app/.dockerignore
	run -3 timeout 60 "$PARE" context app
	rm app/.dockerignore app/etc
	ln -s /etc/passwd app/.dockerignore
	run -0 json 'd["excluded"]["files"]'
	says 0
	run -0 pare context app --diff --limit entries=100 || is 1
	run -3 pare context app --limit entries=3
}

@test "a link within the context is followed and stays" {
	file .git/x 10
	echo '# shared' >app/real
	chmod 600 app/real
	ln -s real app/.dockerignore
	pare context app --write
	[ "$(readlink app/.dockerignore)" = real ]
	[ "$(head -n 1 app/real)" = '# shared' ]
	grep -qxF '**/.git' app/real
	[ "$(stat -c %a app/real)" = 600 ]
}

@test "a link out of the context is not written through" {
	file .git/x 10
	echo '# shared' >real
	cp real app/real
	ln -s ../real app/.dockerignore
	# Read as a builder reads it, within the context; written nowhere.
	run -3 pare context app --write
	says 'pare context: app/.dockerignore: a link that leads out'
	[ "$(cat real)" = '# shared' ]
	[ "$(cat app/real)" = '# shared' ]
	mkdir app/sub
	ln -sf ../../real app/sub/Dockerfile.dockerignore
	echo 'FROM scratch' >app/sub/Dockerfile
	run -3 pare context app -f app/sub/Dockerfile --write
	[[ $output == *"app/sub/Dockerfile.dockerignore: a link that leads out" ]]
	[ "$(cat real)" = '# shared' ]
}

@test "any -j gives the same bytes" {
	fill
	pare context app -j1 --format json >one
	pare context app -j4 --format json >four
	cmp one four
}
