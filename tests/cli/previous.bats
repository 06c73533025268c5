#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# pare optimize --previous, and --compression best.
bats_require_minimum_version 1.5.0
load common
load images

setup() {
	in_place
}

# noise N SEED: bytes that do not compress, the same every time.
noise() {
	python3 -c 'import random, sys
sys.stdout.buffer.write(random.Random(int(sys.argv[2])).randbytes(int(sys.argv[1])))' "$@"
}

# release N: a base, an application with a dead file, and its removal; the
# second differs in a few small files.
release() {
	mkdir -p b/usr a/app u/app u/etc
	noise 300000 1 >b/usr/lib
	for n in 1 2 3 4; do noise 100000 1$n >a/app/part$n; done
	echo "version $1" >a/app/version
	ln -f a/app/version a/app/version.link
	noise 50000 2 >a/app/dead
	: >u/app/.wh.dead
	echo "config $1" >u/etc/conf
	if [ "$1" = 2 ]; then
		rm a/app/part4
		echo new >a/app/new
	fi
	for d in b a u; do layer $d.tar $d; done
	image "r$1.tar" "app:$1" b.tar a.tar u.tar
}

releases() {
	release 1
	release 2
	o="--base 1 --min-gain 0 --compression zstd"
	# shellcheck disable=SC2086 # words
	pare optimize -q $o r1.tar -o oci:one:a
	# shellcheck disable=SC2086
	pare optimize -q $o r2.tar -o oci:plain:a
}

# fetched IMAGE: bytes of layers that a node with oci:one fetches for it.
fetched() {
	pare diff --wire --format json oci:one "$1" | js d.wire.fetch_layers
}

@test "only what changed moves" {
	releases
	run --separate-stderr pare optimize --base 1 --min-gain 0 --compression zstd \
		--previous oci:one --format json r2.tar -o oci:two:a
	is 0
	[ "$(js '[(l.fate, l.previous) for l in d.layers]' <<<"$output")" = '[["reused",0],["reused",1],["rewritten",null]]' ]
	[ "$(js d.proof <<<"$output")" = equal ]
	pare verify r2.tar oci:two
	[ "$(fetched oci:plain)" -gt 300000 ]
	[ "$(fetched oci:two)" -lt 1000 ]
	# history and layers are in step, and the new layer says who made it
	run --separate-stderr pare history --format json oci:two
	is 0
	[ "$(js '[h.created_by for h in d.history if h.layer is not None]' <<<"$output")" = '["pare optimize --previous","step 3","step 1"]' ]
}

@test "the next release of the same image moves nothing" {
	releases
	pare optimize -q --base 1 --previous oci:one r1.tar -o oci:again:a
	[ "$(fetched oci:again)" = 0 ]
	pare verify oci:one oci:again
}

@test "other compression, level and order move nothing" {
	releases
	pare optimize -q --base none --recompress --compression gzip:1 --order kind \
		--previous oci:one r1.tar -o oci:again:a
	[ "$(fetched oci:again)" = 0 ]
}

@test "a release after a release: layers do not pile up" {
	releases
	prev=oci:one
	for n in 1 2 3 4 5 6 7 8 9; do
		noise 20000 "$n" >a/app/grown$n
		layer a.tar a
		image next.tar app:next b.tar a.tar u.tar
		pare optimize -q --base 1 --min-gain 0 --compression zstd --previous $prev next.tar -o oci:n$n:a
		pare verify next.tar oci:n$n
		prev=oci:n$n
	done
	[ "$(pare analyze --format json $prev | js 'len(d.layers)')" -le 7 ]
}

@test "too little in common: planned afresh" {
	releases
	rm a/app/part*
	noise 900000 77 >a/app/other
	layer a.tar a
	image r3.tar app:3 b.tar a.tar u.tar
	run --separate-stderr pare optimize --base 1 --min-gain 0 --previous oci:one --format json r3.tar -o oci:three:a
	is 0
	[ "$(js '[(l.fate, l["from"], l.to) for l in d.layers][:2]' <<<"$output")" = '[["reused",0,0],["rewritten",1,2]]' ] ||
		[ "$(js '[(l.fate, l["from"], l.to) for l in d.layers][:2]' <<<"$output")" = '[["reused",0,0],["rewritten",1,1]]' ]
	pare verify r3.tar oci:three
}

@test "a platform that the previous image lacks, and a previous one that is none" {
	releases
	run pare optimize --previous oci:none r2.tar
	is 3
	[[ $output == *"--previous"* ]]
	run pare optimize --previous r2.tar
	is 2
}

