# SPDX-License-Identifier: Apache-2.0
# Wrong usage: one line on stderr, status 2, nothing on stdout.

bats_require_minimum_version 1.5.0

setup() {
	load common
}

# wrong LINE WORD...: `pare WORD...` fails with exactly LINE.
wrong() {
	line=$1
	shift
	run --separate-stderr pare "$@"
	is 2
	says ''
	output=$stderr says "$line"
}

@test "no command" {
	run --separate-stderr pare
	is 2
	says ''
}

@test "an unknown command" {
	wrong 'pare: no command "analyse" (did you mean analyze?); try pare --help' analyse x.tar
	wrong 'pare: no command "zzz"; try pare --help' zzz
}

@test "an unknown option" {
	wrong 'pare analyze: no option --fromat (did you mean --format?); try pare analyze --help' \
		analyze --fromat json x.tar
	wrong 'pare analyze: no option -Z; try pare analyze --help' analyze -Z x.tar
	wrong 'pare: no option --verson (did you mean --version?); try pare --help' --verson
	wrong 'pare: no option --hlep (did you mean --help?); try pare --help' --hlep
	wrong 'pare: no option --zzz; try pare --help' --zzz
	wrong 'pare: no option -x; try pare --help' -x
	wrong 'pare verify: no option --zzz; try pare verify --help' verify --zzz
}

@test "names are not abbreviated" {
	wrong 'pare analyze: no option --form (did you mean --format?); try pare analyze --help' \
		analyze --form json x.tar
}

@test "a value that is none" {
	wrong 'pare history: --format takes text or json, not "xml"; try pare history --help' \
		history --format xml x.tar
	wrong 'pare analyze: --jobs takes a number from 1 to 1024, not "many"; try pare analyze --help' \
		analyze -jmany x.tar
	wrong 'pare analyze: --limit knows no "colours"; the limits are layers, entries, path, name, depth, pax, xattr, xattrs, listed_xattrs, sparse, sparse_size, link_chain, link_bytes, blob, layer, inflate_ratio, inflate_free, window, compress_memory, manifest, config, json_depth, index_depth, manifests; try pare analyze --help' \
		analyze --limit colours=3 x.tar
}

@test "operands that are missing or too many" {
	wrong 'pare analyze: IMAGE is missing; try pare analyze --help' analyze
	wrong 'pare verify: B is missing; try pare verify --help' verify a.tar
	wrong 'pare verify: unexpected argument "c.tar"; try pare verify --help' \
		verify a.tar b.tar c.tar
}

@test "an option in the place of an operand needs --" {
	wrong 'pare analyze: no option -x; try pare analyze --help' analyze -x
	run --separate-stderr pare analyze -- -x
	is 3
}

@test "a shell that is not known" {
	wrong 'pare completion: SHELL is bash, zsh or fish, not "csh" (did you mean zsh?); try pare completion --help' \
		completion csh
}

