# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What is given in place of an image is called by its name.

setup() {
	load common.bash
	load images.bash
	in_place
}

# refused FILE TEXT: by every way in, with status 3 and these words alone.
refused() {
	run pare analyze "$1"
	is 3
	says "pare analyze: $1: $2"
	[ -d "$1" ] && return
	run bash -c '"$PARE" analyze - <"$1"' _ "$1"
	is 3
	says "pare analyze: -: $2"
	gzip -c "$1" >"$1.gz"
	run pare analyze "$1.gz"
	says "pare analyze: $1.gz: $2"
}

FS='a file system, not an image: docker import makes one of it, or write the image itself with docker save in place of docker export'

@test "docker export" {
	mkdir -p fs/{bin,dev,etc,home,proc,usr/bin}
	tar -C fs -cf fs.tar bin dev etc home proc usr
	refused fs.tar "$FS"
	mkdir scratch
	touch scratch/.dockerenv scratch/app
	tar -C scratch -cf scratch.tar .dockerenv app
	refused scratch.tar "$FS"
	run pare analyze docker-archive:fs.tar
	is 3
	says "pare analyze: docker-archive:fs.tar: $FS"
	run pare optimize fs.tar -o out
	is 3
	[ ! -e out ]
	run pare analyze fs
	is 3
	says 'pare analyze: fs: a file system, not an image: tar -C fs -c . | docker import - NAME makes one of it'
}

@test "a layer, a build context, a tar of something else" {
	mkdir -p l/etc c/bin c/lib c/tmp
	touch l/etc/.wh.x c/Dockerfile c/main.c
	layer l.tar l
	refused l.tar 'a layer, not an image: name the archive or the layout that it is part of'
	tar -C c -cf c.tar .
	refused c.tar 'a build context, not an image: docker build - makes one of it'
	tar -C c -cf m.tar main.c
	refused m.tar 'not an image: the archive holds no manifest.json, index.json or oci-layout'
	run pare analyze c
	is 3
	says 'pare analyze: c: a build context, not an image: docker build c makes one of it, pare context c looks into it'
}

@test "nothing" {
	: >empty
	run pare analyze empty
	is 3
	says 'pare analyze: empty: an empty file, not an image'
	run bash -c '"$PARE" analyze - </dev/null'
	is 3
	says 'pare analyze: -: an empty file, not an image'
	tar -cf none.tar -T /dev/null
	refused none.tar 'an empty archive, not an image'
	mkdir nothing
	refused nothing 'an empty directory, not an image'
}

@test "an unpacked docker save" {
	wasteful_image
	mkdir save
	tar -C save -xf app.tar
	refused save 'an unpacked docker save: pack it again, tar -C save -c . | pare COMMAND -'
	run bash -c 'tar -C save -c . | "$PARE" analyze -q --format json - | head -c 1'
	says '{'
}

@test "files of other kinds" {
	printf 'PK\3\4rest' >a
	refused a 'a zip archive, not an image'
	{ head -c 32769 /dev/zero && printf CD001; } >b
	refused b 'an ISO 9660 disc, not a container image'
	printf '# syntax=x\nARG A\nfrom alpine\nRUN x\n' >c
	refused c 'a Dockerfile, not an image: docker build makes one of it, pare lint reads it'
	printf '{"schemaVersion":2}' >d
	refused d 'a JSON document, not an image: name the directory or the archive that it is part of'
	printf '<!DOCTYPE html>' >e
	refused e 'a page of HTML or XML, not an image: what did the download say?'
	cp "$PARE" f
	refused f 'a program, not an image'
	printf 'version https://git-lfs.github.com/spec/v1\n' >g
	refused g 'a Git LFS pointer: git lfs pull fetches the file that it stands for'
	printf '\004\042\115\030lz4' >h
	refused h 'compressed with lz4, which is not read: decompress it first'
	printf 'hsqs' >i
	refused i 'a squashfs file system, not a container image'
}
