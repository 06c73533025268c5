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