@test "a word that is nearly one of a list" {
	try() {
		wrong "pare $1: $2; try pare $1 --help" "$1" "${@:3}"
	}
	try history '--format takes text or json, not "jsn" (did you mean json?)' --format jsn x.tar
	try analyze '--color takes auto, always or never, not "alwyas" (did you mean always?)' --color alwyas x.tar
	try optimize '--order takes auto, path or kind, not "pth" (did you mean path?)' --order pth x.tar
	try optimize '--order takes auto, path or kind, not "Kind" (did you mean kind?)' --order Kind x.tar
	try squash '--compression takes keep, none, gzip, zstd or best, not "gzp" (did you mean gzip?)' --compression gzp x.tar
	try flatten '--compression takes keep, none, gzip, zstd or best, not "zst" (did you mean zstd?)' --compression zst:3 x.tar
	try flatten '--compression takes keep, none, gzip, zstd or best, not "lz4"' --compression lz4 x.tar
	try flatten '--compression: zstd has levels 1 to 19 and best, not "20"' --compression zstd:20 x.tar
	try optimize '--drop: no rule "cache" (did you mean caches?); --drop-list shows all of them' --drop cache x.tar
	try optimize '--drop: no rule "dosc" (did you mean docs?); --drop-list shows all of them' --drop caches,dosc x.tar
	try optimize '--drop: no rule "zzz"; --drop-list shows all of them' --drop zzz x.tar
	try history '--human takes false or true, not "ture" (did you mean true?)' --human=ture x.tar
	try lint '--severity takes error, warning, info or style, not "warn" (did you mean warning?)' --severity warn x
	try lint '--fail-on takes a size or error, warning, info, style or none, not "non" (did you mean none?)' --fail-on non x
	try lint '--ignore: no rule is called DL3O08 (did you mean DL3008?)' --ignore DL3O08 x
	try lint '--select: no rule is called DL308 (did you mean DL3008?)' --select DL308 x
	try lint 'there is no format jsn (did you mean json?)' --format jsn x
	try completion 'SHELL is bash, zsh or fish, not "zhs" (did you mean zsh?)' zhs
	try lint '--list-rules takes --format text or json, not "jsno" (did you mean json?)' --list-rules --format jsno
	try lint '--list-rules takes --format text or json, not "sarif"' --list-rules --format sarif
	try verify '--ignore takes presence, type, mode, uid, gid, mtime, target, device, content, xattrs, links or config, not "mtme" (did you mean mtime?)' --ignore uid,mtme a b
	try verify '--ignore takes presence, type, mode, uid, gid, mtime, target, device, content, xattrs, links or config, not "zzz"' --ignore zzz a b
	try analyze '--limit knows no "laye" (did you mean layer?)' --limit laye=1 x.tar
	load images
	in_place
	wasteful_image
	try squash '"bsae" names no layer of app.tar (did you mean base?)' --layers bsae..top app.tar
	for t in oic oci-archve docker-archve; do
		run pare analyze "$t:nothing"
		is 3
		[[ $output == *"no transport \"$t:\" (did you mean "*":?)" ]]
	done
	for t in docker:dind nginx:latest a:b; do
		run pare analyze "$t"
		is 3
		[[ $output != *'did you mean'* ]]
	done
	run pare analyze --base noen app.tar
	is 3
	[[ $output == "pare analyze: --base (did you mean none?): noen: no such file"* ]]
}

@test "one meaning of sizes" {
	load images
	in_place
	wasteful_image
	kept() {
		pare optimize --base none --format json --min-gain "$1" app.tar | js 'd.layers[0].fate == "kept"'
	}
	# Layer 1 has 300,000 dead bytes, layer 2 50,000.
	kept 300001
	kept 293KiB
	kept 0.3001M
	kept '1 MB'
	! kept 300K
	! kept 300kB
	! kept '300.0 kB'
	! kept 292KiB
	! kept 0.29MB
	# 1M is 10^6 in limits, too.
	n=$((($(stat -c %s 1.tar) + 1023) / 1024))
	run pare analyze --limit blob=${n}K app.tar
	is 3
	[[ $output == *"over the limit of ${n}000 (raise it"* ]]
	run -0 pare analyze --limit blob=${n}KiB app.tar
	for s in -1 +1 1KK 1.5 .5K 1e3 '' ' 1' 1i 0x10; do
		wrong "pare optimize: --limit takes NAME=VALUE, not \"blob=$s\"; try pare optimize --help" \
			optimize --limit "blob=$s" app.tar
	done
	for s in 16EiB 99999999999999999999; do
		wrong "pare optimize: --limit blob: $s does not fit in 64 bits; try pare optimize --help" \
			optimize --limit "blob=$s" app.tar
	done
	for s in -1 +1 1KK 1.5 .5K 1e3 16EiB 99999999999999999999 '' ' 1' 1i 0x10; do
		wrong "pare optimize: --min-gain takes bytes (1M, 512KiB), a part of the layer (2%) or both (2%,1M), not \"$s\"; try pare optimize --help" \
			optimize --min-gain "$s" app.tar
	done
	for s in 101% 2%, ,1M 2%%; do
		run --separate-stderr pare optimize --min-gain "$s" app.tar
		is 2
	done
}

