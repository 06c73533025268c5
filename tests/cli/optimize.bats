#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# pare optimize as a user runs it.
bats_require_minimum_version 1.5.0
load common
load images

setup() {
	in_place
	wasteful_image
}

all=(--base none --min-gain 0)

# json EXPRESSION: js, of the last run's standard output.
json() {
	js "$1" <<<"$output"
}

@test "a dry run writes nothing and tells exact figures" {
	before=$(find . "$TMPDIR" | sort)
	run --separate-stderr pare optimize "${all[@]}" --format json app.tar
	is 0
	[ "$(json d.before.stored)" = 610010 ]
	[ "$(json d.after.stored)" = 260010 ]
	json 'not d.destination'
	[ "$(find . "$TMPDIR" | sort)" = "$before" ]
	dry=$(json d.after)
	run --separate-stderr pare optimize "${all[@]}" --format json app.tar -o out.tar
	is 0
	[ "$(json d.after)" = "$dry" ]
}

@test "the keys of JSON and their types" {
	run --separate-stderr pare optimize "${all[@]}" --format json app.tar -o out.tar
	is 0
	json 'd.schema == 1 and d.source == "app.tar" and d.destination == "out.tar"'
	json 'all(is_int(x.stored) and is_int(x.layers) and is_digest(x.tree_digest) and
		(x.compressed is None or is_int(x.compressed)) for x in (d.before, d.after))'
	json 'd.removed == [] and d.proof == "equal"'
	json 'd.before.tree_digest == d.after.tree_digest'
	[ "$(json d.before.layers)" = 3 ]
}

@test "the text tells what was won, and that it is proven" {
	run --separate-stderr pare optimize "${all[@]}" app.tar -o out.tar
	is 0
	[ -z "$stderr" ]
	digest=$(pare analyze --format json app.tar | js d.tree_digest)
	[[ $output == *"${digest:0:19}"* ]]
	[[ $output == *app.tar* ]]
	[[ $output == *out.tar* ]]
	run pare optimize -q "${all[@]}" app.tar -o quiet.tar
	is 0
	says ""
}

@test "-q keeps the result where the text is the result" {
	run --separate-stderr pare optimize "${all[@]}" app.tar
	is 0
	loud=$output
	run --separate-stderr pare optimize -q "${all[@]}" app.tar
	is 0
	[ -z "$stderr" ]
	[ "${output/ -q/}" = "$loud" ]
}

@test "a bare file, a directory, standard output" {
	pare optimize -q "${all[@]}" app.tar -o file.tar
	pare optimize -q "${all[@]}" app.tar -o dir/
	pare optimize -q "${all[@]}" app.tar -o - >stdout.tar
	cmp file.tar stdout.tar
	[ -f dir/oci-layout ]
	tar tf file.tar | grep -qx manifest.json
	tar tf file.tar | grep -qx index.json
	pare verify app.tar file.tar
	pare verify app.tar dir
	no_litter
}

@test "each kind of destination" {
	for dst in docker-archive:a.tar oci-archive:b.tar oci:c oci:c:two; do
		pare optimize -q "${all[@]}" app.tar -o $dst
		pare verify app.tar $dst
	done
	[ "$(js 'len(d.manifests)' <c/index.json)" = 2 ]
	no_litter
}

@test "standard input" {
	pare optimize -q "${all[@]}" - -o out.tar <app.tar
	pare verify app.tar out.tar
	pare optimize -q "${all[@]}" - -o - <app.tar | pare verify app.tar -
	no_litter
}

@test "a file that exists is replaced, and only when all went well" {
	echo old >out.tar
	run pare optimize --base 99 app.tar -o out.tar
	is 2
	[ "$(cat out.tar)" = old ]
	pare optimize -q "${all[@]}" app.tar -o out.tar
	pare verify app.tar out.tar
	no_litter
}

