#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# pare diff as a user runs it.
bats_require_minimum_version 1.5.0
load common
load images

setup() {
	in_place
}

# tree DIR: a small system.
tree() {
	mkdir -p "$1/etc" "$1/var/lib/dpkg" "$1/srv"
	echo root >"$1/etc/passwd"
	printf 'Package: %s\nStatus: install ok installed\nArchitecture: amd64\nVersion: %s\n\n' \
		libc6 2.36-9 bash 5.2 >"$1/var/lib/dpkg/status"
	printf 'Package: gone\nStatus: deinstall ok config-files\nVersion: 1\n' >>"$1/var/lib/dpkg/status"
	head -c 100000 /dev/zero | tr '\0' x >"$1/srv/data"
}

# releases: app1.tar and app2.tar; the second changes what the tests say.
releases() {
	tree old
	cp -a old new
	sed -i 's/2.36-9/2.36-10/; s/Package: bash/Package: dash/' new/var/lib/dpkg/status
	rm new/etc/passwd
	echo b >new/srv/b
	chmod 600 new/srv/data
	layer old.tar old
	layer new.tar new
	image app1.tar app:1 old.tar
	CMD=bash image app2.tar app:2 new.tar
}

@test "files, packages and config" {
	releases
	run --separate-stderr pare diff app1.tar app2.tar
	is 0
	says '- /etc/passwd
+ /srv/b
~ /srv/data  mode
~ /var/lib/dpkg/status  content
config config.Cmd: ["sh"] -> ["bash"]
package dpkg:bash: 5.2 -> (none)
package dpkg:dash: (none) -> 5.2
package dpkg:libc6: 2.36-9 -> 2.36-10
1 file added, 1 removed, 2 changed; 1 change of the config'
}

@test "the same as JSON" {
	releases
	run --separate-stderr pare diff --format json app1.tar app2.tar
	is 0
	[ "$(js d.schema <<<"$output")" = 1 ]
	[ "$(js d.files <<<"$output")" = '[{"path":"etc/passwd","change":"removed","fields":[]},{"path":"srv/b","change":"added","fields":[]},{"path":"srv/data","change":"changed","fields":["mode"]},{"path":"var/lib/dpkg/status","change":"changed","fields":["content"]}]' ]
	[ "$(js d.config <<<"$output")" = '[{"key":"config.Cmd","a":["sh"],"b":["bash"]}]' ]
	[ "$(js '[(p.name, p.change, p.a, p.b) for p in d.packages]' <<<"$output")" = '[["bash","removed","5.2",null],["dash","added",null,"5.2"],["libc6","changed","2.36-9","2.36-10"]]' ]
	js '"wire" not in d' <<<"$output"
}

@test "an image and itself" {
	releases
	run --separate-stderr pare diff app1.tar app1.tar
	is 0
	says "0 files added, 0 removed, 0 changed; 0 changes of the config"
	run --separate-stderr pare diff --wire --format json app1.tar app1.tar
	is 0
	[ "$(js '[d.wire.fetch, d.wire.fetch_layers, d.wire.layers[0].fetched]' <<<"$output")" = '[0,0,false]' ]
}

# archive DIR NAME MTIME MEMBER...: a zip, a tar.gz and bytecode in DIR.
archives() {
	python3 - "$@" <<'END'
import gzip, io, struct, sys, tarfile, zipfile
to, time, members = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
with zipfile.ZipFile(to + "/a.jar", "w", zipfile.ZIP_DEFLATED) as z:
    for m in members:
        info = zipfile.ZipInfo(m, (2000 + time, 1, 1, 0, 0, 0))
        z.writestr(info, m * 50)
raw = io.BytesIO()
with tarfile.open(fileobj=raw, mode="w") as t:
    for m in members:
        info = tarfile.TarInfo(m)
        info.size, info.mtime = 2, time
        t.addfile(info, io.BytesIO(m[:1].encode() * 2))
with gzip.GzipFile(to + "/a.tar.gz", "wb", mtime=time) as g:
    g.write(raw.getvalue())
with gzip.GzipFile(to + "/a.gz", "wb", mtime=time) as g:
    g.write(b"page" * 100)
with open(to + "/a.pyc", "wb") as f:
    f.write(struct.pack("<HHIII", 3495, 0x0a0d, 0, time, 10) + b"code" * 10)
END
}

# wire EXPRESSION: of the last run.
wire() {
	js "$1" <<<"$output"
}

