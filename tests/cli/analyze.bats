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
	run --separate-stderr pare analyze --show all app.tar
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
		[ "$(COLUMNS=$width pare analyze --show findings --base none app.tar | sed -n '/^FINDINGS/,/^$/p' | widest)" -le $width ]
	done
	# In full, words and all.
	[ "$(COLUMNS=40 pare analyze --show findings --base none app.tar | sed -n '/^FINDINGS/,/^$/p' | tr -s ' \n' ' ')" = \
		"$(COLUMNS=500 pare analyze --show findings --base none app.tar | sed -n '/^FINDINGS/,/^$/p' | tr -s ' \n' ' ')" ]
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

# human BYTES: as texts for people have it.
human() {
	python3 -c '
import sys
n, unit = int(sys.argv[1]), 0
while n >= 1000: n, unit = n / 1000, unit + 1
print(f"{n:.1f}" if unit else n, ["B", "kB", "MB"][unit])' "$1"
}

# wins: what the first screen says can be won, a line each: "BYTES COMMAND".
wins() {
	sed -n '/^ *WINS/,/^ *STORED/p' | sed -n 's/^ *+\{0,1\}\([0-9].*B\)  *\(pare .*\)/\1 \2/p'
}

@test "a line of the first screen wins what it says" {
	mkdir -p a/root/.cache/pip b/root/.cache/pip a/var/lib/apt/lists
	head -c 4000000 /dev/zero >a/big
	head -c 30000 /dev/zero >a/root/.cache/pip/x
	head -c 2000 /dev/zero >b/root/.cache/pip/y
	head -c 500 /dev/zero >a/var/lib/apt/lists/z
	: >b/.wh.big
	for n in a b; do layer $n.tar $n; done
	image "two words.tar" big:1 1.tar 2.tar 3.tar a.tar b.tar
	for base in 0 1 4 none; do
		before=0
		pare analyze --base $base "two words.tar" >screen
		wins <screen >lines
		[ -s lines ]
		while read -r n unit command; do
			eval "${command/pare optimize/pare optimize --format json}" >dry.json
			# What the lines after the first say is beyond it.
			won=$(js 'd.before.stored - d.after.stored' <dry.json)
			[ "$n $unit" = "$(human $((won - before)))" ]
			[ "$before" -gt 0 ] || before=$won
		done <lines
	done
	run -0 pare analyze --base 0 "two words.tar"
	[[ $output == *$'\n'"     4.0 MB  pare optimize --base 0 'two words.tar'"$'\n'* ]]
	[[ $output == *$'\n'"   +32.5 kB  pare optimize --drop caches --base 0 'two words.tar'"$'\n'"             # pip 32.0 kB, apt-lists 500 B"$'\n'* ]]
	run -0 pare analyze --base 4 "two words.tar"
	[[ $output == *$'\n'"     2.0 kB  pare optimize --drop caches --base 4 'two words.tar'"$'\n'* ]]
	[[ $output == *" pare optimize --base none 'two words.tar'"* ]]
	run -0 pare analyze --base none app.tar
	[[ $output == *"   350.0 kB  pare optimize --base none --min-gain 0 app.tar"* ]]
	[[ $output == *$'\n'"57.4 % of it can go: 350.0 kB of dead bytes."$'\n'* ]]
	# All in the base, and no cache.
	run -0 pare analyze --base 3 app.tar
	[[ $output == *$'\n'"Nothing to win: no dead bytes above the base, and no caches."$'\n'* ]]
}

@test "the first screen fits 24 lines of 80 columns" {
	mkdir -p a/root/.cache/pip a/var/lib/apt/lists b
	for d in usr/lib/one usr/lib/two usr/share/three opt/four srv/five; do
		mkdir -p a/$d
		head -c 70000 /dev/zero >"a/$d/$(printf 'n%.0s' {1..90})"
	done
	head -c 3000 /dev/zero >a/root/.cache/pip/x
	head -c 300 /dev/zero >a/var/lib/apt/lists/x
	for n in a b; do layer $n.tar $n; done
	image many.tar app:1 1.tar 2.tar 3.tar a.tar b.tar 1.tar 2.tar 3.tar
	pare analyze --base 1 many.tar >screen
	[ "$(wc -l <screen)" -le 24 ]
	[ "$(widest <screen)" -le 80 ]
	[ "$(wins <screen | wc -l)" = 3 ]
	grep -q '^7 warnings: .*PARE-OVERWRITTEN' screen
	# Where there is room, the findings are told, as --show tells them.
	image two.tar app:1 1.tar 2.tar
	pare analyze two.tar >screen
	[ "$(wc -l <screen)" -le 24 ]
	diff <(sed -n '/^FINDINGS/,$p' screen) \
		<(pare analyze --show findings two.tar | sed -n '/^FINDINGS/,$p')
	grep -q PARE-REMOVED screen
	# Nothing is found.
	image one.tar app:1 1.tar
	run pare analyze one.tar
	[[ ${lines[-1]} == 'no findings; --show all tells everything' ]]
}

@test "--show gives parts whole, the costliest first" {
	run -0 pare analyze --show layers app.tar
	[[ $output == *"LAYER "*"    1   500.0 kB"*"    3    60.0 kB"*"    2    50.0 kB"* ]]
	[[ $output == *$'\n'"tree sha256:"* ]]
	[[ $output != *FINDINGS* ]]
	run -0 pare analyze --show files --top 2 app.tar
	[ "$(tail -n +3 <<<"$output")" = "      LIVE  LAYER  FILE
  200.0 kB      1  /etc/lib.so
   60.0 kB      3  /srv/data" ]
	run -0 pare analyze --show tree app.tar
	[ "$(tail -n +3 <<<"$output")" = "      LIVE   FILES  DIRECTORY
  260.0 kB       4  /
  200.0 kB       2  /etc
   60.0 kB       2  /srv" ]
	run -0 pare analyze --show findings,tree --depth 1 app.tar
	[[ $output == *"  /srv"*FINDINGS*PARE-REMOVED* ]]
	run pare analyze --show layer app.tar
	is 2
	[[ $output == *"--show takes layers, files, tree, findings or all, not layer"* ]]
	run pare analyze --top 0 app.tar
	is 2
}

@test "every format that the help names is written" {
	formats=$(pare analyze --format x app.tar 2>&1 | sed 's/.*takes //; s/, not.*//; s/,//g; s/ or / /')
	[[ $formats == 'text json sarif '*' junit' ]]
	for f in $formats; do
		pare analyze --show findings --format "$f" app.tar >"out.$f"
		grep -q PARE-REMOVED "out.$f"
	done
	js 'len(d.runs[0].results) == 2' <out.sarif
	for f in checkstyle junit; do
		python3 -c 'import sys, xml.dom.minidom as x; x.parse(sys.argv[1])' "out.$f"
	done
}
