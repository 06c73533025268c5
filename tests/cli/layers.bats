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
	run --separate-stderr pare analyze many.tar
	is 0
	[[ $output == *"  PARE-ENGINE  layer 126: the image has 127 layers: docker takes at most 125
      -> join layers; optimize does"* ]]
	pare optimize -q --base 1 --min-gain 1TB many.tar -o docker-archive:out.tar
	has -le 125 out.tar
	run --separate-stderr pare analyze --base 126 many.tar
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