@test "--wire: what must be fetched, what comes again without need" {
	mkdir -p base old/d new/d
	echo base >base/base
	for dir in old new; do
		head -c 5000 /dev/zero | tr '\0' s >$dir/d/same
		head -c 4000 /dev/zero | tr '\0' m >$dir/d/mode
		head -c 3000 /dev/zero | tr '\0' t >$dir/d/time
	done
	head -c 2000 /dev/zero | tr '\0' w >old/d/was
	cp old/d/was new/d/is
	chmod 600 new/d/mode
	echo 1 >old/d/version
	echo 2 >new/d/version
	archives old/d 1 one two
	archives new/d 2 two one
	layer base.tar base
	layer old.tar old
	touch -d @5 new/d/time
	tar --sort=name --owner=0 --group=0 --numeric-owner --format=ustar \
		--mtime=@1000000000 -C new -cf new.tar --exclude=./d/time .
	tar --owner=0 --group=0 --numeric-owner --format=ustar -C new -rf new.tar ./d/time
	image app1.tar app:1 base.tar old.tar
	image app2.tar app:2 base.tar new.tar
	run --separate-stderr pare diff --wire --format json app1.tar app2.tar
	is 0
	[ "$(wire '[l.fetched for l in d.wire.layers]')" = '[false,true]' ]
	[ "$(wire d.wire.fetch_layers)" = "$(stat -c %s new.tar)" ]
	[ "$(wire 'd.wire.fetch_documents')" -gt 100 ]
	[ "$(wire 'd.wire.fetch == d.wire.fetch_layers + d.wire.fetch_documents')" = true ]
	c='[[c, n.files, n.bytes] for c, n in d.wire.causes.items() if c not in ("archive", "bytecode", "compressed")]'
	[ "$(wire "$c")" = '[["new",1,2],["unchanged",1,5000],["time",1,3000],["metadata",1,4000],["moved",1,2000]]' ]
	[ "$(wire '{c: d.wire.causes[c].files for c in ("archive", "bytecode", "compressed")}')" = '{"archive":2,"bytecode":1,"compressed":1}' ]
	[ "$(wire 'sorted((f.path, f.cause) for f in d.wire.files if f.path.startswith("d/a"))')" = '[["d/a.gz","compressed"],["d/a.jar","archive"],["d/a.pyc","bytecode"],["d/a.tar.gz","archive"]]' ]
	run --separate-stderr pare diff --wire app1.tar app2.tar
	is 0
	[[ $output == *"1 of 2 layers"* ]]
	[[ $output == *"unchanged, but its layer is another"* ]]
}

@test "--wire: no claim that the bytes do not prove" {
	mkdir -p old new
	archives old 1 one two
	archives new 2 one three
	printf 'PK\003\004 no zip, old' >old/b.zip
	printf 'PK\003\004 no zip, new' >new/b.zip
	printf '\037\213\010 cut short' >old/b.gz
	printf '\037\213\010 cut' >new/b.gz
	layer old.tar old
	layer new.tar new
	image app1.tar app:1 old.tar
	image app2.tar app:2 new.tar
	run --separate-stderr pare diff --wire --format json app1.tar app2.tar
	is 0
	[ "$(wire 'sorted((f.path, f.cause) for f in d.wire.files)')" = '[["a.gz","compressed"],["a.pyc","bytecode"]]' ]
	[ "$(wire d.wire.causes.new.files)" = 4 ]
}

@test "--wire: the same tar in another blob" {
	releases
	gzip -9n <new.tar >new.tar.gz
	pare optimize -q --base none --recompress --compression gzip:1 app2.tar -o oci:two
	run --separate-stderr pare diff --wire --format json app2.tar oci:two
	is 0
	[ "$(wire '[(l.fetched, l.same_tar) for l in d.wire.layers]')" = '[[true,true]]' ]
	[ "$(wire d.wire.files)" = '[]' ]
}

@test "platforms that one image lacks" {
	python3 "$BATS_TEST_DIRNAME/index.py" two linux/amd64 linux/arm64/v8
	python3 "$BATS_TEST_DIRNAME/index.py" other linux/s390x linux/amd64
	run pare diff oci:two oci:other
	is 0
	[ "${lines[0]}" = '- platform linux/arm64/v8' ]
	[ "${lines[1]}" = '+ platform linux/s390x' ]
	run bash -c '"$PARE" diff --format json oci:two oci:other'
	is 0
	js 'd.platforms_added == ["linux/s390x"] and d.platforms_removed == ["linux/arm64/v8"]' <<<"$output"
	js '[p.platform for p in d.platforms] == ["linux/amd64"]' <<<"$output"
	run pare diff --wire oci:two oci:other
	is 0
}
