# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Indices and what their documents say besides: each is kept, or named.

setup() {
	load common.bash
	load images.bash
	in_place
	python3 "$BATS_TEST_DIRNAME/index.py" one linux/amd64 --attest
	python3 "$BATS_TEST_DIRNAME/index.py" two linux/amd64 linux/arm64/v8
}

# kept PATH...: the notes that the files there hold, by name.
kept() {
	grep -rhao 'KEPT-[a-z0-9]*' "$@" | sort -u | tr '\n' ' '
}

DROPPED='pare: 1 attestation spoke of other bytes and was dropped: recreate it for the result, for example with `cosign attest` or `docker buildx imagetools create`'
OWN='urls of the manifest'\''s descriptor'

# wrote WORDS...: optimize, and what it says on standard error.
wrote() {
	local out
	out=$(pare "$@" 2>&1 >/dev/null) || return 1
	echo "$out"
}

@test "all that holds is kept in a layout and in an archive" {
	for out in oci:out oci-archive:out.tar both.tar; do
		run wrote optimize --base none --min-gain 0 oci:one -o "$out"
		is 0
		says "$DROPPED
pare: left out, for it holds no longer or has no place in the result: note.layer1 of layer 2; $OWN"
	done
	all='KEPT-config KEPT-descriptor KEPT-entry KEPT-index KEPT-layer0 KEPT-layer2 KEPT-layout KEPT-manifest '
	[ "$(kept out)" = "$all" ]
	[ "$(kept out.tar)" = "$all" ]
	[ "$(kept both.tar)" = "$all" ]
	[ "$(kept one)" = "KEPT-config KEPT-descriptor KEPT-entry KEPT-index KEPT-layer0 KEPT-layer1 KEPT-layer2 KEPT-layout KEPT-manifest " ]
	top=$(manifest_of out)
	js 'd.artifactType == "application/x-index-type"' <"$top"
	js 'd.manifests[0].platform["os.features"] == ["kept"]' <"$top"
	js '"urls" not in d.manifests[0]' <"$top"
	m=$(js 'd.manifests[0].digest' <"$top")
	js 'd.artifactType == "application/x-kept-type"' <"out/blobs/sha256/${m#sha256:}"
	js 'd.subject.digest == "sha256:" + "5" * 64' <"out/blobs/sha256/${m#sha256:}"
	run pare verify oci:one oci:out
	is 0
}

@test "squash, flatten, --platform and a second layout" {
	run wrote flatten oci:one -o oci:flat
	is 0
	[[ $output == *'result: note.layer0 of layer 1; note.layer1 of layer 2; note.layer2 of layer 3; '"$OWN" ]]
	[ "$(kept flat)" = "KEPT-config KEPT-descriptor KEPT-entry KEPT-index KEPT-layout KEPT-manifest " ]
	run wrote squash --layers 2..3 oci:one -o oci:squashed
	is 0
	[ "$(kept squashed)" = "KEPT-config KEPT-descriptor KEPT-entry KEPT-index KEPT-layer0 KEPT-layout KEPT-manifest " ]
	run wrote flatten --platform linux/arm64 oci:two -o oci:arm
	is 0
	[ "$(kept arm)" = "KEPT-config KEPT-descriptor KEPT-entry KEPT-index KEPT-layout KEPT-manifest " ]
	mkdir other
	printf '{"imageLayoutVersion":"1.0.0"}' >other/oci-layout
	printf '{"schemaVersion":2,"manifests":[],"annotations":{"x":"KEPT-its"}}' >other/index.json
	run wrote flatten oci:one -o oci:other:new
	is 0
	[[ $output == *'note.layout of index.json; '* ]]
	[ "$(kept other)" = "KEPT-config KEPT-descriptor KEPT-entry KEPT-index KEPT-its KEPT-manifest " ]
}