@test "the source's tag is not taken by itself" {
	pare optimize -q "${all[@]}" app.tar -o out.tar
	[[ $(tar xOf out.tar manifest.json) != *app:1* ]]
	pare optimize -q "${all[@]}" app.tar --tag app:small -o out.tar
	tar xOf out.tar manifest.json | grep -q app:small
}

@test "the base is kept bit for bit" {
	pare optimize -q --base 1 --min-gain 0 app.tar -o dir/
	first=$(js 'd.layers[0].digest' <"$(manifest_of dir)")
	[ "$first" = "sha256:$(sha256sum <1.tar | cut -d' ' -f1)" ]
	# With a base of which the removed file is, its whiteout stays.
	pare verify app.tar dir
}

@test "--base: none, a number, another image, auto" {
	stored() {
		json d.after.stored
	}
	image base.tar base:1 1.tar
	mkdir other && echo x >other/x && layer other.tar other
	image other-base.tar other:1 other.tar
	run --separate-stderr pare optimize --format json --min-gain 0 --base none app.tar
	[ "$(stored)" = 260010 ]
	run --separate-stderr pare optimize --format json --min-gain 0 --base 1 app.tar
	[ "$(stored)" = 560010 ]
	run --separate-stderr pare optimize --format json --min-gain 0 --base base.tar app.tar
	[ "$(stored)" = 560010 ]
	run --separate-stderr pare optimize --format json --min-gain 0 --base 3 app.tar
	[ "$(stored)" = 610010 ]
	run --separate-stderr pare optimize --format json --min-gain 0 --base auto app.tar
	[ "$(stored)" = 260010 ]
	run pare optimize --base other-base.tar app.tar
	is 2
	[[ $output == *"is not built on other-base.tar"* ]]
	run pare optimize --base 4 app.tar
	is 2
	[[ $output == *"--base 4: app.tar"*"has 3 layers"* ]]
	run pare optimize --base nothing.tar app.tar
	is 3
}

@test "--compression, all its forms" {
	magic() {
		m=$(manifest_of "$1")
		d=$(js 'd.layers[0].digest' <"$m")
		js 'd.layers[0].mediaType' <"$m"
		head -c 4 "$1/blobs/sha256/${d#sha256:}" | od -An -tx1 | tr -d ' '
	}
	t=application/vnd.oci.image.layer.v1.tar
	for c in gzip gzip:1 gzip:9; do
		pare optimize -q "${all[@]}" --compression $c app.tar -o "$c/"
		[[ $(magic $c) == "$t+gzip"$'\n'1f8b* ]]
		pare verify app.tar $c
	done
	for c in zstd zstd:1 zstd:19; do
		pare optimize -q "${all[@]}" --compression $c app.tar -o "$c/"
		[[ $(magic $c) == "$t+zstd"$'\n'28b52ffd ]]
		pare verify app.tar $c
	done
	for c in keep none; do
		pare optimize -q "${all[@]}" --compression $c app.tar -o "$c/"
		[[ $(magic $c) == "$t"$'\n'* ]]
	done
	pare optimize -q "${all[@]}" --compression zstd --long 20 app.tar -o long/
	pare verify app.tar long
	for c in gzip:0 gzip:13 zstd:0 zstd:20 zip gzip: ''; do
		run pare optimize --compression "$c" app.tar
		is 2
	done
}

@test "--recompress keeps what the layers hold" {
	pare optimize -q --base 3 --compression gzip app.tar -o gz/
	pare optimize -q --base 3 --recompress --compression zstd gz -o zst/
	layers() {
		js '" ".join({l.mediaType for l in d.layers})' <"$(manifest_of "$1")"
	}
	[ "$(layers gz)" = application/vnd.oci.image.layer.v1.tar+gzip ]
	[ "$(layers zst)" = application/vnd.oci.image.layer.v1.tar+zstd ]
	pare verify app.tar zst
}

