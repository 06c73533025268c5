#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# The files that pare writes: what is replaced, what is written to, what is
# refused.
bats_require_minimum_version 1.5.0
load common
load images

setup() {
	in_place
	mkdir -p 1/usr/share/doc/x 2/srv
	head -c 40000 /dev/zero | tr '\0' d >1/usr/share/doc/x/README
	echo base >1/base
	echo keep >2/srv/keep
	layer 1.tar 1
	layer 2.tar 2
	image app.tar app:1 1.tar 2.tar
	echo 'FROM scratch' >Dockerfile
}

optimize() {
	pare optimize -q --base none --min-gain 0 --drop docs "$@"
}

# Everything by name, inode, type, mode and content.
state() {
	find . "$TMPDIR" -printf '%p %i %y %m %l\n' | sort
	find . -type f -exec sha256sum {} + | sort
}

# refused TEXT COMMAND...: status 2 or 3 with TEXT, and all is as before.
refused() {
	local want=$1 before
	shift
	before=$(state)
	run "$@"
	[ "$status" -eq 2 ] || is 3
	[[ $output == *"$want"* ]] || {
		echo "it printed: $output"
		return 1
	}
	[ "$(state)" = "$before" ]
}

@test "a device is written to" {
	[ "$(id -u)" = 0 ] || skip "needs root, for mknod"
	mknod null c 1 3 && mknod full c 1 7 || skip "no mknod here"
	ln -s null link
	before=$(stat -c '%i %F %a' null full)
	optimize --removed null app.tar -o out.tar
	optimize --removed link app.tar -o docker-archive:null
	optimize app.tar -o oci-archive:link
	run -3 optimize --removed full app.tar -o other.tar
	says "pare optimize: --removed full: writing: No space left on device"
	run -3 optimize app.tar -o full
	says "pare optimize: full: writing: No space left on device"
	pare lint -o link Dockerfile
	pare lint --write-baseline null Dockerfile
	[ "$(stat -c '%i %F %a' null full)" = "$before" ]
	[ "$(readlink link)" = null ]
	no_litter
}

@test "a FIFO is written to" {
	mkfifo pipe
	cat pipe >got &
	optimize app.tar -o pipe
	wait $!
	optimize app.tar -o out.tar
	cmp got out.tar
	cat pipe >got &
	optimize --removed pipe app.tar -o out.tar
	wait $!
	grep -q usr/share/doc/x/README got
	cat pipe >got &
	pare lint -o pipe Dockerfile
	wait $!
	[ "$(cat got)" = "no findings in 1 file" ]
	[ -p pipe ]
}

