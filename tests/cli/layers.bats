#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Images of more layers than engines take.
bats_require_minimum_version 1.5.0
load common
load images

setup() {
	in_place
}

# many N: many.tar, an image of N layers without a dead byte.
many() {
	local n tars=
	for n in $(seq "$1"); do
		mkdir -p "n$n/d"
		seq "$n" 900 >"n$n/d/f$n"
		layer "n$n.tar" "n$n"
		tars+=" n$n.tar"
	done
	# shellcheck disable=SC2086 # words
	image many.tar app:1 $tars
}

# has TEST N IMAGE: so many layers (-le, -eq) and, analyze says, not too many.
has() {
	pare analyze --format json "$3" >found.json
	[ "$(js 'len(d.layers)' <found.json)" "$1" "$2" ]
	[ "$(js 'len([f for f in d.findings if f.id == "PARE-ENGINE"])' <found.json)" = 0 ]
	pare verify many.tar "$3"
}

@test "analyze names the engine, its limit and what cures it" {
	many 127
	run --separate-stderr pare analyze --show findings many.tar
	is 0
	[[ $output == *"  PARE-ENGINE  layer 126: the image has 127 layers: docker takes at most 125
      -> join layers; optimize does"* ]]
	pare optimize -q --base 1 --min-gain 1TB many.tar -o docker-archive:out.tar
	has -le 125 out.tar
	run --separate-stderr pare analyze --show findings --base 126 many.tar
	[[ $output == *"      -> join layers of the base, too; optimize --base none does"* ]]
	run --separate-stderr pare optimize --base 126 many.tar
	is 3
	[ "$stderr" = "pare optimize: many.tar: 126 layers are kept as the base, and docker takes at most 125 in all: keep fewer (--base N, or --base none)" ]
	pare optimize -q --base none many.tar -o docker-archive:none.tar
	has -le 125 none.tar
}

@test "squash and flatten stay below, too" {
	many 128
	pare squash -q --base 1 --layers 3..4 many.tar -o docker-archive:two.tar
	has -eq 125 two.tar
	pare flatten -q many.tar -o docker-archive:one.tar
	has -eq 1 one.tar
}

@test "125 layers are not too many" {
	many 125
	has -eq 125 many.tar
	pare optimize -q --base none many.tar -o docker-archive:out.tar
	has -eq 125 out.tar
}

# engine_findings IMAGE: their severity, layer and title.
engine_findings() {
	pare analyze --format json "$1" |
		js '"\n".join("%s %d %s" % (f.severity, f.layer, f.title) for f in d.findings if f.id == "PARE-ENGINE")' || :
}

@test "zstd is told, and gzip cures it" {
	many 3
	pare optimize -q --compression zstd --recompress many.tar -o oci:z:1
	[ "$(engine_findings oci:z)" = "info 0 3 of the layers, from this one on, are compressed with zstd: docker before 23.0 cannot read them" ]
	pare optimize -q --compression gzip --recompress oci:z -o oci:g:1
	[ "$(engine_findings oci:g)" = "" ]
}

@test "xz has no media type, and optimize makes it gzip" {
	many 2
	pare optimize -q --compression none many.tar -o oci:x:1
	python3 - <<'END'
import hashlib, json, lzma
top = "x/blobs/sha256/"
index = json.load(open("x/index.json"))
m = json.load(open(top + index["manifests"][0]["digest"][7:]))
def put(data):
    name = hashlib.sha256(data).hexdigest()
    open(top + name, "wb").write(data)
    return {"digest": "sha256:" + name, "size": len(data)}
m["layers"][1].update(put(lzma.compress(open(top + m["layers"][1]["digest"][7:], "rb").read())))
index["manifests"][0].update(put(json.dumps(m).encode()))
json.dump(index, open("x/index.json", "w"))
END
	[ "$(engine_findings oci:x)" = "warning 1 the layer is compressed with xz, for which there is no media type: engines refuse it" ]
	pare optimize -q oci:x -o oci:g:1
	[ "$(engine_findings oci:g)" = "" ]
}

@test "a path that is longer than podman takes" {
	python3 - <<'END'
import tarfile
for name, n in (("ok", 3989), ("long", 3990)):
    parts, left = [], n
    while left > 201:
        parts.append("d" * 200)
        left -= 201
    path = "/".join(parts + ["f" * left])
    with tarfile.open(name + "-layer.tar", "w", format=tarfile.PAX_FORMAT) as t:
        for i in range(1, len(parts) + 1):
            d = tarfile.TarInfo("/".join(parts[:i]))
            d.type = tarfile.DIRTYPE
            t.addfile(d)
        t.addfile(tarfile.TarInfo(path))
END
	image ok.tar app:1 ok-layer.tar
	image long.tar app:1 long-layer.tar
	[ "$(engine_findings ok.tar)" = "" ]
	[ "$(engine_findings long.tar)" = "warning 0 a path is longer than the 3989 bytes that podman takes" ]
}