@test "--min-gain" {
	after() {
		pare optimize --base none --min-gain "$1" --format json app.tar |
			js d.after.stored
	}
	[ "$(after 0)" = 260010 ]
	[ "$(after 50000)" = 260010 ]
	# Layer 2 goes with what its whiteout hid.
	[ "$(after 50001)" = 260010 ]
	[ "$(after 300K)" = 260010 ]
	[ "$(after 1M)" = 610010 ]
	[ "$(after 61%)" = 560010 ]
	[ "$(after 100%)" = 610010 ]
	[ "$(after 1%,1M)" = 610010 ]
	# Layer 1 loses 300,000 of 500,005 bytes: 59.9994 %.
	[ "$(after 59.9994%)" = 260010 ]
	[ "$(after 59.9998%)" = 560010 ]
	[ "$(after 0.5%)" = 260010 ]
	for bad in x 101% -1 5X 1,x 100.1% .5% 1.% 1.5.5% 1.x%; do
		run pare optimize --min-gain "$bad" app.tar
		is 2
	done
	run pare optimize --min-gain 0.00001% app.tar
	is 2
	[[ $output == *"no more than four digits behind the point"* ]]
}

@test "the result is the same for any -j and every run" {
	for j in 1 4 1; do
		pare optimize -q "${all[@]}" --compression gzip -j $j app.tar -o out$j.tar
		sha256sum <out$j.tar >>sums
	done
	[ "$(sort -u sums | wc -l)" = 1 ]
}

@test "optimizing again changes nothing" {
	pare optimize -q "${all[@]}" app.tar -o once.tar
	pare optimize -q "${all[@]}" once.tar -o twice.tar
	cmp once.tar twice.tar
}

@test "a config keeps its bytes" {
	pare optimize -q "${all[@]}" app.tar -o out.tar
	config=$(tar xOf out.tar manifest.json | js 'd[0].Config')
	tar xOf out.tar "$config" | grep -qF '"x-kept":{"a" :1.50}'
	tar xOf out.tar "$config" | js 'len(d.history) == 3 and
		len(d.rootfs.diff_ids) == sum(not h.get("empty_layer") for h in d.history)'
}

@test "failures leave no output and no litter" {
	head -c 400000 app.tar >cut.tar
	run pare optimize cut.tar -o out.tar
	is 3
	[ ! -e out.tar ]
	run pare optimize nothing.tar -o out.tar
	is 3
	[ ! -e out.tar ]
	run pare optimize app.tar -o no/such/dir.tar
	is 3
	run pare optimize --platform linux/s390x app.tar -o out.tar
	is 3
	[ ! -e out.tar ]
	no_litter
}

@test "a layer that is not what the config says" {
	mkdir x && tar -C x -xf app.tar
	printf 'f' | dd of=x/2/layer.tar bs=1 seek=600 conv=notrunc status=none
	tar -C x -cf bad.tar .
	run pare optimize bad.tar -o out.tar
	is 3
	[[ $output == "pare optimize: bad.tar: layer 2 (sha256:"* ]]
	[ ! -e out.tar ]
	no_litter
}

@test "a dry run names the user's own line" {
	ends() {
		local line=$1
		shift
		run -0 pare "$@"
		[ "${lines[-1]}" = "No image was written: this is what \`pare $line\` gives." ]
	}
	cp app.tar "it's.tar"
	ends 'optimize app.tar -o OUT' optimize app.tar
	ends 'optimize --base none --min-gain 0 app.tar -o OUT' optimize --base none --min-gain 0 app.tar
	cp app.tar 'my base.tar'
	ends "optimize '--base=my base.tar' --drop caches,docs 'it'\\''s.tar' -o OUT" \
		optimize "--base=my base.tar" --drop caches,docs "it's.tar"
	ends 'squash --layers 1..2 -o OUT -- app.tar' squash --layers 1..2 -- app.tar
	ends "flatten --compression zstd:3 app.tar --tag '' -o OUT" flatten --compression zstd:3 app.tar --tag ''
	cp app.tar $'new\nline\xff.tar'
	ends "optimize \$'new\\012line\\377.tar' -o OUT" optimize $'new\nline\xff.tar'
}