@test "links are followed and stay; mode and owner are kept" {
	mkdir there
	echo old >there/old
	chmod 640 there/old
	ln -s there/old link
	ln -s there/new dangling
	[ "$(id -u)" != 0 ] || chown 12:34 there/old
	owner=$(stat -c %u:%g there/old)
	for to in link dangling; do
		optimize app.tar -o $to
		run -1 pare verify -q app.tar $to
		optimize --removed $to app.tar -o out.tar
		grep -q README $to
		pare lint -o $to Dockerfile
		pare lint --write-baseline $to Dockerfile
		! grep -q findings $to
	done
	[ "$(readlink link dangling)" = "there/old
there/new" ]
	[ "$(stat -c '%a %u:%g' there/old)" = "640 $owner" ]
	ln -s b a
	ln -s a b
	refused "a loop of links" optimize app.tar -o a
	refused "a loop of links" pare lint -o a Dockerfile
	refused "a loop of links" optimize --removed a app.tar
	ln -s nowhere/x broken
	refused "No such file or directory" optimize app.tar -o broken
}

@test "a descriptor goes on where it stands" {
	optimize app.tar -o out.tar
	for to in /dev/stdout /dev/fd/1 /proc/self/fd/1 -; do
		echo head >all
		optimize app.tar -o $to >>all
		{ echo head && cat out.tar; } | cmp - all
	done
	echo head >all
	optimize app.tar -o /dev/fd/7 7>>all
	{ echo head && cat out.tar; } | cmp - all
	echo head >all
	pare lint -o /dev/stdout Dockerfile >>all
	pare lint -o /dev/fd/2 Dockerfile 2>>all
	[ "$(cat all)" = "head
no findings in 1 file
no findings in 1 file" ]
	printf 12345678 >all
	{ head -c 2 >/dev/null && printf ab && pare lint -o /dev/fd/3 Dockerfile; } \
		3<>all >&3 <&3
	[ "$(head -n 1 all)" = "12abno findings in 1 file" ]
	refused "Bad file descriptor" pare lint -o /dev/fd/9 Dockerfile
	refused "Bad file descriptor" optimize app.tar -o /dev/fd/5 5<app.tar
	# What pare opened itself has no name outside.
	for fd in 3 4 5 6 7 8; do
		refused "Bad file descriptor" optimize --removed /dev/fd/$fd \
			app.tar 3>&- 4>&- 5>&- 6>&- 7>&- 8>&-
	done
}

@test "what cannot be a file fails before the work" {
	mkdir dir
	echo f >dir/file
	# An image that cannot be read: the destination is looked at first.
	head -c 300 app.tar >broken.tar
	refused "Not a directory" optimize app.tar -o dir/file/
	refused "not a directory" optimize app.tar -o oci:dir/file
	refused "Not a directory" optimize app.tar -o dir:dir/file/
	refused "the name of a directory" optimize app.tar -o docker-archive:dir/file/
	refused "the name of a directory" optimize app.tar -o oci-archive:new/
	refused "a directory" optimize app.tar -o docker-archive:dir
	refused "No such file" optimize app.tar -o none/x
	refused "Not a directory" optimize app.tar -o dir/file/x
	refused "the name of a directory" pare lint -o new/ Dockerfile
	refused "a directory" pare lint -o dir Dockerfile
	refused "a directory" pare lint --write-baseline dir Dockerfile
	refused "a directory" optimize --removed dir app.tar
	refused "the name is empty" pare lint -o "" Dockerfile
}

@test "a directory that takes no new file" {
	[ "$(id -u)" != 0 ] || skip "root may write everywhere"
	mkdir dir
	echo old >dir/file
	chmod 555 dir
	refused "takes no new file" pare lint -o dir/file Dockerfile
	refused "takes no new file" optimize app.tar -o dir/file
	chmod 755 dir
}

@test "the image that is read is not replaced without --force" {
	ln app.tar hard
	ln -s app.tar soft
	for to in app.tar ./app.tar hard soft docker-archive:app.tar \
		oci-archive:hard; do
		refused "this is the image that is read" optimize app.tar -o $to
	done
	refused "this is the image that is read" optimize docker-archive:soft -o app.tar
	refused "this is the image that is read" optimize soft:app:1 -o hard
	refused "this is the image that is read" pare squash app.tar -o hard
	refused "this is the image that is read" pare flatten app.tar -o hard
	refused "--removed soft: this is the image that is read" \
		optimize --removed soft app.tar -o out.tar
	refused "--removed new: the image is written there, too" \
		optimize --removed new app.tar -o ./new
	cp app.tar was.tar
	run -2 optimize - -o app.tar <app.tar
	for to in - /dev/stdout /dev/fd/1; do
		status=0
		optimize app.tar -o $to >>app.tar 2>said || status=$?
		[ $status = 2 ]
		grep -q "this is the image that is read" said
	done
	cmp app.tar was.tar
	optimize --force app.tar -o soft
	[ -L soft ]
	! cmp -s app.tar was.tar
	cmp hard was.tar
	pare analyze -q app.tar
	no_litter
}

@test "no other image that is read is replaced without --force" {
	cp app.tar old.tar
	cp app.tar was.tar
	pare optimize -q app.tar -o oci:lay:app
	refused "this is the image that is read" optimize --previous old.tar app.tar -o old.tar
	refused "this is the image that is read" optimize --base old.tar app.tar -o old.tar
	refused "this is the image that is read" pare flatten --base old.tar app.tar -o old.tar
	refused "the image that is read is called app" \
		optimize --previous oci:lay:app app.tar -o oci:lay:app
	cmp old.tar was.tar
	optimize --previous oci:lay:app app.tar -o oci:lay:next
	optimize --previous old.tar app.tar --force -o old.tar
	no_litter
}

@test "a Dockerfile that is read is not replaced without --force" {
	ln Dockerfile hard
	for to in Dockerfile hard; do
		refused "this is a file that is read" pare lint -o $to Dockerfile
		refused "this is a file that is read" pare lint -o $to .
		refused "this is a file that is read" \
			pare lint --write-baseline $to Dockerfile
		run -2 pare lint -o $to - <Dockerfile
	done
	[ "$(cat Dockerfile)" = 'FROM scratch' ]
	pare lint --force -o Dockerfile Dockerfile
	[ "$(cat Dockerfile)" = 'no findings in 1 file' ]
	no_litter
}

@test "a layout that is read takes another tag, not the same one" {
	pare optimize -q app.tar -o oci:lay:app
	pare optimize -q app.tar -o oci:one
	ln -s lay link
	refused "the image that is read is called app" optimize oci:lay:app -o oci:lay:app
	refused "the image that is read is called app" optimize oci:lay -o oci:link:app
	refused "the image that is read is called app" \
		optimize oci:lay:app --tag app -o oci:lay
	refused "this is the image that is read" optimize oci:one -o oci:one
	refused "this is the image that is read" optimize one -o one
	refused "this is the image that is read" optimize lay -o lay
	refused "this is the image that is read" optimize oci:lay:app -o oci:link
	optimize oci:lay:app -o oci:lay:small
	optimize oci:one -o oci:one:small
	[ "$(js '[m.annotations["org.opencontainers.image.ref.name"]
		for m in d.manifests]' <lay/index.json)" = '["app","small"]' ]
	refused "is called small" optimize oci:lay:small -o oci:lay:small
	# Another image of the layout is the user's to replace.
	optimize oci:lay:app -o oci:lay:small
	optimize --force oci:lay:app -o oci:lay:app
	pare verify -q oci:lay:small oci:lay:app
	no_litter
}

@test "nothing is written inside the image that is read" {
	pare optimize -q app.tar -o oci:lay:app
	pare optimize -q app.tar -o dir:sko
	blob=$(manifest_of lay)
	refused "this lies inside" optimize lay -o lay/new.tar
	refused "this lies inside" optimize lay -o lay/blobs/new/
	refused "this lies inside" optimize lay -o "$blob"
	refused "this lies inside" optimize --removed "$blob" lay
	refused "this is the image that is read" optimize dir:sko -o dir:sko
	refused "this lies inside" optimize dir:sko -o dir:sko/new
	optimize --force dir:sko -o dir:sko
	pare verify -q dir:sko dir:sko
}

@test "a name of the result is one name, and one that images may have" {
	for bad in 'a b' a:b:c -x x/y: a//b; do
		run -2 pare optimize app.tar "--tag=$bad"
		[[ $output = "pare optimize: --tag: "*"is no image name"* ]]
	done
	run -2 pare optimize app.tar --tag my/x:1 -o oci:new:zz
	[[ $output = *'--tag my/x:1, but the destination says zz: name the result once'* ]]
	[ ! -e new ]
	pare optimize -q app.tar --tag zz -o oci:new:zz
	pare analyze -q oci:new:zz
	no_litter
}