@test "a docker-archive and dir: name what they have no place for" {
	run wrote flatten oci:one -o docker-archive:o.tar
	is 0
	says "$DROPPED
pare: left out, for it holds no longer or has no place in the result: artifactType, note.index of the index; note.entry of the index's descriptor; note.layout of index.json; note.layer0 of layer 1; note.layer1 of layer 2; note.layer2 of layer 3; note.config of the config's descriptor; artifactType, subject, note.manifest of the manifest; urls, note.descriptor of the manifest's descriptor"
	run wrote flatten -q oci:one -o docker-archive:q.tar
	says ''
	cmp o.tar q.tar
	run wrote flatten oci:one -o dir:d
	is 0
	[[ $output == *'result: note.entry of the index'\''s descriptor; note.layout of index.json; note.layer0 '* ]]
	[ "$(kept d)" = "KEPT-config KEPT-descriptor KEPT-index KEPT-manifest " ]
}

@test "an index of one image goes into a docker-archive" {
	run wrote optimize oci:one -o docker-archive:o.tar
	is 0
	run pare verify oci:one docker-archive:o.tar
	is 0
	run wrote optimize --platform linux/arm64 oci:two -o docker-archive:t.tar
	is 0
	run pare verify --platform linux/arm64 oci:two t.tar
	is 0
	run pare optimize oci:two -o docker-archive:n.tar
	is 2
	says 'pare optimize: docker-archive holds one platform: pick one with --platform (linux/amd64, linux/arm64/v8), or write an OCI layout; try pare optimize --help'
	[ ! -e n.tar ]
}

@test "which platform an old docker finds in a file of several" {
	run wrote flatten oci:two -o both.tar
	is 0
	arch=amd64
	[ "$(uname -m)" = aarch64 ] && arch=arm64/v8
	[[ $output == *"manifest.json of the result, which docker before 25 reads, names linux/$arch alone" ]]
	run wrote flatten --platform linux/arm64 oci:two -o one.tar
	[[ $output != *'manifest.json of the result'* ]]
	run pare verify oci:two both.tar
	is 0
}

@test "a subject that is rewritten itself goes" {
	python3 - <<'END'
import hashlib, json
def write(doc):
    text = json.dumps(doc).encode()
    name = hashlib.sha256(text).hexdigest()
    open("one/blobs/sha256/" + name, "wb").write(text)
    return "sha256:" + name, len(text)
index = json.load(open("one/index.json"))
top = index["manifests"][0]
doc = json.load(open("one/blobs/sha256/" + top["digest"][7:]))
doc["subject"] = {k: doc["manifests"][0][k] for k in ("mediaType", "digest", "size")}
top["digest"], top["size"] = write(doc)
json.dump(index, open("one/index.json", "w"))
END
	run wrote flatten oci:one -o oci:out
	is 0
	[[ $output == *'result: subject of the index; '* ]]
	js '"subject" not in d' <"$(manifest_of out)"
}

@test "an artifact and an index within the index are named" {
	python3 - <<'END'
import hashlib, json
def write(text, media_type):
    name = hashlib.sha256(text).hexdigest()
    open("one/blobs/sha256/" + name, "wb").write(text)
    return {"mediaType": media_type, "digest": "sha256:" + name, "size": len(text)}
index = json.load(open("one/index.json"))
old = index["manifests"][0]
empty = write(b"{}", "application/vnd.oci.empty.v1+json")
manifest = "application/vnd.oci.image.manifest.v1+json"
sbom = write(json.dumps({"schemaVersion": 2, "mediaType": manifest, "artifactType": "application/spdx+json",
                         "config": empty, "layers": []}).encode(), manifest)
top = write(json.dumps({"schemaVersion": 2, "manifests": [old, sbom]}).encode(), old["mediaType"])
index["manifests"] = [top]
json.dump(index, open("one/index.json", "w"))
END
	run wrote flatten oci:one -o oci:out
	is 0
	[[ $output == *'result: artifactType, note.index, artifactType application/spdx+json (an SBOM) of indices and artifacts in the index; '* ]]
}
