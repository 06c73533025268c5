#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# pare squash as a user runs it.
bats_require_minimum_version 1.5.0
load common
load images

setup() {
	in_place
	wasteful_image
}

# json EXPRESSION: js, of the last run's standard output.
json() {
	js "$1" <<<"$output"
}

@test "a range becomes one layer, the others pass bit for bit" {
	run --separate-stderr pare squash --layers 2..3 --format json app.tar -o out.tar
	is 0
	json '[(l["from"], l.to, l.fate) for l in d.layers] == [(0, 0, "kept"), (1, 2, "rewritten")]'
	json 'd.before.layers == 3 and d.after.layers == 2 and d.proof == "equal"'
	json 'd.before.tree_digest == d.after.tree_digest and d.removed == []'
	[ "$(json d.layers[0].diff_id)" = "sha256:$(sha256sum <1.tar | cut -d' ' -f1)" ]
	# what layer 2 removed of layer 1 must still be hidden
	run -0 pare verify app.tar out.tar
	no_litter
}

@test "all layers, by default those above the base" {
	run --separate-stderr pare squash --format json app.tar -o out.tar
	is 0
	json '[(l["from"], l.to) for l in d.layers] == [(0, 2)]'
	json 'd.after.stored == 260010 and d.after.dead == 0'
	run --separate-stderr pare squash --base 1 --format json app.tar
	json '[(l["from"], l.to, l.fate) for l in d.layers] == [(0, 0, "kept"), (1, 2, "rewritten")]'
}

@test "config and history stay in step" {
	run -0 pare squash --layers ..2 app.tar -o out/
	config=$(js 'd.config.digest' <"$(manifest_of out)")
	run -0 js '[(h.created_by, h.get("empty_layer", False)) for h in d.history]' \
		<"out/blobs/sha256/${config#sha256:}"
	says '[["step 1",true],["step 2",false],["step 3",false]]'
	grep -q '"x-kept":{"a" :1.50}' "out/blobs/sha256/${config#sha256:}"
}

@test "layers by digest" {
	id=$(sha256sum <2.tar | cut -c1-12)
	run --separate-stderr pare squash --layers "$id..top" --format json app.tar
	is 0
	json 'd.layers[1]["from"] == 1 and d.layers[1].to == 2'
}

@test "a dry run writes nothing and tells what would be" {
	run --separate-stderr pare squash app.tar
	is 0
	[[ $output == *"1-3"*"lost 350.0 kB of dead files"* ]]
	[[ $output == *"this is what \`pare squash app.tar -o OUT\` gives."* ]]
	run --separate-stderr pare squash --layers 3 app.tar
	is 0
	[[ $output == *"Nothing to do: no two layers become one"* ]]
}

@test "ranges that are none are wrong usage" {
	run --separate-stderr pare squash --layers 2..9 app.tar -o out.tar
	is 2
	[[ $stderr == "pare squash: there is no layer 9, app.tar has 3; try pare squash --help" ]]
	run --separate-stderr pare squash --layers 3..1 app.tar -o out.tar
	is 2
	run --separate-stderr pare squash --layers ..base app.tar -o out.tar
	is 2
	[[ $stderr == *"has no base that could be told"* ]]
	[ ! -e out.tar ]
}

@test "an image without layers: as flatten does" {
	image none.tar app:0
	pare flatten -q none.tar -o docker-archive:flat.tar
	run --separate-stderr pare flatten none.tar
	is 0
	flat=$output
	for layers in '' base..top 1..2 top; do
		run --separate-stderr pare squash ${layers:+--layers "$layers"} none.tar
		is 0
		says "${flat/pare flatten/pare squash${layers:+ --layers $layers}}"
		pare squash -q ${layers:+--layers "$layers"} none.tar -o docker-archive:out.tar
		cmp flat.tar out.tar
		rm out.tar
	done
}
