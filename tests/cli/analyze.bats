#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# pare analyze as a user runs it.
bats_require_minimum_version 1.5.0
load common
load images

# json EXPRESSION: js, of the last run's standard output.
json() {
	js "$1" <<<"$output"
}

setup() {
	in_place
	wasteful_image
}

@test "the keys of JSON and their types" {
	run --separate-stderr pare analyze --format json app.tar
	is 0
	[ -z "$stderr" ]
	json 'd.schema == 1 and d.image == "app.tar" and d.platform == "linux/amd64"'
	json 'is_digest(d.tree_digest) and 0 < d.efficiency < 1'
	json 'all(is_int(d.totals[k]) for k in "stored live dead dead_base duplicate apparent overhead entries files".split())'
	json 'd.totals.compressed is None'
	json 'all(is_int(d.dead[k]) for k in "overwritten removed hidden replaced metadata_only".split())'
	json '[l.created_by for l in d.layers] == ["step 1", "step 2", "step 3"]'
	json '[l.index for l in d.layers] == [0, 1, 2]'
	json 'all(is_digest(l.diff_id) and is_digest(l.digest) and
		is_int(l.stored) and is_int(l.dead) and is_int(l.entries) and
		l.compressed is None for l in d.layers)'
	json 'len(d.findings) > 0 and all(f.id.startswith("PARE-") and
		is_str(f.severity) and is_str(f.title) and is_str(f.remedy) and
		is_int(f.bytes) and is_int(f.layer) and f.compressed_bytes is None and
		"removed_in" in f and len(f.paths) > 0 for f in d.findings)'
}

@test "the figures" {
	run --separate-stderr pare analyze --format json app.tar
	json '[d.totals[k] for k in "stored live dead files".split()] == [610010, 260010, 350000, 4]'
	json 'd.dead == {"overwritten": 50000, "removed": 300000, "hidden": 0,
		"replaced": 0, "metadata_only": 0}'
	json '[l.stored for l in d.layers] == [500005, 50005, 60000]'
	json '[l.dead for l in d.layers] == [300000, 50000, 0]'
	json 'sum(f.bytes for f in d.findings if f.removed_in is not None) == 350000'
	[ "$(json '[f.paths for f in d.findings if f.id == "PARE-REMOVED"][0]')" = \
		'["var/cache/pkg.bin"]' ]
}

@test "compressed bytes add up" {
	pare optimize -q --base 3 --compression gzip app.tar -o gz/
	run --separate-stderr pare analyze --format json gz
	is 0
	json 'd.totals.compressed == sum(l.compressed for l in d.layers)'
	json 'd.totals.stored == 610010'
}

@test "text names layers, instructions and the costliest paths" {
	run --separate-stderr pare analyze app.tar
	is 0
	[[ $output == *"step 1"* ]]
	[[ $output == *"step 3"* ]]
	[[ $output == *var/cache/pkg.bin* ]]
	[[ $output == *srv/data* ]]
	[[ $output != *$'\e'* ]]
	run --separate-stderr pare analyze --color always app.tar
	[[ $output == *$'\e['* ]]
}

@test "dead bytes of the base" {
	run pare analyze --base 1 --format json app.tar
	is 0
	json 'd.totals.dead_base == 300000'
}

@test "standard input, and a whole file compressed" {
	want=$(pare analyze --format json app.tar | js d.tree_digest)
	for cat in cat "gzip -c" "xz -0c"; do
		got=$($cat <app.tar | pare analyze --format json - | js d.tree_digest)
		[ "$got" = "$want" ]
	done
}

@test "the second look is as the first" {
	first=$(pare analyze --format json app.tar)
	second=$(pare analyze --format json app.tar)
	[ "$first" = "$second" ]
	run pare analyze -j 4 --format json app.tar
	[ "$output" = "$first" ]
}

@test "an image name that is not there" {
	run pare analyze docker-archive:app.tar:app:9
	is 3
	[[ $output == *"app:1"* ]]
	run pare analyze nothing.tar
	is 3
	run pare analyze oci:app.tar
	is 2
	[[ $output == *"not of the kind oci but docker-archive"* ]]
}

@test "a truncated archive is named with what is missing" {
	head -c 400000 app.tar >cut.tar
	run pare analyze cut.tar
	is 3
	[[ $output == "pare analyze: cut.tar: "*"ends at byte 400000"* ]]
	no_litter
}

@test "a truncated layer is named with image, layer and entry" {
	head -c 300000 1.tar >cut-layer.tar
	image cut.tar app:1 cut-layer.tar 2.tar
	run pare analyze cut.tar
	is 3
	[[ $output == "pare analyze: cut.tar: layer 1 (sha256:"*"): tar entry "*"the archive ends within the content"* ]]
	no_litter
}

@test "a file that is no image" {
	echo hello >text
	run pare analyze text
	is 3
	: >empty
	run pare analyze empty
	is 3
	mkdir dir
	run pare analyze dir
	is 3
}