@test "sizes are compared with their like" {
	sum() {
		run -0 pare "$@"
		total=$(grep '^  all' <<<"$output")
		tars=$(grep '^tars' <<<"$output" || :)
	}
	sum optimize "${all[@]}" app.tar
	[[ $total == *"645.1 kB   278.0 kB  56.9 % smaller" && -z $tars ]]
	sum optimize app.tar
	[[ $total == *"645.1 kB   645.1 kB  the same size" && -z $tars ]]
	[[ $output == *"Nothing to gain: no layer above the base"* ]]
	# Raw before, gzip after: not one percentage of blobs.
	sum optimize --compression gzip app.tar
	[[ $total != *%* && $tars == "tars   645.1 kB, now 645.1 kB: the same size" ]]
	[[ $output == *"(the source is not compressed, the result is, so"* ]]
	[[ $output == *"Layers are compressed, no more: none above"* ]]
	[[ $output != *"Nothing to gain"* ]]
	sum flatten --compression gzip app.tar -o gz.tar
	[[ $total != *%* && $tars == "tars   645.1 kB, now 267.3 kB: 58.6 % smaller" ]]
	# Compressed with compressed is measured.
	sum optimize --recompress --compression zstd gz.tar
	[[ $total == *" % "* && -z $tars ]]
	sum optimize --recompress --compression none gz.tar
	[[ $total != *%* && $output == *"(the source is compressed, the result is not, so"* ]]
	# What became larger is said to be.
	sum optimize --recompress --compression gzip:1 gz.tar
	[[ $total == *" larger" ]]
	pare flatten --compression gzip --format json app.tar >gz.json
	js 'd.before.tar == d.before.compressed and d.after.compressed < 2000' <gz.json
	[ "$(js d.after.tar <gz.json)" = 267264 ]
}

@test "a layer that loses no byte says why it is rewritten" {
	mkdir -p a/d b/d c/d
	head -c 3000 /dev/zero >a/d/x
	echo y >a/d/y
	: >b/d/.wh.y
	echo f >b/f
	echo x >c/d/x
	for n in a b c; do layer $n.tar $n; done
	layer top.tar 3
	image clean.tar c:1 a.tar top.tar
	run -0 pare flatten clean.tar
	[[ ${lines[2]} == *"  2 layers made one" ]]
	image stale.tar s:1 a.tar b.tar c.tar
	run -0 pare optimize --base none --min-gain 0 stale.tar
	[[ ${lines[2]} == *"  gone: nothing of it is live" ]]
	[[ ${lines[3]} == *"  lost whiteouts hiding nothing" ]]
	[[ $output != *"lost 0 B"* ]]
}

@test "words of --compression none tell of no compressing" {
	pare flatten --base none --compression gzip app.tar -o gz.tar
	run -0 env COLUMNS=120 "$PARE" optimize --base none --recompress --compression none gz.tar
	[[ ${lines[2]} == *"  stored uncompressed, same DiffID" ]]
	[[ $output == *"Layers are stored uncompressed, no more: "* ]]
	run -0 pare optimize --base 1 --recompress --compression none gz.tar
	[[ $output == *"base   1 layer kept tar for tar, stored uncompressed ("* ]]
}

