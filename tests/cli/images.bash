# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Images for the tests of analyze, optimize and verify, made of directories.

# layer FILE DIR: the tar of a directory, the same bytes every time.
layer() {
	tar --sort=name --mtime=@1000000000 --owner=0 --group=0 --numeric-owner \
		--format=ustar -C "$2" -cf "$1" .
}

# image FILE TAG LAYER.tar...: a docker-archive; each layer has a history entry.
image() {
	local file=$1 tag=$2 dir ids='' names='' history='' n=0 tar config
	shift 2
	dir=$(mktemp -d "$BATS_TEST_TMPDIR/image.XXXXXX")
	for tar in "$@"; do
		n=$((n + 1))
		mkdir "$dir/$n"
		cp "$tar" "$dir/$n/layer.tar"
		ids+=",\"sha256:$(sha256sum <"$tar" | cut -d' ' -f1)\""
		names+=",\"$n/layer.tar\""
		history+=",{\"created_by\":\"step $n\"}"
	done
	printf '{"architecture":"amd64","os":"linux","config":{"Cmd":["%s"]},"x-kept":{"a" :1.50},"rootfs":{"type":"layers","diff_ids":[%s]},"history":[%s]}' \
		"${CMD:-sh}" "${ids#,}" "${history#,}" >"$dir/config"
	config=$(sha256sum <"$dir/config" | cut -d' ' -f1).json
	mv "$dir/config" "$dir/$config"
	printf '[{"Config":"%s","RepoTags":["%s"],"Layers":[%s]}]' \
		"$config" "$tag" "${names#,}" >"$dir/manifest.json"
	tar -C "$dir" --sort=name -cf "$file" .
	rm -r "$dir"
}

# Three layers, app:1 as app.tar: 300000 bytes of cache that layer 2 removes,
# 50000 bytes of data that layer 3 overwrites, and what stays.
wasteful_image() {
	mkdir -p 1/etc 1/var/cache 2/var/cache 3/srv 2/srv
	echo root >1/etc/passwd
	head -c 300000 /dev/zero | tr '\0' c >1/var/cache/pkg.bin
	head -c 200000 /dev/zero | tr '\0' l >1/etc/lib.so
	: >2/var/cache/.wh.pkg.bin
	head -c 50000 /dev/zero | tr '\0' d >2/srv/data
	echo keep >2/srv/keep
	head -c 60000 /dev/zero | tr '\0' e >3/srv/data
	for n in 1 2 3; do layer $n.tar $n; done
	image app.tar app:1 1.tar 2.tar 3.tar
}

# Nothing of an unfinished result lies here or in the temporary directory.
no_litter() {
	local left
	left=$(find . "$TMPDIR" -name '*.pare-*' -o -name 'pare-*')
	[ -z "$left" ] || {
		echo "left behind: $left"
		return 1
	}
}

# An empty directory to work in, and one for what is temporary.
in_place() {
	export TMPDIR=$BATS_TEST_TMPDIR/tmp
	mkdir -p "$TMPDIR" "$BATS_TEST_TMPDIR/place"
	cd "$BATS_TEST_TMPDIR/place" || return 1
}

# js EXPRESSION: Python's, over the JSON document d on standard input. Text and
# numbers are printed bare, all else as JSON; status 1 for False and None.
js() {
	python3 -c '
import json, re, sys
class Obj(dict):
    __getattr__ = dict.__getitem__
d = json.load(sys.stdin, object_hook=Obj)
is_int = lambda v: type(v) is int
is_str = lambda v: type(v) is str
is_digest = lambda v: bool(re.fullmatch("sha256:[0-9a-f]{64}", v))
v = eval("(" + sys.argv[1] + ")")
print(v if is_str(v) else json.dumps(v, separators=(",", ":")))
sys.exit(v is False or v is None)' "$1"
}

# manifest_of DIR: the file of an OCI layout's first manifest.
manifest_of() {
	local m
	m=$(js 'd.manifests[0].digest' <"$1/index.json")
	echo "$1/blobs/sha256/${m#sha256:}"
}

# with_history JSON: app.tar again with another history, as other.tar.
with_history() {
	mkdir x
	tar -C x -xf app.tar
	local config
	config=$(js 'd[0].Config' <x/manifest.json)
	python3 -c '
import json, sys
d = json.load(open(sys.argv[1]))
d["history"] = json.loads(sys.argv[2])
if d["history"] is None: del d["history"]
json.dump(d, open(sys.argv[1], "w"), ensure_ascii=False)' "x/$config" "$1"
	tar -C x -cf other.tar .
	rm -r x
}

# widest: the columns that the widest line of standard input takes.
widest() {
	PYTHONIOENCODING=utf-8 python3 -c '
import sys, unicodedata as u
def wide(c):
    if u.category(c) in ("Mn", "Me", "Cf"): return 0
    return 2 if u.east_asian_width(c) in "WF" else 1
print(max(sum(map(wide, l.rstrip("\n"))) for l in sys.stdin))'
}