@test "findings wrap with the rest" {
	for width in 40 60 80; do
		[ "$(COLUMNS=$width pare analyze --base none app.tar | sed -n '/^FINDINGS/,/^$/p' | widest)" -le $width ]
	done
	# In full, words and all.
	[ "$(COLUMNS=40 pare analyze --base none app.tar | sed -n '/^FINDINGS/,/^$/p' | tr -s ' \n' ' ')" = \
		"$(COLUMNS=500 pare analyze --base none app.tar | sed -n '/^FINDINGS/,/^$/p' | tr -s ' \n' ' ')" ]
}

@test "--limit layer holds for what is not compressed, too" {
	size=$(stat -c %s 1.tar)
	pare analyze --no-cache --limit layer="$size" app.tar >/dev/null
	run pare analyze --no-cache --limit layer=$((size - 1)) app.tar
	is 3
	[[ $output == *"layer 1 "*"$size bytes of one layer, inflated, over the limit of $((size - 1)) (raise it with --limit layer=N)" ]]
}

@test "--limit and --platform" {
	run pare analyze --limit entries=5 app.tar
	is 3
	[[ $output == *"--limit entries=N"* ]]
	run pare analyze --platform linux/arm64 app.tar
	is 3
	run pare analyze --platform linux/amd64 app.tar
	is 0
}

@test "the last line promises what the named command gives" {
	check() {
		run -0 pare analyze "$@" app.tar
		local last=${lines[-1]} command gain
		[[ $last == *" can go without a trace: "* ]]
		command=$(sed 's/.*`pare \(.*\)` drops.*/\1/' <<<"$last")
		eval "pare ${command/optimize/optimize --format json}" >dry.json
		gain=$(js 'd.before.stored - d.after.stored' <dry.json)
		[ "${last%% can*}" = "$((gain / 1000)).0 kB" ]
	}
	check
	[[ ${lines[-1]} == "350.0 kB can go without a trace: \`pare optimize --min-gain 0 app.tar\` drops them"* ]]
	check --base 1
	[[ ${lines[-1]} == "50.0 kB "*"\`pare optimize --base 1 --min-gain 0 app.tar\`"* ]]
	# Enough for the default: no option is named.
	mkdir -p a b
	head -c 4000000 /dev/zero >a/big
	: >b/.wh.big
	for n in a b; do layer $n.tar $n; done
	image "two words.tar" big:1 a.tar 3.tar b.tar
	run -0 pare analyze "two words.tar"
	[[ ${lines[-1]} == "4.0 MB can go without a trace: \`pare optimize 'two words.tar'\` drops them and proves that the files are the same." ]]
	[ "$(pare optimize --format json "two words.tar" | js 'd.before.stored - d.after.stored')" = 4000000 ]
	# All in the base: nothing is promised.
	run -0 pare analyze --base 3 app.tar
	[[ $output != *"can go"* ]]
}

# twice COMMAND: a layer with a name twice; COMMAND makes the second x.
twice() {
	mkdir -p t
	head -c 50000 /dev/zero | tr '\0' a >t/x
	layer t.tar t
	rm -r t/x
	"$@"
	tar --mtime=@1000000000 --owner=0 --group=0 --numeric-owner \
		--format=ustar -C t -rf t.tar ./x
	image twice.tar t:1 1.tar t.tar
	run --separate-stderr pare analyze --format json twice.tar
	is 0
}

@test "a name twice in one layer: other content" {
	other() { echo b >t/x; }
	twice other
	json '[(f.title, f.remedy, f.bytes, f.layer, f.removed_in, f.paths) for f in d.findings
		if f.id == "PARE-OVERWRITTEN"] == [("files are written twice in the same layer: " +
		"engines show the last copy, or refuse the layer",
		"have the tool that makes the layer write each name once", 50000, 1, 1, ["x"])]'
	run --separate-stderr pare analyze twice.tar
	[[ $output != *"later layer"*$'\n'*"/x"* ]]
}

@test "a name twice in one layer: the same content, and another type" {
	same() { head -c 50000 /dev/zero | tr '\0' a >t/x; }
	twice same
	json '[(f.title, f.removed_in) for f in d.findings if f.id == "PARE-METADATA"] ==
		[("files are written twice in the same layer, with the same content", 1)]'
	link() { ln -s y t/x; }
	rm -r t
	twice link
	json '[(f.title, f.remedy, f.removed_in) for f in d.findings if f.id == "PARE-REPLACED"] ==
		[("files are replaced in the same layer by something of another type",
		"have the tool that makes the layer write the final form alone", 1)]'
}

@test "every format that the help names is written" {
	formats=$(pare analyze --format x app.tar 2>&1 | sed 's/.*takes //; s/, not.*//; s/,//g; s/ or / /')
	[[ $formats == 'text json sarif '*' junit' ]]
	for f in $formats; do
		pare analyze --format "$f" app.tar >"out.$f"
		grep -q PARE-REMOVED "out.$f"
	done
	js 'len(d.runs[0].results) == 2' <out.sarif
	for f in checkstyle junit; do
		python3 -c 'import sys, xml.dom.minidom as x; x.parse(sys.argv[1])' "out.$f"
	done
}