@test "the end says how to load the result and name it" {
	id() {
		js 'd[0].Config' <<<"$(tar xOf "$1" manifest.json)" | sed 's#blobs/sha256/#sha256:#; s#^\([0-9a-f]*\).json#sha256:\1#'
	}
	tail_is() {
		[ "$(sed -n '/^written to/,$p' <<<"$output")" = "$1" ]
	}
	run -0 pare optimize app.tar -o "a b.tar"
	tail_is "written to a b.tar
To use it in an engine (podman takes the same words):
  docker load -i 'a b.tar'
  docker tag $(id "a b.tar") NAME"
	run -0 pare squash app.tar -o docker-archive:d.tar
	tail_is "written to docker-archive:d.tar
To use it in an engine (podman takes the same words):
  docker load -i d.tar
  docker tag $(id d.tar) NAME"
	run -0 pare flatten app.tar --tag app:flat -o f.tar
	tail_is "written to f.tar
To use it in an engine (podman takes the same words):
  docker load -i f.tar"
	run -0 pare optimize --compression zstd --recompress app.tar -o z.tar
	tail_is "written to z.tar
To use it in an engine (docker 23 or newer; podman takes the same words):
  docker load -i z.tar
  docker tag $(id z.tar) NAME"
	run -0 pare optimize --compression zstd --recompress app.tar -o oci:zdir:v1
	tail_is "written to oci:zdir:v1
To use it in an engine:
  skopeo copy oci:zdir:v1 containers-storage:NAME:TAG"
	run -0 pare optimize app.tar -o dir/
	tail_is "written to dir/
To use it in an engine:
  skopeo copy oci:dir/ docker-daemon:NAME:TAG"
	run -0 pare optimize app.tar -o oci:dir:v1
	tail_is "written to oci:dir:v1
To use it in an engine:
  skopeo copy oci:dir:v1 docker-daemon:NAME:TAG"
	run -0 pare optimize app.tar -o oci-archive:o.tar
	tail_is "written to oci-archive:o.tar
To use it in an engine:
  skopeo copy oci-archive:o.tar docker-daemon:NAME:TAG
  podman load -i o.tar
  podman tag $(id d.tar | sed 's/.*/'"$(pare optimize --format json app.tar | js d.config_digest)"'/') NAME"
	pare optimize app.tar -o - >piped.tar 2>err
	[ "$(sed -n '/^written to/,$p' err)" = "written to -
To name it, once it is loaded:
  docker tag $(id piped.tar) NAME" ]
	# skopeo asks for a name where a layout holds several images.
	run -0 pare optimize app.tar -o oci:many:v1
	run -0 pare optimize app.tar -o oci:many
	tail_is "written to oci:many
other images are there, too, and skopeo finds one by its name: write it with --tag NAME to give it one."
	run -0 pare optimize app.tar --tag v2 -o oci:many
	tail_is "written to oci:many
To use it in an engine:
  skopeo copy oci:many:v2 docker-daemon:NAME:TAG"
	run -0 pare optimize -q app.tar -o q.tar
	says ''
}

# Every name of every layer of an archive.
names_of_layers() {
	local layer
	for layer in $(tar xOf "$1" manifest.json | js '" ".join(d[0].Layers)'); do
		tar xOf "$1" "$layer" | tar t
	done
}

@test "no whiteout outlives what it hid" {
	mkdir -p l1/bin l2/build l3/build l4/etc
	echo base >l1/bin/base
	head -c 300000 /dev/zero >l2/build/obj
	: >l3/build/.wh.obj
	echo app >l3/app
	echo four >l4/etc/four
	for n in 1 2 3 4; do layer $n.tar l$n; done
	image app.tar app:1 1.tar 2.tar 3.tar 4.tar
	pare optimize -q --base 1 --min-gain 0 app.tar -o docker-archive:1.out
	pare optimize -q --base none --min-gain 0 app.tar -o docker-archive:2.out
	pare squash -q --layers 2..3 app.tar -o docker-archive:3.out
	pare squash -q --layers 1..2 app.tar -o docker-archive:4.out
	pare optimize -q --base 1 --min-gain 0 --previous 1.out app.tar -o docker-archive:5.out
	pare flatten -q app.tar -o docker-archive:6.out
	for n in 1 2 3 4 5 6; do
		pare verify -q app.tar $n.out
		run ! grep -F .wh. <(names_of_layers $n.out)
	done
	# What the base still has is hidden as before.
	pare optimize -q --base 2 --min-gain 0 app.tar -o docker-archive:kept.out
	[ "$(names_of_layers kept.out | grep -F .wh.)" = ./build/.wh.obj ]
}

@test "a whiteout that containers list: analyze says so and names the cure" {
	mkdir -p l1/bin l2/build l3/etc
	echo base >l1/bin/base
	: >l2/build/.wh.obj
	echo three >l3/etc/three
	for n in 1 2 3; do layer $n.tar l$n; done
	image app.tar app:1 1.tar 2.tar 3.tar
	remedies() {
		pare analyze --format json --base "$1" "$2" |
			js '" ".join(f"{x.layer}:{x.paths[0]}:{x.remedy}" for x in d.findings if x.id == "PARE-ENGINE")'
	}
	says='leave the whiteout out; optimize'
	[ "$(remedies 1 app.tar)" = "1:build/obj:$says does" ]
	[ "$(remedies 2 app.tar)" = "1:build/obj:$says --base none does" ]
	pare optimize -q --base 1 app.tar -o 1.out
	[ "$(remedies 1 1.out)" = '' ]
	# It lies in the base: kept, shown by both, and told.
	pare optimize -q --base 2 app.tar -o 2.out
	[ "$(remedies 2 2.out)" = "1:build/obj:$says --base none does" ]
	pare optimize -q --base none app.tar -o 3.out
	[ "$(remedies none 3.out)" = '' ]
	for n in 1 2 3; do pare verify -q app.tar $n.out; done
}

@test "what takes minutes is announced" {
	mkdir -p 4
	# What does not shrink at all would take no time.
	head -c 22500000 /dev/urandom | base64 -w0 >4/big
	layer 4.tar 4
	image big.tar big:1 4.tar
	"$PARE" optimize "${all[@]}" --compression best --recompress big.tar -o big-out.tar 2>said &
	for _ in $(seq 100); do
		grep -q compressing said && break
		sleep 0.1
	done
	kill $! && wait $! || [ $? = 143 ]
	[ "$(cat said)" = "pare: compressing 30.0 MB with zstd at level 19, which takes long; lower levels are much faster" ]
	run --separate-stderr pare optimize "${all[@]}" --compression best app.tar
	is 0
	[ -z "$stderr" ]
	no_litter
}

@test "progress goes through its phases and never back" {
	cat >watch.py <<-'END'
		import os, pty, re, sys
		os.environ["TERM"] = "xterm"
		pid, fd = pty.fork()
		if pid == 0:
		    os.execv(sys.argv[1], sys.argv[1:])
		seen = b""
		try:
		    while part := os.read(fd, 65536):
		        seen += part
		except OSError:
		    pass
		assert os.waitpid(pid, 0)[1] == 0
		shown = [int(n) for n in re.findall(rb"(\d+) %\x1b", seen)]
		phases = list(dict.fromkeys(re.findall(rb"\r([a-z]+) ", seen)))
		assert shown == sorted(shown), shown
		# How many are drawn, and of which phases, depends on the machine;
		# src/cli/progress_test.c has the figures.
		assert shown and shown[-1] <= 100, shown
		order = [b"reading", b"writing", b"proving", b"finishing"]
		seen_at = [order.index(p) for p in phases if p in order]
		assert b"writing" in phases and seen_at == sorted(seen_at), phases
	END
	mkdir -p 4 5
	seq 9000000 >4/big
	layer 4.tar 4
	: >5/x
	layer 5.tar 5
	image big.tar big:1 4.tar 5.tar
	python3 watch.py "$(realpath "$PARE")" optimize --no-cache "${all[@]}" -j1 \
		--compression zstd:13 --recompress big.tar -o out.tar
}

@test "analyze names a file that looks like an option behind --" {
	mv app.tar ./-dash.tar
	run -0 pare analyze -- -dash.tar
	line=$(grep -o 'pare optimize [^`]*' <<<"$output")
	[[ $line = *" -- -dash.tar" ]]
	run -0 $line
}
