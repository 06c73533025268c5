#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# pare flatten as a user runs it.
bats_require_minimum_version 1.5.0
load common
load images

setup() {
	in_place
	wasteful_image
}

json() {
	js "$1" <<<"$output"
}

@test "one layer, the same tree and config" {
	run --separate-stderr pare flatten --format json app.tar -o out.tar
	is 0
	json 'd.after.layers == 1 and d.after.dead == 0 and d.after.stored == 260010'
	json 'd.proof == "equal" and d.before.tree_digest == d.after.tree_digest'
	run -0 pare verify app.tar out.tar
	[ "$(pare analyze --format json out.tar | js 'len(d.layers)')" = 1 ]
	no_litter
}

@test "a flat image is left as it is" {
	run -0 pare flatten app.tar -o out.tar
	before=$(pare analyze --format json out.tar | js 'd.layers[0].diff_id')
	run -0 pare flatten out.tar -o again.tar
	[[ $output == *"Nothing to do"* ]]
	[ "$(pare analyze --format json again.tar | js 'd.layers[0].diff_id')" = "$before" ]
}

@test "a base is kept when asked for" {
	run --separate-stderr pare flatten --base 1 --format json app.tar -o out.tar
	is 0
	json 'd.after.layers == 2 and d.layers[0].fate == "kept" and d.base.layers == 1'
	run --separate-stderr pare flatten --base 3 --format json app.tar
	is 0
	json 'd.after.layers == 3'
}

@test "compression is the user's to say" {
	run --separate-stderr pare flatten --compression zstd:3 --format json app.tar -o out/
	is 0
	grep -q 'tar+zstd' "$(manifest_of out)"
}

# A docker-archive states no digest of its blobs, so one of level 1 can be made
# to say that it were of level 6: what is copied of it is larger.
@test "gzip members that pare wrote before are copied" {
	python3 - <<-'END'
		import hashlib, io, json, random, tarfile
		r = random.Random(1)
		layer = io.BytesIO()
		with tarfile.open(fileobj=layer, mode="w") as t:
		    for i in range(8):
		        b = "".join(r.choices("etaoin shrdlu", k=300000)).encode()
		        info = tarfile.TarInfo(f"f{i}")
		        info.size = len(b)
		        t.addfile(info, io.BytesIO(b))
		tar = layer.getvalue()
		config = json.dumps({"os": "linux", "architecture": "amd64", "rootfs": {
		    "type": "layers",
		    "diff_ids": ["sha256:" + hashlib.sha256(tar).hexdigest()]}})
		names = json.dumps([{"Config": "c.json", "Layers": ["l.tar"]}])
		with tarfile.open("files.tar", "w") as t:
		    for name, b in (("l.tar", tar), ("c.json", config.encode()),
		                    ("manifest.json", names.encode())):
		        info = tarfile.TarInfo(name)
		        info.size = len(b)
		        t.addfile(info, io.BytesIO(b))
	END
	flat() {
		pare optimize --base none --recompress -q "$1" --compression "$2" -o docker-archive:"$3"
	}
	flat files.tar gzip:1 one.tar
	flat files.tar gzip:6 six.tar
	python3 - <<-'END'
		import re
		b = open("one.tar", "rb").read()
		b, n = re.subn(rb"(\x1f\x8b\x08\x04\0{4}\0\xff\x09\0PM\x05\0.{4})\x01",
		               lambda m: m[1] + b"\6", b, flags=re.S)
		assert n > 4, n
		open("lie.tar", "wb").write(b)
	END
	flat one.tar gzip:6 again.tar
	cmp six.tar again.tar
	flat lie.tar gzip:6 copied.tar
	[ "$(stat -c %s copied.tar)" = "$(stat -c %s one.tar)" ]
	[ "$(stat -c %s copied.tar)" -gt "$(stat -c %s six.tar)" ]
	run -0 pare verify files.tar copied.tar
}