@test "--build-arg: one reading in lint and context" {
	load images
	in_place
	mkdir a b
	echo 12345 >a/f
	echo 1 >b/f
	printf 'FROM scratch\nARG SRC\nCOPY $SRC/f /\n' >Dockerfile
	for c in lint context; do
		for s in =x = ''; do
			wrong "pare $c: --build-arg takes NAME=VALUE or NAME, not \"$s\"; try pare $c --help" \
				$c --build-arg "$s" .
		done
	done
	source_bytes() {
		pare context --format json "$@" . | js 'd.copies[0].bytes'
	}
	[ "$(source_bytes --build-arg SRC=a)" = 6 ]
	[ "$(source_bytes --build-arg SRC=a --build-arg SRC=b)" = 2 ]
	[ "$(source_bytes --build-arg SRC=b --build-arg X=1 --build-arg SRC=a)" = 6 ]
	[ "$(SRC=b source_bytes --build-arg SRC=a --build-arg SRC)" = 2 ]
	[ "$(SRC=b source_bytes --build-arg SRC)" = 2 ]
	# As docker has it: a name that the environment lacks takes back what was said.
	sed -i 's/^ARG SRC/ARG SRC=b/' Dockerfile
	[ "$(source_bytes --build-arg SRC=a --build-arg SRC)" = 2 ]
	printf 'ARG V\nFROM python:$V\nCMD ["python3"]\n' >Dockerfile
	found() {
		pare lint --no-config --select PARE5003 --format json "$@" Dockerfile | js 'len(d.files) and len(d.files[0].findings)'
	}
	[ "$(found --build-arg V=3.13)" = 0 ]
	[ "$(found --build-arg V=3.13 --build-arg V=3.8)" = 1 ]
	[ "$(found --build-arg V=3.8 --build-arg V=3.13)" = 0 ]
}

@test "what is printed is there, or the command fails" {
	local line
	printf 'FROM scratch\n' >"$BATS_TEST_TMPDIR/Dockerfile"
	while read -r line; do
		set -f -- $line
		status=0
		pare "$@" >/dev/full 2>"$BATS_TEST_TMPDIR/said" || status=$?
		is 3
		grep -q 'standard output: No space left on device$' "$BATS_TEST_TMPDIR/said"
		status=0
		pare "$@" >&- 2>"$BATS_TEST_TMPDIR/said" || status=$?
		is 3
		grep -q 'standard output: Bad file descriptor$' "$BATS_TEST_TMPDIR/said"
		# A reader that went away ends it as it ends other programs.
		{ status=0
		env --default-signal=PIPE "$PARE" "$@" || status=$?
		echo $status >&3; } 3>"$BATS_TEST_TMPDIR/rc" \
			2>"$BATS_TEST_TMPDIR/said" | :
		[ ! -s "$BATS_TEST_TMPDIR/said" ]
		grep -qx '0\|141' "$BATS_TEST_TMPDIR/rc"
	done <<-END
		--version
		--help
		help lint
		optimize --help
		completion bash
		completion zsh
		completion fish
		man
		man lint
		optimize --drop-list
		optimize --drop-list --format json
		lint --list-rules
		lint --list-rules --format json
		lint $BATS_TEST_TMPDIR/Dockerfile
		context $BATS_TEST_TMPDIR
	END
}

@test "a standard descriptor that is closed is no one else's" {
	cd "$BATS_TEST_TMPDIR"
	printf 'FROM scratch\n' >Dockerfile
	# The report does not go into the file that took the free number.
	pare lint -o out Dockerfile >&-
	[ "$(cat out)" = "no findings in 1 file" ]
	pare lint -q -o out Dockerfile 0>&- 2>&-
	status=0
	pare lint - 0>&- >out || status=$?
	is 3
}
