#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# pare verify as a user runs it.
bats_require_minimum_version 1.5.0
load common
load images

setup() {
	in_place
	wasteful_image
	mkdir -p 4/srv && echo other >4/srv/keep && chmod 600 4/srv/keep
	touch -d @5 4/srv/keep
	layer 4.tar 4
	image changed.tar app:2 1.tar 2.tar 3.tar 4.tar
}

@test "an image equals itself" {
	run --separate-stderr pare verify app.tar app.tar
	is 0
	[[ $output == *sha256:* ]]
	[ -z "$stderr" ]
}

@test "every difference, status 1" {
	run --separate-stderr pare verify app.tar changed.tar
	is 1
	[[ $output == *srv/keep* ]]
	[[ $output == *content* ]]
	[[ $output == *mode* ]]
	[[ $output != *srv/data* ]]
}

@test "the keys of JSON and their types" {
	run --separate-stderr pare verify --format json app.tar changed.tar
	is 1
	js 'd.schema == 1 and d.equal is False' <<<"$output"
	js 'len(d.tree_digest) == 2 and all(map(is_digest, d.tree_digest))' <<<"$output"
	js 'all(x.path == "srv/keep" and is_str(x.a) and is_str(x.b)
		for x in d.differences)' <<<"$output"
	[ "$(js '[x.field for x in d.differences]' <<<"$output")" = '["mode","content"]' ]
	[ "$(js 'd.differences[0].a + " " + d.differences[0].b' <<<"$output")" = "0644 0600" ]
	run --separate-stderr pare verify --format json app.tar app.tar
	is 0
	js 'd.equal is True and d.differences == [] and
		d.tree_digest[0] == d.tree_digest[1]' <<<"$output"
}

@test "--ignore" {
	run pare verify --ignore mode,content app.tar changed.tar
	is 0
	run pare verify --ignore mode app.tar changed.tar
	is 1
	[[ $output != *mode* ]]
	run pare verify --ignore colour app.tar changed.tar
	is 2
	[[ $output == *colour* ]]
}

@test "another config is a difference" {
	CMD=bash image bash.tar app:3 1.tar 2.tar 3.tar
	run pare verify --format json app.tar bash.tar
	is 1
	[ "$(js 'd.differences[0].field' <<<"$output")" = config:config.Cmd ]
	run pare verify --ignore config app.tar bash.tar
	is 0
}

# dated FILE SECONDS: an image of one file with that mtime.
dated() {
	mkdir -p at
	echo x >at/x
	tar --mtime="@$2" --owner=0 --group=0 --numeric-owner --format=pax \
		--pax-option=delete=atime,delete=ctime -C at -cf at.tar x
	image "$1" app:1 at.tar
}

@test "times in any year are told apart, and stay" {
	dated a.tar 10413792000
	dated b.tar 10413792001
	run pare verify --format json a.tar b.tar
	is 1
	[ "$(js 'd.differences[0]' <<<"$output")" = '{"path":"x","field":"mtime","a":"10413792000000000000","b":"10413792001000000000"}' ]
	dated a.tar -10413792000
	dated b.tar -10413792000.5
	run pare verify --format json a.tar b.tar
	is 1
	[ "$(js 'd.differences[0].b' <<<"$output")" = -10413792000500000000 ]
	pare flatten -q b.tar -o c.tar
	pare verify b.tar c.tar
}

@test "standard input may be one of the two" {
	run pare verify - app.tar <app.tar
	is 0
	run pare verify app.tar - <changed.tar
	is 1
}

@test "what cannot be read" {
	run pare verify app.tar nothing.tar
	is 3
	[[ $output == *nothing.tar* ]]
	head -c 400000 app.tar >cut.tar
	run pare verify app.tar cut.tar
	is 3
	[[ $output == *cut.tar* ]]
	no_litter
}

@test "platforms that one image lacks" {
	python3 "$BATS_TEST_DIRNAME/index.py" two linux/amd64 linux/arm64/v8
	python3 "$BATS_TEST_DIRNAME/index.py" one linux/amd64
	python3 "$BATS_TEST_DIRNAME/index.py" other linux/s390x linux/amd64
	run pare verify oci:two oci:two
	is 0
	run pare verify oci:two oci:one
	is 1
	[ "${lines[0]}" = 'platform linux/arm64/v8: A alone has it' ]
	[ "${lines[1]}" = linux/amd64 ]
	[[ ${lines[2]} == 'equal: tree sha256:'* ]]
	run pare verify -q oci:one oci:two
	is 1
	[ "${lines[0]}" = 'platform linux/arm64/v8: B alone has it' ]
	run bash -c '"$PARE" verify --format json oci:two oci:other'
	is 1
	js 'd.equal is False and [p.platform for p in d.platforms] == ["linux/amd64"] and d.platforms[0].equal' <<<"$output"
	js '[(x.field, x.a, x.b) for x in d.differences] == [("platform", "linux/arm64/v8", ""), ("platform", "", "linux/s390x")]' <<<"$output"
	run pare verify --platform linux/amd64 oci:two oci:other
	is 0
	run bash -c '"$PARE" verify --format json oci:two oci:two'
	is 0
	js 'd.equal and d.differences == [] and len(d.platforms) == 2' <<<"$output"
}

@test "what a missing key means is no difference" {
	wasteful_image
	mkdir x
	tar -C x -xf app.tar
	sed -i 's/"config":{/&"AttachStdin":false,"Tty":false,"Domainname":"","OnBuild":[],"Volumes":null,/' x/[0-9a-f]*.json
	grep -q AttachStdin x/*.json
	tar -C x -cf full.tar .
	run pare verify app.tar full.tar
	is 0
	sed -i 's/"Tty":false/"Tty":true/' x/[0-9a-f]*.json
	tar -C x -cf tty.tar .
	run pare verify app.tar tty.tar
	is 1
	[ "${lines[0]}" = 'config:config.Tty:  -> true' ]
}
