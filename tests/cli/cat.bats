#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# pare cat as a user runs it.
bats_require_minimum_version 1.5.0
load common
load images

setup() {
	in_place
	wasteful_image
}

@test "the bytes that a container would read" {
	pare cat app.tar srv/data >out
	cmp out 3/srv/data
	pare cat app.tar /etc/../etc/passwd >out
	cmp out 1/etc/passwd
	# No line end is added, none is lost.
	printf 'a\0b' >3/srv/binary
	layer 3.tar 3
	image bin.tar bin:1 3.tar
	pare cat bin.tar srv/binary | cmp - 3/srv/binary
}

@test "every format, compression and a pipe" {
	run -0 pare flatten --compression zstd app.tar -o oci:zstd:1
	run -0 pare flatten --compression gzip app.tar -o gzip.tar
	for image in oci:zstd:1 gzip.tar docker-archive:app.tar; do
		pare cat "$image" srv/keep | cmp - 2/srv/keep
		# at the second look, from the cache
		pare cat "$image" etc/lib.so | cmp - 1/etc/lib.so
	done
	pare cat - srv/keep <app.tar | cmp - 2/srv/keep
}

@test "symlinks stay inside" {
	mkdir e
	ln -s ../../../../../../etc/hostname e/up
	ln -s up e/chain
	layer e.tar e
	image e.image e:1 e.tar
	for name in up chain /etc/hostname ../../etc/hostname; do
		run --separate-stderr pare cat e.image "$name"
		is 3
		[ "$output" = "" ]
		[[ $stderr == *"\"$name\": the image has no such file or directory" ]]
	done
}

@test "what is gone, a directory, wrong usage" {
	run --separate-stderr pare cat app.tar var/cache/pkg.bin
	is 3
	run --separate-stderr pare cat app.tar srv
	is 3
	[[ $stderr == *"app.tar: \"srv\": it is a directory; \`pare ls\` lists it" ]]
	run --separate-stderr pare cat app.tar
	is 2
	run --separate-stderr pare cat --format json app.tar srv/keep
	is 2
}

@test "a full disk is told" {
	[ -w /dev/full ] || skip "no /dev/full"
	run --separate-stderr sh -c "\"$PARE\" cat app.tar srv/data >/dev/full"
	is 3
	[[ $stderr == *"standard output"* ]]
}
