#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# pare ls as a user runs it, held against GNU tar and ls.
bats_require_minimum_version 1.5.0
load common
load images

setup() {
	in_place
	wasteful_image
}

@test "the names that the layers leave" {
	run --separate-stderr pare ls app.tar
	is 0
	[ "$output" = $'etc\nsrv\nvar' ]
	run --separate-stderr pare ls app.tar /srv/../srv/.
	[ "$output" = $'data\nkeep' ]
	run --separate-stderr pare ls app.tar var/cache
	is 0
	[ "$output" = "" ]
	run --separate-stderr pare ls app.tar srv/data
	[ "$output" = /srv/data ]
}

# tar_lines: tar -tv as pare ls -l writes it: MODE OWNER SIZE DATE TIME NAME.
tar_lines() {
	TZ=UTC tar --numeric-owner -tvf "$1" | sed 's| \./| |; s|/$||; s|\([0-9]\)/\([0-9]\)|\1:\2|' |
		awk '$1 !~ /^h/ && $6 != "" { $1 = $1; print }' | sort
}

@test "every field of --long is GNU tar's" {
	mkdir m
	(
		cd m
		echo text >file
		chmod 4711 file
		head -c 12345 /dev/zero >large
		mkdir sticky plain
		chmod 1777 sticky
		chmod 2600 plain
		ln -s ../file link
		mkfifo fifo
	)
	tar --sort=name --mtime=@1000000000 --owner=7 --group=1234567 --numeric-owner \
		-C m -cf m.tar .
	image ls.tar ls:1 m.tar
	run --separate-stderr pare ls -l ls.tar
	is 0
	[ "$(awk '{ $2 = ""; $0 = $0; size = $3; if (/^l/) size = 0
		sub(/^[^ ]+ +[^ ]+ +[^ ]+ /, $1 " " $2 " " size " "); $1 = $1; print }' \
		<<<"$output" | sort)" = "$(tar_lines m.tar)" ]
	# tar has no size for a symlink, a file system that of its target
	[[ $output == *"lrwxrwxrwx  1 7:1234567     7 2001-09-09 01:46 link -> ../file"* ]]
}

@test "hard links are counted, also where a layer took one away" {
	mkdir -p a b
	echo x >a/one
	ln a/one a/two
	ln a/one a/three
	: >b/.wh.two
	for n in a b; do layer $n.tar $n; done
	image hard.tar hard:1 a.tar b.tar
	run --separate-stderr pare ls -l hard.tar
	[ "$(awk '{ print $2, $NF }' <<<"$output")" = $'2 one\n2 three' ]
}

@test "symlinks lead within the image, whatever they say" {
	mkdir -p e/etc
	echo inside >e/etc/passwd
	ln -s ../../../../../etc/passwd e/up
	ln -s /etc e/abs
	ln -s loop e/loop
	ln -s nowhere e/gone
	layer e.tar e
	image esc.tar e:1 e.tar
	run --separate-stderr pare ls esc.tar up
	[ "$output" = /etc/passwd ]
	run --separate-stderr pare ls -l esc.tar abs/passwd
	[ "$(awk '{ print $4 }' <<<"$output")" = 7 ]
	run --separate-stderr pare ls esc.tar abs
	[ "$output" = passwd ]
	run --separate-stderr pare ls -l esc.tar abs
	[[ $output == "lrwx"*" /abs -> /etc" ]]
	run --separate-stderr pare ls esc.tar loop
	is 3
	[[ $stderr == *'esc.tar (linux/amd64): "loop": '*"--limit link_chain=N"* ]]
	run --separate-stderr pare ls esc.tar gone
	is 3
	[[ $stderr == *'"gone": the image has no such file or directory'* ]]
	[ "$output" = "" ]
	run --separate-stderr pare ls esc.tar etc/passwd/
	is 3
	[[ $stderr == *'"etc/passwd/": a component of it is no directory'* ]]
}

@test "several platforms, and one of them" {
	python3 "$BATS_TEST_DIRNAME/index.py" two linux/amd64 linux/arm64/v8
	one=$(pare ls --platform linux/amd64 oci:two)
	[ -n "$one" ]
	run --separate-stderr pare ls oci:two
	is 0
	[ "$output" = "linux/amd64"$'\n'"$one"$'\n\n'"linux/arm64/v8"$'\n'"$(pare ls --platform linux/arm64/v8 oci:two)" ]
	run --separate-stderr pare ls --format json oci:two
	js '[p.platform for p in d.platforms] == ["linux/amd64", "linux/arm64/v8"]' <<<"$output"
	run --separate-stderr pare ls --platform linux/s390x oci:two
	is 3
	# cat writes one file: which of the two has to be said.
	run --separate-stderr pare cat oci:two "${one%%$'\n'*}"
	is 2
	[[ $stderr == *"oci:two has 2 platforms; pick one of them with --platform"* ]]
}

@test "JSON, the same bytes for any number of threads" {
	run --separate-stderr pare ls --format json app.tar srv
	is 0
	js 'd.schema == 1 and d.image == "app.tar" and d.platform == "linux/amd64" and d.path == "srv"' <<<"$output"
	js '[(e.path, e.type, e.mode, e.uid, e.size, e.links, e.layer, e.mtime) for e in d.entries] ==
		[("srv/data", "file", "0644", 0, 60000, 1, 2, "2001-09-09T01:46:40Z"),
		 ("srv/keep", "file", "0644", 0, 5, 1, 1, "2001-09-09T01:46:40Z")]' <<<"$output"
	[ "$output" = "$(pare ls --format json -j 1 --no-cache app.tar srv)" ]
}

@test "wrong usage" {
	run --separate-stderr pare ls
	is 2
	run --separate-stderr pare ls app.tar a b
	is 2
	run --separate-stderr pare ls gone.tar
	is 3
}