@test "best: files of one kind side by side, the same for any -j, proven" {
	mkdir -p 1/d/e 2
	for n in 1 2 3; do
		noise 3000 $n >1/d/z$n.gz
		seq 1 1000 >1/d/e/a$n.txt
		seq 1 900 >1/d/b$n.c
	done
	noise 2000000 9 >1/d/dead
	echo x >1/d/keep
	mkdir -p 2/d
	: >2/d/.wh.dead
	layer 1.tar 1
	layer 2.tar 2
	image app.tar app:1 1.tar 2.tar
	pare optimize -q --base none --compression best -j1 app.tar -o oci:one:a
	pare optimize -q --base none --compression best -j4 app.tar -o oci:four:a
	diff -r one four
	blob=$(js 'd.layers[0].digest' <"$(manifest_of one)")
	zstd -dcq "one/blobs/sha256/${blob#sha256:}" >best.tar
	run tar tPf best.tar
	says '/
d/
d/e/
d/keep
d/b1.c
d/b2.c
d/b3.c
d/e/a1.txt
d/e/a2.txt
d/e/a3.txt
d/z1.gz
d/z2.gz
d/z3.gz'
	# RFC 8878 3.1.1.1.2: no larger a window than what it looks back on
	python3 - "one/blobs/sha256/${blob#sha256:}" <<'END'
import sys
head = open(sys.argv[1], "rb").read(6)
assert head[:4] == b"\x28\xb5\x2f\xfd"
single, window = head[4] >> 5 & 1, head[5]
assert single or 10 + (window >> 3) <= 20, head
END
	pare optimize -q --base none --compression gzip:best app.tar -o oci:gzip:a
	blob=$(js 'd.layers[0].digest' <"$(manifest_of gzip)")
	gzip -dc <"gzip/blobs/sha256/${blob#sha256:}" | cmp - best.tar
	pare optimize -q --base none --compression gzip:best --order path app.tar -o oci:path:a
	blob=$(js 'd.layers[0].digest' <"$(manifest_of path)")
	[ "$(gzip -dc <"path/blobs/sha256/${blob#sha256:}" | tar tf - | sed -n 3p)" = d/b1.c ]
}

# annotate DIR KEY: an annotation on every layer of a layout's image.
annotate() {
	python3 - "$1" "$2" <<'END'
import hashlib, json, sys
top, key = sys.argv[1:]
index = json.load(open(top + "/index.json"))
blob = lambda d: top + "/blobs/sha256/" + d.split(":")[1]
m = json.load(open(blob(index["manifests"][0]["digest"])))
for n, l in enumerate(m["layers"]):
    l["annotations"] = {key: str(n)}
text = json.dumps(m).encode()
d = "sha256:" + hashlib.sha256(text).hexdigest()
open(blob(d), "wb").write(text)
index["manifests"][0].update(digest=d, size=len(text))
json.dump(index, open(top + "/index.json", "w"))
END
}

@test "a source of one layer: the previous image's layers come with their annotations" {
	mkdir -p a/d b/d all
	noise 3000 1 >a/d/one
	noise 3000 2 >b/d/two
	cp -r a/d b/d all/
	for d in a b all; do layer $d.tar $d; done
	image r1.tar app:1 a.tar b.tar
	image r2.tar app:2 all.tar
	pare optimize -q --base none --compression gzip --recompress r1.tar -o oci:one:a
	annotate one org.example.n
	run --separate-stderr pare optimize --base none --min-gain 0 --previous oci:one \
		--format json r2.tar -o oci:two:a
	is 0
	[ "$(js '[(l.fate, l["from"], l.previous) for l in d.layers]' <<<"$output")" = '[["reused",null,0],["reused",null,1]]' ]
	[ "$(js '[l.get("annotations") for l in d.layers]' <"$(manifest_of two)")" = '[{"org.example.n":"0"},{"org.example.n":"1"}]' ]
	pare verify r2.tar oci:two
}

@test "a result has no more layers than docker takes" {
	tars=
	for n in $(seq 125); do
		mkdir -p "n$n/d"
		noise 1000 "$n" >"n$n/d/f$n"
		layer "n$n.tar" "n$n"
		tars+=" n$n.tar"
	done
	# shellcheck disable=SC2086 # words
	image old.tar app:1 $tars
	echo more >n125/d/more
	layer n125.tar n125
	# shellcheck disable=SC2086
	image new.tar app:2 $tars
	pare optimize -q --base 1 old.tar -o oci:p:1
	pare optimize -q --base 1 --previous oci:p:1 new.tar -o oci:q:1
	[ "$(js 'len(d.layers)' <"$(manifest_of q)")" = 125 ]
	pare verify new.tar oci:q
	[ "$(pare diff --wire --format json oci:p oci:q | js 'd.wire.fetch_layers < 10000')" = true ]
}

@test "the text counts what previous layers hold as no dead files" {
	mkdir -p b/usr a v w
	noise 300000 1 >b/usr/lib
	noise 400000 2 >a/data
	for d in b a; do layer $d.tar $d; done
	image first.tar app:1 b.tar a.tar
	echo 1 >v/conf
	mv a/data v/data
	echo 2 >w/other
	for d in v w; do layer $d.tar $d; done
	# The same files, in other layers: one of them is the old one's.
	image second.tar app:2 b.tar v.tar w.tar
	run -0 pare optimize --base 1 --previous first.tar second.tar
	[[ $output == *"-        0 B   400.0 kB        0 B   4"*"the previous image's layer 2"* ]]
	[[ $output == *"2-3   400.0 kB        4 B "*"what the previous image lacks"* ]]
	[[ $output != *"dead files"* ]]
	line=$(pare optimize --base 1 --previous first.tar --format json second.tar | js '"fetches %.1f kB in 1 layer, of %.1f kB" % (
		sum(l.compressed_after for l in d.layers if l.fate == "rewritten") / 1000, d.after.compressed / 1000)')
	[[ $output == *"fetch  a node that has the previous image $line"* ]]
}

@test "all of a previous result reused is the same size" {
	release 1
	pare optimize -q --base none r1.tar -o old.tar
	pare optimize --previous old.tar old.tar --format json >all.json
	[ "$(js d.before.compressed <all.json)" = "$(js d.after.compressed <all.json)" ]
	[ "$(js d.before.compressed <all.json)" -gt 300000 ]
	[ "$(tail -c 1 all.json | od -An -tx1)" = " 0a" ]
	run -0 pare optimize --previous old.tar old.tar
	[[ $output = *"the same size"* ]]
	[[ $output != *larger* ]]
}
